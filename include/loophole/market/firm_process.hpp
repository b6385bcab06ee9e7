/// The migration of one segment firm by firm: each with its own rank, size, tastes and clock.
///
/// For segments in which one firm's decision is the story, and to see how far a few firms stray from what is expected
/// of many. Firms do not watch each other, so each advances by itself and there is no queue: a firm's next review is
/// where the integral of its review rate reaches an exponential number of its own, so that another rate only stretches
/// the wait, and a firm that a change does not touch reviews at the same moments and chooses the same in every arm.
///
/// Sums over firms are of whole numbers, so they do not depend on when reviews are made: common dates have equal bytes
/// whoever looked in between.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/market/conditions.hpp>
#include <loophole/market/firm_race.hpp>
#include <loophole/market/firm_tally.hpp>
#include <loophole/market/rank_class.hpp>
#include <loophole/market/segment_state.hpp>
#include <loophole/scenario/resolution.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace loophole::market {

/// Who the firms of a segment are, whatever happens.
struct FirmPopulation {
  RaceNames names;
  std::size_t firms = 0;
  double size_sigma = 0;             ///< sizes are lognormal with mean 1 and this standard deviation of the logarithm
  std::vector<double> node_weights;  ///< parts of the firms that belong to each taste node; empty: all are alike
};

/// Firms that move. Copyable: a replication copies a started prototype and begins. It holds scratch space, so one
/// process serves one thread at a time.
class FirmProcess {
 public:
  static constexpr std::size_t most_firms = scenario::most_followed_firms;

  /// Prepares to begin at `at`: each firm starts where a firm of its rank and taste node is with the probability that
  /// `initial` says (one distribution for each node), users whose channel is not open to them being stranded. Throws
  /// std::invalid_argument as SegmentProcess::start does, and when there are no firms or more than `most_firms`.
  void start(Time at, const std::vector<Distribution>& initial, const Conditions& conditions,
             FirmPopulation population);

  /// Draws who and where the firms of a replication are. Before this there are none.
  void begin(std::uint64_t seed, std::uint32_t replication);

  /// As SegmentProcess::change.
  void change(Time at, const Conditions& conditions);

  /// Makes the reviews up to `at` for good: nobody will look before it any more. Results do not depend on it, but later
  /// looks need not make these reviews again. Throws std::invalid_argument when `at` lies before the last change.
  void advance(Time at);

  /// The segment at `at`, not before the last change or advance. The first form reuses the memory of `state`.
  void observe(Time at, SegmentState& state) const;
  [[nodiscard]] SegmentState observe(Time at) const;

  [[nodiscard]] double demand(Time at) const;
  [[nodiscard]] const Conditions& conditions() const { return conditions_; }

  /// A firm as it was when reviews were last made for good.
  struct Firm {
    std::uint32_t number = 0;
    double rank = 0;
    double size = 1;
    std::size_t node = 0;
    std::size_t state = 0;     ///< alternative used, or those below
    std::uint32_t review = 0;  ///< occurrence of its next review
    double next = 0;           ///< days from the start to it
  };
  [[nodiscard]] Firm firm(std::size_t index) const;  ///< by rising rank
  [[nodiscard]] std::size_t firms() const { return states_.size(); }
  /// Reviews made for good, of all firms.
  [[nodiscard]] std::uint64_t reviews() const;
  /// Memory that grows with the number of firms.
  [[nodiscard]] std::size_t bytes() const;

 private:
  // States: users per alternative, outside, stranded, users in c* per alternative.
  [[nodiscard]] std::size_t outside() const { return conditions_.alternatives.size(); }
  [[nodiscard]] std::size_t stranded() const { return outside() + 1; }
  [[nodiscard]] std::size_t joined(std::size_t alternative) const { return outside() + 2 + alternative; }
  [[nodiscard]] std::size_t states() const { return 2 * outside() + 2; }

  /// What is looked at only when a firm reviews; the rest has arrays of its own.
  struct Record {
    double rank = 0;
    std::int64_t size = 0;
    double rest = 0;  ///< of the exponential number while the clock stands still
    std::uint32_t number = 0;
    std::uint32_t occurrence = 0;  ///< of the next review; 0 was the start
    std::uint32_t node = 0;
  };
  static_assert(sizeof(Record) + sizeof(double) + sizeof(std::uint16_t) <= 64, "64 bytes a firm are promised");

  /// Neighbours in rank that have the same choice set, [first, last) of the arrays.
  struct Part {
    std::size_t first = 0, last = 0;
    std::vector<Reach> reaches;       ///< per alternative
    std::vector<std::uint16_t> open;  ///< the choice set
    std::vector<double> rates;        ///< of reviews, per state
    bool outside_open = false;
  };
  /// One firm in motion.
  struct Moving {
    Record record;
    double next = 0;
    std::uint16_t state = 0;
  };
  struct Look {
    std::optional<double> day;
    FirmTallies tallies;
  };

  [[nodiscard]] double day_of(Time at) const { return days_between(start_, at); }
  [[nodiscard]] random::Counter luck_of(const Record& record) const;
  [[nodiscard]] double grown_days(double days) const;
  void populate();
  void place();
  void divide();
  void adopt(const std::vector<Part>& before, double day);
  void tally();
  void tally_noticed();
  void accumulate(double day);
  void review_until(const Part& part, Moving& firm, double day, FirmTallies& tallies) const;
  [[nodiscard]] std::size_t chosen(const Part& part, const Moving& firm, random::Counter luck) const;
  template <class Keep>
  void advance_all(double day, FirmTallies& tallies, Keep keep) const;
  [[nodiscard]] const FirmTallies& tallies_at(double day) const;
  void observe_tallies(const FirmTallies& tallies, double day, SegmentState& state) const;

  FirmPopulation population_;
  std::vector<Distribution> initial_;  // [node]
  std::uint32_t replication_ = 0;
  std::uint64_t trait_key_ = 0, clock_key_ = 0;  // of streams
  FirmRace race_;
  Conditions conditions_;
  std::vector<Part> parts_;
  Time start_, anchor_;  // of everything; the last change
  double anchor_day_ = 0;
  double done_day_ = 0;  // reviews up to here are made for good
  double demand_ = 1;    // at the anchor

  std::vector<double> next_;           // [firm]: days from the start to the next review
  std::vector<std::uint16_t> states_;  // [firm]
  std::vector<Record> records_;        // [firm]

  FirmTallies tallies_;                          // at done_day_
  std::vector<double> use_, spend_, firm_days_;  // per alternative up to the anchor
  double outside_days_ = 0, stranded_days_ = 0;
  mutable Look look_;
};

}  // namespace loophole::market
