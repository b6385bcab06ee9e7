/// Words that all methods of sensitivity share.
#pragma once

#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/points.hpp>

#include <string>
#include <vector>

namespace loophole::analysis {

/// "62 %", "0.4 %", "under 0.1 %".
[[nodiscard]] std::string percent(double part);
/// Four digits: "8.4e+07", "0.251".
[[nodiscard]] std::string brief(double value);
/// "0.0058", "5 %/month".
[[nodiscard]] std::string with_unit(double value, const std::string& unit);
/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& names);
[[nodiscard]] std::string scenario_of(const Runs& runs, const Points& points);
/// "openai-receipts in baseline".
[[nodiscard]] std::string subject_of(const Runs& runs, const Points& points, std::size_t outcome);

/// What there is to know of means before anything is made of them: replications, the luck that is left, what is
/// undefined.
void add_means(Finding& finding, const std::string& subject, const PointMeans& means);

/// Indices of `values`, the largest first.
[[nodiscard]] std::vector<std::size_t> largest_first(const std::vector<double>& values);

}  // namespace loophole::analysis
