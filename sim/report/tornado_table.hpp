/// The indices of sensitivity that a tornado shows: which columns of an analysis they are, and what they mean.
#pragma once

#include "analysis_table.hpp"

#include <string_view>

namespace loophole::report {

struct SensitivityIndex {
  const char* factor;  ///< the column with the names of the bars
  const char* value;   ///< that of their lengths
  const char* low;     ///< and of an interval; empty: none
  const char* high;
  const char* inner;      ///< a second length, within the first; empty: none
  const char* direction;  ///< where the sign of an effect is, that `value` has lost; empty: in the value
  const char* title;
  const char* axis;
  const char* inner_words;
};

/// Null where the table has the columns of none.
[[nodiscard]] const SensitivityIndex* index_of(const AnalysisTable& table);

}  // namespace loophole::report
