#include "laws.hpp"
#include "patterns.hpp"
#include "schema_rules.hpp"
#include "shapes.hpp"
#include <loophole/scenario/json_schema.hpp>
#include <loophole/scenario/load.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace loophole::scenario {
namespace {

using namespace language;
/// Whether a map stands for itself, or is merged onto another: by `extends` or `like`.
enum class Extent { whole, part };

/// Whether "$notice" may stand for a number.
enum class Parameters { allowed, refused };

Json scalar_types() { return {"string", "number", "boolean"}; }

/// An example, written in YAML, as the value that it stands for.
Json example_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return nullptr;
    case Node::Kind::scalar: {
      if (node.quoted) return node.scalar;
      const Json number = Json::parse(node.scalar, nullptr, false);
      return number.is_number() ? number : Json(node.scalar);
    }
    case Node::Kind::sequence: {
      Json list = Json::array();
      for (const Node& item : node.items)
        list.push_back(example_of(item));
      return list;
    }
    case Node::Kind::map:
      break;
  }
  Json map = Json::object();
  for (const Member& member : node.members)
    map[member.key] = example_of(member.value);
  return map;
}

/// `kind`: of numbers, in shapes that serve several kinds.
Json example_of(const Key& key, const NumberKind* kind) {
  const Alternative* number = kind ? key.value.find(Form::number) : nullptr;
  const std::string_view text = number && number->number == &here ? kind->example : key.example;
  const Files files{{std::string(key.name), std::string(text.substr(0, text.find(" or ")))}};
  Diagnostics diagnostics;
  const std::optional<Node> node = parse_yaml(files, 0, diagnostics);
  if (!node) throw std::logic_error(fmt::format("the example of '{}' is no YAML: {}", key.name, key.example));
  return example_of(*node);
}

Json any_of(std::vector<Json> schemas) {
  if (schemas.size() == 1) return schemas.front();
  return {{"anyOf", schemas}};
}

