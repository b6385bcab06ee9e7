/// One number of a scenario made larger or smaller, everything else as written: what does this input do?
#pragma once

#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>

namespace loophole::scenario {

/// `file` with the input at `path` (InputValue::path) times `factor`, in its root too where that says the same. Nothing
/// where it cannot be changed alone: it is a date, 0 or no plain number, or the scenario would be wrong (shares that no
/// longer add up, a probability above 100 %).
[[nodiscard]] std::optional<ScenarioFile> scaled(const ScenarioFile& file, const std::string& path, double factor);

}  // namespace loophole::scenario
