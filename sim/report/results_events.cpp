#include "arms.hpp"
#include "table.hpp"
#include <loophole/report/results.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace loophole::report {
namespace {

/// What is gathered of one event.
struct Dates {
  std::map<std::string, std::uint64_t> causes;  ///< replications by the event that caused it, empty for none
  std::string detail;
  std::vector<Time> times;
};

using EventKey = std::tuple<std::size_t, std::string, std::string, std::uint32_t>;  ///< arm, event, kind, occurrence

/// What the rows of one replication say of each other.
struct RunSoFar {
  std::map<std::uint64_t, std::string> events;                                 ///< by id
  std::map<std::pair<std::string, std::string>, std::uint32_t> occurrences{};  ///< by event and kind
};

}  // namespace

Result<std::vector<EventSummary>> read_events(const Results& results) {
  Table table(results.folder, "events",
              {"scenario", "design_id", "replication", "id", "time", "event", "kind", "cause_id", "detail"});
  Arms arms;
  std::map<EventKey, Dates> gathered;
  RunSoFar run;
  using Of = std::pair<std::size_t, std::uint64_t>;  // arm and replication
  std::set<Of> runs;
  std::optional<Of> of;
  while (table.next()) {
    const std::uint64_t replication = table.whole(2);
    const std::size_t arm = arms.number(table.text(0), table.whole(1), replication);
    if (const Of now{arm, replication}; of != now) {
      run = {};
      of = now;
      if (!runs.insert(now).second) {
        table.refuse("rows of one replication stand apart", "causes are rows of the same replication",
                     "sort the rows by scenario, design_id, replication and id");
        break;
      }
    }
    std::string event(table.text(5)), kind(table.text(6));
    const std::uint32_t occurrence = run.occurrences[{event, kind}]++;
    run.events[table.whole(3)] = event;
    Dates& dates = gathered[{arm, std::move(event), std::move(kind), occurrence}];
    if (dates.times.empty()) dates.detail = table.text(8);
    const auto cause = table.text(7).empty() ? run.events.end() : run.events.find(table.whole(7));
    ++dates.causes[cause == run.events.end() ? std::string() : cause->second];
    dates.times.push_back(table.time(4));
  }
  if (table.problems().has_errors()) return table.problems();
  std::vector<std::pair<std::size_t, EventSummary>> found;
  for (auto& [key, dates] : gathered) {
    const auto& [arm, event, kind, occurrence] = key;
    std::vector<Time>& times = dates.times;
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) {
      return times[static_cast<std::size_t>(std::lround(part * static_cast<double>(times.size() - 1)))];
    };
    const auto& [cause, caused] = *std::max_element(dates.causes.begin(), dates.causes.end(),
                                                    [](const auto& a, const auto& b) { return a.second < b.second; });
    found.emplace_back(
        arm, EventSummary{arms.arm(arm), event, kind, occurrence, cause, cause.empty() ? 0 : caused,
                          std::move(dates.detail), times.size(), arms.replications(arm), at(0.05), at(0.5), at(0.95)});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.median) < std::tie(b.first, b.second.median);
  });
  std::vector<EventSummary> events;
  events.reserve(found.size());
  for (auto& [arm, event] : found)
    events.push_back(std::move(event));
  return events;
}

}  // namespace loophole::report
