#include "page_parts.hpp"

#include <algorithm>
#include <set>

namespace loophole::report {
namespace {

/// Changes of an ensemble come at thousands of moments: the page shows their state at this many dates at most.
constexpr std::size_t most_dates = 150;

/// The moments at which something changes, or where they are too many, dates at equal distances.
std::vector<Time> dates_of(const Material& material) {
  std::set<Time> moments;
  for (const AccessHistory& history : material.access)
    for (const AccessStep& step : history.steps)
      moments.insert(step.from);
  if (moments.size() <= most_dates) return {moments.begin(), moments.end()};
  const Time first = *moments.begin(), last = *moments.rbegin();
  std::vector<Time> dates;
  for (std::size_t i = 0; i < most_dates; ++i) {
    const auto part = static_cast<double>(i) / static_cast<double>(most_dates - 1);
    // Whole days, later than what happened within them; the last as it is.
    const auto seconds = static_cast<std::int64_t>(part * static_cast<double>(last.seconds - first.seconds));
    const Time day{(first.seconds + seconds) / seconds_per_day * seconds_per_day};
    dates.push_back(i == 0 ? first : i + 1 == most_dates ? last : day);
  }
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

Json steps_of(const AccessHistory& history, const std::vector<Time>& dates) {
  Json steps = Json::array();
  const AccessStep* shown = nullptr;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const auto later = std::upper_bound(history.steps.begin(), history.steps.end(), dates[i],
                                        [](Time time, const AccessStep& step) { return time < step.from; });
    if (later == history.steps.begin()) continue;
    const AccessStep& now = *(later - 1);
    if (shown && now.open() == shown->open() && now.replications == shown->replications && now.rule == shown->rule)
      continue;
    steps.push_back(Json::array({i, now.open(), now.replications, now.rule}));
    shown = &now;
  }
  return steps;
}

}  // namespace

Json access_part(const Material& material) {
  if (material.access.empty()) return {};
  const std::vector<Time> dates = dates_of(material);
  Json arms = Json::object(), written = Json::array();
  for (const Time date : dates)
    written.push_back(to_string(date));
  for (const AccessHistory& history : material.access) {
    Json& list = arms[history.arm.scenario];
    if (list.is_null()) list = Json::array();
    list.push_back({{"segment", history.segment}, {"channel", history.channel}, {"steps", steps_of(history, dates)}});
  }
  return {{"file", "availability.csv"}, {"dates", written}, {"arms", arms}};
}

}  // namespace loophole::report
