/// One replication: events change the world, the world changes what firms face, firms move, money follows.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>
#include <loophole/engine/setup.hpp>
#include <loophole/engine/without.hpp>
#include <loophole/kernel/simulator.hpp>
#include <loophole/policy/bill.hpp>
#include <loophole/policy/effects.hpp>
#include <loophole/policy/timing.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace loophole::engine {

class Replication {
 public:
  /// `setup` and `observers` must outlive the replication.
  Replication(const Setup& setup, std::uint64_t seed, std::uint32_t replication, std::vector<Observer*> observers,
              Without without = {});

  /// Back to the start, for another replication of the same seed and with the same observers: as a new one would be,
  /// to the byte, in the memory of this one. The setup may be at another point by now, see Preparer. Observers keep
  /// what they have seen unless they overwrite it.
  void restart(std::uint32_t replication);
  /// From the next restart on, runs are without these instead of what they were without before.
  void leave_out(Without without) { without_ = std::move(without); }

  /// Runs from the horizon's start to its end. Throws std::logic_error, with the simulated date, when money is not
  /// conserved, and std::runtime_error when events bring about each other without end at one instant.
  void run();

  /// When the trigger's condition first held while it was armed; never, when it did not. Of the last run.
  [[nodiscard]] Time first_held(TriggerId trigger) const { return watches_[trigger].first_held; }

 private:
  struct Happens {
    EventId event;
  };
  struct Dated {
    std::uint32_t index;
  };
  struct Step {
    RuleId rule;
  };
  struct Notice {
    EventId event;
  };
  struct OfferEnds {
    const scenario::Offer* offer;
  };
  /// Nothing happens but that the conditions of triggers are looked at.
  struct Look {};
  /// A bill's next turn has come: what it brings is an event of its own.
  struct BillMoves {
    BillId bill;
  };
  /// Phases of one instant: what is dated, then events, then what follows from them.
  enum Phase : std::uint32_t { dated_phase, step_phase, event_phase, notice_phase, offer_end_phase, look_phase };
  using Event = std::variant<Happens, Dated, Step, Notice, OfferEnds, Look, BillMoves>;
  using Occurrence = kernel::Occurrence<Event>;

  /// An event that is to come.
  struct Expected {
    kernel::Handle handle;
    Time at;
    std::optional<kernel::Handle> notice;  ///< the announcement, when it has a date of its own
    bool announced = false;
  };

  /// When an event first happened.
  struct First {
    Time at = Time::never();
    world::Cause id = world::no_cause;
  };

  /// A trigger that is waited for.
  struct Watch {
    Formula formula;  ///< a copy of the condition's, which this replication alone evaluates
    bool is_conditional = false;
    bool reads_market = false;  ///< the condition needs shares or money
    bool drifts = false;        ///< condition or hazard change between events
    Time armed_from, armed_to;
    bool holds = false;
    Time first_held = Time::never();
    double endurance = 0;  ///< the integrated hazard that is still to gather
    std::uint32_t fired = 0;
    world::Cause cause = world::no_cause;  ///< what made the condition hold
  };
  enum class Reads { world, market };

  /// A bill, and its turn to come.
  struct Course {
    policy::BillState state;
    std::optional<policy::BillTurn> turn;
    std::optional<kernel::Handle> handle;
    world::Cause cause = world::no_cause;  ///< what brought the bill where it is
  };

  /// A time at which the run is looked at.
  struct Stop {
    Time at;
    bool is_record = false;
    std::vector<Observer*> dated;  ///< who asked for this date
    std::vector<char> read;        ///< [segment]: whether anybody reads its firms or money then
  };

  void plan_stops();
  void schedule_all();
  void schedule(EventId event, Time at, std::optional<Time> told, world::Cause cause);
  void handle(const Occurrence& occurrence);
  void happen(const Happens& happens);
  void happen(const Dated& dated);
  void happen(const Step& step);
  void happen(const Notice& notice);
  void happen(const OfferEnds& ends);
  void happen(const Look&) {}
  void happen(const BillMoves& moves);
  void apply(const scenario::Effect& effect);
  void hold_rules(world::State& state) const;
  void start_offer(const scenario::Offer& offer);
  void follow(EventId happened);
  void announce(EventId event);
  void emit(EventId event);
  void cancel(EventId event);
  void log(Happening happening);
  void schedule_steps(Time after);
  void update_access();
  void settle();
  void foresee();
  void report_access(const world::Pairs<world::Access>& before, world::Cause cause);
  void spend_so_far();
  const Snapshot& snapshot(Time at);
  const Snapshot& snapshot(const Stop& stop);
  void observe(std::size_t segment, Time at);
  void view_world(Time at);
  void run_to(Time end);

  void restart_bills();
  void schedule_turn(BillId id);
  void bill_reaches(EventId event);
  void bar(EventId event);

  void prepare_watches();
  void restart_watches();
  void watch(Reads reads);
  void fire(TriggerId id);
  void look_ahead(Time target);
  [[nodiscard]] bool condition_holds(TriggerId id, Time at);
  [[nodiscard]] double operand(const scenario::Condition::Operand& operand, Time at);
  [[nodiscard]] world::Cause cause_of(const scenario::Trigger& trigger) const;
  [[nodiscard]] std::optional<Time> turn(TriggerId id, Time to);

  const Setup& setup_;
  const world::Model& model_;
  std::uint64_t seed_;
  std::vector<Observer*> observers_;
  Without without_;
  policy::Luck luck_;
  kernel::Simulator<Event> simulator_;
  world::State state_, future_;
  world::Pairs<world::Access> access_, access_before_, foreseen_, unannounced_;
  std::shared_ptr<market::WeightsTable> weights_ = std::make_shared<market::WeightsTable>();
  std::vector<market::Migration> processes_;
  market::Ledger ledger_;
  std::vector<market::Conditions> faced_;
  PerId<EventId, std::uint32_t> occurrences_;
  PerId<EventId, std::uint32_t> emitted_;
  PerId<EventId, First> first_;
  PerId<EventId, std::vector<Expected>> expected_;
  PerId<RuleId, std::vector<kernel::Handle>> steps_;
  PerId<TriggerId, Watch> watches_;
  PerId<BillId, Course> bills_;
  policy::BillLuck bill_luck_;
  std::vector<double> operands_;
  std::optional<Snapshot> beginning_;  ///< when a condition reads flows
  Measure measure_;
  Time probed_;  ///< up to here the conditions are known
  policy::Touched touched_;
  bool access_changed_ = false;
  bool notices_changed_ = false;
  Time instant_;
  std::size_t at_this_instant_ = 0;
  world::Cause next_id_ = 0;
  world::Cause current_ = world::no_cause;
  world::Cause cause_ = world::no_cause;
  std::vector<Stop> stops_;
  Snapshot snapshot_;
  world::Pairs<double> spend_;
  market::SegmentState segment_scratch_;
  bool wants_welfare_ = false;
  bool welfare_is_stale_ = true;  // the snapshot's, since conditions changed
  bool wants_instants_ = false;
  bool wants_state_ = false;
  bool wants_access_ = false;
  bool any_drifts_ = false;  // of the watches
};

}  // namespace loophole::engine
