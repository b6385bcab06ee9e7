// The part of Replication that lets bills take their course: what comes next for a bill is a turn of the queue, which
// itself leaves no trace; what it decides happens as an event.
#include <loophole/engine/replication.hpp>

namespace loophole::engine {

using namespace world;

void Replication::restart_bills() {
  bills_.assign(model_.scenario().bills.size(), Course{});
  for (std::size_t b = 0; b < bills_.size(); ++b)
    bills_[BillId::of(b)].state = policy::bill_before(model_, BillId::of(b));
}

/// Schedules what is next for the bill, in place of what was.
void Replication::schedule_turn(BillId id) {
  Course& course = bills_[id];
  if (course.handle) simulator_.cancel(*course.handle);
  course.handle.reset();
  course.turn = policy::next_turn(model_, id, course.state, bill_luck_);
  if (!course.turn || course.turn->at >= model_.scenario().horizon.to) return;
  const Time at = std::max(course.turn->at, simulator_.now());
  const std::uint32_t rank = model_.name_rank(model_.scenario().bills[id].introduced);
  course.handle = simulator_.at(at, kernel::Order{event_phase, rank}, BillMoves{id}, course.cause);
}

void Replication::happen(const BillMoves& moves) {
  Course& course = bills_[moves.bill];
  course.handle.reset();
  const Time now = simulator_.now();
  const auto value = [&](VariableId variable) { return value_of(model_, state_, variable, now); };
  const EventId event = policy::decide(model_, moves.bill, course.state, *course.turn, bill_luck_, value);
  if (event.exists()) return schedule(event, now, {}, course.cause);
  policy::miss(course.state, *course.turn);
  schedule_turn(moves.bill);
}

/// An event of a bill has happened, whoever brought it about; the agency's part moves no bill.
void Replication::bill_reaches(EventId event) {
  const BillId id = model_.scenario().events[event].bill;
  Course& course = bills_[id];
  if (!policy::reach(model_, id, course.state, event, simulator_.now())) return;
  course.cause = current_;
  schedule_turn(id);
}

/// What is cancelled can no longer happen to the bill; if it was about to, it is decided again.
void Replication::bar(EventId event) {
  const BillId id = model_.scenario().events[event].bill;
  bills_[id].state.barred.push_back(event);
  if (!bills_[id].handle) schedule_turn(id);
}

}  // namespace loophole::engine
