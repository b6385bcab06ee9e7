#include "arms.hpp"
#include "table.hpp"
#include <loophole/report/results.hpp>

#include <map>
#include <tuple>

namespace loophole::report {

Result<std::vector<Flow>> read_flows(const Results& results) {
  Table table(results.folder, "flows",
              {"scenario", "design_id", "replication", "period_start", "period_end", "payer", "payee", "contract",
               "amount", "unit"});
  using Key = std::tuple<std::size_t, std::string, std::string, std::string, std::string>;
  Arms arms;
  std::map<Key, std::map<std::pair<Time, Time>, double>> sums;
  while (table.next()) {
    const std::size_t arm = arms.number(table.text(0), table.whole(1), table.whole(2));
    sums[{arm, std::string(table.text(5)), std::string(table.text(6)), std::string(table.text(7)),
          std::string(table.text(9))}][{table.time(3), table.time(4)}] += table.number(8);
  }
  if (table.problems().has_errors()) return table.problems();
  std::vector<Flow> flows;
  for (const auto& [key, amounts] : sums) {
    const auto& [arm, payer, payee, contract, unit] = key;
    Flow flow{arms.arm(arm), payer, payee, contract, unit, {}};
    for (const auto& [period, amount] : amounts)
      flow.points.push_back({period.first, period.second, amount / static_cast<double>(arms.replications(arm))});
    flows.push_back(std::move(flow));
  }
  return flows;
}

Result<std::vector<ComparisonLine>> read_comparison(const Results& results) {
  Table table(results.folder, "comparison",
              {"base", "other", "outcome", "unit", "n", "base_mean", "other_mean", "difference", "sd", "q05", "q50",
               "q95", "p_other_greater", "mc_low", "mc_high"});
  std::vector<ComparisonLine> lines;
  while (table.next()) {
    ComparisonLine line{std::string(table.text(0)), std::string(table.text(1)), std::string(table.text(2)),
                        std::string(table.text(3)), table.whole(4)};
    double* const numbers[] = {&line.base_mean, &line.other_mean, &line.difference,      &line.sd,     &line.q05,
                               &line.q50,       &line.q95,        &line.p_other_greater, &line.mc_low, &line.mc_high};
    for (std::size_t i = 0; i < std::size(numbers); ++i)
      *numbers[i] = table.number(5 + i);
    lines.push_back(std::move(line));
  }
  if (table.problems().has_errors()) return table.problems();
  return lines;
}

}  // namespace loophole::report
