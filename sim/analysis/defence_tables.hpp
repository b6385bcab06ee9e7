/// The tables of a defence, narrow enough to be read on a page; `value` is where a reader begins.
#pragma once

#include "defence_inputs.hpp"
#include <loophole/analysis/defence.hpp>

#include <optional>
#include <vector>

namespace loophole::analysis {

/// The part of the values for which the conclusion holds, which there must be.
[[nodiscard]] double part_holding(const Defence& defence);

/// `spread`: of the values; nothing where there are none.
[[nodiscard]] std::vector<FindingTable> defence_tables(const Defence& defence,
                                                       const std::optional<record::Spread>& spread,
                                                       const InputsInOrder& inputs);

}  // namespace loophole::analysis
