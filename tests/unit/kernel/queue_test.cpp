#include <loophole/kernel/queue.hpp>

#include <catch2/catch.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using loophole::Time;
using loophole::kernel::Handle;
using loophole::kernel::Order;
using loophole::kernel::Queue;

namespace {

std::string drain(Queue<char>& queue) {
  std::string order;
  while (!queue.empty())
    order += queue.pop().event;
  return order;
}

}  // namespace

TEST_CASE("events come out in the order of their times, before 1970 too") {
  Queue<char> queue;
  queue.schedule(Time{86400}, 'd');
  queue.schedule(Time{-86400}, 'b');
  queue.schedule(Time::never(), 'e');
  queue.schedule(Time{0}, 'c');
  queue.schedule(Time::always(), 'a');
  CHECK(drain(queue) == "abcde");
}

TEST_CASE("ties run by phase, then priority, then insertion") {
  Queue<char> queue;
  const Time noon{43200};
  queue.schedule(noon, {.phase = 1, .priority = 0}, 'e');
  queue.schedule(noon, {.phase = 0, .priority = 7}, 'c');
  queue.schedule(noon, {.phase = 0, .priority = 7}, 'd');
  queue.schedule(noon, {.phase = 0, .priority = 3}, 'b');
  queue.schedule(Time{43199}, {.phase = 7, .priority = Order::max_priority}, 'a');
  CHECK(drain(queue) == "abcde");
}

TEST_CASE("a popped event says when it was due and in what order") {
  Queue<char> queue;
  queue.schedule(Time{-5}, {.phase = 6, .priority = 2'000'000}, 'x');
  const auto next = queue.pop();
  CHECK(next.time == Time{-5});
  CHECK(next.order == Order{6, 2'000'000});
}

TEST_CASE("a cancelled event never happens") {
  Queue<char> queue;
  queue.schedule(Time{1}, 'a');
  const Handle second = queue.schedule(Time{2}, 'b');
  queue.schedule(Time{3}, 'c');
  CHECK(queue.pending(second));
  CHECK(queue.cancel(second));
  CHECK_FALSE(queue.pending(second));
  CHECK(queue.size() == 2);
  CHECK(drain(queue) == "ac");
}

TEST_CASE("cancelling the next event uncovers the one behind it") {
  Queue<char> queue;
  const Handle first = queue.schedule(Time{1}, 'a');
  queue.schedule(Time{2}, 'b');
  queue.cancel(first);
  CHECK(queue.next_time() == Time{2});
  CHECK(queue.peek() == 'b');
}

TEST_CASE("a stale handle does nothing to the event that took its place") {
  Queue<char> queue;
  const Handle cancelled = queue.schedule(Time{1}, 'a');
  queue.cancel(cancelled);
  const Handle popped = queue.schedule(Time{1}, 'b');
  queue.pop();
  const Handle current = queue.schedule(Time{1}, 'c');
  CHECK(current.slot == cancelled.slot);
  for (const Handle stale : {cancelled, popped, Handle{}}) {
    CHECK_FALSE(queue.pending(stale));
    CHECK_FALSE(queue.cancel(stale));
    CHECK_FALSE(queue.reschedule(stale, Time{9}));
  }
  CHECK(queue.pending(current));
  CHECK(drain(queue) == "c");
}

TEST_CASE("a rescheduled event keeps its handle and happens once, at its new time") {
  Queue<char> queue;
  const Handle moved = queue.schedule(Time{1}, {.phase = 2, .priority = 5}, 'a');
  queue.schedule(Time{2}, 'b');
  CHECK(queue.reschedule(moved, Time{3}));
  CHECK(queue.size() == 2);
  CHECK(queue.pop().event == 'b');
  CHECK(queue.pending(moved));
  const auto last = queue.pop();
  CHECK(last.event == 'a');
  CHECK(last.time == Time{3});
  CHECK(last.order == Order{2, 5});
  CHECK(queue.empty());
}

