#include "answer_parts.hpp"
#include "spoken.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace loophole::report {
namespace {

constexpr std::size_t gap = 0, leak = 1, licensed = 2, closed = 3;

/// Null before the path's first row.
const AccessStep* step_at(const AccessHistory& history, Time at) {
  const auto later = std::upper_bound(history.steps.begin(), history.steps.end(), at,
                                      [](Time time, const AccessStep& step) { return time < step.from; });
  return later == history.steps.begin() ? nullptr : &*(later - 1);
}

/// What a path is in most replications.
std::size_t status_of(const AccessStep* step) {
  if (!step) return path_statuses.size() - 1;
  const auto most = std::max_element(step->replications.begin(), step->replications.end());
  return static_cast<std::size_t>(most - step->replications.begin());
}

bool is_base(const Material& material, const AccessHistory& history) {
  return history.arm.scenario == material.access.front().arm.scenario;
}

struct Makers {
  std::string developer, seller;
};

/// Who develops and sells what a channel carries; empty without a scenario.
std::map<std::string, Makers> makers_of(const Material& material) {
  std::map<std::string, Makers> found;
  const scenario::ScenarioFile* const file =
      material.access.empty() ? nullptr : material.scenario(material.access.front().arm.scenario);
  if (!file) return found;
  const auto& actors = file->scenario.actors;
  for (const scenario::Channel& channel : file->scenario.channels)
    found[channel.name] = {actors[file->scenario.products[channel.product].developer].name,
                           actors[channel.path.back()].name};
  return found;
}

/// "to all 4 segments", "to start-ups and internet-giants".
std::string to_whom(const Material& material, const std::vector<Loophole>& all, const std::string& channel) {
  std::set<std::string> every;
  for (const AccessHistory& history : material.access)
    if (is_base(material, history)) every.insert(history.segment);
  std::vector<std::string> segments;
  for (const Loophole& each : all)
    if (each.channel == channel) segments.push_back(called(material, "segments", each.segment));
  if (segments.size() == every.size() && segments.size() > 2) return fmt::format("all {} segments", segments.size());
  return spoken(segments);
}

/// Channels of the loopholes, the most used first.
std::vector<std::string> channels_of(const Material& material, const std::vector<Loophole>& all, Time at) {
  std::vector<std::pair<double, std::string>> used;
  for (const Loophole& each : all) {
    const auto is_it = [&](const auto& pair) { return pair.second == each.channel; };
    if (std::any_of(used.begin(), used.end(), is_it)) continue;
    double part = 0;
    for (const Series& series : material.series)
      if (series.arm == material.access.front().arm && series.name.metric == "share" &&
          series.name.channel == each.channel && series.name.segment.empty())
        for (const SeriesPoint& point : series.points)
          if (point.time <= at) part = point.mean;
    used.emplace_back(part, each.channel);
  }
  std::stable_sort(used.begin(), used.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> channels;
  channels.reserve(used.size());
  for (auto& [part, channel] : used)
    channels.push_back(std::move(channel));
  return channels;
}

/// ", and still so on 1 January 2028 in 88.5 % of futures", of the loopholes of `channel`.
std::string outlook(const Material& material, const std::vector<Loophole>& all, const std::string& channel) {
  const Time end{material.horizon().to.seconds - 1};
  if (end <= date_of_interest(material)) return {};
  double least = 1;
  for (const AccessHistory& history : material.access) {
    const bool is_one = std::any_of(all.begin(), all.end(), [&](const Loophole& each) {
      return each.channel == channel && each.channel == history.channel && each.segment == history.segment;
    });
    if (!is_base(material, history) || !is_one) continue;
    const AccessStep* const step = step_at(history, end);
    double sum = 0;
    for (const std::uint64_t count : step->replications)
      sum += static_cast<double>(count);
    least = std::min(least, static_cast<double>(step->replications[gap]) / sum);
  }
  const std::string date = spoken(material.horizon().to);
  if (material.replications(material.access.front().arm.scenario) == 1)
    return fmt::format(" ({} on {})", least > 0 ? "and still" : "but no longer", date);
  return fmt::format(" (still so at the end in {} of futures)", spoken(least, "1"));
}

/// Of tables without access: an outcome that measures it, scenario by scenario.
Sentence of_outcomes(const Material& material) {
  if (material.scenarios.empty()) return {};
  for (const scenario::Outcome& outcome : material.scenarios.front().scenario.outcomes) {
    if (outcome.term.metric != scenario::Metric::availability) continue;
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;  // by value
    for (const std::string& name : material.names())
      for (const OutcomeSpread& each : material.outcomes) {
        if (each.scenario != name || each.outcome != outcome.name || !each.spread) continue;
        const std::string value = spoken(each.spread->mean, "1");
        const auto known =
            std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == value; });
        (known == groups.end() ? groups.emplace_back(value, std::vector<std::string>()) : *known)
            .second.push_back(name);
      }
    std::vector<std::string> parts;
    parts.reserve(groups.size());
    for (const auto& [value, names] : groups)
      parts.push_back(fmt::format("{} with {}", value, spoken(names)));
    if (parts.empty()) return {};
    return {fmt::format("What stays open: {} is, in the mean of futures, {}.", outcome_called(material, outcome.name),
                        spoken(parts)),
            {"outcomes.csv"}};
  }
  return {};
}

}  // namespace

