#include "bill_names.hpp"
#include "bill_stages.hpp"
#include "read.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {
namespace {

class BillReader {
 public:
  BillReader(Reader& reader, const Member& member, const Path& path)
      : reader_(reader), scenario_(reader.scenario()), member_(member), path_(path) {
    bill_.name = member.key;
    bill_.mark = member.mark;
  }

  Bill read() {
    add_events();
    Fields fields(reader_, member_.value, path_, language::bill);
    fields.text("label", bill_.label);
    fields.with("introduced", [&](const Node& node, const Path& at) { fact(node, at, bill_.introduced); });
    fields.date("expires", bill_.expires);
    fields.with("stages", [&](const Node& node, const Path& at) { stages(node, at); });
    fields.with("history", [&](const Node& node, const Path& at) { history(node, at); });
    fields.with("vehicles", [&](const Node& node, const Path& at) { vehicles(node, at); });
    fields.with("reintroduced", [&](const Node& node, const Path& at) { reintroduced(node, at); });
    fields.with("authorizes", [&](const Node& node, const Path& at) { authorizes(node, at); });
    for (const BillStage& stage : bill_.stages)
      if (progress(name_of(stage.status)) == progress("ENACTED:SIGNED"))
        event(stage.event).effects.emplace_back(Emit{bill_.enacted});
    for (const EventId way : {bill_.overridden, bill_.incorporated})
      if (way.exists()) event(way).effects.emplace_back(Emit{bill_.enacted});
    return std::move(bill_);
  }

 private:
  void error(Mark mark, const Path& path, std::string problem, std::string reason, std::string suggestion) {
    reader_.error(mark, path, std::move(problem), std::move(reason), std::move(suggestion));
  }

  /// The bill's event of this name; none when it has no such.
  [[nodiscard]] EventId find(const std::string& name) const {
    return {reader_.event_names.find(bill_.name + "." + name)};
  }
  [[nodiscard]] Event& event(EventId id) { return scenario_.events[id]; }

  void add_events() {
    const BillId id = BillId::of(scenario_.bills.size());
    for (const std::string& name : bill_event_names(member_.value)) {
      Event event;
      event.name = bill_.name + "." + name;
      event.bill = id;
      event.mark = member_.mark;
      scenario_.events.push_back(std::move(event));
    }
    bill_.introduced = find("INTRODUCED");
    bill_.vetoed = find("PROV_KILL:VETO");
    bill_.overridden = find("ENACTED:VETO_OVERRIDE");
    bill_.incorporated = find("ENACTED:INCORPORATION");
    bill_.enacted = find("ENACTED");
    bill_.failed = find("FAILED");
    bill_.lapsed = find("LAPSED");
  }

  /// "2025-05-01", or { at: 2025-05-01, known: 2025-05-01 }.
  void fact(const Node& node, const Path& path, EventId event) {
    std::optional<Time> at, known;
    if (node.is_map()) {
      Fields fields(reader_, node, path, language::fact);
      fields.date("at", at);
      fields.date("known", known);
    } else {
      at = reader_.date(node, path);
    }
    if (!at) return;
    known_in_time(node, path, *at, known);
    bill_.history.push_back({event, *at, known.value_or(*at)});
    if (event == bill_.introduced && known.value_or(*at) > scenario_.as_of)
      reader_.warning(node.mark, path, "the bill is never introduced",
                      fmt::format("it is known later than as_of, {}", to_string(scenario_.as_of)),
                      fmt::format("write known: {} if it is assumed", to_string(scenario_.as_of)));
  }

  void known_in_time(const Node& node, const Path& path, Time at, std::optional<Time> known) {
    if (known && *known > at)
      error(node.find("known") ? node.find("known")->mark : node.mark, path, "known after it happened",
            "an event is known at its date at the latest", "correct 'known' or 'at'");
  }

  void vote(Fields& fields, BillVote& vote) {
    fields.delay("takes", vote.takes);
    fields.with("logit_shift",
                [&](const Node& node, const Path& at) { vote.logit_shift = read_shifts(reader_, node, at); });
  }

