#include <loophole/analysis/scores_summary.hpp>
#include <loophole/base/csv.hpp>

#include <fast_float/fast_float.h>

#include <algorithm>
#include <set>

namespace loophole::analysis {

std::optional<ScoresSummary> summary_of_scores(const std::string& scores_csv) {
  const auto rows = read_csv(scores_csv);
  if (!rows || rows->empty()) return std::nullopt;
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(rows->front().begin(), rows->front().end(), name) -
                                    rows->front().begin());
  };
  const std::size_t width = rows->front().size();
  const std::size_t observation = column("observation"), as_of = column("as_of"), score = column("score"),
                    name = column("score_name"), within = column("within_90");
  if (std::max({observation, as_of, score, name, within}) >= width) return std::nullopt;
  ScoresSummary found;
  std::set<std::string> scored, ranged;
  double sum = 0;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const auto& row = (*rows)[i];
    if (row.size() != width) return std::nullopt;
    found.as_of = row[as_of];
    if (row[score].empty()) continue;
    scored.insert(row[observation]);
    if (row[name] == "brier") {
      ++found.probabilities;
      double brier = 0;
      fast_float::from_chars(row[score].data(), row[score].data() + row[score].size(), brier);
      sum += brier;
    }
    if (row[name] == "log" && row[score] == "inf") ++found.excluded;
    if (!row[within].empty() && ranged.insert(row[observation]).second && row[within] == "yes") ++found.within_90;
  }
  found.scored = scored.size();
  found.intervals = ranged.size();
  if (found.probabilities > 0) found.brier = sum / static_cast<double>(found.probabilities);
  return found;
}

}  // namespace loophole::analysis
