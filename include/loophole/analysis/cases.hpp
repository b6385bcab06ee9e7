/// Cases: runs as the methods that look for boxes see them. Each input's values are numbered in their order, and the
/// cases stand in an order of their own.
///
/// Peels and splits ask only which values lie below which, and integers answer that fast. Since cases are ordered by
/// what they hold, nothing that is found depends on the order of a table's rows or columns.
#pragma once

#include <loophole/analysis/data.hpp>
#include <loophole/base/result.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace loophole::analysis {

struct CaseInput {
  std::string name;
  std::vector<double> values;       ///< those that occur, increasing; none of words
  std::vector<std::string> words;   ///< those that occur, sorted; none of numbers
  std::vector<std::uint32_t> code;  ///< by case: which of them
  bool is_discrete = false;         ///< of words, of few values, or of whole numbers: limits are values, not in between

  [[nodiscard]] bool is_categorical() const { return !words.empty(); }
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(is_categorical() ? words.size() : values.size());
  }
};

struct Cases {
  std::vector<CaseInput> inputs;     ///< by name; those that vary
  std::vector<double> outcome;       ///< by case
  std::vector<std::uint32_t> point;  ///< by case: cases of one point share their inputs, and count as one when drawn
  std::uint32_t points = 0;
  std::vector<std::string> notes;  ///< what was left out, and why: sentences

  [[nodiscard]] std::size_t size() const { return outcome.size(); }
};

/// Rows whose outcome is not defined are left out, and inputs that have no value at all or only one; both are noted.
/// An input that lacks some values is refused, as are tables of which nothing is left.
[[nodiscard]] Result<Cases> cases_of(const Runs& runs, const DataColumn& outcome);

/// What is within a box along one input: numbers from the low-th to the high-th value, or some of the words.
struct Side {
  std::uint32_t low = 0, high = 0;
  std::vector<char> words;  ///< by word, 1 of those within; empty of numbers

  [[nodiscard]] bool holds(std::uint32_t code) const {
    return words.empty() ? low <= code && code <= high : words[code] != 0;
  }
  friend bool operator==(const Side&, const Side&) = default;
};

/// All of an input.
[[nodiscard]] Side whole_of(const CaseInput& input);

/// Where a side ends: the last value within of a discrete input, else the middle between it and the first without.
[[nodiscard]] double low_limit(const CaseInput& input, std::uint32_t low);
[[nodiscard]] double high_limit(const CaseInput& input, std::uint32_t high);

/// "elasticity > 0.4", "notice from 4 to 14", "vendor is a or b"; empty of all of an input.
[[nodiscard]] std::string text_of(const CaseInput& input, const Side& side);

/// The same of all inputs, joined by "and"; empty of everything. `sides` are by input.
[[nodiscard]] std::string text_of(const std::vector<CaseInput>& inputs, const std::vector<Side>& sides);

/// A number as sentences have it: four digits.
[[nodiscard]] std::string number_text(double value);
/// A part as sentences have it: "12.5 %".
[[nodiscard]] std::string percent_text(double part);

}  // namespace loophole::analysis