  void stages(const Node& node, const Path& path) {
    const Reader::Watch watch(reader_);
    if (!node.is_sequence() || node.items.empty())
      error(node.mark, path,
            fmt::format("{} where stages are expected", node.is_sequence() ? "an empty list" : quoted_kind(node)),
            "a bill passes through stages in order", "write [ { status: REPORTED, takes: 30 days, passes: 50 % } ]");
    for (std::size_t i = 0; i < node.items.size(); ++i)
      stage(node.items[i], Path{&path, {}, i});
    if (!watch.quiet() || bill_.stages.empty()) return;
    const std::string_view last = name_of(bill_.stages.back().status);
    if (progress(last) != progress("ENACTED:SIGNED") && !member_.value.find("vehicles"))
      reader_.warning(node.mark, path, "the bill can never be enacted", fmt::format("its last stage is {}", last),
                      "add a stage with the status \"ENACTED:SIGNED\"");
  }

  void stage(const Node& node, const Path& path) {
    BillStage stage;
    Fields fields(reader_, node, path, language::stage);
    const bool named = fields.with("status", [&](const Node& value, const Path& at) {
      stage.status = status(value, at);
      if (stage.status.exists()) order(value, at, stage.status);
    });
    const bool timed = fields.get("takes") != nullptr;
    vote(fields, stage.vote);
    fields.number("passes", stage.vote.passes);
    fields.with("override", [&](const Node& value, const Path& at) {
      if (stage.status != bill_status("ENACTED:SIGNED"))
        error(value.mark, at, "an override without a veto", "only what is to be signed can be vetoed",
              "put it into the stage with the status \"ENACTED:SIGNED\"");
      override_of(value, at);
    });
    if (fields.ok() && !timed && !fields.has_unknown())
      error(node.mark, path, "'takes' is missing", "a stage needs it", "add takes: { exponential: 30 days }");
    if (!named || !stage.status.exists()) return;
    stage.event = find(std::string(name_of(stage.status)));
    bill_.stages.push_back(std::move(stage));
  }

  /// 5 %, or { passes: 5 %, takes: 30 days }.
  void override_of(const Node& node, const Path& path) {
    BillVote votes;
    if (node.is_map() && !node.find("value")) {
      Fields fields(reader_, node, path, language::override_vote);
      vote(fields, votes);
      fields.number("passes", votes.passes);
    } else {
      votes.passes = reader_.number(node, path, reader_.expected(language::share));
    }
    bill_.override_vote = std::move(votes);
  }

  BillStatus status(const Node& node, const Path& path) {
    const std::string name = reader_.text(node, path);
    const BillStatus found = bill_status(name);
    if (found.exists() && progress(name) > 0) return found;
    if (!node.is_scalar()) return {};
    const std::vector<std::string> known(bill_stages.begin(), bill_stages.end());
    if (found.exists())
      error(node.mark, path, fmt::format("'{}' is no stage", name), "a bill comes there by itself, or ends there",
            "stages are " + enumerate(known));
    else
      error(node.mark, path, fmt::format("unknown status '{}'", name),
            "statuses are those of the unitedstates/congress data", reader_.suggest(name, known));
    return {};
  }

  void order(const Node& node, const Path& path, BillStatus next) {
    const std::string_view name = name_of(next);
    for (const BillStage& earlier : bill_.stages)
      if (earlier.status == next) {
        error(node.mark, path, fmt::format("'{}' is a stage already", name), "a status is reached once in a Congress",
              "remove one of them");
        return;
      }
    if (bill_.stages.empty()) return;
    const std::string_view before = name_of(bill_.stages.back().status);
    const bool enacted = progress(before) == progress("ENACTED:SIGNED");
    if (enacted || progress(name) < progress(before))
      error(node.mark, path, fmt::format("'{}' after '{}'", name, before), "stages stand in the order they are passed",
            enacted ? "let enactment be the last" : fmt::format("put '{}' first", name));
  }

