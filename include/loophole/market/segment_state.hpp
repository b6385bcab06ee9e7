/// What can be seen of a segment at one moment, whatever the resolution at which its firms move.
#pragma once

#include <vector>

namespace loophole::market {

/// One alternative at one moment. Shares are of the segment's firms; the rest has accumulated since the
/// start, per firm of the segment, so that segment totals follow by multiplying with the number of firms.
struct AlternativeState {
  double share = 0;         ///< users, plain and in c*
  double joined = 0;        ///< those of them in c*
  double under_notice = 0;  ///< those of them whose closing is announced
  double use = 0;           ///< integral of q(t) x use, units of use
  double spend = 0;         ///< integral of q(t) x use x price, base currency
  double firm_days = 0;     ///< integral of the share, days
};

/// A segment at one moment.
struct SegmentState {
  std::vector<AlternativeState> alternatives;
  double outside = 0;        ///< share
  double stranded = 0;       ///< share
  double outside_days = 0;   ///< integral of the share since the start, days
  double stranded_days = 0;  ///< the same
  double demand = 1;         ///< q(t), 1 at the start
};

}  // namespace loophole::market
