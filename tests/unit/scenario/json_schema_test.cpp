#include "reader.hpp"
#include "support.hpp"
#include <loophole/scenario/json_schema.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <functional>
#include <random>
#include <regex>
#include <set>
#include <sstream>

using namespace loophole;
using namespace loophole::scenario;
using namespace loophole::scenario::test;

namespace {

using Json = nlohmann::json;

constexpr std::array every_language{Language::scenario, Language::study, Language::observations};

void visit(const Json& json, const std::function<void(const Json&)>& see) {
  see(json);
  for (const Json& child : json)
    if (child.is_structured()) visit(child, see);
}

std::string words_of_docs() {
  std::string all;
  for (const char* name : {"scenario-format.md", "studies.md", "backtest.md"}) {
    std::ifstream stream(LOOPHOLE_SOURCE_DIR "/docs/" + std::string(name), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(stream), {});
  }
  return all;
}

}  // namespace

TEST_CASE("the schemas are JSON whose references all lead somewhere and whose definitions are all used") {
  for (const Language language : every_language) {
    const Json schema = Json::parse(json_schema(language));
    CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    std::set<std::string> used;
    visit(schema, [&](const Json& each) {
      if (!each.is_object() || !each.contains("$ref") || !each["$ref"].is_string()) return;
      const std::string reference = each["$ref"];
      REQUIRE(reference.rfind("#/", 0) == 0);
      CHECK(schema.contains(Json::json_pointer(reference.substr(1))));
      used.insert(reference);
    });
    for (const auto& [id, definition] : schema["definitions"].items())
      CHECK(used.count("#/definitions/" + id) == 1);
  }
}

TEST_CASE("every key of the schemas has a description, which no definition overrides in editors") {
  for (const Language language : every_language) {
    const Json schema = Json::parse(json_schema(language));
    for (const auto& [id, definition] : schema["definitions"].items()) {
      if (!definition.contains("properties")) continue;
      CAPTURE(id);
      CHECK_FALSE(definition.contains("description"));
      for (const auto& [key, property] : definition["properties"].items()) {
        CAPTURE(key);
        const bool is_shared = property.contains("$ref");  // source
        CHECK((is_shared || property.value("description", std::string{}).size() > 5));
      }
    }
  }
}

TEST_CASE("the manuals mention every key of the schemas") {
  const std::string docs = words_of_docs();
  for (const Language language : every_language) {
    const Json schema = Json::parse(json_schema(language));
    for (const auto& [id, definition] : schema["definitions"].items()) {
      const Json properties = definition.value("properties", Json::object());
      for (const auto& [key, property] : properties.items()) {
        CAPTURE(id, key);
        const bool mentioned = docs.find("`" + key + "`") != std::string::npos ||
                               std::regex_search(docs, std::regex("[ `{(\\n]" + key + ":"));
        CHECK(mentioned);
      }
    }
  }
}

TEST_CASE("asking for a key that the language does not have is a broken invariant") {
  const auto parsed = parse("{ product: a }");
  REQUIRE(parsed.node);
  const Files files;
  const std::vector<Removal> removed;
  Diagnostics diagnostics;
  Scenario scenario;
  Reader reader(files, removed, diagnostics, scenario);
  const Path path;
  Fields fields(reader, *parsed.node, path, language::channel);
  CHECK(fields.get("product") != nullptr);
  CHECK_THROWS_AS(fields.get("produkt"), std::logic_error);
  CHECK_THROWS_AS(fields.also_known({"anything"}), std::logic_error);
  bool truth = false;
  CHECK_THROWS_AS(fields.truth("product", truth), std::logic_error);
  fields.forgive();
}

