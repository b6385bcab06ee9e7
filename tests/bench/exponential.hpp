/// A cheap random source, the same for every competitor.
#pragma once

#include <cmath>
#include <cstdint>

namespace loophole::bench {

/// Exponentially distributed whole ticks from xoshiro256++ (Blackman and Vigna 2019): the same for every
/// competitor, and cheap, so that it hides nothing.
class Exponential {
 public:
  explicit Exponential(double mean) : mean_(mean) {}

  std::int64_t operator()() {
    const double u = (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52;
    return static_cast<std::int64_t>(-mean_ * std::log(u));
  }

 private:
  static std::uint64_t rotated(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  std::uint64_t next() {
    const std::uint64_t result = rotated(s_[0] + s_[3], 23) + s_[0];
    const std::uint64_t t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = rotated(s_[3], 45);
    return result;
  }

  std::uint64_t s_[4] = {0x9e3779b97f4a7c15U, 0xbf58476d1ce4e5b9U, 0x94d049bb133111ebU, 0x2545f4914f6cdd1dU};
  double mean_;
};

}  // namespace loophole::bench
