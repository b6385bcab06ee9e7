#include "arms.hpp"
#include "table.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/report/results.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace loophole::report {
namespace {

constexpr std::size_t closed = 3, not_offered = 4;  // in path_statuses; before it the open ones

/// What changes at a moment, summed over replications.
struct Change {
  std::array<double, 3> open{};  ///< gap, leak, licensed
  std::array<std::int64_t, path_statuses.size()> replications{};
  std::map<std::string, std::int64_t> rules;  ///< that bind, by replications
};

/// The access of one segment to one channel in one replication.
struct Current {
  std::size_t status = not_offered;
  double availability = 0;
  Time since = Time::always();
  std::string rule;  ///< that binds; none of a gap
};

struct Pair {
  std::map<Time, Change> changes;
  std::map<std::uint64_t, Current> current;  ///< by replication
};

using PairKey = std::tuple<std::size_t, std::string, std::string>;

/// False where the row is earlier than one before it.
bool change(Pair& pair, std::uint64_t replication, Current now) {
  Current& before = pair.current[replication];
  if (now.since < before.since) return false;
  Change& delta = pair.changes[now.since];
  if (before.status < closed) delta.open[before.status] -= before.availability;
  if (now.status < closed) delta.open[now.status] += now.availability;
  if (before.since != Time::always()) --delta.replications[before.status];
  ++delta.replications[now.status];
  if (now.status == 0 || now.status == not_offered) now.rule.clear();
  if (!before.rule.empty()) --delta.rules[before.rule];
  if (!now.rule.empty()) ++delta.rules[now.rule];
  before = std::move(now);
  return true;
}

std::vector<AccessStep> steps_of(const Pair& pair, double replications) {
  std::vector<AccessStep> steps;
  std::array<double, 3> open{};
  std::array<std::int64_t, path_statuses.size()> counts{};
  std::map<std::string, std::int64_t> rules;
  const auto is_rarer = [](const auto& a, const auto& b) { return a.second < b.second; };
  // What sums of differences leave where nothing is left is no part of anybody.
  const auto part = [&](double sum) { return std::abs(sum) < 1e-9 ? 0 : sum / replications; };
  for (const auto& [at, delta] : pair.changes) {
    for (std::size_t i = 0; i < open.size(); ++i)
      open[i] += delta.open[i];
    AccessStep step;
    step.from = at;
    step.gap = part(open[0]);
    step.leak = part(open[1]);
    step.licensed = part(open[2]);
    std::int64_t offered = 0, seen = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i] += delta.replications[i];
      step.replications[i] = static_cast<std::uint64_t>(counts[i]);
      seen += counts[i];
      if (i != not_offered) offered += counts[i];
    }
    // A path without a row so far is one that is not offered.
    step.replications[not_offered] += static_cast<std::uint64_t>(replications) - static_cast<std::uint64_t>(seen);
    step.offered = static_cast<double>(offered) / replications;
    for (const auto& [rule, more] : delta.rules)
      rules[rule] += more;
    const auto most = std::max_element(rules.begin(), rules.end(), is_rarer);
    if (most != rules.end() && most->second > 0) step.rule = most->first;
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

Result<std::vector<AccessHistory>> read_access(const Results& results) {
  Table table(results.folder, "availability",
              {"scenario", "design_id", "replication", "time", "segment", "channel", "availability", "status", "rule"});
  Arms arms;
  std::map<PairKey, Pair> pairs;
  while (table.next()) {
    const std::uint64_t replication = table.whole(2);
    const std::size_t arm = arms.number(table.text(0), table.whole(1), replication);
    const auto status = std::find(path_statuses.begin(), path_statuses.end(), table.text(7));
    if (status == path_statuses.end()) {
      table.refuse(fmt::format("'{}' is no status", table.text(7)), "",
                   suggest(std::string(table.text(7)), {path_statuses.begin(), path_statuses.end()}));
      break;
    }
    Current now{static_cast<std::size_t>(status - path_statuses.begin()), table.number(6), table.time(3),
                std::string(table.text(8))};
    if (!change(pairs[{arm, std::string(table.text(4)), std::string(table.text(5))}], replication, std::move(now)))
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
