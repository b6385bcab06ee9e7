/// The migration of one segment's firms in whole firms, counted by rank class and state.
///
/// Six firms do not move in hundredths of a firm: their shares jump, and how far a future may lie from the expectation
/// is part of the answer. Firms of one class and state are exchangeable and independent, so it is enough to count them,
/// and their counts move by multinomial draws from exp(Qt): exactly, and at a cost that does not depend on how many
/// they are.
///
/// Firms are brought up to date at fixed points, every `step` from the start and whenever their conditions change.
/// What is seen between two points is drawn from the earlier one and moves nothing, so common dates have equal bytes
/// however often somebody looked. Within a step the same luck serves every date: who looks later sees more of the same
/// moves. Money and firm-days of a step are expectations given the counts at its start.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/market/conditions.hpp>
#include <loophole/market/generator.hpp>
#include <loophole/market/rank_class.hpp>
#include <loophole/market/segment_state.hpp>
#include <loophole/market/transition.hpp>
#include <loophole/random/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace loophole::market {

/// What a cohort has that a mean field lacks. Names are what luck is found by: neither the place in a list nor the arm
/// counts.
struct CohortSettings {
  std::int64_t firms = 1;  ///< 1 to random::most_things
  std::int64_t step = 7 * seconds_per_day;
  std::string segment;
  std::vector<std::string> alternatives;
};

/// A cohort that moves. Copyable: a replication copies a started prototype and begins. It holds scratch space, so one
/// process serves one thread at a time.
class CohortProcess {
 public:
  /// Prepares to begin at `at` from `initial`, users whose channel is not open to them being stranded. Throws
  /// std::invalid_argument as SegmentProcess::start does, and when the settings are impossible.
  void start(Time at, const Distribution& initial, const Conditions& conditions, const CohortSettings& settings);

  /// Draws where the firms of a replication are at the start: each has a rank of its own, and uses what a firm of its
  /// rank uses with the probability that `initial` says. Before this nobody is anywhere.
  void begin(std::uint64_t seed, std::uint32_t replication);

  /// From `at` on, `conditions` hold: as SegmentProcess::change. A new level of availability divides the firms of a
  /// class by a draw; classes are never merged, for what a firm did tells nothing of its rank only within its class.
  void change(Time at, const Conditions& conditions);

  /// The segment at `at`, not before the last change. The first form reuses the memory of `state`.
  void observe(Time at, SegmentState& state) const;
  [[nodiscard]] SegmentState observe(Time at) const;

  /// The demand index at `at`, not before the last change.
  [[nodiscard]] double demand(Time at) const;

  [[nodiscard]] const Conditions& conditions() const { return conditions_; }

 private:
  /// Where the firms are at a moment, and what has accumulated until then.
  struct Point {
    Time at;
    std::vector<std::int64_t> counts;            ///< [class][state]
    std::vector<double> use, spend, firm_days;   ///< per alternative, over all firms
    double outside_days = 0, stranded_days = 0;  ///< the same
  };

  [[nodiscard]] double lower(std::size_t part) const { return part == 0 ? 0 : uppers_[part - 1]; }
  [[nodiscard]] random::Entity class_entity(std::size_t part) const;
  void prepare();
  void adopt_layout();
  void cut(double level);
  void strand();
  void bring_to(Time at) const;
  void step(Point& point, Time to) const;
  void accumulate(Point& point) const;
  void move(const Transition& transition, random::Entity luck, const std::int64_t* from, std::int64_t* to) const;

  CohortSettings settings_;
  std::vector<double> initial_;  // [class][state]: probabilities at the start
  Time start_;                   // the grid's origin
  random::Stream moves_{0, ""}, ranks_{0, ""}, starts_{0, ""};
  std::uint32_t replication_ = 0;

  Conditions conditions_;
  StateLayout layout_;
  std::vector<random::Entity> states_;  // [state]: what stands for it where luck is found
  std::vector<double> uppers_;          // [class]: rank at which it ends; cuts are only ever added
  std::vector<Reach> reaches_;          // [class][alternative]
  Generators generators_;
  std::vector<std::size_t> generator_of_;  // [class]
  double demand_ = 1;                      // q at the anchor
  Point anchor_;                           // at the last change
  std::vector<double> levels_;             // scratch

  /// Those who have left a state and are not yet in another.
  struct Movers {
    std::int64_t count = 0;
    random::Entity origin;
    const double* parts = nullptr;  ///< the row of Transition::parts
  };

  /// What follows from all this, kept because it may be asked for again. A copy starts without it, in its own memory.
  struct Cache {
    Cache() = default;
    Cache(const Cache& /*other*/) {}
    Cache& operator=(const Cache& /*other*/) {
      forget();
      return *this;
    }
    void forget() {
      transitions.reset();
      valid = false;
    }

    Transitions transitions;
    bool valid = false;
    Point point;  ///< the last grid point looked at
    Point look;
    std::vector<std::int64_t> counts;
    std::vector<double> time, growth;
    std::vector<Movers> movers;
  };
  mutable Cache cache_;
};

}  // namespace loophole::market