TEST_CASE("an event rescheduled to its own time goes behind its equals") {
  Queue<char> queue;
  const Handle moved = queue.schedule(Time{1}, 'b');
  queue.schedule(Time{1}, 'a');
  queue.reschedule(moved, Time{1});
  CHECK(drain(queue) == "ab");
}

TEST_CASE("an event may be scheduled before one that was popped") {
  Queue<char> queue;
  queue.schedule(Time{100}, 'x');
  queue.schedule(Time{200}, 'b');
  queue.pop();
  queue.schedule(Time{-100}, 'a');
  CHECK(drain(queue) == "ab");
}

TEST_CASE("looking ahead does not prevent scheduling before what was seen") {
  Queue<int> queue;
  for (int i = 0; i < 1000; ++i)
    queue.schedule(Time{1'000'000 + i}, i);
  CHECK(queue.peek() == 0);
  queue.schedule(Time{5}, -1);
  CHECK(queue.pop().event == -1);
  CHECK(queue.pop().event == 0);
}

TEST_CASE("the next event of an empty queue is an error, and its time is never") {
  Queue<char> queue;
  CHECK(queue.next_time() == Time::never());
  CHECK_THROWS_AS(queue.peek(), std::logic_error);
  CHECK_THROWS_AS(queue.pop(), std::logic_error);
}

TEST_CASE("an order that does not fit is refused and leaves the queue as it was") {
  Queue<char> queue;
  CHECK_THROWS_AS(queue.schedule(Time{}, {.phase = 8, .priority = 0}, 'a'), std::invalid_argument);
  CHECK_THROWS_AS(queue.schedule(Time{}, {.phase = 0, .priority = 1U << 21}, 'a'), std::invalid_argument);
  CHECK(queue.empty());
}

TEST_CASE("insertions beyond those a key can tell apart are refused") {
  using loophole::kernel::Key;
  CHECK(Key::pack(Time{1}, {}, Key::max_sequence).rank == Key::max_sequence);
  CHECK_THROWS_AS(Key::pack(Time{1}, {}, Key::max_sequence + 1), std::length_error);
}

TEST_CASE("a cleared queue is empty and its old handles are stale") {
  Queue<char> queue;
  const Handle old = queue.schedule(Time{1}, 'a');
  for (int i = 0; i < 500; ++i)
    queue.schedule(Time{i * i}, 'b');
  queue.clear();
  CHECK(queue.empty());
  queue.schedule(Time{2}, 'c');
  CHECK_FALSE(queue.pending(old));
  CHECK(drain(queue) == "c");
}

TEST_CASE("an event may own things, and a cancelled one lets go of them") {
  Queue<std::shared_ptr<int>> queue;
  const auto owned = std::make_shared<int>(1);
  const Handle cancelled = queue.schedule(Time{1}, owned);
  queue.schedule(Time{2}, owned);
  CHECK(owned.use_count() == 3);
  queue.cancel(cancelled);
  CHECK(owned.use_count() == 2);
  queue.pop();
  CHECK(owned.use_count() == 1);
}

TEST_CASE("an event cancelled and scheduled a million times leaves no waste behind") {
  Queue<int> queue;
  Handle timer = queue.schedule(Time{0}, 0);
  for (int i = 1; i <= 1'000'000; ++i) {
    queue.cancel(timer);
    timer = queue.schedule(Time{i % 1000}, i);
  }
  CHECK(queue.size() == 1);
  CHECK(queue.waste() <= 64);
  CHECK(queue.pop().event == 1'000'000);
}

TEST_CASE("a far event scheduled first does not hide the near ones") {
  Queue<int> queue;
  queue.schedule(Time{1'000'000'000}, -1);
  for (int i = 0; i < 5000; ++i)
    queue.schedule(Time{(i * 7919) % 5003}, i);
  Time last = Time::always();
  while (queue.size() > 1) {
    const auto next = queue.pop();
    CHECK(last <= next.time);
    last = next.time;
  }
  CHECK(queue.pop().event == -1);
}