  void history(const Node& node, const Path& path) {
    const Reader::Watch watch(reader_);
    std::vector<std::string> known;
    for (const BillStage& stage : bill_.stages)
      known.emplace_back(name_of(stage.status));
    for (const EventId way : {bill_.vetoed, bill_.overridden, bill_.failed, bill_.lapsed})
      if (way.exists()) known.push_back(event(way).name.substr(bill_.name.size() + 1));
    known.emplace_back("ENACTED:INCORPORATION");
    Fields fields(reader_, node, path, language::history);
    fields.rest([&](const Member& member, const Path& at) {
      if (std::find(known.begin(), known.end(), member.key) == known.end())
        error(member.mark, at, fmt::format("the bill has no status '{}'", member.key),
              "a history has statuses of its stages, and ends", reader_.suggest(member.key, known));
      else
        fact(member.value, at, find(member.key));
    });
    if (!watch.quiet()) return;
    // What happened on one day happened in the order of the stages.
    std::stable_sort(bill_.history.begin(), bill_.history.end(), [](const BillFact& a, const BillFact& b) {
      return a.at != b.at ? a.at < b.at : a.event.index < b.event.index;
    });
    in_order(node, path);
  }

  /// How far a bill has come by an event; an end is farther than anything.
  [[nodiscard]] int rank(EventId id) const {
    if (id == bill_.introduced) return -1;
    for (std::size_t i = 0; i < bill_.stages.size(); ++i)
      if (bill_.stages[i].event == id)
        return progress(name_of(bill_.stages[i].status)) == progress("ENACTED:SIGNED") ? 2000 : static_cast<int>(i);
    return id == bill_.vetoed ? 1000 : 2000;
  }

  void in_order(const Node& node, const Path& path) {
    for (std::size_t i = 0; i < bill_.history.size(); ++i) {
      const BillFact& fact = bill_.history[i];
      const std::string name = event(fact.event).name.substr(bill_.name.size() + 1);
      const Node* written = node.find(name);
      const Mark mark = written ? written->mark : node.mark;
      const Path at{&path, name};
      if (i > 0 && rank(fact.event) <= rank(bill_.history[i - 1].event))
        error(mark, at,
              fmt::format("it comes after {}", event(bill_.history[i - 1].event).name.substr(bill_.name.size() + 1)),
              fmt::format("which happened on {}", to_string(bill_.history[i - 1].at)), "correct the dates");
      if (fact.event == bill_.lapsed && bill_.expires && fact.at != *bill_.expires)
        error(mark, at, "it lapsed on another day than it expires", to_string(*bill_.expires) + " is its 'expires'",
              "correct one of them");
      else if (fact.event != bill_.lapsed && bill_.expires && fact.at >= *bill_.expires)
        error(mark, at, "it happened after the bill expired", "on " + to_string(*bill_.expires),
              "describe a bill of the next Congress as a bill of its own");
    }
  }

  void vehicles(const Node& node, const Path& path) {
    Fields fields(reader_, node, path, language::vehicles);
    fields.rest([&](const Member& member, const Path& at) { vehicle(member, at); });
  }

  void vehicle(const Member& member, const Path& path) {
    BillVehicle vehicle;
    vehicle.event = find(member.key);
    Fields fields(reader_, member.value, path, language::vehicle);
    if (vehicle.event.exists()) {
      fields.text("label", event(vehicle.event).label);
      event(vehicle.event).effects = {Emit{bill_.incorporated}};
    }
    fields.date("at", vehicle.at);
    fields.date("known", vehicle.known);
    const bool timed = fields.get("takes") != nullptr;
    vote(fields, vehicle.vote);
    fields.with("from", [&](const Node& value, const Path& at) { vehicle.from = passed_by(value, at); });
    fields.number("carries", vehicle.vote.passes);
    if (vehicle.at) known_in_time(member.value, path, *vehicle.at, vehicle.known);
    if (fields.ok() && timed == (member.value.find("at") != nullptr) && !fields.has_unknown())
      error(member.mark, path, timed ? "'at' and 'takes' together" : "neither 'at' nor 'takes'",
            "a vehicle becomes law on a date, or a while after the bill comes to 'from'",
            "write for example at: 2026-12-20");
    if (vehicle.at && *vehicle.at > scenario_.as_of && vehicle.known.value_or(*vehicle.at) > scenario_.as_of)
      reader_.warning(member.mark, path, "it carries nothing",
                      fmt::format("its date is known later than as_of, {}", to_string(scenario_.as_of)),
                      fmt::format("write known: {} if it is assumed", to_string(scenario_.as_of)));
    bill_.vehicles.push_back(std::move(vehicle));
  }

