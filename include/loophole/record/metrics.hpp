/// The tables about the tables: units and definitions of metrics, and the inputs with their sources.
#pragma once

#include <loophole/engine/expectation.hpp>
#include <loophole/record/tables.hpp>
#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

/// The unit in which a term's values are: "1" for shares, the base currency, the unit of use …
[[nodiscard]] std::string unit_of(const scenario::Term& term, const scenario::Scenario& scenario);

[[nodiscard]] std::string metrics_table(const scenario::Scenario& scenario);
[[nodiscard]] std::string values_table(const scenario::Scenario& scenario, const scenario::Files& files);
[[nodiscard]] std::string outcomes_table(const scenario::Scenario& scenario, const RunLabel& label,
                                         const std::vector<std::optional<double>>& values);
[[nodiscard]] std::string experiments_table(const scenario::Scenario& scenario, const RunLabel& label,
                                            const world::Point& point);
[[nodiscard]] std::string expectations_table(const RunLabel& label,
                                             const std::vector<engine::ExpectationResult>& results);

/// A file's name without the folder that all inputs share: results do not depend on where the case lies.
[[nodiscard]] std::string portable_name(const scenario::Files& files, std::size_t file);

}  // namespace loophole::record
