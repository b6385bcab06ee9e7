/// A comparison: what each other arm changes against the base, outcome by outcome.
#pragma once

#include <loophole/analysis/paired.hpp>
#include <loophole/base/diagnostics.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

/// One outcome of one arm, by replication.
struct OutcomeColumn {
  std::string name;
  std::string label;       ///< empty: the name
  std::string unit;        ///< "1" of a part
  std::string prefer;      ///< "more", "less" or empty
  std::string to_whom;     ///< whose preference that is
  std::string definition;  ///< what is measured; any text
  Column values;
};

struct Arm {
  std::string name;
  std::string title;
  std::vector<OutcomeColumn> outcomes;
};

/// A row of comparison.csv. Base and other point into the arms.
struct ComparisonRow {
  const Arm* base = nullptr;
  const Arm* other = nullptr;
  const OutcomeColumn* outcome = nullptr;  ///< of the base
  std::size_t replications = 0;
  std::optional<PairedDifference> found;  ///< nothing where no replication has both
};

/// What cannot be compared: errors where units differ, or an arm shares no outcome with the base; warnings where an
/// outcome is in one of them only, or one name stands for different things.
[[nodiscard]] Diagnostics check_arms(const std::vector<Arm>& arms);

/// The first arm against each other, in the order of arms and of the base's outcomes; outcomes that both have. A pair's
/// rows do not depend on the other arms. `arms` must outlive the rows.
[[nodiscard]] std::vector<ComparisonRow> compare(const std::vector<Arm>& arms,
                                                 const std::optional<Bootstrap>& bootstrap = {});

/// comparison.csv.
[[nodiscard]] std::string comparison_table(const std::vector<ComparisonRow>& rows);

/// For people, at most 100 columns: by outcome a line an arm, and what the columns mean.
[[nodiscard]] std::string comparison_text(const std::vector<ComparisonRow>& rows);

}  // namespace loophole::analysis
