#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>
#include <vector>

using loophole::random::Counter;
using loophole::random::Draws;
using loophole::random::Entity;
using loophole::random::hash_of;
using loophole::random::open_unit;
using loophole::random::Stream;

// Known answers of Random123's kat_vectors for philox4x32-10, whose words are 32 bits; ours are pairs, low half first.
TEST_CASE("zero key and counter give the published Philox numbers") {
  Draws draws{0, Counter{0, 0}};
  CHECK(draws.bits() == 0xe169c58d6627e8d5U);
  CHECK(draws.bits() == 0x9b00dbd8bc57ac4cU);
}

TEST_CASE("the digits of pi as key and counter give the published Philox numbers") {
  Draws draws{0x299f31d0a4093822U, Counter{0x85a308d3243f6a88U, 0x0370734413198a2eU}};
  CHECK(draws.bits() == 0x94fdccebd16cfe09U);
  CHECK(draws.bits() == 0x24126ea15001e420U);
}

TEST_CASE("names hash to the published XXH64 values") {
  CHECK(hash_of("") == 0xef46db3751d8e999U);
  CHECK(hash_of("a") == 0xd24ec4f1a98c6e5bU);
  CHECK(hash_of("abc") == 0x44bc2cf5ad770999U);
  CHECK(hash_of("abc", 1) != hash_of("abc"));
}

TEST_CASE("a stream's numbers are these, today and in every later version") {
  Draws draws = Stream{2024, "event-delays"}.draws(7, Entity::named("cut-off"), 3);
  const std::vector<std::uint64_t> bits{draws.bits(), draws.bits(), draws.bits()};
  CHECK(bits == std::vector<std::uint64_t>{0x4e68f5141334ae7U, 0x39ebf3bae51244e1U, 0xb004aaa09b8b746dU});
}

TEST_CASE("the fields of the counter lie side by side") {
  const Counter counter = Counter::pack(0x123456, Entity::numbered(0xfedcba9876543210U), 0xabcdef);
  CHECK(counter.entity == 0xfedcba9876543210U);
  CHECK(counter.rest == 0x123456abcdef0000U);
}

TEST_CASE("the n-th number is the same whether drawn in a row or alone") {
  const Draws fresh = Stream{1, "s"}.draws(0, Entity::named("e"));
  Draws row = fresh;
  for (std::uint32_t n = 0; n < 9; ++n)
    CHECK(row.uniform() == fresh.uniform(n));
}

TEST_CASE("a number changes with the seed, the purpose, the replication, the entity and the occurrence") {
  const auto first = [](std::uint64_t seed, const char* purpose, std::uint32_t replication, const char* entity,
                        std::uint32_t occurrence) {
    return Stream{seed, purpose}.draws(replication, Entity::named(entity), occurrence).bits();
  };
  const std::set<std::uint64_t> all{first(1, "a", 0, "x", 0), first(2, "a", 0, "x", 0), first(1, "b", 0, "x", 0),
                                    first(1, "a", 1, "x", 0), first(1, "a", 0, "y", 0), first(1, "a", 0, "x", 1)};
  CHECK(all.size() == 6);
}

TEST_CASE("an extra draw in one place changes nothing elsewhere") {
  const Stream stream{1, "delays"};
  Draws bill = stream.draws(0, Entity::named("bill"));
  Draws order = stream.draws(0, Entity::named("order"));
  const double expected = order.uniform();
  order = stream.draws(0, Entity::named("order"));
  for (int extra = 0; extra < 5; ++extra)
    bill.uniform();
  CHECK(order.uniform() == expected);
}

TEST_CASE("a uniform number is never 0 and never 1, and 1 - u is exact") {
  CHECK(open_unit(0) == 0x1p-53);
  CHECK(open_unit(~std::uint64_t{0}) == 1 - 0x1p-53);
  CHECK(open_unit(~std::uint64_t{0}) < 1);
  CHECK(1 - open_unit(0) == open_unit(~std::uint64_t{0}));
}

TEST_CASE("a replication, occurrence or draw beyond the counter is refused, never wrapped") {
  const Stream stream{1, "s"};
  const std::uint32_t too_many = 1U << 24;
  CHECK_NOTHROW(stream.draws(too_many - 1, {}, too_many - 1));
  CHECK_THROWS_AS(stream.draws(too_many, {}, 0), std::length_error);
  CHECK_THROWS_AS(stream.draws(0, {}, too_many), std::length_error);
  const Draws draws = stream.draws(0, {});
  CHECK_NOTHROW(draws.uniform(131'071));
  CHECK_THROWS_AS(draws.uniform(131'072), std::length_error);
}
