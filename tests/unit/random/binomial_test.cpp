#include <loophole/random/binomial.hpp>
#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

#include <vector>

using namespace loophole::random;

namespace {

Draws luck(std::uint32_t number) { return Stream(5, "counts").draws(number, Entity::named("coin")); }

}  // namespace

TEST_CASE("none of no trials succeed, none without a chance, all that are certain") {
  CHECK(binomial(luck(0), 0, .5) == 0);
  CHECK(binomial(luck(0), 1000, 0) == 0);
  CHECK(binomial(luck(0), 1000, -1e-17) == 0);
  CHECK(binomial(luck(0), 1000, 1) == 1000);
  CHECK(binomial(luck(0), most_things, 1 + 1e-16) == most_things);
}

TEST_CASE("a count lies between none and all, at every number of trials") {
  for (std::uint32_t i = 0; i < 2000; ++i)
    for (const std::int64_t n :
         {std::int64_t{1}, std::int64_t{19}, std::int64_t{20}, std::int64_t{1'000'000}, most_things})
      for (const double p : {1e-300, 1e-16, 1e-9, .01, .5, .51, .999, 1 - 1e-16}) {
        const std::int64_t count = binomial(luck(i), n, p);
        if (count < 0 || count > n) FAIL_CHECK(n << " trials of " << p << ": " << count);
      }
}

TEST_CASE("with the same luck, better odds or more trials never give fewer successes while counts are small") {
  for (std::uint32_t i = 0; i < 500; ++i) {
    std::int64_t last = 0;
    for (double p = 0; p < .99; p += .003) {
      const std::int64_t count = binomial(luck(i), 15, p);
      if (count < last) FAIL_CHECK("fewer at " << p);
      last = count;
    }
    last = 0;
    for (std::int64_t n = 0; n < 450; ++n) {
      const std::int64_t count = binomial(luck(i), n, .02);
      if (count < last) FAIL_CHECK("fewer of " << n);
      last = count;
    }
  }
}

TEST_CASE("with the same luck, slightly better odds mostly give about as many more when counts are large") {
  int close = 0;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const std::int64_t before = binomial(luck(i), 1'000'000, .1);
    const std::int64_t after = binomial(luck(i), 1'000'000, .101);
    if (after - before > 900 && after - before < 1100) ++close;
  }
  CHECK(close > 900);
}

TEST_CASE("things that spread over cells all arrive, in cells that have weight") {
  const std::vector<double> weights{0, .3, 1e-18, .7, 0, 1e-300, 0};
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1}, std::int64_t{7}, std::int64_t{1'000'000'000}}) {
    std::vector<std::int64_t> counts(weights.size());
    const std::int64_t put = spread(
        n, weights, [](std::size_t cell) { return luck(static_cast<std::uint32_t>(cell)); },
        [&](std::size_t cell, std::int64_t count) { counts[cell] += count; });
    CHECK(put == n);
    CHECK(counts[1] + counts[2] + counts[3] + counts[5] == n);
  }
  const std::vector<double> nothing{0, 0};
  CHECK(spread(
            5, nothing, [](std::size_t) { return luck(0); }, [](std::size_t, std::int64_t) { FAIL(); }) == 0);
}

TEST_CASE("an entity in relation to another is a third one, and the order counts") {
  const Entity a = Entity::named("a");
  const Entity b = Entity::named("b");
  CHECK(a.with(b) != b.with(a));
  CHECK(a.with(b) != a);
  CHECK(a.with(b) != a.with(a));
  CHECK(a.with(b).id == a.with(b).id);
}

TEST_CASE("odds a little below and above one half keep luck: large counts rise with it on either side") {
  const auto rises = [](double p) {
    double rising = 0;
    for (std::uint32_t i = 0; i < 1000; ++i) {
      const double u = luck(i).uniform();
      const double above = static_cast<double>(binomial(luck(i), 1'000'000, p)) - 1e6 * p;
      rising += (u > .5) == (above > 0) ? 1 : 0;
    }
    return rising / 1000;
  };
  CHECK(rises(.49) > .8);
  CHECK(rises(.51) > .8);
}
