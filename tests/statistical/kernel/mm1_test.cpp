// M/M/1: one server, Poisson arrivals, exponential service. In the long run L = ρ/(1−ρ) are present and a customer
// stays W = 1/(μ−λ) (Kleinrock 1975, §3.2). The seed is fixed; a right kernel with a fresh seed would fail each
// check with a probability of 0.1 %.
#include <loophole/kernel/simulator.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

using loophole::Time;
using loophole::kernel::Occurrence;
using loophole::kernel::Simulator;

namespace {

enum class Event { arrival, departure };

struct Means {
  double present;  // time average
  double stay;     // in mean service times
};

constexpr double ticks_per_service = 1e6;

Means batch(Simulator<Event>& simulator, std::deque<Time>& line, std::mt19937_64& random, double load, Time end) {
  std::exponential_distribution<double> unit;
  const auto draw = [&](double mean) { return std::llround(mean * ticks_per_service * unit(random)); };
  const Time start = simulator.now();
  Time last = start;
  double area = 0;
  double stays = 0;
  double served = 0;
  const auto account = [&](Time now) {
    area += static_cast<double>(line.size()) * static_cast<double>(now.seconds - last.seconds);
    last = now;
  };
  simulator.run_until(end, [&](const Occurrence<Event>& occurrence) {
    account(occurrence.time);
    if (occurrence.event == Event::arrival) {
      line.push_back(occurrence.time);
      simulator.after(draw(1 / load), {}, Event::arrival);
      if (line.size() == 1) simulator.after(draw(1), {}, Event::departure);
    } else {
      stays += static_cast<double>(occurrence.time.seconds - line.front().seconds);
      served += 1;
      line.pop_front();
      if (!line.empty()) simulator.after(draw(1), {}, Event::departure);
    }
  });
  account(end);
  return {area / static_cast<double>(end.seconds - start.seconds), stays / served / ticks_per_service};
}

/// Whether `expected` lies within Student's interval about the batches' mean, at 0.1 % and 49 degrees of freedom.
bool agrees(const std::vector<double>& batches, double expected) {
  const double n = static_cast<double>(batches.size());
  double mean = 0;
  for (const double x : batches)
    mean += x / n;
  double variance = 0;
  for (const double x : batches)
    variance += (x - mean) * (x - mean) / (n - 1);
  const double half_width = 3.500 * std::sqrt(variance / n);
  INFO("mean " << mean << " ± " << half_width << ", expected " << expected);
  CHECK(half_width < 0.05 * expected);  // else the test would prove nothing
  CHECK(std::abs(mean - expected) < half_width);
  return std::abs(mean - expected) < half_width;
}

}  // namespace

TEST_CASE("a queue with one server is as long, and a customer stays as long, as theory says") {
  const double load = GENERATE(0.5, 0.8);
  std::mt19937_64 random{20240709};
  Simulator<Event> simulator;
  std::deque<Time> line;
  simulator.after(0, {}, Event::arrival);
  const auto end_of = [](int batch) { return Time{static_cast<std::int64_t>(20'000 * ticks_per_service) * batch}; };
  batch(simulator, line, random, load, end_of(1));  // warm-up
  std::vector<double> present;
  std::vector<double> stay;
  for (int i = 2; i <= 51; ++i) {
    const Means means = batch(simulator, line, random, load, end_of(i));
    present.push_back(means.present);
    stay.push_back(means.stay);
  }
  CHECK(agrees(present, load / (1 - load)));
  CHECK(agrees(stay, 1 / (1 - load)));
}