  /// How many stages a bill with this status has passed.
  std::size_t passed_by(const Node& node, const Path& path) {
    const std::string name = reader_.text(node, path);
    std::vector<std::string> known{"INTRODUCED"};
    for (const BillStage& stage : bill_.stages)
      known.emplace_back(name_of(stage.status));
    const auto found = std::find(known.begin(), known.end(), name);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    if (!bill_.stages.empty())
      error(node.mark, path, fmt::format("the bill has no stage '{}'", name), "", reader_.suggest(name, known));
    return 0;
  }

  void reintroduced(const Node& node, const Path& path) {
    Reintroduction terms;
    Fields fields(reader_, node, path, language::reintroduction);
    fields.number("probability", terms.probability);
    fields.delay("after", terms.after);
    fields.with("expires", [&](const Node& value, const Path& at) { terms.expires = reader_.span(value, at); });
    fields.with("times", [&](const Node& value, const Path& at) {
      const Reader::Settings quiet(reader_);
      const double times = reader_.number(value, at, fields.expected("times")).value;
      terms.times = static_cast<std::size_t>(std::clamp(times, 1.0, 1000.0));
      if (times != static_cast<double>(terms.times))
        error(value.mark, at, fmt::format("{} is no number of times", quoted_kind(value)), "from 1 to 1000",
              "write for example 3");
    });
    if (fields.ok() && mean_days(terms.expires) < 1 && node.find("expires"))
      error(node.find("expires")->mark, path, "a Congress shorter than a day", "",
            "write for example expires: 2 years");
    if (fields.ok() && !member_.value.find("expires"))
      error(node.mark, path, "'reintroduced' without 'expires'", "the next Congress starts when this one ends",
            "add expires: DATE to the bill");
    bill_.reintroduced = std::move(terms);
  }

  void authorizes(const Node& node, const Path& path) {
    const EventId published = find(rule_published), in_force = find(rule_in_force), rescinded = find(rule_rescinded);
    event(published).after = bill_.enacted;
    event(in_force).after = published;
    event(in_force).notice_from = published;
    event(rescinded).after = published;
    event(rescinded).before = in_force;
    event(rescinded).effects = {Cancel{in_force}};
    Fields fields(reader_, node, path, language::authorization);
    std::string agency;
    fields.text("agency", agency);
    event(published).label = agency;
    fields.with("rule", [&](const Node& value, const Path& at) {
      RuleChange change;
      change.rule = reader_.reference<RuleId>(value, at);
      change.in_force = true;
      if (change.rule.index < scenario_.rules.size() && !scenario_.rules[change.rule].candidate)
        reader_.warning(value.mark, at, fmt::format("'{}' is no candidate", value.scalar),
                        "it is in force by dates of its own", "write candidate: yes instead of in_force");
      event(in_force).effects = {std::move(change), Cancel{rescinded}};
    });
    Number acts;
    fields.number("acts", acts);
    event(published).probability = acts;
    fields.delay("lag", event(published).delay);
    fields.delay("in_force_after", event(in_force).delay);
    event(rescinded).probability = Number{};
    fields.with("rescinded", [&](const Node& value, const Path& at) { rescission(value, at, event(rescinded)); });
  }

  /// 30 %, or { probability: 30 %, after: { uniform: [0 days, 90 days] } }.
  void rescission(const Node& node, const Path& path, Event& rescinded) {
    if (!node.is_map() || node.find("value")) {
      rescinded.probability = reader_.number(node, path, reader_.expected(language::share));
      return;
    }
    Fields fields(reader_, node, path, language::rescission);
    Number probability;
    fields.number("probability", probability);
    rescinded.probability = probability;
    fields.with("after", [&](const Node& value, const Path& at) {
      rescinded.before = EventId::none();
      rescinded.delay = reader_.delay(value, at);
    });
  }

  Reader& reader_;
  Scenario& scenario_;
  const Member& member_;
  const Path& path_;
  Bill bill_;
};

}  // namespace

Bill read_bill(Reader& reader, const Member& member, const Path& path) {
  return BillReader(reader, member, path).read();
}

}  // namespace loophole::scenario
