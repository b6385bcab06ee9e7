// When each path opened, narrowed and shut; segments with one history are shown together.
#include "find_history.hpp"
#include "find_text.hpp"
#include <loophole/world/words.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::record {
namespace {

std::string state_words(const world::Access& access) {
  if (access.status == world::Status::not_offered) return "not offered";
  if (access.status == world::Status::closed) return "closed";
  return fmt::format("{} {}", world::to_string(access.status), world::percent(access.available));
}

std::string step_words(const HistoryStep& step) {
  if (step.cause == world::no_cause) {
    const std::string rule = step.rule.empty() ? "" : ", rule " + step.rule;
    return state_words(step.after) + rule + " (as the horizon starts)";
  }
  const std::string verb = verb_of(step);
  std::string words = verb + (verb == "stays" ? " " : " to ") + state_words(step.after);
  const std::string own = "rules." + step.rule;
  const bool by_rules_dates = step.event == own || step.event == own + ".in_force";
  if (step.event_kind == "event") words += ", event " + step.event;
  if (step.event_kind != "event") words += by_rules_dates ? ", as dated" : ", as dated (" + step.event + ")";
  if (!step.rule.empty()) words += ", rule " + step.rule;
  return words;
}

/// What was said of some segments.
struct Told {
  std::vector<std::string> lines;
  std::vector<SegmentId> segments;
};

}  // namespace

void write_timeline(Page& page, const FindReport& report) {
  const scenario::Scenario& scenario = report.setup.model.scenario();
  page.section(fmt::format("When paths opened, narrowed and shut, {} to {}", to_string(scenario.horizon.from),
                           to_string(scenario.horizon.to)));
  const std::vector<PathHistory> histories = histories_of(report);
  for (std::size_t i = 0; i < histories.size();) {
    const ChannelId channel = histories[i].path.channel;
    std::vector<Told> told;
    for (; i < histories.size() && histories[i].path.channel == channel; ++i) {
      std::vector<std::string> lines;
      for (const HistoryStep& step : histories[i].steps)
        lines.push_back(fmt::format("{}  {}", to_string(step.at), step_words(step)));
      auto same = std::find_if(told.begin(), told.end(), [&](const Told& each) { return each.lines == lines; });
      if (same == told.end()) same = told.insert(told.end(), {lines, {}});
      same->segments.push_back(histories[i].path.segment);
    }
    for (const Told& each : told) {
      page.line("  " + scenario.channels[channel].name + ": ", segment_words(each.segments, report), 4);
      for (const std::string& line : each.lines)
        page.line("    ", line, 16);
    }
  }
}

}  // namespace loophole::record
