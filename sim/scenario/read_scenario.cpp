#include "bill_names.hpp"
#include "read.hpp"
#include <loophole/scenario/study.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace loophole::scenario {
namespace {

bool is_plain_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '-' && std::all_of(name.begin(), name.end(), allowed);
}

/// Names that mean something else where names of this table stand.
bool is_reserved(std::string_view name, std::string_view table) {
  if (table == "sources") return name == "assumption";
  if (table == "attributes")
    for (const std::string_view key :
         {"label", "developer", "like", "seller", "through", "operated_by", "hosted_in", "product", "channel", "tag",
          "intermediated", "customer", "segment", "any_of", "all_of", "none_of", "price", "price_offset", "compliance"})
      if (name == key) return true;
  if (table == "vehicles" && (bill_status(name).exists() || name == "ENACTED" || name.substr(0, 5) == "rule-"))
    return true;
  return name == "outside" || name == "sale";
}

/// Names appear in paths, CSV cells and expressions, so they are plain words.
void check_names(Reader& reader, const Node* entries, const char* table, const Path& root) {
  if (!entries || !entries->is_map()) return;
  const Path path{&root, table};
  for (const Member& member : entries->members) {
    const Path at{&path, member.key};
    if (member.key == "source") continue;
    if (!is_plain_name(member.key))
      reader.error(member.mark, at, fmt::format("'{}' cannot be a name", member.key),
                   "names are at most 64 letters, digits, '-' and '_', and start with no '-'",
                   "choose a short name and put the rest into 'label'");
    else if (is_reserved(member.key, table))
      reader.error(member.mark, at, fmt::format("'{}' is a reserved name", member.key), "it means something else there",
                   "choose another name");
  }
}

