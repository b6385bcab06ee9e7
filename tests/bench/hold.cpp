// The HOLD model (Vaucher and Duval 1975): N events are pending; each one that happens schedules another, an
// exponential time later. One iteration is one event, its random draw included.
#include "support.hpp"
#include <loophole/kernel/simulator.hpp>

#include <cstddef>
#include <queue>

namespace {

using loophole::Time;
using loophole::bench::Exponential;
using loophole::kernel::Handle;
using loophole::kernel::Occurrence;
using loophole::kernel::Simulator;

constexpr double mean_ticks = 1e9;

struct Job {
  std::uint32_t id;
};

/// Our simulator with everything on: a cancel handle kept for every job, and the causes followed.
void simulator(benchmark::State& state) {
  const auto jobs = static_cast<std::uint32_t>(state.range(0));
  Exponential exponential{mean_ticks};
  Simulator<Job> simulator;
  std::vector<Handle> handles(jobs);
  std::uint64_t causes = 0;
  for (std::uint32_t id = 0; id < jobs; ++id)
    handles[id] = simulator.after(exponential(), {}, {id});
  const auto hold = [&](const Occurrence<Job>& occurrence) {
    causes += occurrence.cause;
    handles[occurrence.event.id] = simulator.after(exponential(), {}, occurrence.event);
  };
  for (std::uint32_t warm_up = 0; warm_up < 3 * jobs; ++warm_up)
    simulator.step(hold);
  for (auto _ : state)
    simulator.step(hold);
  benchmark::DoNotOptimize(causes);
}

/// A job cancelled and another moved at every event: what a scenario of notices and repeals does.
void simulator_with_cancels(benchmark::State& state) {
  const auto jobs = static_cast<std::uint32_t>(state.range(0));
  Exponential exponential{mean_ticks};
  Simulator<Job> simulator;
  std::vector<Handle> handles(jobs);
  for (std::uint32_t id = 0; id < jobs; ++id)
    handles[id] = simulator.after(exponential(), {}, {id});
  std::uint32_t victim = 0;
  const auto hold = [&](const Occurrence<Job>& occurrence) {
    handles[occurrence.event.id] = simulator.after(exponential(), {}, occurrence.event);
    victim = (victim + 7919) % jobs;
    simulator.cancel(handles[victim]);
    handles[victim] = simulator.after(exponential(), {}, {victim});
    const std::uint32_t moved = jobs - 1 - victim;
    simulator.reschedule(handles[moved], Time{simulator.now().seconds + exponential()});
  };
  for (std::uint32_t warm_up = 0; warm_up < 3 * jobs; ++warm_up)
    simulator.step(hold);
  for (auto _ : state)
    simulator.step(hold);
}

/// The least that sorts events: time and job in 16 bytes, no ties settled, nothing cancelled.
void std_priority_queue(benchmark::State& state) {
  struct Pending {
    std::int64_t time;
    std::uint32_t id;
    bool operator<(const Pending& other) const { return other.time < time; }
  };
  const auto jobs = static_cast<std::uint32_t>(state.range(0));
  Exponential exponential{mean_ticks};
  std::priority_queue<Pending> queue;
  for (std::uint32_t id = 0; id < jobs; ++id)
    queue.push({exponential(), id});
  const auto hold = [&] {
    const Pending next = queue.top();
    queue.pop();
    queue.push({next.time + exponential(), next.id});
  };
  for (std::uint32_t warm_up = 0; warm_up < 3 * jobs; ++warm_up)
    hold();
  for (auto _ : state)
    hold();
}

/// A bare 4-ary heap on packed 128-bit keys, time | insertion (40) | job (24): ties settled, nothing cancelled.
class BareHeap {
 public:
  __extension__ typedef unsigned __int128 Key;

  [[nodiscard]] Key top() const { return keys_.front(); }

  void push(Key key) {
    std::size_t hole = keys_.size();
    keys_.push_back(key);
    for (; hole > 0 && key < keys_[(hole - 1) / 4]; hole = (hole - 1) / 4)
      keys_[hole] = keys_[(hole - 1) / 4];
    keys_[hole] = key;
  }

  void pop() {
    const Key last = keys_.back();
    keys_.pop_back();
    const std::size_t size = keys_.size();
    std::size_t hole = 0;
    for (std::size_t first = 1; first < size; first = 4 * hole + 1) {
      std::size_t least = first;
      if (first + 4 <= size) {
        const std::size_t left = first + static_cast<std::size_t>(keys_[first + 1] < keys_[first]);
        const std::size_t right = first + 2 + static_cast<std::size_t>(keys_[first + 3] < keys_[first + 2]);
        least = keys_[right] < keys_[left] ? right : left;
      } else {
        for (std::size_t child = first + 1; child < size; ++child)
          if (keys_[child] < keys_[least]) least = child;
      }
      if (!(keys_[least] < last)) break;
      keys_[hole] = keys_[least];
      hole = least;
    }
    if (size > 0) keys_[hole] = last;
  }

 private:
  std::vector<Key> keys_;
};

void bare_heap(benchmark::State& state) {
  const auto jobs = static_cast<std::uint64_t>(state.range(0));
  Exponential exponential{mean_ticks};
  BareHeap heap;
  std::uint64_t sequence = 0;
  const auto push = [&](std::uint64_t time, std::uint64_t id) {
    heap.push((BareHeap::Key{time} << 64) | (sequence++ << 24) | id);
  };
  for (std::uint64_t id = 0; id < jobs; ++id)
    push(static_cast<std::uint64_t>(exponential()), id);
  const auto hold = [&] {
    const BareHeap::Key next = heap.top();
    heap.pop();
    push(static_cast<std::uint64_t>(next >> 64) + static_cast<std::uint64_t>(exponential()),
         static_cast<std::uint64_t>(next) & 0xffffff);
  };
  for (std::uint64_t warm_up = 0; warm_up < 3 * jobs; ++warm_up)
    hold();
  for (auto _ : state)
    hold();
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kNanosecond);
}

BENCHMARK(simulator)->Apply(sizes);
BENCHMARK(std_priority_queue)->Apply(sizes);
BENCHMARK(bare_heap)->Apply(sizes);
BENCHMARK(simulator_with_cancels)->Apply(sizes);

}  // namespace

int main(int argc, char** argv) {
  std::vector<loophole::bench::Ratio> ratios;
  for (const char* reference : {"bare_heap/", "std_priority_queue/"})
    for (const char* size : {"10", "1000", "100000", "1000000"})
      ratios.push_back({std::string{"simulator/"} + size, std::string{reference} + size});
  return loophole::bench::run(argc, argv, ratios);
}