Time date_of_interest(const Material& material) {
  const Interval horizon = material.horizon();
  const Time last{horizon.to.seconds - 1};
  return std::clamp(material.as_of(), horizon.from, std::max(horizon.from, last));
}

std::vector<Loophole> loopholes_at(const Material& material, Time at) {
  if (material.access.empty()) return {};
  const auto makers = makers_of(material);
  std::vector<Loophole> found;
  for (const AccessHistory& open : material.access) {
    const auto whose = makers.find(open.channel);
    if (!is_base(material, open) || whose == makers.end() || status_of(step_at(open, at)) != gap) continue;
    const AccessStep* shut = nullptr;
    bool is_of_another = false;
    for (const AccessHistory& bound : material.access) {
      const auto other = makers.find(bound.channel);
      const AccessStep* const step = step_at(bound, at);
      const std::size_t status = status_of(step);
      if (!is_base(material, bound) || bound.segment != open.segment || other == makers.end() ||
          other->second.developer != whose->second.developer || status == gap || status > closed)
        continue;
      // The rule that a change of seller escapes says more than one about the same seller's other offer.
      const bool has_other_seller = other->second.seller != whose->second.seller;
      if (shut && (is_of_another || !has_other_seller)) continue;
      shut = step;
      is_of_another = has_other_seller;
    }
    if (shut) found.push_back({open.channel, open.segment, shut->rule});
  }
  return found;
}

Sentence access_sentence(const Material& material) {
  if (material.access.empty()) return of_outcomes(material);
  const Time at = date_of_interest(material);
  std::array<std::size_t, path_statuses.size()> counts{};
  std::set<std::string> shut, leaking;
  for (const AccessHistory& history : material.access) {
    if (!is_base(material, history)) continue;
    const std::size_t status = status_of(step_at(history, at));
    ++counts[status];
    if (status == closed) shut.insert(history.channel);
    if (status == leak) leaking.insert(history.channel);
  }
  const std::size_t paths = counts[gap] + counts[leak] + counts[licensed] + counts[closed];
  std::string text =
      fmt::format("On {} rules close {} of {} paths between a channel and a segment{}", spoken(at), counts[closed],
                  paths, counts[leak] > 0 ? fmt::format(" and {} more leak", counts[leak]) : std::string());
  const std::vector<Loophole> all = loopholes_at(material, at);
  const std::vector<std::string> channels = channels_of(material, all, at);
  const auto makers = makers_of(material);
  if (makers.empty()) return {text + ".", {"availability.csv"}};  // nobody knows whose products they are
  if (channels.empty())
    return {text + "; no path escapes a rule that binds its developer's products elsewhere.", {"availability.csv"}};
  std::vector<std::string> ways;
  for (const std::string& channel : channels) {
    std::string way = called(material, "channels", channel);
    if (ways.size() < 2)
      way += fmt::format(", sold by {}, to {}{}", called(material, "actors", makers.at(channel).seller),
                         to_whom(material, all, channel), outlook(material, all, channel));
    ways.push_back(std::move(way));
  }
  const bool is_one = channels.size() == 1;
  return {fmt::format("{}; {} open: {}.", text,
                      is_one ? "one loophole stays" : counted(channels.size(), "loophole") + " stay", spoken(ways, 3)),
          {"availability.csv"}};
}

}  // namespace loophole::report
