#include <loophole/record/heading.hpp>
#include <loophole/record/wrap.hpp>

#include <fmt/format.h>

namespace loophole::record {

using scenario::Resolution;

namespace {

constexpr std::size_t width = 100;

/// "start-ups, giants", or "all segments".
std::string segments_at(const scenario::Scenario& scenario, Resolution resolution) {
  std::string names;
  std::size_t found = 0;
  for (const scenario::Segment& segment : scenario.segments) {
    if (scenario.resolution_of(segment) != resolution) continue;
    names += (names.empty() ? "" : ", ") + segment.name;
    ++found;
  }
  return found > 1 && found == scenario.segments.size() ? "all segments" : names;
}

}  // namespace

std::string heading(const scenario::Scenario& scenario) {
  std::string text = fmt::format("{}\n{} to {}, as known on {}\n", scenario.title, to_string(scenario.horizon.from),
                                 to_string(scenario.horizon.to), to_string(scenario.as_of));
  const auto say = [&](const char* what, Resolution resolution) {
    const std::string names = segments_at(scenario, resolution);
    if (names.empty()) return;
    for (const std::string& line : wrapped(what + names, width))
      text += line + "\n";
  };
  say("whole firms, counted (cohort): ", Resolution::cohort);
  say("each firm by itself (firms): ", Resolution::firms);
  return text;
}

}  // namespace loophole::record
