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

/// Who develops what a channel carries; empty without a scenario.
std::map<std::string, std::string> developers(const Material& material) {
  std::map<std::string, std::string> found;
  if (material.access.empty()) return found;
  const scenario::ScenarioFile* const file = material.scenario(material.access.front().arm.scenario);
  if (!file) return found;
  for (const scenario::Channel& channel : file->scenario.channels)
    found[channel.name] = file->scenario.actors[file->scenario.products[channel.product].developer].name;
  return found;
}

std::string seller_of(const Material& material, const std::string& channel) {
  const scenario::ScenarioFile* const file = material.scenario(material.access.front().arm.scenario);
  if (!file) return {};
  for (const scenario::Channel& each : file->scenario.channels)
    if (each.name == channel)
      return fmt::format(", sold by {}", called(material, "actors", file->scenario.actors[each.path.back()].name));
  return {};
}

std::vector<std::string> segments_called(const Material& material, const std::vector<Loophole>& all,
                                         const std::string& channel) {
  std::vector<std::string> segments;
  for (const Loophole& each : all)
    if (each.channel == channel) segments.push_back(called(material, "segments", each.segment));
  return segments;
}

/// " (still so on 31 December 2027 in 88.5 % of futures)", of the loopholes of `channel`.
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
    return fmt::format(" (on {} {})", date, least > 0 ? "still" : "no longer");
  return fmt::format(" (and until {} in {} of futures)", date, spoken(least, "1"));
}

}  // namespace

Time date_of_interest(const Material& material) {
  const Interval horizon = material.horizon();
  const Time last{horizon.to.seconds - 1};
  return std::clamp(material.as_of(), horizon.from, std::max(horizon.from, last));
}

std::vector<Loophole> loopholes_at(const Material& material, Time at) {
  if (material.access.empty()) return {};
  const auto developer = developers(material);
  std::vector<Loophole> found;
  for (const AccessHistory& open : material.access) {
    const auto whose = developer.find(open.channel);
    if (!is_base(material, open) || whose == developer.end() || status_of(step_at(open, at)) != gap) continue;
    for (const AccessHistory& bound : material.access) {
      const auto other = developer.find(bound.channel);
      const AccessStep* const step = step_at(bound, at);
      const std::size_t status = status_of(step);
      if (!is_base(material, bound) || bound.segment != open.segment || other == developer.end() ||
          other->second != whose->second || status == gap || status > closed)
        continue;
      found.push_back({open.channel, open.segment, step->rule});
      break;
    }
  }
  return found;
}

Sentence access_sentence(const Material& material) {
  if (material.access.empty()) return {};
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
  std::vector<std::string> channels;
  for (const Loophole& each : all)
    if (std::find(channels.begin(), channels.end(), each.channel) == channels.end()) channels.push_back(each.channel);
  if (channels.empty())
    return {text + "; no path escapes a rule that binds its developer elsewhere.", {"availability.csv"}};
  text += fmt::format("; what stays open by a loophole is ");
  std::vector<std::string> ways;
  for (const std::string& channel : channels)
    ways.push_back(fmt::format("{}{}, to {}{}", called(material, "channels", channel), seller_of(material, channel),
                               spoken(segments_called(material, all, channel)), outlook(material, all, channel)));
  return {text + spoken(ways, 3) + ".", {"availability.csv"}};
}

}  // namespace loophole::report
