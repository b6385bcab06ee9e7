// An M/M/1 queue at 90 % load: one iteration is one customer, that is two events and two exponential draws.
#include "support.hpp"
#include <loophole/kernel/simulator.hpp>

#include <limits>
#include <queue>

namespace {

using loophole::bench::Exponential;
using loophole::kernel::Occurrence;
using loophole::kernel::Simulator;

constexpr double mean_interarrival = 1e9 / 0.9;
constexpr double mean_service = 1e9;

enum class Event : std::uint32_t { arrival, departure };

void simulator(benchmark::State& state) {
  Exponential interarrival{mean_interarrival};
  Exponential service{mean_service};
  Simulator<Event> simulator;
  std::uint64_t present = 0;
  std::uint64_t served = 0;
  simulator.after(interarrival(), {}, Event::arrival);
  const auto handle = [&](const Occurrence<Event>& occurrence) {
    switch (occurrence.event) {
      case Event::arrival:
        simulator.after(interarrival(), {}, Event::arrival);
        if (present++ == 0) simulator.after(service(), {}, Event::departure);
        break;
      case Event::departure:
        ++served;
        if (--present != 0) simulator.after(service(), {}, Event::departure);
        break;
    }
  };
  for (auto _ : state)
    for (const std::uint64_t before = served; served == before;)
      simulator.step(handle);
  benchmark::DoNotOptimize(present);
}

/// What one would write by hand: a std::priority_queue of events and a switch.
void hand_written_switch(benchmark::State& state) {
  struct Pending {
    std::int64_t time;
    Event event;
    bool operator<(const Pending& other) const { return other.time < time; }
  };
  Exponential interarrival{mean_interarrival};
  Exponential service{mean_service};
  std::priority_queue<Pending> queue;
  std::uint64_t present = 0;
  std::uint64_t served = 0;
  queue.push({interarrival(), Event::arrival});
  for (auto _ : state) {
    for (const std::uint64_t before = served; served == before;) {
      const auto [now, event] = queue.top();
      queue.pop();
      switch (event) {
        case Event::arrival:
          queue.push({now + interarrival(), Event::arrival});
          if (present++ == 0) queue.push({now + service(), Event::departure});
          break;
        case Event::departure:
          ++served;
          if (--present != 0) queue.push({now + service(), Event::departure});
          break;
      }
    }
  }
  benchmark::DoNotOptimize(present);
}

/// The floor, for this model and no other: two times and a comparison, no queue at all.
void two_clocks(benchmark::State& state) {
  constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  Exponential interarrival{mean_interarrival};
  Exponential service{mean_service};
  std::uint64_t present = 0;
  std::uint64_t served = 0;
  std::int64_t arrival = interarrival();
  std::int64_t departure = never;
  for (auto _ : state) {
    for (const std::uint64_t before = served; served == before;) {
      switch (arrival <= departure ? Event::arrival : Event::departure) {
        case Event::arrival:
          if (present++ == 0) departure = arrival + service();
          arrival += interarrival();
          break;
        case Event::departure:
          ++served;
          departure = --present != 0 ? departure + service() : never;
          break;
      }
    }
  }
  benchmark::DoNotOptimize(present);
}

BENCHMARK(simulator);
BENCHMARK(hand_written_switch);
BENCHMARK(two_clocks);

}  // namespace

int main(int argc, char** argv) {
  return loophole::bench::run(argc, argv, {{"simulator", "hand_written_switch"}, {"simulator", "two_clocks"}});
}
