/// Explanations of small worlds: parts that add up, chains that end at the root, and why nothing happened.
#include "../../flat.hpp"
#include "../world/written.hpp"
#include <loophole/record/why.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using namespace loophole::record;
using Catch::Contains;

namespace {

const std::string rules = R"(
  ban: { kind: order, issuer: state, candidate: yes, binds: { seller: rival, segment: firms }, enforcement: 50 % @assumption }
  stop: { kind: order, issuer: state, candidate: yes, binds: { channel: resold } }
  weights: { kind: regulation, issuer: us, candidate: yes, binds: { compute: "> 5e26 flop @assumption" } }
)";
const std::string more = R"(
variables: { scrutiny: { initially: 0.2 @assumption } }
events:
  bell: { at: 2024-03-01 @assumption, label: the bell rings }
  closing: { after: bell, delay: 10 days @assumption, effects: [ { set: { rule: ban, in_force: yes } }, { add: { variable: scrutiny, value: 0.3 @assumption } } ] }
  help: { after: bell, effects: [ { offer: { channel: resold, free: 1 Mtok/firm @assumption, switching: 50 % @assumption, for: 90 days @assumption } } ] }
  published: { at: 2024-04-01 @assumption, effects: [ { set: { rule: weights, in_force: yes } } ] }
  never: { after: alarm }
  unknown: { at: 2025-06-01 @assumption, known: 2025-06-01 }
  stopped: { at: 2024-08-01 @assumption }
  stopper: { at: 2024-07-01 @assumption, effects: [ { cancel: stopped } ] }
  told: { at: 2024-09-01 @assumption }
  shut: { at: 2024-11-01 @assumption, notice_from: told, effects: [ { set: { rule: stop, in_force: yes } } ] }
  spared: { at: 2024-10-01 @assumption, effects: [ { cancel: shut } ] }
  late: { at: 2025-02-01 @assumption, known: 2024-12-01 }
triggers:
  alarm: { when: "scrutiny > 0.9", from: 2024-01-02 }
  bell-rung: { when: "scrutiny > 0.4", from: 2024-01-02, effects: [ { add: { variable: scrutiny, value: 0.1 @assumption } } ] }
contracts: { cut: { payer: cloud, payee: maker, rate: 20 % @assumption, of: {} } }
)";

std::string world_with_users() {
  std::string text = small_world(rules, more);
  const std::string before = "shares: { home: 80 %, outside: 20 % }";
  text.replace(text.find(before), before.size(), "shares: { home: 50 %, resold: 20 %, direct: 10 %, outside: 20 % }");
  const std::string horizon = "currency: USD";
  return text.replace(text.find(horizon), 0, "as_of: 2025-01-01\n");
}

struct Asked {
  explicit Asked(const std::string& metric, const char* at = "2024-12-01", const char* since = nullptr,
                 WithSizes with_sizes = WithSizes::no)
      : file(written(world_with_users())), setup(std::move(*engine::prepare(file))) {
    const auto question = ask(file, metric, date(at), since ? std::optional<Time>(date(since)) : std::nullopt);
    if (!question) throw std::runtime_error(text_of(question.diagnostics()));
    auto explained = record::explain({file, *setup, 1, 0}, *question, with_sizes);
    if (!explained) throw std::runtime_error(text_of(explained.diagnostics()));
    explanation.emplace(std::move(*explained));
    text = to_text(*explanation);
  }

  [[nodiscard]] std::vector<CauseId> causes(CauseId of) const {
    std::vector<CauseId> found;
    for (const CauseEdge& edge : explanation->graph.edges())
      if (edge.of == of) found.push_back(edge.because);
    return found;
  }
  [[nodiscard]] const CauseNode& node(CauseId id) const { return explanation->graph.nodes()[id]; }

  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;
  std::optional<Explanation> explanation;
  std::string text;
};

}  // namespace

