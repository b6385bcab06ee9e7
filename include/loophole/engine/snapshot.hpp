/// A snapshot: the whole simulated world at one instant, seen without touching it.
#pragma once

#include <loophole/market/ledger.hpp>
#include <loophole/market/segment_state.hpp>
#include <loophole/scenario/bill_status.hpp>
#include <loophole/world/access.hpp>
#include <loophole/world/state.hpp>

#include <optional>
#include <vector>

namespace loophole::engine {

/// Flows are cumulative since the start, so that a flow over any interval is the difference of two snapshots.
struct Snapshot {
  Time at;
  std::vector<market::SegmentState> segments;  ///< shares, per firm
  world::Pairs<double> spend;                  ///< cumulative, base currency
  world::Pairs<double> use;                    ///< cumulative, units of use
  market::Balances balances;                   ///< cumulative, base currency
  world::Pairs<world::Access> access;
  PerId<ChannelId, double> prices;
  PerId<VariableId, double> variables;
  PerId<BillId, scenario::BillStatus> bills;
  PerId<EventId, Time> happened;                    ///< when first; never, when not yet
  std::optional<world::State> state;                ///< where an observer wants_state()
  std::vector<std::optional<double>> surplus;       ///< logsum less that at the start, utils
  std::vector<std::optional<double>> price_change;  ///< equivalent uniform price change, a part
};

}  // namespace loophole::engine