class SchemaWriter {
 public:
  /// Writes the shape as a whole file: it may extend another, whose keys it need not repeat.
  Json file(const Shape& root, const char* title) {
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                {"title", title},
                {"description", root.about},
                {"if", required("extends")},
                {"then", refer(root, nullptr, Extent::part)},
                {"else", refer(root, nullptr, Extent::whole)}};
    for (const Extent extent : {Extent::whole, Extent::part}) {
      Json& made = definitions_.at(id_of(root, nullptr, extent));
      made["properties"].update(extension());
      if (extent == Extent::whole) made["dependencies"]["remove"] = {"extends"};
    }
    schema["definitions"] = definitions_;
    return schema;
  }

 private:
  static Json extension() {
    return {{"extends",
             {{"description", "The file that this one changes, relative to this one. Its keys need not be repeated."},
              {"type", "string"},
              {"minLength", 1},
              {"examples", Json::array({"baseline.yaml"})}}},
            {"remove",
             {{"description", "Paths of what is taken out of the extended file before this one is merged onto it."},
              {"type", "array"},
              {"items", {{"type", "string"}, {"minLength", 1}}},
              {"examples", Json::array({Json::array({"events.campaign", "expect"})})}}}};
  }

  /// A reference to a definition, which is made when it is not there yet.
  template <class Make>
  Json refer_to(const std::string& id, Make make) {
    if (!definitions_.contains(id)) {
      definitions_[id] = nullptr;  // it may refer to itself
      Json made = make();
      definitions_[id] = std::move(made);
    }
    return {{"$ref", "#/definitions/" + id}};
  }

  static std::string id_of(const Shape& shape, const NumberKind* kind, Extent extent) {
    return fmt::format("{}{}{}", shape.id, kind ? fmt::format("-of-{}", kind->id) : "",
                       extent == Extent::part ? "-part" : "");
  }

  /// `kind`: of numbers, in shapes that serve several kinds.
  Json refer(const Shape& shape, const NumberKind* kind, Extent extent) {
    if (!shape.can_be_like || extent == Extent::part) return refer_to_map(shape, kind, extent);
    return refer_to(fmt::format("{}-or-like", shape.id), [&] {
      return Json{{"if", required("like")},
                  {"then", refer_to_map(shape, kind, Extent::part)},
                  {"else", refer_to_map(shape, kind, Extent::whole)}};
    });
  }

  Json refer_to_map(const Shape& shape, const NumberKind* kind, Extent extent) {
    return refer_to(id_of(shape, kind, extent), [&] { return map_of(shape, kind, extent); });
  }

  Json map_of(const Shape& shape, const NumberKind* kind, Extent extent) {
    // Editors would show a description here instead of the key's.
    Json made{{"$comment", shape.about}, {"type", "object"}};
    Json properties = Json::object();
    for (const Key& key : shape.keys)
      if (key.need != Need::hidden) properties[std::string(key.name)] = property(key, kind, extent);
    if (shape.law) add_laws(properties, kind ? *kind : *shape.law);
    if (shape.can_be_like)
      properties["like"] = {
          {"description", "Another entry of this table, which is copied; what stands beside it differs."},
          {"type", scalar_types()}};
    properties["source"] = source();
    made["properties"] = properties;
    add_names(made, shape, kind, extent);
    if (extent == Extent::whole) add_rules(made, shape);
    return made;
  }

  Json source() {
    return refer_to("where-from", [] {
      return Json{
          {"description",
           "Where the numbers in this map come from: an id of sources, or assumption. Of a list the first counts."},
          {"anyOf", {{{"type", scalar_types()}}, {{"type", "array"}, {"items", {{"type", scalar_types()}}}}}}};
    });
  }

  Json property(const Key& key, const NumberKind* kind, Extent extent) {
    Json made{{"description", key.about}, {"examples", Json::array({example_of(key, kind)})}};
    Json value = value_of(key.value, kind, extent);
    if (value.contains("$ref"))
      made["allOf"] = Json::array({value});  // what stands beside $ref is ignored
    else
      made.update(value);
    for (const Alternative& each : key.value)
      if (each.form == Form::name)
        made["description"] =
            fmt::format("{} {} out of {}.", key.about, each.many == Many::one ? "A name" : "Names", each.table);
      else if (const NumberKind* number = each.number == &here ? kind : each.number)
        made["description"] =
            fmt::format("{} Written as {}, for example {}.", key.about, number->what, number->example);
    return made;
  }

  /// Keys beside those that are listed: names of entries, dates, attributes; all others are unknown.
  void add_names(Json& made, const Shape& shape, const NumberKind* kind, Extent extent) {
    std::string taken = "source";
    for (const Key& key : shape.keys)
      taken += "|" + std::string(key.name);
    Json patterns = Json::object();
    if (shape.has_scratch) patterns["^x-"] = {{"description", "Ignored: a place for YAML anchors."}};
    if (shape.rest.names != Names::none) {
      const Alternative* entry = shape.rest.value.find(Form::map);
      const std::string about = entry ? std::string(" ") + entry->shape->about : "";
      patterns[name_pattern(shape.rest.names, taken)] = {
          {"description", fmt::format("The key is {}.{}", shape.rest.of, about)},
          {"allOf", Json::array({value_of(shape.rest.value, kind, extent)})}};
    }
    if (shape.attributes) {
      if (shape.can_be_like) taken += "|like";
      patterns[name_pattern(Names::declared, taken)] = {
          {"description", "The key is one of the scenario's attributes."},
          {"allOf", Json::array({value_of(*shape.attributes, kind, extent)})}};
    }
    if (!patterns.empty()) made["patternProperties"] = patterns;
    made["additionalProperties"] = false;
  }

  void add_laws(Json& properties, const NumberKind& kind) {
    for (const Law& law : laws) {
      Json items = Json::array();
      for (std::size_t i = 0; i < law.count; ++i)
        items.push_back(number_of(law.measures[i] == 'q' ? kind : plain, Parameters::refused));
      Json listed{{"type", "array"}, {"items", items}, {"minItems", law.count}, {"maxItems", law.count}};
      Json made{{"description", fmt::format("A distribution: {}.", law.numbers)}};
      made.update(law.count == 1 ? any_of({items.front(), listed}) : listed);
      properties[std::string(law.name)] = made;
    }
    const Json number = number_of(kind, Parameters::refused);
    properties[std::string(equally_likely)] = {
        {"description", "A distribution: values, equally likely."},
        {"anyOf", {number, {{"type", "array"}, {"items", number}, {"minItems", 1}}}}};
    const Json atoms = refer(atom, &kind, Extent::whole);
    properties[std::string(weighted)] = {{"description", "A distribution: values with their probabilities."},
                                         {"anyOf", {atoms, {{"type", "array"}, {"items", atoms}, {"minItems", 1}}}}};
  }

  Json value_of(const Value& value, const NumberKind* kind, Extent extent) {
    std::vector<Json> ways, items;
    const Alternative* listed = nullptr;
    for (const Alternative& each : value) {
      if (each.many != Many::list) ways.push_back(one_of(each, kind, extent));
      if (each.many == Many::one) continue;
      items.push_back(one_of(each, kind, Extent::whole));  // lists are not merged
      listed = &each;
    }
    if (listed) {
      Json list{{"type", "array"}, {"items", any_of(items)}};
      if (listed->least > 0) list["minItems"] = listed->least;
      if (!listed->contains.empty()) list["contains"] = required(listed->contains);
      if (listed->most > 0) list["maxItems"] = listed->most;
      ways.push_back(list);
    }
    return any_of(std::move(ways));
  }

  Json one_of(const Alternative& value, const NumberKind* kind, Extent extent) {
    const NumberKind* number = value.number == &here ? kind : value.number;
    switch (value.form) {
      case Form::nothing:
        return {{"type", "null"}};
      case Form::text:
        if (value.pattern) return {{"type", "string"}, {"pattern", value.pattern}};
        return {{"type", scalar_types()}};
      case Form::word:
        return {{"enum", std::vector<std::string>(value.words.begin(), value.words.end())}};
      case Form::truth:
        return {{"enum", {"yes", "no", true, false}}};
      case Form::date:
        return pattern("date", "a date", "2024-07-09", dated_text_pattern());
      case Form::span:
        return pattern("span", "a duration", "14 days", span_pattern());
      case Form::length:
        return any_of({one_of(only_form(Form::span), kind, extent), parameter()});
      case Form::number:
        return number_of(*number, Parameters::allowed, extent);
      case Form::dated:
        return any_of({number_of(*number, Parameters::allowed, extent), refer(dated_number, number, extent)});
      case Form::distribution:
        return refer(distribution, number, extent);
      case Form::name:
        return {{"type", scalar_types()}, {"pattern", "^[A-Za-z0-9_][A-Za-z0-9_.:-]*$"}};
      case Form::whole:
        return whole_number(value);
      case Form::map:
        break;
    }
    const bool serves_several = value.shape == &dated_step || value.shape == &atom;
    return refer(*value.shape, serves_several ? (kind ? kind : &share) : nullptr, extent);
  }

  static Alternative only_form(Form form) {
    Alternative made;
    made.form = form;
    return made;
  }

  Json pattern(const std::string& id, const char* what, const char* example, const std::string& pattern) {
    return refer_to(id, [&] {
      return Json{{"type", "string"},
                  {"pattern", pattern},
                  {"patternErrorMessage", fmt::format("{} is expected, for example {}", what, example)}};
    });
  }

  Json parameter() {
    return refer_to("parameter", [] { return Json{{"type", "string"}, {"pattern", parameter_pattern()}}; });
  }

  Json number_of(const NumberKind& kind, Parameters parameters, Extent extent = Extent::whole) {
    const bool free = parameters == Parameters::allowed;
    return refer_to(fmt::format("{}{}{}", kind.id, free ? "" : "-fixed", extent == Extent::part ? "-part" : ""), [&] {
      std::vector<Json> ways;
      if (may_be_bare(kind)) {
        Json bare{{"type", "number"}};
        if (kind.low == above_zero)
          bare["exclusiveMinimum"] = 0;
        else if (std::isfinite(kind.low))
          bare["minimum"] = kind.low;
        if (std::isfinite(kind.high)) bare["maximum"] = kind.high;
        ways.push_back(bare);
      }
      ways.push_back(pattern(fmt::format("{}-text", kind.id), kind.what, kind.example, number_pattern(kind)));
      if (free) ways.push_back(parameter());
      ways.push_back(refer(number_map, &kind, extent));
      return any_of(std::move(ways));
    });
  }

  static Json whole_number(const Alternative& value) {
    constexpr double exact = 9007199254740992.0;  // beyond, JSON's readers differ
    const auto low = static_cast<std::int64_t>(value.low);
    if (value.low == value.high) return {{"enum", {low, std::to_string(low)}}};
    Json number{{"type", "integer"}, {"minimum", low}};
    if (value.high <= exact) number["maximum"] = static_cast<std::int64_t>(value.high);
    return any_of({number, {{"type", "string"}, {"pattern", "^[0-9]+$"}}});
  }

  Json definitions_ = Json::object();
};

/// A line a definition, so that what changed shows.
std::string text_of(const Json& schema) {
  std::string text = "{";
  for (const auto& [key, value] : schema.items()) {
    text += fmt::format("{}\n  \"{}\": ", text.size() == 1 ? "" : ",", key);
    if (key != "definitions") {
      text += value.dump();
      continue;
    }
    text += "{";
    const char* separator = "\n";
    for (const auto& [id, definition] : value.items()) {
      text += fmt::format("{}    \"{}\": {}", separator, id, definition.dump());
      separator = ",\n";
    }
    text += "\n  }";
  }
  return text + "\n}\n";
}

}  // namespace

std::string json_schema(Language language) {
  SchemaWriter writer;
  switch (language) {
    case Language::scenario:
      return text_of(writer.file(scenario, "loophole scenario"));
    case Language::study:
      return text_of(writer.file(study, "loophole study"));
    case Language::observations:
      break;
  }
  return text_of(writer.file(observations_file, "loophole observations"));
}

}  // namespace loophole::scenario
