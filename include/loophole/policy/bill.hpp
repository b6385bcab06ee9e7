/// Bills: stages, vehicles, vetoes, the end of the Congress and reintroduction as processes that compete.
///
/// A small machine without time of its own: from where a bill stands follows what comes next and when, if nothing
/// else intervenes; when that time has come, variables and luck decide which event it is; and an event, whoever
/// brought it about, moves the bill. So the whole course of a bill is a row of events that others can follow.
#pragma once

#include <loophole/random/stream.hpp>
#include <loophole/world/model.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace loophole::policy {

/// The luck of bills in one replication. Each decision has its own, by the name of the event that it may bring about
/// and the number of the Congress, from 0.
class BillLuck {
 public:
  BillLuck(std::uint64_t seed, std::uint32_t replication);
  void set_replication(std::uint32_t replication) { replication_ = replication; }

  [[nodiscard]] double duration(std::string_view event, std::uint32_t congress) const;
  [[nodiscard]] double passage(std::string_view event, std::uint32_t congress) const;

 private:
  random::Stream durations_, passages_;
  std::uint32_t replication_;
};

/// Where a bill stands.
struct BillState {
  enum class Phase { absent, pending, vetoed, dead, enacted };
  struct Ride {
    std::optional<Time> since;  ///< the bill has come far enough for the vehicle
    bool gone = false;          ///< the vehicle has left, with the text or without it
  };

  Phase phase = Phase::absent;
  scenario::BillStatus status = scenario::bill_status("ABSENT");
  Time since;
  std::uint32_t congress = 0;
  std::size_t passed = 0;  ///< stages
  std::size_t facts = 0;   ///< of history, that are past
  std::vector<Ride> rides;
  std::vector<EventId> barred;  ///< cancelled: they can no longer happen
};

/// What comes next.
struct BillTurn {
  enum class What { fact, introduction, stage, veto_override, vehicle, lapse };
  Time at;
  What what;
  std::size_t index = 0;  ///< of the fact, stage or vehicle
};

/// The bill just before the horizon starts: where history as known at `as_of` has brought it.
[[nodiscard]] BillState bill_before(const world::Model& model, BillId bill);

/// What comes next, and when; nothing when nothing can. Clocks that ran at `as_of`, or at the horizon's start when that
/// is later, are drawn given that they have lasted.
[[nodiscard]] std::optional<BillTurn> next_turn(const world::Model& model, BillId bill, const BillState& state,
                                                const BillLuck& luck);

/// Which event a turn is, now that its time has come; none when a vehicle leaves without the text.
/// `value`: of a variable now.
[[nodiscard]] EventId decide(const world::Model& model, BillId bill, const BillState& state, const BillTurn& turn,
                             const BillLuck& luck, const std::function<double(VariableId)>& value);

/// An event of the bill moves it; false when it leaves the bill where it is, as the agency's acts do.
bool reach(const world::Model& model, BillId bill, BillState& state, EventId event, Time at);

/// A vehicle has left without the text.
void miss(BillState& state, const BillTurn& turn);

/// The probability p moved on the logit scale: odds are multiplied by exp(`shift`). 0 and 1 stay.
[[nodiscard]] double shifted_probability(double p, double shift);

}  // namespace loophole::policy
