#include <loophole/engine/trace.hpp>

#include <algorithm>
#include <stdexcept>

namespace loophole::engine {

const Snapshot& Trace::at(Time date) const {
  for (const Snapshot& view : views_)
    if (view.at == date) return view;
  throw std::out_of_range("no snapshot was taken on " + to_string(date));
}

const Happening* Trace::find(world::Cause id) const {
  const auto found =
      std::lower_bound(happenings_.begin(), happenings_.end(), id,
                       [](const Happening& happening, world::Cause wanted) { return happening.id < wanted; });
  return found == happenings_.end() || found->id != id ? nullptr : &*found;
}

const Happening& Trace::root_of(const Happening& happening) const {
  const Happening* root = &happening;
  while (const Happening* cause = find(root->cause))
    root = cause;
  return *root;
}

const Happening* Trace::first(const scenario::Event& event) const {
  const auto found = std::find_if(happenings_.begin(), happenings_.end(), [&](const Happening& happening) {
    return happening.kind == Happening::Kind::event && happening.event == &event;
  });
  return found == happenings_.end() ? nullptr : &*found;
}

const AccessChange* Trace::access(SegmentId segment, ChannelId channel, Time at) const {
  const AccessChange* last = nullptr;
  for (const AccessChange& change : changes_)
    if (change.segment == segment && change.channel == channel && change.at <= at) last = &change;
  return last;
}

EventId id_of(const scenario::Event& event, const scenario::Scenario& scenario) {
  return EventId::of(static_cast<std::size_t>(&event - &scenario.events[EventId::of(0)]));
}

}  // namespace loophole::engine
