/// Which statuses of bills are stages, and in which order they are passed.
#pragma once

#include <loophole/scenario/bill_status.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace loophole::scenario {

/// How far a bill has come with a status; 0 when that is where bills stop, and no stage.
[[nodiscard]] constexpr int progress(std::string_view status) {
  constexpr std::array<std::string_view, 7> steps{
      "REFERRED", "REPORTED", "PASS_OVER:", "PASS_BACK:", "CONFERENCE:", "PASSED:", "ENACTED:"};
  if (status == "ENACTED:VETO_OVERRIDE" || status == "ENACTED:INCORPORATION") return 0;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (status.substr(0, steps[i].size()) == steps[i]) return static_cast<int>(i) + 1;
  return 0;
}

/// Those of bill_statuses that are stages, in its order.
inline constexpr auto bill_stages = [] {
  constexpr std::size_t count = [] {
    std::size_t stages = 0;
    for (const std::string_view status : bill_statuses)
      if (progress(status) > 0) ++stages;
    return stages;
  }();
  std::array<std::string_view, count> stages;
  std::size_t next = 0;
  for (const std::string_view status : bill_statuses)
    if (progress(status) > 0) stages[next++] = status;
  return stages;
}();

}  // namespace loophole::scenario
