#include "arms.hpp"
#include "table.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/report/results.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace loophole::report {
namespace {

/// What changes at a moment, summed over replications.
struct Change {
  std::array<double, 3> open{};  ///< gap, leak, licensed
  std::int64_t offered = 0;
};

/// The access of one segment to one channel in one replication.
struct Current {
  int status = -1;  ///< index into Change::open; -1: closed or not offered
  double availability = 0;
  bool is_offered = false;
  Time since = Time::always();
};

struct Pair {
  std::map<Time, Change> changes;
  std::map<std::uint64_t, Current> current;  ///< by replication
};

using PairKey = std::tuple<std::size_t, std::string, std::string>;

/// Nothing where the word is no status.
std::optional<Current> current_of(std::string_view status, double availability, Time since) {
  if (status == "gap") return Current{0, availability, true, since};
  if (status == "leak") return Current{1, availability, true, since};
  if (status == "licensed") return Current{2, availability, true, since};
  if (status == "closed") return Current{-1, 0, true, since};
  if (status == "not-offered") return Current{-1, 0, false, since};
  return std::nullopt;
}

/// False where the row is earlier than one before it.
bool change(Pair& pair, std::uint64_t replication, const Current& now) {
  Current& before = pair.current[replication];
  if (now.since < before.since) return false;
  Change& delta = pair.changes[now.since];
  if (before.status >= 0) delta.open[static_cast<std::size_t>(before.status)] -= before.availability;
  if (now.status >= 0) delta.open[static_cast<std::size_t>(now.status)] += now.availability;
  delta.offered += static_cast<int>(now.is_offered) - static_cast<int>(before.is_offered);
  before = now;
  return true;
}

std::vector<AccessStep> steps_of(const Pair& pair, double replications) {
  std::vector<AccessStep> steps;
  std::array<double, 3> open{};
  std::int64_t offered = 0;
  // What sums of differences leave where nothing is left is no part of anybody.
  const auto part = [&](double sum) { return std::abs(sum) < 1e-9 ? 0 : sum / replications; };
  for (const auto& [at, delta] : pair.changes) {
    for (std::size_t i = 0; i < open.size(); ++i)
      open[i] += delta.open[i];
    offered += delta.offered;
    steps.push_back({at, part(open[0]), part(open[1]), part(open[2]), static_cast<double>(offered) / replications});
  }
  return steps;
}

}  // namespace

Result<std::vector<AccessHistory>> read_access(const Results& results) {
  Table table(results.folder, "availability",
              {"scenario", "design_id", "replication", "time", "segment", "channel", "availability", "status"});
  const std::vector<std::string> statuses{"gap", "leak", "licensed", "closed", "not-offered"};
  Arms arms;
  std::map<PairKey, Pair> pairs;
  while (table.next()) {
    const std::uint64_t replication = table.whole(2);
    const std::size_t arm = arms.number(table.text(0), table.whole(1), replication);
    const std::string status(table.text(7));
    const auto now = current_of(status, table.number(6), table.time(3));
    if (!now)
      table.refuse(fmt::format("'{}' is no status", status), "", suggest(status, statuses));
    else if (!change(pairs[{arm, std::string(table.text(4)), std::string(table.text(5))}], replication, *now))
      table.refuse("the row is earlier than one before it", "changes follow each other in time",
                   "sort the rows by time");
  }
  if (table.problems().has_errors()) return table.problems();
  std::vector<AccessHistory> histories;
  for (const auto& [key, pair] : pairs) {
    const auto& [arm, segment, channel] = key;
    histories.push_back({arms.arm(arm), segment, channel, steps_of(pair, static_cast<double>(arms.replications(arm)))});
  }
  return histories;
}

}  // namespace loophole::report
