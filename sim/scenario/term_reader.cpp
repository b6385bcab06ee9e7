#include "term_reader.hpp"

#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace loophole::scenario {
namespace {

const char* name_of(Axis axis) {
  switch (axis) {
    case Axis::segment:
      return "a segment";
    case Axis::channel:
      return "a channel";
    case Axis::channel_or_outside:
      return "a channel or 'outside'";
    case Axis::actor:
      return "an actor";
    case Axis::contract:
      return "a contract";
    case Axis::jurisdiction:
      return "a jurisdiction";
    case Axis::variable:
      return "a variable";
    case Axis::event:
      return "an event";
    case Axis::bill:
      return "a bill";
  }
  return "";
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!trimmed(text).empty()) {
    const std::size_t comma = text.find(',');
    parts.push_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    text = text.substr(comma + 1);
  }
  return parts;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

std::optional<Term> TermReader::read(std::string_view text) {
  text = trimmed(text);
  Term term;
  if (const std::size_t at = text.find(" at "); at != std::string_view::npos) {
    const std::string_view date = trimmed(text.substr(at + 4));
    term.at = reader_.parse_date(date, reader_.mark_of(node_, date), path_);
    text = trimmed(text.substr(0, at));
  }
  const std::size_t open = text.find('(');
  const std::string_view name = trimmed(text.substr(0, open));
  if (open != std::string_view::npos && text.back() != ')') {
    error(text, fmt::format("'{}' lacks its closing bracket", text), "a metric's arguments stand in brackets",
          node_.quoted ? "end it with ')'"
                       : "end it with ')'; within { … } put the text in quotes, because ',' ends it there");
    return std::nullopt;
  }
  const auto axes = find(name, term);
  if (!axes) return std::nullopt;
  const std::string_view inside =
      open == std::string_view::npos ? std::string_view{} : text.substr(open + 1, text.size() - open - 2);
  return assign(name, *axes, split(inside), term) ? std::optional<Term>(term) : std::nullopt;
}

void TermReader::error(std::string_view part, std::string problem, std::string reason, std::string suggestion) {
  reader_.error(reader_.mark_of(node_, part), path_, std::move(problem), std::move(reason), std::move(suggestion));
}

std::optional<TermReader::Axes> TermReader::find(std::string_view name, Term& term) {
  const auto& declared = reader_.scenario().metrics;
  const auto own =
      std::find_if(declared.begin(), declared.end(), [&](const DeclaredMetric& m) { return m.name == name; });
  if (own != declared.end()) {
    term.metric = Metric::declared;
    term.declared = static_cast<std::uint32_t>(own - declared.begin());
    return Axes{{}, {Axis::segment}};
  }
  if (const MetricInfo* known = find_metric(name)) {
    term.metric = known->metric;
    return Axes{known->required, known->optional};
  }
  error(name, fmt::format("unknown metric '{}'", name), "it is neither built in nor declared under 'metrics:'",
        reader_.suggest(name, metrics()));
  return std::nullopt;
}

std::vector<std::string> TermReader::metrics() const {
  std::vector<std::string> names;
  for (const DeclaredMetric& each : reader_.scenario().metrics)
    names.push_back(each.name);
  for (const MetricInfo& each : metric_catalogue())
    names.emplace_back(each.name);
  return names;
}

bool TermReader::assign(std::string_view name, const Axes& axes, Arguments arguments, Term& term) {
  std::vector<Axis> missing, all = axes.required;
  all.insert(all.end(), axes.optional.begin(), axes.optional.end());
  for (const Axis axis : axes.required)
    if (!take(axis, arguments, term)) missing.push_back(axis);
  for (const Axis axis : axes.optional)
    static_cast<void>(take(axis, arguments, term));
  for (const Axis axis : missing) {
    const std::string problem = fmt::format("'{}' needs {}", name, name_of(axis));
    if (arguments.empty())
      error(name, problem, "none is given", "known: " + enumerate(names_of(axis)));
    else
      refuse_argument(arguments.front(), {axis}, problem, fmt::format("'{}' is none", arguments.front()));
    return false;
  }
  if (arguments.empty()) return true;
  refuse_argument(arguments.front(), all, fmt::format("'{}' means nothing to '{}'", arguments.front(), name),
                  "the metric takes no name of this kind, or has one already");
  return false;
}

void TermReader::refuse_argument(std::string_view argument, const std::vector<Axis>& axes, std::string problem,
                                 std::string reason) {
  std::vector<std::string> names;
  for (const Axis axis : axes)
    for (std::string& each : names_of(axis))
      if (each != argument) names.push_back(std::move(each));
  error(argument, std::move(problem), std::move(reason), axes.empty() ? "remove it" : reader_.suggest(argument, names));
}

std::vector<std::string> TermReader::names_of(Axis axis) const {
  switch (axis) {
    case Axis::segment:
      return reader_.segment_names.all();
    case Axis::channel:
      return reader_.channel_names.all();
    case Axis::channel_or_outside: {
      auto names = reader_.channel_names.all();
      names.emplace_back("outside");
      return names;
    }
    case Axis::actor:
      return reader_.actor_names.all();
    case Axis::contract:
      return reader_.contract_names.all();
    case Axis::variable:
      return reader_.variable_names.all();
    case Axis::event:
      return reader_.event_names.all();
    case Axis::bill:
      return reader_.bill_names.all();
    case Axis::jurisdiction:
      break;
  }
  std::set<std::string> jurisdictions;
  for (const Actor& actor : reader_.scenario().actors)
    jurisdictions.insert(actor.jurisdiction);
  return {jurisdictions.begin(), jurisdictions.end()};
}

/// Removes the first argument that is a name of this kind and stores it.
bool TermReader::take(Axis axis, Arguments& arguments, Term& term) const {
  for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
    const auto found = [&](const Names& names, auto& id) {
      id = {names.find(*argument)};
      return id.exists();
    };
    bool is_name = false;
    switch (axis) {
      case Axis::segment:
        is_name = found(reader_.segment_names, term.segment);
        break;
      case Axis::channel:
        is_name = found(reader_.channel_names, term.channel);
        break;
      case Axis::channel_or_outside:
        term.outside = *argument == "outside";
        is_name = term.outside || found(reader_.channel_names, term.channel);
        break;
      case Axis::actor:
        is_name = found(reader_.actor_names, term.actor);
        break;
      case Axis::contract:
        is_name = found(reader_.contract_names, term.contract);
        break;
      case Axis::variable:
        is_name = found(reader_.variable_names, term.variable);
        break;
      case Axis::event:
        is_name = found(reader_.event_names, term.event);
        break;
      case Axis::bill:
        is_name = found(reader_.bill_names, term.bill);
        break;
      case Axis::jurisdiction: {
        const auto& actors = reader_.scenario().actors;
        is_name = std::any_of(actors.begin(), actors.end(),
                              [&](const Actor& actor) { return actor.jurisdiction == *argument; });
        if (is_name) term.jurisdiction = std::string(*argument);
        break;
      }
    }
    if (!is_name) continue;
    arguments.erase(argument);
    return true;
  }
  return false;
}