namespace {

/// A value of the valid scenario, and the definition of the texts that may stand there.
struct Spot {
  const char* definition;
  const char* yaml;  ///< with % where the text goes
};
constexpr Spot places[] = {
    {"share", "rules: { territories: { enforcement: % } }"},
    {"part", "segments: { start-ups: { reviews: { attempt_fails: % } } }"},
    {"rate", "segments: { start-ups: { switching: { voluntary: % } } }"},
    {"growth", "segments: { start-ups: { growth: { 2025-01-01: % } } }"},
    {"duration", "segments: { start-ups: { reviews: { every: % } } }"},
    {"price", "channels: { cloud: { price: % } }"},
    {"money_rate", "segments: { start-ups: { initial_spend: % } }"},
    {"count", "segments: { start-ups: { firms: % } }"},
    {"utils", "segments: { start-ups: { tastes: { compliance: % } } }"},
    {"elasticity", "segments: { start-ups: { demand: { elasticity: % } } }"},
    {"exchange_rate", "currency: { rates: { CNY: % } }"},
    {"allowance", "events: { campaign: { effects: [ { offer: { channel: cloud, for: 9 days, free: % } } ] } }"},
    {"factor", "events: { campaign: { effects: [ { scale: { channel: cloud, price: % } } ] } }"},
    {"span", "record: { every: % }"},
    {"date", "events: { announcement: { at: % } }"},
};

std::vector<std::string> generated_texts() {
  std::vector<std::string> texts;
  const std::array numbers{"0",     "1",     "20",    "100",   "100.0",  "100.00000000000000001",
                           "101",   "0.5",   ".5",    "5.",    "+7",     "-3",
                           "-0",    "-0.0",  "1e1",   "1e3",   "2.5e-1", "007",
                           "1,000", "1_000", "1e400", "",      "x2",     "x0.5",
                           "2e",    "--1",   "0x10",  "3.8e25"};
  const std::array units{"",           "%",          " %",       "  %",         " days",     " day",       "months",
                         " years",     " s",         " hours",   " USD",        " MUSD",     " CNY",       " USD/Mtok",
                         " CNY / tok", "USD/month",  " %/month", " % / year",   " /month",   " tok",       " Mtok/firm",
                         " tok/firms", " firms",     " flop",    " USD/USD",    " week/day", " tok/month", " EUR",
                         " %%",        " days days", " USD/",    " USD/USD/day"};
  const std::array sources{"", " @paper", "@guess", " @", " @nobody"};
  std::minstd_rand chance(7);
  for (const char* number : numbers)
    for (const char* unit : units)
      texts.push_back(std::string(number) + unit + sources[chance() % 4 == 0 ? 1 + chance() % 4 : 0]);
  for (const char* text :
       {"$notice", "$notice @paper", "$price_sensitivity", "$", "$$", "2024-07-09", "2024-02-30", "2024-7-9",
        "2024-07-09T13:30:00Z", "2024-07-09T25:00:00Z", "2024-07-09 13:30", "2024-07-09 @paper", "soon", "~", "yes"})
    texts.emplace_back(text);
  return texts;
}

}  // namespace

TEST_CASE("what the reader takes as a number, a date or a span the schema takes too") {
  const Json schema = Json::parse(json_schema(Language::scenario));
  const auto pattern = [&](const std::string& id) {
    return std::regex(schema["definitions"][id]["pattern"].get<std::string>());
  };
  const std::regex parameter = pattern("parameter");
  const std::vector<std::string> texts = generated_texts();
  std::minstd_rand chance(11);
  for (const Spot& place : places) {
    const std::string id = place.definition;
    const bool is_number = schema["definitions"].contains(id + "-text");
    const std::regex text_pattern = pattern(is_number ? id + "-text" : id);
    const std::string yaml = place.yaml;
    std::size_t taken = 0, refused = 0;
    for (const std::string& text : texts) {
      if (text.empty() || (text.rfind("20", 0) != 0 && text.front() != '$' && chance() % 6 != 0)) continue;
      const std::string quoted = "\"" + text + "\"";
      const auto loaded = what_if(std::string(yaml).replace(yaml.find('%'), 1, quoted) + "\n");
      // Only what is wrong with the value itself counts.
      bool is_right = true;
      for (const Diagnostic& each : loaded.diagnostics().items())
        if (each.severity == Severity::error && each.place.line == 2 && each.problem.find(text) != std::string::npos)
          is_right = false;
      if (!loaded && !is_right) {
        if (!std::regex_search(text, text_pattern)) ++refused;
        continue;
      }
      if (!loaded) continue;  // wrong for another reason: too many records, a date outside the horizon
      ++taken;
      CAPTURE(id, text);
      CHECK((std::regex_search(text, text_pattern) || (is_number && std::regex_search(text, parameter))));
    }
    CAPTURE(id, taken, refused);
    CHECK(taken > 0);
    CHECK(refused > 20);  // most of the texts are wrong everywhere
  }
}

TEST_CASE("the schema refuses a missing unit, and a unit of another kind") {
  const Json schema = Json::parse(json_schema(Language::scenario));
  const auto fits = [&](const std::string& id, const std::string& text) {
    return std::regex_search(text, std::regex(schema["definitions"][id + "-text"]["pattern"].get<std::string>()));
  };
  for (const char* text : {"0.2", "20", "120 %", "-5 %", "20 %/month", "20 days", "0.2 USD"})
    CHECK_FALSE(fits("share", text));
  for (const char* text : {"10", "10 %", "10 days", "10 %/Mtok", "10 USD/month"})
    CHECK_FALSE(fits("growth", text));
  for (const char* text : {"3", "3 USD", "3 %", "-3 weeks", "3 wekks"})
    CHECK_FALSE(fits("duration", text));
  for (const char* text : {"7.50", "7.50 USD", "7.50 USD/month", "-1 USD/Mtok", "3 days/Mtok"})
    CHECK_FALSE(fits("price", text));
  for (const char* text : {"4", "4 MUSD", "4 %/month", "4 MUSD/Mtok"})
    CHECK_FALSE(fits("money_rate", text));
  for (const char* text : {"-5", "5 %", "5 days", "1,000", "010"})
    CHECK_FALSE(fits("count", text));
}