TEST_CASE("the parts of a money value add up to it, and each is firms x share x use x price x rate") {
  const Asked asked("receipts(maker)", "2024-12-01", "2024-06-01");
  const auto contracts = asked.causes(CauseId::of(0));
  REQUIRE(!contracts.empty());
  REQUIRE(asked.node(contracts[0]).kind == CauseNode::Kind::contract);
  CHECK(*asked.node(contracts[0]).amount == Approx(*asked.node(CauseId::of(0)).amount).epsilon(1e-12));
  double sum = 0;
  std::size_t parts = 0;
  for (const CauseId cause : asked.causes(contracts[0]))
    if (asked.node(cause).kind == CauseNode::Kind::sale) {
      sum += *asked.node(cause).amount;
      ++parts;
    }
  CHECK(parts == 3);
  CHECK(sum == Approx(*asked.node(contracts[0]).amount).epsilon(1e-14));
  CHECK_THAT(flat(asked.text), Contains("20.0 % (assumption)") && Contains("100 firms (assumption) x"));
}

TEST_CASE("a share's chain goes over the rule's closing to the root event, and names the offer") {
  const Asked asked("share(resold, firms)", "2024-05-01", "2024-02-01");
  const std::string text = flat(asked.text);
  CHECK_THAT(text, Contains("home gap -> leak (50.0 % can use it), by rule ban"));
  CHECK_THAT(text, Contains("closing; follows bell after 10 days (assumption)"));
  CHECK_THAT(text, Contains("2024-03-01 bell: the bell rings (assumption)"));
  CHECK_THAT(text, Contains("offer on resold to newcomers, 1 Mtok a firm free (assumption)"));
}

TEST_CASE("a closing that was announced and withdrawn is why firms left, while it was pending and after") {
  const std::string closing = "2024-09-01 for firms: shut is announced, which binds resold";
  CHECK_THAT(flat(Asked("share(resold, firms)", "2024-09-20", "2024-08-20").text),
             Contains(closing + ": meanwhile") && !Contains("touched nothing here: told"));
  CHECK_THAT(flat(Asked("share(resold, firms)", "2024-11-20", "2024-09-20").text),
             Contains(closing + ", and withdrawn on 2024-10-01: meanwhile") && Contains("2024-10-01 spared"));
  CHECK_THAT(flat(Asked("share(resold, firms)", "2024-11-20", "2024-10-20").text), !Contains("announced"));
  CHECK_THAT(flat(Asked("share(resold, firms)", "2024-08-20", "2024-02-01").text), !Contains("announced"));
}

TEST_CASE("what was announced and withdrawn puts nobody under notice any more") {
  CHECK_THAT(flat(Asked("under_notice(firms)", "2024-09-20").text), Contains("shut is announced"));
  CHECK_THAT(flat(Asked("under_notice(firms)", "2024-10-20").text), !Contains("is announced"));
}

TEST_CASE("a rule that came into force and binds no path is said to change nothing, and by what it misses") {
  const std::string text = flat(Asked("share(resold, firms)", "2024-05-01", "2024-02-01").text);
  CHECK_THAT(text, Contains("changed nothing: rule weights binds no path"));
  CHECK_THAT(text, Contains("2024-04-01 published"));
}

TEST_CASE("a status names the rules that bind and those that do not") {
  const std::string text = flat(Asked("status(home, firms)", "2024-05-01").text);
  CHECK_THAT(text, Contains("status(home, firms) on 2024-05-01: leak; on 2024-01-01: gap"));
  CHECK_THAT(text, Contains("rule ban binds") && Contains("enforcement 50.0 % (assumption)"));
  CHECK_THAT(text, Contains("rule weights is in force and does not bind"));
}

TEST_CASE("what has not changed says so, and what happened meanwhile") {
  const std::string status = flat(Asked("status(direct, firms)", "2024-05-01", "2024-02-01").text);
  CHECK_THAT(status, Contains("unchanged since 2024-02-01") &&
                         Contains("happened too, and touched nothing here: help (2024-03-01), bell-rung (2024-03-11)"));
}

TEST_CASE("an event that has not happened says why") {
  struct Case {
    const char* metric;
    const char* reason;
  };
  for (const Case& each :
       {Case{"happened(alarm)", "alarm has not happened: its condition `scrutiny > 0.9` has never held"},
        Case{"happened(never)", "never has not happened: it follows alarm, which has not"},
        Case{"date(unknown)", "unknown has not happened: it was not known on 2025-01-01, and has no forecast"},
        Case{"happened(stopped)", "stopped has not happened: it was cancelled"},
        Case{"happened(late)", "late has not happened: it happens later, on 2025-02-01 (assumption)"}}) {
    CAPTURE(each.metric);
    CHECK_THAT(flat(Asked(each.metric).text), Contains(each.reason));
  }
  CHECK_THAT(flat(Asked("happened(bell-rung)").text),
             Contains("triggered because `scrutiny > 0.4` held") && Contains("closing") && Contains("bell: the bell"));
}

