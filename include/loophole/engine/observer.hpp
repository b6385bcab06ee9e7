/// Observers: whoever wants to know what happens in a replication. They see, and change nothing.
#pragma once

#include <loophole/engine/snapshot.hpp>
#include <loophole/scenario/scenario.hpp>
#include <loophole/world/model.hpp>
#include <loophole/world/state.hpp>

#include <string>

namespace loophole::engine {

/// One entry of the log of events; exactly one of the pointers says what happened.
struct Happening {
  enum class Kind { event, dated, step, notice, offer_end };

  world::Cause id = 0;
  world::Cause cause = world::no_cause;
  Time at;
  Kind kind = Kind::event;
  const scenario::Event* event = nullptr;  ///< of an event, of a notice
  const world::DatedChange* dated = nullptr;
  RuleId rule;                             ///< of a step in enforcement or licensing
  const scenario::Offer* offer = nullptr;  ///< that ends

  static Happening of(const scenario::Event& event);
  static Happening of(const world::DatedChange& change);
  static Happening of(RuleId rule);
  static Happening notice_of(const scenario::Event& event);
  static Happening end_of(const scenario::Offer& offer);
};

[[nodiscard]] std::string name_of(const Happening& happening, const world::Model& model);
[[nodiscard]] std::string_view kind_of(const Happening& happening);
[[nodiscard]] std::string detail_of(const Happening& happening, const world::Model& model);

/// A change of who can use what.
struct AccessChange {
  Time at;
  SegmentId segment;
  ChannelId channel;
  world::Access before;
  world::Access after;
  world::Cause cause = world::no_cause;  ///< none: it is so at the start
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_event(const Happening&) {}
  virtual void on_access(const AccessChange&) {}
  /// At every record, from the first at the start to the last at the end of the horizon.
  virtual void on_record(const Snapshot&) {}
  /// After every instant at which something happened, when wants_instants().
  virtual void on_instant(const Snapshot&) {}
  /// At the dates asked for.
  virtual void on_date(const Snapshot&) {}

  [[nodiscard]] virtual bool wants_records() const { return false; }
  [[nodiscard]] virtual bool wants_instants() const { return false; }
  /// Whether its snapshots shall carry the world's state: rules, offers, prices.
  [[nodiscard]] virtual bool wants_state() const { return false; }
  /// Whether on_access does anything.
  [[nodiscard]] virtual bool wants_access() const { return true; }
  [[nodiscard]] virtual std::vector<Time> dates() const { return {}; }
  /// Whether on_date reads a segment's firms or money on that date. Where nobody does, the snapshot may have older
  /// ones, and balances that are older too.
  [[nodiscard]] virtual bool reads(SegmentId /*segment*/, Time /*date*/) const { return true; }
};

}  // namespace loophole::engine
