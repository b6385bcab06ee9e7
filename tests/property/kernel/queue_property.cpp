// The queue against the plainest possible model of it: a sorted map from (time, order, insertion) to event.
#include <loophole/kernel/queue.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <map>
#include <tuple>
#include <vector>

using loophole::Time;
using loophole::kernel::Handle;
using loophole::kernel::Order;
using loophole::kernel::Queue;

namespace {

using Place = std::tuple<Time, Order, int>;

/// Ranges of times: many ties, days, and all there is.
rc::Gen<std::int64_t> times() {
  return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-3, 4), rc::gen::inRange<std::int64_t>(0, 1'000'000'000),
                        rc::gen::arbitrary<std::int64_t>());
}

struct Model {
  Queue<int> queue;
  std::map<Place, int> expected;
  std::vector<Handle> handles;  // of event i, pending or not
  std::vector<Place> places;
  int insertions = 0;

  void schedule(Time time, Order order) {
    const int event = static_cast<int>(handles.size());
    handles.push_back(queue.schedule(time, order, event));
    places.emplace_back(time, order, insertions++);
    expected.emplace(places.back(), event);
  }

  bool is_pending(std::size_t event) const { return expected.count(places[event]) != 0; }

  void cancel(std::size_t event) {
    RC_ASSERT(queue.cancel(handles[event]) == is_pending(event));
    expected.erase(places[event]);
  }

  void reschedule(std::size_t event, Time time) {
    const bool moves = is_pending(event);
    RC_ASSERT(queue.reschedule(handles[event], time) == moves);
    if (!moves) return;
    expected.erase(places[event]);
    places[event] = {time, std::get<Order>(places[event]), insertions++};
    expected.emplace(places[event], static_cast<int>(event));
  }

  void pop() {
    const auto popped = queue.pop();
    RC_ASSERT(popped.event == expected.begin()->second);
    RC_ASSERT(popped.time == std::get<Time>(expected.begin()->first));
    RC_ASSERT(popped.order == std::get<Order>(expected.begin()->first));
    expected.erase(expected.begin());
  }

  void check() const {
    RC_ASSERT(queue.size() == expected.size());
    RC_ASSERT(queue.empty() == expected.empty());
    if (expected.empty()) return;
    RC_ASSERT(queue.peek() == expected.begin()->second);
    RC_ASSERT(queue.next_time() == std::get<Time>(expected.begin()->first));
  }
};

void step(Model& model) {
  const auto any_event = [&] { return *rc::gen::inRange<std::size_t>(0, model.handles.size()); };
  const int choice = model.handles.empty() ? 0 : *rc::gen::inRange(0, 10);
  if (choice < 4)
    model.schedule(Time{*times()}, {*rc::gen::inRange(0U, 3U), *rc::gen::inRange(0U, 3U)});
  else if (choice < 6)
    model.cancel(any_event());
  else if (choice < 8)
    model.reschedule(any_event(), Time{*times()});
  else if (!model.expected.empty())
    model.pop();
  model.check();
}

}  // namespace

TEST_CASE("the queue does what a sorted map would, whatever is asked of it") {
  CHECK(rc::check("one call at a time", [] {
    Model model;
    const int steps = *rc::gen::inRange(0, 400);
    for (int i = 0; i < steps; ++i)
      step(model);
    while (!model.expected.empty())
      model.pop();
    model.check();
  }));
}

TEST_CASE("the queue does what a sorted map would when thousands are pending") {
  CHECK(rc::check("in bulk", [] {
    Model model;
    std::uint64_t state = *rc::gen::arbitrary<std::uint64_t>();
    const auto random = [&](std::uint64_t below) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      return (state >> 33) % below;
    };
    const std::uint64_t range = std::uint64_t{1} << *rc::gen::inRange(0, 31);
    const auto time = [&] { return Time{static_cast<std::int64_t>(random(range))}; };
    const auto burst = [&](auto&& action) {
      for (std::uint64_t i = random(1500); i > 0; --i)
        action();
      model.check();
    };
    for (int round = 0; round < 4; ++round) {
      burst([&] { model.schedule(time(), {0, static_cast<std::uint32_t>(random(2))}); });
      if (model.handles.empty()) continue;
      burst([&] { model.cancel(random(model.handles.size())); });
      burst([&] { model.reschedule(random(model.handles.size()), time()); });
      burst([&] {
        if (!model.expected.empty()) model.pop();
      });
    }
    while (!model.expected.empty())
      model.pop();
    model.check();
  }));
}