/// Units stand behind numbers and around '/', so they are letters, and none that already means something.
void check_units(Reader& reader, const Node* units, const Path& root) {
  if (!units || !units->is_map()) return;
  const Path path{&root, "units"};
  for (const Member& member : units->members) {
    if (member.key == "source") continue;
    const Path at{&path, member.key};
    const bool letters = std::all_of(member.key.begin(), member.key.end(),
                                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (member.key.empty() || !letters || member.key.size() > 16)
      reader.error(member.mark, at, fmt::format("'{}' cannot be a unit", member.key), "units are at most 16 letters",
                   "choose a short word");
    else if (std::holds_alternative<Quantity>(UnitTable{}.parse("1 " + member.key)))
      reader.error(member.mark, at, fmt::format("'{}' is a unit already", member.key), "times and firms are built in",
                   "choose another word");
  }
}

/// A lever and an uncertainty of the same name could not be told apart in "$name".
void check_parameter_names(Reader& reader, const Node* uncertainties, const Node* levers, const Path& root) {
  if (!uncertainties || !levers) return;
  const Path path{&root, "levers"};
  std::unordered_set<std::string_view> seen;
  for (const Member& member : uncertainties->members)
    seen.insert(member.key);
  for (const Member& member : levers->members)
    if (member.key != "source" && seen.count(member.key) != 0)
      reader.error(member.mark, Path{&path, member.key}, fmt::format("'{}' is an uncertainty too", member.key),
                   "'$' before a name must mean one thing", "rename one of them");
}

/// Triggers are followed, cancelled and logged like events, so they share their names.
void check_event_names(Reader& reader, const Node* triggers, const Path& root) {
  if (!triggers || !triggers->is_map()) return;
  const Path path{&root, "triggers"};
  for (const Member& member : triggers->members)
    if (member.key != "source" && reader.event_names.find(member.key) != Id<void>::none_value)
      reader.error(member.mark, Path{&path, member.key}, fmt::format("'{}' is an event too", member.key),
                   "others could not tell which of them they follow", "rename one of them");
  reader.event_names.list(triggers);
}

/// The events of bills can be followed like any other.
void list_bill_events(Reader& reader, const Node* bills, const Path& root) {
  if (!bills || !bills->is_map()) return;
  const Path path{&root, "bills"};
  for (const Member& bill : bills->members) {
    if (bill.key == "source") continue;
    const Path at{&path, bill.key};
    check_names(reader, bill.value.find("vehicles"), "vehicles", at);
    for (const std::string& name : bill_event_names(bill.value))
      reader.event_names.add(bill.key + "." + name);
  }
}

void read_currency(Reader& reader, const Node& node, const Path& path) {
  UnitTable& units = reader.scenario().units;
  if (node.is_scalar()) {
    units.set_base_currency(node.scalar);
    return;
  }
  Fields fields(reader, node, path, language::currency);
  fields.with("base", [&](const Node& value, const Path& at) { units.set_base_currency(reader.text(value, at)); });
  fields.with("rates", [&](const Node& value, const Path& at) {
    Fields rates(reader, value, at, language::rates);
    rates.rest([&](const Member& member, const Path& where) {
      Expected rate = reader.expected(language::exchange_rate);
      const std::string example = "0.138 " + units.base_currency();
      rate.example = example.c_str();
      units.add_currency(member.key, reader.number(member.value, where, rate).value);
    });
  });
}

void read_horizon(Reader& reader, const Node& node, const Path& path, Interval& horizon) {
  Interval interval;
  Fields fields(reader, node, path, language::horizon);
  std::optional<Time> begin, end;
  fields.date("from", begin);
  fields.date("to", end);
  if (!begin || !end) return;
  interval = {*begin, *end};
  constexpr std::int64_t longest = std::int64_t{200} * 366 * seconds_per_day;
  if (interval.from >= interval.to)
    reader.error(node.mark, path, "it ends before it starts", "intervals exclude their end",
                 "let 'to' be later than 'from'");
  else if (interval.to.seconds - interval.from.seconds > longest)
    reader.error(node.mark, path, "more than 200 years", "rates and prices mean nothing over such a time",
                 "shorten it");
  else {
    horizon = interval;
    reader.knows_horizon = true;
  }
}

template <class IdType, class T, class Read>
void read_table(Reader& reader, Fields& root, const char* key, PerId<IdType, T>& table, Read read) {
  root.with(key, [&](const Node& node, const Path& path) {
    if (node.kind == Node::Kind::null) return;
    Fields entries(reader, node, path, root.map_shape(key));
    entries.rest([&](const Member& member, const Path& at) { table.push_back(read(reader, member, at)); });
  });
}

template <class T, class Read>
void read_list(Reader& reader, Fields& root, const char* key, std::vector<T>& list, Read read) {
  root.with(key, [&](const Node& node, const Path& path) {
    if (node.kind == Node::Kind::null) return;
    Fields entries(reader, node, path, root.map_shape(key));
    entries.rest([&](const Member& member, const Path& at) { list.push_back(read(reader, member, at)); });
  });
}

/// The distance of points in time that do not depend on the calendar.
Span read_grid(Reader& reader, const Node& node, const Path& path, const char* example, const char* what) {
  const Reader::Watch watch(reader);
  const Span span = reader.span(node, path);
  if (watch.quiet() && (span.months != 0 || span.seconds < 60))
    reader.error(node.mark, path, fmt::format("{} is no grid", quoted_kind(node)),
                 fmt::format("{} on a grid of equal steps of a minute at least", what),
                 fmt::format("write for example {}", example));
  return span;
}

void read_settings(Reader& reader, Fields& root) {
  Scenario& scenario = reader.scenario();
  const Reader::Settings quiet(reader);
  read_schema(reader, root);
  root.text("title", scenario.title);
  root.text("description", scenario.description);
  root.with("horizon", [&](const Node& node, const Path& at) { read_horizon(reader, node, at, scenario.horizon); });
  scenario.as_of = scenario.horizon.to;
  root.with("as_of", [&](const Node& node, const Path& at) {
    scenario.as_of = reader.date(node, at).value_or(scenario.horizon.to);
  });
  scenario.record_every = {0, 7 * seconds_per_day};
  root.with("record", [&](const Node& node, const Path& path) {
    const Reader::Watch watch(reader);
    Fields fields(reader, node, path, language::record);
    fields.with("every", [&](const Node& value, const Path& at) { scenario.record_every = reader.span(value, at); });
    const double days = mean_days(scenario.record_every);
    if (reader.knows_horizon && watch.quiet() &&
        (days <= 0 || days_between(scenario.horizon.from, scenario.horizon.to) / days > 1e6))
      reader.error(node.mark, path, "more than a million records", "the table would not be read by anybody",
                   "record less often");
  });
  scenario.probe_every = {0, seconds_per_day};
  root.with("probe", [&](const Node& node, const Path& path) {
    Fields fields(reader, node, path, language::probe);
    fields.with("every", [&](const Node& value, const Path& at) {
      scenario.probe_every = read_grid(reader, value, at, "1 day", "conditions are probed");
    });
  });
  scenario.resolution_step = {0, days_between_updates * seconds_per_day};
  root.with("resolution", [&](const Node& node, const Path& path) {
    if (!node.is_map()) {
      scenario.resolution = read_resolution(reader, node, path);
      return;
    }
    Fields fields(reader, node, path, language::resolution);
    fields.with("is",
                [&](const Node& value, const Path& at) { scenario.resolution = read_resolution(reader, value, at); });
    fields.with("step", [&](const Node& value, const Path& at) {
      scenario.resolution_step = read_grid(reader, value, at, "1 week", "whole firms are brought up to date");
    });
  });
  root.with("summary", [&](const Node& node, const Path& path) {
    Fields fields(reader, node, path, language::summary);
    fields.with("at", [&](const Node& value, const Path& at) {
      reader.each(value, at, [&](const Node& item, const Path& where) {
        if (const auto date = reader.date(item, where)) {
          if (reader.knows_horizon && (*date < scenario.horizon.from || *date > scenario.horizon.to))
            reader.error(item.mark, where, fmt::format("{} is outside the horizon", to_string(*date)),
                         "nothing is known there", "choose a date within it");
          scenario.summary_dates.push_back(*date);
        }
      });
    });
    std::sort(scenario.summary_dates.begin(), scenario.summary_dates.end());
  });
  if (const auto start = root.word("start"))
    scenario.start = *start == 0 ? Scenario::Start::calibrated : Scenario::Start::stationary;
  root.truth("recalibrate", scenario.recalibrate);
}

/// What a unit counts, in words; or { of: RUB }: an amount of money. That must be the base currency, so that a fee
/// of 1.5 % is 0.015 of it for one.
void read_unit(Reader& reader, const Node& node, const Path& path, const std::string& symbol) {
  if (!node.is_map()) {
    static_cast<void>(reader.text(node, path));
    return;
  }
  UnitTable& units = reader.scenario().units;
  Fields fields(reader, node, path, language::unit);
  std::string label;
  fields.text("label", label);
  fields.with("of", [&](const Node& value, const Path& at) {
    const std::string currency = reader.text(value, at);
    if (value.is_scalar() && currency != units.base_currency())
      reader.error(value.mark, at, fmt::format("'{}' is not the base currency", currency),
                   "a unit may be an amount of the base currency, so that a fee is a part",
                   fmt::format("write of: {}, or let {} be the base", units.base_currency(), currency));
    units.make_amount(symbol);
  });
}

void read_units(Reader& reader, Fields& root) {
  Scenario& scenario = reader.scenario();
  const Node* declared = root.get("units");
  if (declared && declared->is_map())
    for (const Member& member : declared->members)
      if (member.key != "source") scenario.units.add_declared(member.key);
  root.with("currency", [&](const Node& node, const Path& at) { read_currency(reader, node, at); });
  root.with("units", [&](const Node& node, const Path& path) {
    Fields units(reader, node, path, language::units);
    units.rest([&](const Member& member, const Path& at) { read_unit(reader, member.value, at, member.key); });
  });
  root.with("unit_of_use", [&](const Node& node, const Path& at) {
    scenario.unit_of_use = reader.text(node, at);
    if (node.is_scalar() && !scenario.units.is_declared(scenario.unit_of_use))
      reader.error(node.mark, at, fmt::format("unknown unit '{}'", scenario.unit_of_use),
                   "units of use are declared under 'units:'",
                   fmt::format("add units: {{ {}: what it counts }}", scenario.unit_of_use));
  });
  root.with("blend", [&](const Node& node, const Path& path) {
    Fields parts(reader, node, path, language::blend);
    parts.rest([&](const Member& member, const Path& at) {
      scenario.blend.emplace_back(member.key, reader.number(member.value, at, reader.expected(language::count)));
    });
  });
}

void read_all(Reader& reader, const Node& node) {
  Scenario& scenario = reader.scenario();
  const Path path;
  Fields root(reader, node, path, language::scenario);
  list_names(reader, node);
  if (const Node* sources = node.find("sources"); sources && !sources->is_map()) reader.give_up_sources();

  read_list(reader, root, "sources", scenario.sources, read_source);
  read_settings(reader, root);
  read_units(reader, root);
  read_table(reader, root, "uncertainties", scenario.parameters, [](Reader& r, const Member& m, const Path& p) {
    return read_parameter(r, m, p, Parameter::Kind::uncertainty);
  });
  read_table(reader, root, "levers", scenario.parameters,
             [](Reader& r, const Member& m, const Path& p) { return read_parameter(r, m, p, Parameter::Kind::lever); });
  {
    const Reader::Watch watch(reader);
    read_list(reader, root, "correlations", scenario.correlations, read_correlation);
    if (const Node* correlations = node.find("correlations"); correlations && watch.quiet())
      check_correlations(reader, *correlations, Path{&path, "correlations"});
  }
  read_table(reader, root, "attributes", scenario.attributes, read_attribute);
  read_table(reader, root, "actors", scenario.actors, read_actor);
  read_table(reader, root, "products", scenario.products, read_product);
  read_table(reader, root, "channels", scenario.channels, read_channel);
  read_table(reader, root, "segments", scenario.segments, read_segment);
  read_table(reader, root, "contracts", scenario.contracts, read_contract);
  read_table(reader, root, "rules", scenario.rules, read_rule);
  read_list(reader, root, "metrics", scenario.metrics, read_metric);
  read_table(reader, root, "variables", scenario.variables, read_variable);
  read_table(reader, root, "events", scenario.events, read_event);
  read_table(reader, root, "triggers", scenario.events, read_trigger);
  read_table(reader, root, "bills", scenario.bills, read_bill);
  read_list(reader, root, "nests", scenario.nests, read_nest);
  read_list(reader, root, "outcomes", scenario.outcomes, read_outcome);
  root.with("expect", [&](const Node& list, const Path& at) {
    reader.each(list, at, [&](const Node& item, const Path& where) {
      scenario.expectations.push_back(read_expectation(reader, item, where));
    });
  });
  for (const char* key : {"actors", "products", "channels", "segments"})
    if (const Node* table = node.find(key);
        !table || table->kind == Node::Kind::null || (table->is_map() && table->members.empty()))
      reader.error(table ? table->mark : node.mark, path, fmt::format("'{}' is {}", key, table ? "empty" : "missing"),
                   "a scenario has at least one entry there", "see 'loophole new' for an example");
}

}  // namespace

