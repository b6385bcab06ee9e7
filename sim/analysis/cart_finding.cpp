#include <loophole/analysis/cart.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::size_t most_sentences = 6;  ///< of leaves; the table has all

void say_leaf(const Cases& cases, const CartSubject& subject, const CartNode& leaf, double of_interest,
              Finding& finding) {
  const std::string where = text_of(cases.inputs, leaf.sides);
  const auto n = static_cast<double>(leaf.cases);
  if (subject.threshold)
    finding.sentences.push_back(
        fmt::format("{} {} happens in {} of the {} runs where {}, which hold {} of all such runs.", subject.outcome,
                    text_of(*subject.threshold), percent_text(leaf.mean), leaf.cases, where,
                    percent_text(of_interest > 0 ? leaf.mean * n / of_interest : 0)));
  else
    finding.sentences.push_back(fmt::format("{} is {} on average in the {} runs where {}.", subject.outcome,
                                            number_text(leaf.mean), leaf.cases, where));
}

}  // namespace

Finding cart_finding(const Cases& cases, const CartSubject& subject, const CartRequest& request) {
  std::vector<double> values = cases.outcome;
  if (subject.threshold)
    for (double& value : values)
      value = subject.threshold->holds(value) ? 1 : 0;
  const CartTree tree = cart(cases, values, request);
  const std::string what =
      subject.threshold ? fmt::format("{} {}", subject.outcome, text_of(*subject.threshold)) : subject.outcome;
  Finding finding;
  finding.method = "cart";
  finding.title = fmt::format("{}{}, by a tree: {} runs of {} points", what,
                              subject.scenario.empty() ? "" : " in " + subject.scenario, cases.size(), cases.points);
  finding.warnings = cases.notes;
  const auto leaves = tree.leaves();
  const auto n = static_cast<double>(cases.size());
  const double of_interest = tree.nodes.front().mean * n;
  const CartSize &chosen = tree.sizes[tree.chosen], &root = tree.sizes.back();
  if (subject.threshold)
    finding.sentences.push_back(
        fmt::format("{} happens in {} of {} runs.", what, percent_text(tree.nodes.front().mean), cases.size()));
  else
    finding.sentences.push_back(
        fmt::format("{} is {} on average of {} runs.", what, number_text(tree.nodes.front().mean), cases.size()));
  if (leaves.size() == 1) {
    finding.sentences.emplace_back("Nothing was found: no split foretells cases it was not found in.");
  } else {
    finding.sentences.push_back(fmt::format("A tree of {} leaves explains {} of the variance among cases held out.",
                                            leaves.size(),
                                            percent_text(root.error > 0 ? 1 - chosen.error / root.error : 0)));
    for (std::size_t l = 0; l < leaves.size() && l < most_sentences; ++l)
      say_leaf(cases, subject, *leaves[l], of_interest, finding);
    if (leaves.size() > most_sentences)
      finding.sentences.push_back(fmt::format("{} more leaves are in the table.", leaves.size() - most_sentences));
  }
  FindingTable table{"leaves", "Leaves", {"outcome", "scenario", "leaf", "runs", "mass"}, {}};
  table.columns.emplace_back(subject.threshold ? "density" : "mean");
  table.columns.emplace_back(subject.threshold ? "coverage" : "sd");
  table.columns.emplace_back("path");
  for (std::size_t l = 0; l < leaves.size(); ++l) {
    const CartNode& leaf = *leaves[l];
    const auto in_leaf = static_cast<double>(leaf.cases);
    Cell last;
    if (!subject.threshold)
      last = leaf.cases < 2 ? Cell() : Cell(std::sqrt(leaf.squares / (in_leaf - 1)));
    else if (of_interest > 0)
      last = leaf.mean * in_leaf / of_interest;
    table.rows.push_back({subject.outcome, subject.scenario, static_cast<double>(l + 1), in_leaf, in_leaf / n,
                          leaf.mean, last, text_of(cases.inputs, leaf.sides)});
  }
  FindingTable importance{"importance", "Importance: part of what the splits explain", {"input", "importance"}, {}};
  for (std::size_t i = 0; i < cases.inputs.size(); ++i)
    if (tree.importance[i] > 0) importance.rows.push_back({cases.inputs[i].name, tree.importance[i]});
  std::stable_sort(importance.rows.begin(), importance.rows.end(),
                   [](const auto& a, const auto& b) { return std::get<double>(a[1]) > std::get<double>(b[1]); });
  FindingTable sizes{"sizes",
                     "Sizes; error: mean square of cases held out; the smallest within a standard error of the least",
                     {"leaves", "error", "se", "chosen"},
                     {}};
  for (std::size_t k = 0; k < tree.sizes.size(); ++k)
    sizes.rows.push_back({static_cast<double>(tree.sizes[k].leaves), tree.sizes[k].error, tree.sizes[k].se,
                          k == tree.chosen ? 1.0 : 0.0});
  finding.tables = {std::move(table), std::move(importance), std::move(sizes)};
  return finding;
}

}  // namespace loophole::analysis
