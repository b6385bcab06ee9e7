#include "page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace loophole::report {
namespace {

constexpr std::size_t most_periods = 60;

/// Of an ensemble, which keeps no flows: spend by segment and channel belongs to the channel's seller, and what an
/// actor pays or receives under its only contract is that contract's. Others are not told apart, and left out.
std::vector<Flow> flows_of_means(const Material& material) {
  std::map<std::tuple<Arm, std::string, std::string, std::string>, std::map<std::pair<Time, Time>, double>> sums;
  std::string unit;
  std::map<std::string, std::set<Time>> records;
  for (const Series& series : material.series)
    for (const SeriesPoint& point : series.points)
      records[series.arm.scenario].insert(point.time);
  const auto add = [&](const Series& series, const std::string& payer, const std::string& payee,
                       const std::string& contract) {
    unit = series.unit;
    auto& amounts = sums[{series.arm, payer, payee, contract}];
    const std::set<Time>& times = records[series.arm.scenario];
    for (const SeriesPoint& point : series.points)
      if (const auto end = times.find(point.time); end != times.begin() && end != times.end())
        amounts[{*std::prev(end), point.time}] += point.mean;
  };
  for (const Series& series : material.series) {
    const scenario::ScenarioFile* const file = material.scenario(series.arm.scenario);
    if (!file) continue;
    const scenario::Scenario& scenario = file->scenario;
    const SeriesName& name = series.name;
    if (name.metric == "spend" && !name.segment.empty() && !name.channel.empty())
      for (const scenario::Channel& channel : scenario.channels)
        if (channel.name == name.channel) add(series, name.segment, scenario.actors[channel.path.back()].name, "sale");
    if (name.metric != "payments" && name.metric != "receipts") continue;
    const auto received_under =
        std::count_if(scenario.contracts.begin(), scenario.contracts.end(),
                      [&](const auto& contract) { return scenario.actors[contract.payee].name == name.actor; });
    for (const scenario::Contract& contract : scenario.contracts) {
      const std::string &payer = scenario.actors[contract.payer].name, &payee = scenario.actors[contract.payee].name;
      const bool is_told_by_payer = std::count_if(scenario.contracts.begin(), scenario.contracts.end(),
                                                  [&](const auto& c) { return c.payer == contract.payer; }) == 1;
      if (name.metric == "payments" ? payer == name.actor && is_told_by_payer
                                    : payee == name.actor && !is_told_by_payer && received_under == 1)
        add(series, payer, payee, contract.name);
    }
  }
  std::vector<Flow> flows;
  for (const auto& [key, amounts] : sums) {
    Flow flow{std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), unit, {}};
    for (const auto& [period, amount] : amounts)
      flow.points.push_back({period.first, period.second, amount});
    flows.push_back(std::move(flow));
  }
  return flows;
}

}  // namespace

Json flows_part(const Material& material) {
  const bool has_table = !material.flows.empty();
  const std::vector<Flow> flows = has_table ? material.flows : flows_of_means(material);
  std::set<std::pair<Time, Time>> intervals;
  for (const Flow& flow : flows)
    for (const FlowPoint& point : flow.points)
      intervals.insert({point.from, point.to});
  if (intervals.empty()) return {};
  const std::vector<std::pair<Time, Time>> all(intervals.begin(), intervals.end());
  const std::size_t together = (all.size() + most_periods - 1) / most_periods;
  const auto period_of = [&](const FlowPoint& point) {
    return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), std::pair(point.from, point.to)) -
                                    all.begin()) /
           together;
  };
  Json periods = Json::array();
  for (std::size_t i = 0; i < all.size(); i += together)
    periods.push_back({to_string(all[i].first), to_string(all[std::min(i + together, all.size()) - 1].second)});
  Json arms = Json::object();
  std::string unit;
  for (const Flow& flow : flows) {
    std::vector<double> values(periods.size(), 0.0);
    for (const FlowPoint& point : flow.points)
      values[period_of(point)] += point.amount;
    if (std::none_of(values.begin(), values.end(), [](double value) { return value != 0; })) continue;
    unit = flow.unit;
    Json& arm = arms[flow.arm.scenario];
    if (arm.is_null()) arm = Json::array();
    arm.push_back({{"payer", flow.payer}, {"payee", flow.payee}, {"contract", flow.contract}, {"values", values}});
  }
  if (arms.empty()) return {};
  const std::string sum =
      together == 1
          ? std::string("Each period is a row of the table.")
          : fmt::format("A period is {} records together: its amounts are sums over the table's rows.", together);
  return {{"file", has_table ? "flows.csv" : "quantiles.csv"},
          {"means", !has_table},
          {"note", has_table ? sum : "Means over futures: spend, and what is paid under contracts. " + sum},
          {"unit", unit},
          {"periods", periods},
          {"arms", arms}};
}

}  // namespace loophole::report
