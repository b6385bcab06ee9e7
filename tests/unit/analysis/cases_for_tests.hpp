/// Runs made up for tests: uniform inputs x00, x01, …, a word, and an outcome by a function of them.
#pragma once

#include <loophole/analysis/cases.hpp>
#include <loophole/random/stream.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

namespace loophole::test {

inline analysis::Runs runs_of_rows(std::size_t rows) {
  analysis::Runs runs;
  runs.scenarios = {""};
  runs.scenario.assign(rows, 0);
  runs.replication.assign(rows, 0);
  runs.design_id.resize(rows);
  std::iota(runs.design_id.begin(), runs.design_id.end(), std::uint64_t{0});
  runs.matched = "made up";
  return runs;
}

/// A row: the uniform inputs, the word's number among a, b, c, d, and one more uniform number for luck.
struct MadeUpRow {
  std::vector<double> x;
  std::size_t word = 0;
  double luck = 0;
};

inline analysis::Runs made_up(std::size_t rows, std::size_t inputs, std::uint64_t seed,
                              const std::function<double(const MadeUpRow&)>& outcome) {
  analysis::Runs runs = runs_of_rows(rows);
  for (std::size_t i = 0; i < inputs; ++i)
    runs.inputs.push_back({fmt::format("x{:02}", i), {}, {}});
  runs.inputs.push_back({"word", {}, {"a", "b", "c", "d"}});
  runs.outcomes.push_back({"y", {}, {}});
  const random::Stream stream(seed, "made up");
  for (std::size_t row = 0; row < rows; ++row) {
    random::Draws draws = stream.draws(0, random::Entity::numbered(row));
    MadeUpRow made;
    for (std::size_t i = 0; i < inputs; ++i)
      runs.inputs[i].values.push_back(made.x.emplace_back(draws.uniform()));
    made.word = static_cast<std::size_t>(4 * draws.uniform());
    made.luck = draws.uniform();
    runs.inputs[inputs].values.push_back(static_cast<double>(made.word));
    runs.outcomes[0].values.push_back(outcome(made));
  }
  return runs;
}

/// The same rows backwards and then every second one first, and the columns backwards.
inline analysis::Runs shuffled(const analysis::Runs& runs) {
  std::vector<std::size_t> order;
  for (const std::size_t start : {1U, 0U})
    for (std::size_t row = start; row < runs.rows(); row += 2)
      order.push_back(runs.rows() - 1 - row);
  analysis::Runs other = runs;
  for (std::size_t row = 0; row < order.size(); ++row) {
    other.design_id[row] = runs.design_id[order[row]];
    other.replication[row] = runs.replication[order[row]];
    for (std::size_t i = 0; i < runs.inputs.size(); ++i)
      other.inputs[i].values[row] = runs.inputs[i].values[order[row]];
    for (std::size_t i = 0; i < runs.outcomes.size(); ++i)
      other.outcomes[i].values[row] = runs.outcomes[i].values[order[row]];
  }
  std::reverse(other.inputs.begin(), other.inputs.end());
  return other;
}

}  // namespace loophole::test