TEST_CASE(
    "sizes: what does nothing makes a difference of exactly 0, a root takes its followers along, and all adds up") {
  const Asked asked("share(resold, firms)", "2024-08-15", nullptr, WithSizes::yes);
  const Sizes& sizes = *asked.explanation->sizes;
  double singles = 0;
  const auto row = [&](const std::string& name) {
    const auto found =
        std::find_if(sizes.rows.begin(), sizes.rows.end(), [&](const SizeRow& each) { return each.name == name; });
    REQUIRE(found != sizes.rows.end());
    return *found;
  };
  for (const SizeRow& each : sizes.rows)
    if (each.kind == SizeRow::Kind::root) singles += *each.difference;
  CHECK(*row("published").difference == 0);
  CHECK(*row("stopper").difference == 0);
  CHECK(row("bell").kind == SizeRow::Kind::root);
  CHECK(row("bell").followers == 3);
  CHECK(row("closing").kind == SizeRow::Kind::follower);
  CHECK(*row("closing").difference != 0);
  CHECK(*sizes.interaction == Approx(*sizes.total() - singles).margin(1e-15));
  CHECK(*row("bell").without == *sizes.nothing);
}

TEST_CASE("what was told already is pointed at by its number, behind the text when nothing else is to be told") {
  CauseGraph graph;
  const auto node = [&](const std::string& text, const std::string& brief = {}) {
    CauseNode added;
    added.text = text;
    added.brief = brief;
    return graph.add(added);
  };
  const CauseId question = node("the value"), first = node("one part"), again = node("another part"),
                mixed = node("a third part"), fresh = node("something new");
  std::vector<CauseId> events;
  for (const char letter : {'a', 'b', 'c', 'd'})
    events.push_back(node(std::string("event ") + letter + ", at length", std::string("event ") + letter));
  for (const CauseId part : {first, again, mixed})
    graph.because(question, part);
  for (const CauseId event : events)
    graph.because(first, event);
  for (const std::size_t i : {3U, 0U, 1U})  // 1, 2 and 4 of the numbers
    graph.because(again, events[i]);
  graph.because(mixed, fresh);
  graph.because(mixed, events[2]);
  const std::string told = to_text(Explanation{{}, "a title", {}, graph, {}});
  CHECK(told ==
        "a title\n"
        "the value\n"
        "<- one part\n"
        "   <- (1) event a, at length\n"
        "   <- (2) event b, at length\n"
        "   <- (3) event c, at length\n"
        "   <- (4) event d, at length\n"
        "<- another part (see 1-2, 4)\n"
        "<- a third part\n"
        "   <- something new\n"
        "   <- event c (see 3)\n");
}

TEST_CASE("an explanation's lines fit 100 columns, and its JSON has every node and edge") {
  const Asked asked("receipts(maker)", "2024-12-01", "2024-06-01", WithSizes::yes);
  std::istringstream lines(asked.text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 100);
  }
  const auto json = nlohmann::json::parse(to_json(*asked.explanation));
  CHECK(json.at("nodes").size() == asked.explanation->graph.nodes().size());
  CHECK(json.at("edges").size() == asked.explanation->graph.edges().size());
  CHECK(json.at("nodes")[0].at("amount").get<double>() == *asked.node(CauseId::of(0)).amount);
  CHECK(json.at("sizes").at("rows").size() == asked.explanation->sizes->rows.size());
}

TEST_CASE("questions that cannot be asked say what is wrong") {
  const scenario::ScenarioFile file = written(world_with_users());
  const auto problems = [&](const std::string& metric, const char* at, const char* since) {
    return text_of(ask(file, metric, date(at), date(since)).diagnostics());
  };
  CHECK_THAT(problems("share(resoldd, firms)", "2024-12-01", "2024-06-01"), Contains("did you mean 'resold'?"));
  CHECK_THAT(problems("shares(resold)", "2024-12-01", "2024-06-01"), Contains("did you mean 'share'?"));
  CHECK_THAT(problems("receipts(maker)", "2024-06-01", "2024-06-01"), Contains("2024-06-01 is not before 2024-06-01"));
  CHECK_THAT(problems("receipts(maker)", "2034-06-01", "2024-06-01"), Contains("lies outside the horizon"));
}
