/// The statuses of bills: the words of the public `unitedstates/congress` data, and four of our own.
///
/// One list serves readers, metrics and conditions, so a status is the same word in a scenario, in events.csv and in
/// the data that a forecast is scored against.
#pragma once

#include <loophole/base/ids.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace loophole::scenario {

/// Index into bill_statuses.
using BillStatus = Id<struct BillStatusTag>;

inline constexpr std::array<std::string_view, 35> bill_statuses{
    "INTRODUCED", "REFERRED", "REPORTED", "PASS_OVER:HOUSE", "PASS_OVER:SENATE", "PASS_BACK:HOUSE", "PASS_BACK:SENATE",
    "CONFERENCE:PASSED:HOUSE", "CONFERENCE:PASSED:SENATE", "PASSED:SIMPLERES", "PASSED:CONSTAMEND",
    "PASSED:CONCURRENTRES", "PASSED:BILL", "ENACTED:SIGNED", "ENACTED:TENDAYRULE", "ENACTED:VETO_OVERRIDE",
    "PROV_KILL:SUSPENSIONFAILED", "PROV_KILL:CLOTUREFAILED", "PROV_KILL:PINGPONGFAIL", "PROV_KILL:VETO",
    "FAIL:ORIGINATING:HOUSE", "FAIL:ORIGINATING:SENATE", "FAIL:SECOND:HOUSE", "FAIL:SECOND:SENATE", "VETOED:POCKET",
    "VETOED:OVERRIDE_FAIL_ORIGINATING:HOUSE", "VETOED:OVERRIDE_FAIL_ORIGINATING:SENATE",
    "VETOED:OVERRIDE_PASS_OVER:HOUSE", "VETOED:OVERRIDE_PASS_OVER:SENATE", "VETOED:OVERRIDE_FAIL_SECOND:HOUSE",
    "VETOED:OVERRIDE_FAIL_SECOND:SENATE",
    // Our own: not introduced (yet), enacted as part of another law, not passed in this Congress, ended with it.
    "ABSENT", "ENACTED:INCORPORATION", "FAILED", "LAPSED"};

/// The status of this name; none when there is no such status.
[[nodiscard]] constexpr BillStatus bill_status(std::string_view name) {
  for (std::size_t i = 0; i < bill_statuses.size(); ++i)
    if (bill_statuses[i] == name) return BillStatus::of(i);
  return BillStatus::none();
}

[[nodiscard]] constexpr std::string_view name_of(BillStatus status) { return bill_statuses[status.index]; }

}  // namespace loophole::scenario
