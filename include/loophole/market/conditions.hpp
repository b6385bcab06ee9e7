/// Conditions: everything one segment faces between two of its own changes.
///
/// The numerics of the market take plain numbers, so that they can be proved without a scenario: whoever
/// knows prices, rules and offers fills in this struct, and only a new one of these changes how firms move.
/// Utilities are in utils, rates per day and continuous, money in the base currency.
#pragma once

#include <cstddef>
#include <vector>

namespace loophole::market {

/// A channel that the segment considers.
struct Alternative {
  double utility = 0;          ///< V with its constant, for those who use it at the ordinary price
  double joining_utility = 0;  ///< V that those see who would join; another than `utility` while newcomers get an offer
  double risk = 0;             ///< the part of both that comes from the risk of a leak
  double switching_cost = 0;   ///< kappa of moving to it, >= 0, already scaled by offers
  bool allowance = false;      ///< joiners enter the state c* (a free allowance) until this goes off
  double available = 0;        ///< the part of the segment, in [0, 1], that can use it: firms of rank < available
  double foreseen = 0;         ///< `available` as announced; a closing is announced when it is less than `available`
  double use = 0;              ///< units of use a firm and day at demand index 1, ordinary state
  double price = 0;            ///< a unit of use, ordinary state
  double joined_use = 0;       ///< the same in c*
  double joined_price = 0;     ///< the same in c*
  int nest = -1;               ///< index into Conditions::nests, or -1 for none

  friend bool operator==(const Alternative&, const Alternative&) = default;
};

/// Tastes of a part of the firms (mixed logit): what they see in each alternative where others see what Alternative
/// says.
struct TasteNode {
  double weight = 1;                      ///< the part of the firms; over all nodes they sum to 1
  std::vector<double> utilities;          ///< per alternative, in the place of Alternative::utility
  std::vector<double> joining_utilities;  ///< the same of Alternative::joining_utility

  friend bool operator==(const TasteNode&, const TasteNode&) = default;
};

/// What one segment faces. The alternatives keep their number and order throughout a run.
struct Conditions {
  std::vector<Alternative> alternatives;
  bool outside_considered = false;    ///< whether using no channel (V = 0) belongs to the choice set
  double outside_switching_cost = 0;  ///< kappa of moving outside, >= 0
  std::vector<double> nests;          ///< dissimilarities in (0, 1]; a nest of 1 is none: MNL to the last bit
  double review_rate = 0;             ///< how often a firm reconsiders
  double noticed_rate = 0;            ///< the same while its channel's closing is announced
  double stranded_rate = 0;           ///< how often a stranded firm attempts to join a channel
  double attempt_fails = 0;           ///< probability in [0, 1] that such an attempt fails and is repeated
  double growth = 0;                  ///< g of the demand index q(t) = q(0) e^{gt}
  /// Tastes where firms differ in them, of which only the resolution of firms takes notice; none: all are alike.
  std::vector<TasteNode> nodes;

  friend bool operator==(const Conditions&, const Conditions&) = default;
};

/// Throws std::invalid_argument, saying what is wrong, unless all numbers are finite, rates and costs not negative,
/// rates at most a million and growth at most 100 a day, availabilities and probabilities in [0, 1], and nests known
/// with a dissimilarity in (0, 1].
void require_possible(const Conditions& conditions);

/// Whether an alternative belongs to a nest that matters (dissimilarity below 1).
[[nodiscard]] inline bool is_nested(const Conditions& conditions, const Alternative& alternative) {
  return alternative.nest >= 0 && conditions.nests[static_cast<std::size_t>(alternative.nest)] < 1;
}

}  // namespace loophole::market
