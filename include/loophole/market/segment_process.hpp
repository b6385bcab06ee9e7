/// The migration of one segment's firms between channels, in expectation (mean-field), exact in time.
///
/// Firms reconsider at random moments, so between two changes of conditions the shares follow a linear system
/// x' = xQ. It is solved by uniformization rather than by steps: results have no step size, and a value at a
/// date is a pure function of the last change and that date. Looking therefore never moves the state: common
/// dates have equal bytes however often somebody looked in between.
///
/// Firms with the same choice set move by the same matrix, so neighbouring rank classes move as one for as long as
/// their choice sets are equal, whatever set them apart before. Should they differ again, the classes are taken apart
/// by following each through the conditions since they were merged: exact, and paid for only by those who need it.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/market/conditions.hpp>
#include <loophole/market/generator.hpp>
#include <loophole/market/rank_class.hpp>
#include <loophole/market/segment_state.hpp>
#include <loophole/market/uniformization.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace loophole::market {

/// A segment that moves. Copyable: a replication starts from a copy of a started prototype; assigning to a
/// process that has run before allocates nothing. It holds scratch space, so one process serves one thread at
/// a time.
class SegmentProcess {
 public:
  /// Starts at `at` from `initial`. Users whose channel is not open to them are stranded at once, as in
  /// `change`. Throws std::invalid_argument when `initial` is no distribution over the alternatives of
  /// `conditions`, or when the conditions are impossible (NaN, a negative rate or cost, a probability outside
  /// [0, 1], an unknown nest).
  void start(Time at, const Distribution& initial, const Conditions& conditions);

  /// From `at` on, `conditions` hold. Firms whose channel closes are stranded, c* merges into c where an
  /// allowance has ended. Conditions equal to the present ones change nothing, not even a byte later. Throws
  /// std::invalid_argument when `at` lies before the last change, or as `start` does.
  void change(Time at, const Conditions& conditions);

  /// Lets processes that one thread runs use each other's weights; a copy of the process shares none.
  void share(std::shared_ptr<WeightsTable> weights) { cache_.weights = std::move(weights); }

  /// The segment at `at`, not before the last change. The first form reuses the memory of `state`.
  void observe(Time at, SegmentState& state) const;
  [[nodiscard]] SegmentState observe(Time at) const;

  /// The demand index at `at`, not before the last change: a part of `observe` that costs next to nothing.
  [[nodiscard]] double demand(Time at) const { return demand_after(days_between(anchor_, at)); }

  /// Where the firms are at `at`, class by class; c* counts as c.
  [[nodiscard]] Distribution distribution(Time at) const;

  [[nodiscard]] const Conditions& conditions() const { return conditions_; }
  [[nodiscard]] Time last_change() const { return anchor_; }
  /// How many classes move: one for each choice set that occurs.
  [[nodiscard]] std::size_t rank_classes() const { return now_.uppers.size(); }

 private:
  // A segment that is watched for very many stretches is taken to have settled once a whole stretch moves no share by
  // more than rounding does.
  static constexpr double stretches_before_settling = 1024;
  static constexpr double settled_within = 1e-14;

  /// Integrals over time, over the whole segment, per state.
  struct Integrals {
    std::vector<double> time;    ///< of x(s)
    std::vector<double> growth;  ///< of x(s) e^{gs}
    void clear(std::size_t size);
  };
  /// The time between two changes, and the classes in it.
  struct Leg {
    StateLayout layout;
    Generators generators;
    std::vector<double> uppers;             ///< [class]: rank at which it ends
    std::vector<char> alike;                ///< [class]: all its firms have the same distribution
    std::vector<std::size_t> generator_of;  ///< [class]
    std::vector<Reach> reaches;             ///< [class][alternative]
    double stretch_days = 0;                ///< length of the stretches that time in the leg is cut into
    double days = 0;                        ///< its length, once it is past
    std::vector<double> ends;               ///< [class][stride]: where its firms are in the end, once it is past

    [[nodiscard]] double lower(std::size_t part) const { return part == 0 ? 0 : uppers[part - 1]; }
    void strand(std::size_t part, double* row) const;
    void advance(std::size_t part, double time, std::vector<double>& row) const;
    void swap(Leg& other) noexcept;
  };
  /// The legs since some class became one of firms that are not all alike. Copying copies only what is in use, and
  /// keeps memory for more.
  struct History {
    History() = default;
    History(const History& other) { *this = other; }
    History& operator=(const History& other);

    std::vector<Leg> legs;
    std::size_t size = 0;
  };
  /// What was computed for the stretch looked at last. A copy starts without it, for it can be computed again.
  struct Cache {
    Cache() = default;
    Cache(const Cache& /*other*/) noexcept {}
    Cache& operator=(const Cache& other) noexcept {
      valid = valid && this == &other;
      return *this;
    }

    bool valid = false;
    double evaluated = 0;                    ///< the days that `state` and `integrals` are of
    double stretch = 0;                      ///< a whole number
    bool settled = false;                    ///< later stretches start alike, to rounding
    std::vector<double> start;               ///< [class][stride] where the stretch starts
    Integrals before;                        ///< from the last change to the stretch
    std::vector<double> powers;              ///< [class][k][stride]: start P^k
    std::vector<std::size_t> known;          ///< [class]: how many of them are computed
    std::vector<Generators::Powers> wanted;  ///< those to be computed
    std::vector<double> state;               ///< [class][stride]: result of `evaluate`
    Integrals within;                        ///< of the stretch, to the time asked for
    Integrals integrals;                     ///< result of `evaluate`
    Integrals settled_stretch;               ///< of one whole stretch once settled
    std::shared_ptr<WeightsTable> weights;
    std::vector<const UniformizationWeights*> weights_of;  ///< [generator]
    std::vector<unsigned char> has_stranded;
  };

  void evaluate(double days) const;
  void open_stretch(double stretch) const;
  void sum_stretch(double days) const;
  void accumulate();
  bool begin(const Leg& leg, std::size_t part, std::size_t past, double lower, double upper, double* row) const;
  [[nodiscard]] std::vector<double> all_uppers() const;
  [[nodiscard]] std::vector<double> taken_apart(const std::vector<double>& uppers, double days) const;
  void remember(double days, std::vector<double>& ends);
  void divide();
  void prepare();
  [[nodiscard]] double demand_after(double days) const;

  Conditions conditions_;
  Leg now_;
  History history_;
  Time anchor_;                                  // the last change
  double demand_ = 1;                            // q at the anchor
  std::vector<double> state_;                    // [class][stride] at the anchor
  std::vector<double> use_, spend_, firm_days_;  // per alternative, up to the anchor
  double outside_days_ = 0;
  double stranded_days_ = 0;
  mutable Cache cache_;
};

}  // namespace loophole::market
