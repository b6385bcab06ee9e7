// What the resolution of firms costs: reviews a second over ten channels, a million firms for 30 months, bytes a firm.
#include "support.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/firm_process.hpp>

#include <cstdio>
#include <string>

namespace {

using namespace loophole;
using namespace loophole::market;

/// Ten channels, some for part of the firms only, an outside option, growing demand.
Conditions ten_channels(double switching_cost) {
  Conditions c;
  for (int i = 0; i < 10; ++i) {
    Alternative a;
    a.utility = a.joining_utility = .8 - .13 * i;
    a.switching_cost = switching_cost;
    a.available = a.foreseen = i % 4 == 3 ? .6 : 1;
    a.use = a.joined_use = 1;
    a.price = a.joined_price = 5;
    c.alternatives.push_back(a);
  }
  c.outside_considered = true;
  c.outside_switching_cost = switching_cost;
  c.review_rate = 1. / 365;
  c.noticed_rate = 1. / 14;
  c.stranded_rate = 1. / 21;
  c.growth = .0103;
  return c;
}

constexpr Time beginning{1'700'000'000};
Time day(double days) { return {beginning.seconds + static_cast<std::int64_t>(days * 86400)}; }

FirmProcess segment(const Conditions& conditions, std::size_t firms) {
  FirmPopulation population;
  population.names.segment = "start-ups";
  for (int i = 0; i < 10; ++i)
    population.names.channels.push_back("channel-" + std::to_string(i));
  population.firms = firms;
  population.size_sigma = 1;
  FirmProcess process;
  process.start(beginning, {stationary(conditions)}, conditions, population);
  return process;
}

/// Reviews alone: so fast that looking for who reviews costs little. The switching cost decides how many logarithms
/// the race can leave out.
void reviews(benchmark::State& state) {
  Conditions c = ten_channels(static_cast<double>(state.range(0)));
  c.review_rate = 10;
  FirmProcess process = segment(c, 20'000);
  process.begin(1, 0);
  const std::uint64_t before = process.reviews();
  double now = 0;
  for (auto _ : state)
    process.advance(day(++now));
  state.counters["reviews"] =
      benchmark::Counter(static_cast<double>(process.reviews() - before), benchmark::Counter::kIsRate);
}

/// The cost of firms that do not review.
void idle_firms(benchmark::State& state) {
  Conditions c = ten_channels(3);
  c.review_rate = 1e-9;
  FirmProcess process = segment(c, 1'000'000);
  process.begin(1, 0);
  double now = 0;
  for (auto _ : state)
    process.advance(day(++now));
  state.counters["firms"] =
      benchmark::Counter(1e6 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// 30 months of a million firms with weekly records, a closing announced and carried out, and an offer.
void million_firms(benchmark::State& state) {
  const Conditions before = ten_channels(3);
  Conditions announced = before;
  announced.alternatives[0].foreseen = 0;
  Conditions closed = announced;
  closed.alternatives[0].available = 0;
  closed.alternatives[1].allowance = true;
  closed.alternatives[1].joining_utility += 1;
  const FirmProcess prototype = segment(before, 1'000'000);
  std::uint32_t replication = 0;
  std::uint64_t reviews = 0;
  for (auto _ : state) {
    FirmProcess process = prototype;
    process.begin(1, replication++);
    SegmentState seen;
    for (int week = 1; week <= 130; ++week) {
      if (week == 4) process.change(day(7 * week - 3), announced);
      if (week == 6) process.change(day(7 * week - 3), closed);
      process.advance(day(7 * week));
      process.observe(day(7 * week), seen);
    }
    benchmark::DoNotOptimize(seen);
    reviews += process.reviews();
    state.counters["bytes a firm"] = static_cast<double>(process.bytes()) / 1e6;
  }
  state.counters["reviews"] = benchmark::Counter(static_cast<double>(reviews), benchmark::Counter::kAvgIterations);
}

BENCHMARK(reviews)->Arg(0)->Arg(3);
BENCHMARK(idle_firms)->Unit(benchmark::kMillisecond);
BENCHMARK(million_firms)->Unit(benchmark::kSecond)->Iterations(2);

}  // namespace

int main(int argc, char** argv) { return loophole::bench::run(argc, argv, {}); }
