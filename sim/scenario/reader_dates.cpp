/// Reading what has to do with time: dates, durations, and values that change on dates.
#include "reader.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

std::optional<Time> Reader::parse_date(std::string_view text, Mark mark, const Path& path) {
  auto time = parse_time(text);
  if (!time)
    error(mark, path, fmt::format("'{}' is not a date", text), "dates are ISO 8601", "write for example 2024-07-09");
  return time;
}

std::optional<Time> Reader::date(const Node& node, const Path& path) {
  if (!node.is_scalar()) {
    error(node.mark, path, fmt::format("{} where a date is expected", quoted_kind(node)), "",
          "write for example 2024-07-09");
    return std::nullopt;
  }
  const Written written = split_source(node, path);
  auto time = parse_date(written.text, node.mark, path);
  if (time) list_input(path, 0, to_string(*time), "date", written.source, node.mark);
  return time;
}

Span Reader::span(const Node& node, const Path& path) {
  if (!node.is_scalar()) {
    error(node.mark, path, fmt::format("{} where a duration is expected", quoted_kind(node)), "",
          "write for example 14 days");
    return {};
  }
  const Written written = split_source(node, path);
  const auto refuse = [&](std::string problem, std::string reason) {
    error(node.mark, path, std::move(problem), std::move(reason), "write for example 14 days");
    return Span{};
  };
  if (!written.text.empty() && written.text[0] == '$')
    return refuse(fmt::format("'{}' cannot stand here", written.text), "a duration written out is expected");
  const auto parsed = scenario_.units.parse(written.text);
  if (const auto* problem = std::get_if<UnitProblem>(&parsed)) {
    error(node.mark, path, problem->problem, problem->reason,
          problem->suggestion.empty() ? "write for example 14 days" : problem->suggestion);
    return {};
  }
  constexpr double longest = 1000 * 12 * days_per_month;
  const auto& quantity = std::get<Quantity>(parsed);
  if (quantity.dimension != Dimension::duration() || quantity.percent)
    return refuse(fmt::format("'{}' has {} unit", written.text, quantity.unit.empty() ? "no" : "the wrong"),
                  "a duration is expected");
  if (quantity.written < 0 || quantity.value > longest || !quantity.span)
    return refuse(fmt::format("'{}' is out of range", written.text), "a duration from 0 to 1000 years is expected");
  list_input(path, quantity.value, {}, "days", written.source, node.mark);
  return *quantity.span;
}

DatedNumber Reader::dated(const Node& node, const Path& path, const Expected& expected) {
  DatedNumber dated;
  if (!node.is_map() || node.find("value")) {
    dated.initially = number(node, path, expected);
    return dated;
  }
  const Watch watch(*this);
  Fields fields(*this, node, path, language::dated_number);
  const bool has_initial = fields.with(
      "initially", [&](const Node& value, const Path& at) { dated.initially = number(value, at, expected); });
  steps(fields, dated.steps, expected);
  if (has_initial || !watch.quiet()) return dated;
  if (dated.steps.empty()) {
    error(node.mark, path, "no value", fmt::format("{} is expected", expected.what),
          fmt::format("write for example {}", expected.example));
  } else if (dated.steps.front().from <= scenario_.horizon.from) {
    dated.initially = dated.steps.front().value;
    dated.steps.erase(dated.steps.begin());
  } else if (knows_horizon) {
    error(node.mark, path, "no value before the first date",
          fmt::format("the horizon starts on {}", to_string(scenario_.horizon.from)), "add 'initially:'");
  }
  return dated;
}

void Reader::steps(Fields& fields, std::vector<DatedNumber::Step>& steps, const Expected& expected) {
  fields.rest([&](const Member& member, const Path& at) {
    const auto from = parse_time(member.key);
    if (!from) {
      const std::string near = nearest(member.key, {"initially", "value", "source"});
      error(member.mark, at, fmt::format("'{}' is not a date", member.key),
            "values that change are listed by ISO 8601 dates",
            near.empty() ? "write for example 2024-07-09" : fmt::format("did you mean '{}'?", near));
      return;
    }
    DatedNumber::Step step{*from, *from, {}};
    if (member.value.is_map()) {
      std::optional<Settings> quiet;
      if (member.value.find("known")) quiet.emplace(*this);
      std::optional<Time> known;
      step.value = number_in_map(member.value, at, expected, language::dated_step, &known);
      step.known = known.value_or(*from);
    } else {
      step.value = number(member.value, at, expected);
    }
    steps.push_back(std::move(step));
  });
  std::stable_sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
}

Period Reader::period(const Node& node, const Path& path, const language::Shape& shape) {
  Period period;
  Fields fields(*this, node, path, shape);
  std::optional<Time> from, to;
  fields.date("from", from);
  fields.date("to", to);
  fields.date("known", period.known);
  period.interval = {from.value_or(Time::always()), to.value_or(Time::never())};
  if (period.interval.from >= period.interval.to)
    error(node.mark, path, "it ends before it starts", "intervals exclude their end", "let 'to' be later than 'from'");
  return period;
}

Length Reader::length(const Node& node, const Path& path) {
  if (node.is_scalar() && !node.scalar.empty() && node.scalar[0] == '$')
    return number(node, path, expected(language::delay));
  return span(node, path);
}

Delay Reader::delay(const Node& node, const Path& path) {
  if (is_distribution(node)) return distribution(node, path, expected(language::delay));
  return std::visit([](const auto& given) { return Delay{given}; }, length(node, path));
}

}  // namespace loophole::scenario
