/// A segment's side of the market: which channels it considers, and what the world means to it in utils and use.
///
/// Prices, rules and offers are the world's; firms feel them through tastes. This turns a state of the world into the
/// Conditions under which the segment moves, and nothing else does.
#pragma once

#include <loophole/market/conditions.hpp>
#include <loophole/market/taste_nodes.hpp>
#include <loophole/world/access.hpp>
#include <loophole/world/model.hpp>
#include <loophole/world/state.hpp>

#include <span>
#include <string>
#include <vector>

namespace loophole::market {

/// What calibration leaves open: zero until it is known.
struct SegmentConstants {
  double switching_cost = 0;  ///< kappa, utils
  double base_use = 1;        ///< units a firm and day at the reference price, demand index 1
  bool outside_considered = false;
  std::vector<double> of_alternative;  ///< asc by alternative, utils
};

class SegmentModel {
 public:
  /// Whether firms have tastes of their own where the scenario gives a law for them, or all the mean.
  enum class Firms { alike, differing };
  SegmentModel(const world::Model& model, SegmentId segment, Firms firms = Firms::alike);

  [[nodiscard]] SegmentId segment() const { return segment_; }
  [[nodiscard]] double firms() const { return firms_; }
  /// The channels considered, an alternative each: those with initial users or with a constant, in the scenario's
  /// order.
  [[nodiscard]] const std::vector<ChannelId>& alternatives() const { return alternatives_; }
  [[nodiscard]] double price_taste() const { return price_taste_; }
  /// None where all firms are alike.
  [[nodiscard]] const std::vector<TasteDeviation>& nodes() const { return nodes_; }

  void set_constants(SegmentConstants constants) { constants_ = std::move(constants); }
  [[nodiscard]] const SegmentConstants& constants() const { return constants_; }

  /// V = asc + price·ln(p + p0) + Σ weight·attribute + compliance·risk at the ordinary price; risk is 1 on a leak.
  [[nodiscard]] double utility(const world::Model& model, const world::State& state,
                               const world::Pairs<world::Access>& access, std::size_t alternative) const;

  /// What the segment faces now. Prices, tastes and offers cost logarithms and powers: unless the supply of all
  /// channels `changed`, they are read again only of `channels` and of those that became a leak or ceased to be one.
  enum class Supply { changed, unchanged };
  void update(Conditions& conditions, const world::Model& model, const world::State& state,
              const world::Pairs<world::Access>& access, const world::Pairs<world::Access>& foreseen, Supply supply,
              std::span<const ChannelId> channels = {}) const;

  /// Use per firm and day at price `p`, demand index 1.
  [[nodiscard]] double use_at(double p) const;

  /// The part of a joining firm's use over `days` that an allowance of `free` units covers, when the demand index is
  /// `demand` and grows at `growth` per day: min(1, free ÷ ∫ use).
  [[nodiscard]] double free_part(double free, double price, double demand, double growth, double days) const;

 private:
  void supply_of(Alternative& alternative, const world::Model& model, const world::State& state,
                 std::size_t index) const;
  [[nodiscard]] double systematic(const world::Model& model, const world::State& state, std::size_t alternative,
                                  double price) const;

  void utilities_of_nodes(Conditions& conditions, const world::Model& model, const world::State& state,
                          std::size_t index, world::Status status) const;

  struct Taste {
    AttributeId attribute;
    double weight;
  };

  SegmentId segment_;
  double firms_ = 1;
  std::vector<ChannelId> alternatives_;
  std::vector<int> nests_;
  std::vector<double> dissimilarities_;
  double price_taste_ = 0;
  double price_offset_ = 0;
  double compliance_ = 0;
  std::vector<Taste> tastes_;
  std::vector<TasteDeviation> nodes_;
  double elasticity_ = 0;
  double reference_price_ = 0;
  double review_rate_ = 0;
  double noticed_rate_ = 0;
  double stranded_rate_ = 0;
  double attempt_fails_ = 0;
  SegmentConstants constants_;
};

}  // namespace loophole::market