void TermReader::check_unit(const Term& term, std::string_view written, const Quantity& quantity) {
  if (term.metric == Metric::declared) return;
  const MetricInfo& metric = info(term.metric);
  Dimension wanted;
  std::string example = "0.5";
  const UnitTable& units = reader_.scenario().units;
  const std::string& unit_of_use = reader_.scenario().unit_of_use;
  const bool is_amount = units.is_amount(unit_of_use);
  switch (metric.unit) {
    case MetricInfo::Unit::money:
      wanted = Dimension::amount();
      example = "3 M" + units.base_currency();
      break;
    case MetricInfo::Unit::use:
      wanted = {0, 0, 0, 1, unit_of_use};
      example = "3 G" + (is_amount ? units.base_currency() : unit_of_use);
      break;
    case MetricInfo::Unit::price:
      wanted = {1, 0, 0, -1, unit_of_use};
      example = is_amount ? "1.5 %" : fmt::format("7.50 {}/M{}", units.base_currency(), unit_of_use);
      break;
    case MetricInfo::Unit::share:
      example = "20 %";
      break;
    case MetricInfo::Unit::count:
    case MetricInfo::Unit::utils:
    case MetricInfo::Unit::index:
    case MetricInfo::Unit::hhi:
    case MetricInfo::Unit::word:
      break;
    case MetricInfo::Unit::time:
      wanted = Dimension::duration();
      example = "2025-01-03";
      break;
  }
  const bool is_part = metric.unit == MetricInfo::Unit::share && term.metric != Metric::equivalent_price_change;
  const bool plain_zero = quantity.value == 0 && quantity.unit.empty();  // nothing is nothing in any unit
  const Dimension money = units.as_money(wanted);
  const bool fits =
      quantity.dimension == wanted || (quantity.dimension == money && (money != Dimension::none() || quantity.percent));
  if (!fits && !plain_zero)
    error(written,
          quantity.unit.empty() ? fmt::format("'{}' has no unit", written)
                                : fmt::format("'{}' has the wrong unit", written),
          fmt::format("'{}' is compared with it", metric.name), "write for example " + example);
  else if (is_part && (quantity.value < 0 || quantity.value > 1))
    error(written, fmt::format("'{}' is out of range", written),
          fmt::format("'{}' lies between 0 % and 100 %", metric.name), "write for example " + example);
}

}  // namespace loophole::scenario