void list_names(Reader& reader, const Node& node) {
  const Path path;
  const Node* uncertainties = node.find("uncertainties");
  const Node* levers = node.find("levers");
  reader.parameter_names.list(uncertainties);
  reader.parameter_names.list(levers);
  struct Table {
    const char* key;
    Names& names;
  };
  for (const Table table : {Table{"actors", reader.actor_names}, Table{"products", reader.product_names},
                            Table{"channels", reader.channel_names}, Table{"segments", reader.segment_names},
                            Table{"contracts", reader.contract_names}, Table{"rules", reader.rule_names},
                            Table{"events", reader.event_names}, Table{"attributes", reader.attribute_names},
                            Table{"variables", reader.variable_names}, Table{"bills", reader.bill_names}}) {
    table.names.list(node.find(table.key));
    check_names(reader, node.find(table.key), table.key, path);
  }
  for (const char* key :
       {"sources", "uncertainties", "levers", "correlations", "metrics", "outcomes", "nests", "blend", "triggers"})
    check_names(reader, node.find(key), key, path);
  check_event_names(reader, node.find("triggers"), path);
  list_bill_events(reader, node.find("bills"), path);
  check_units(reader, node.find("units"), path);
  check_parameter_names(reader, uncertainties, levers, path);
}

Result<Scenario> read_scenario(const Node& root, const Files& files, const std::vector<Removal>& removed) {
  Scenario scenario;
  Diagnostics diagnostics;
  Reader reader(files, removed, diagnostics, scenario);
  if (is_study(root)) {  // all that it lacks as a scenario need not be said
    reader.error(root.mark, Path{}, "this is a study, not a scenario",
                 "it says which scenarios are run at which points",
                 "run it by 'loophole sweep', or give one of its scenarios");
    return diagnostics;
  }
  read_all(reader, root);
  check(reader, diagnostics);
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(scenario), std::move(diagnostics)};
}

}  // namespace loophole::scenario
