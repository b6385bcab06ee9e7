/// A finding: what a method says, in sentences and tables; written for people, as CSV or as JSON by one set of
/// functions, so that a method has only to find.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace loophole::analysis {

/// A word, a number, or nothing.
using Cell = std::variant<std::monostate, std::string, double>;

struct FindingTable {
  std::string name;   ///< "indices": in JSON, and to choose one for CSV
  std::string title;  ///< for people
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

struct Finding {
  std::string method;
  std::string title;
  /// What it means, each one sentence that a policy reader understands.
  std::vector<std::string> sentences;
  /// What it must not be taken for: too few runs, factors that are not independent.
  std::vector<std::string> warnings;
  std::vector<FindingTable> tables;  ///< the first is the one that CSV has
};

/// All of them as "csv", "json", or else as text. `table`: which one CSV has; empty: the first.
[[nodiscard]] std::string written(const std::vector<Finding>& findings, const std::string& format,
                                  const std::string& table = {});

/// At most 100 columns; numbers of four digits.
[[nodiscard]] std::string finding_text(const Finding& finding);
/// The first table of each, which has columns in front for what tells them apart; or the one of that name, with the
/// finding's title in front. `findings` are of one method.
[[nodiscard]] std::string finding_csv(const std::vector<Finding>& findings, const std::string& table = {});
/// Everything, numbers in full.
[[nodiscard]] std::string finding_json(const std::vector<Finding>& findings);

}  // namespace loophole::analysis
