#include <loophole/study/shapley.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <numeric>

using namespace loophole::study;

namespace {

/// The value of every coalition.
template <class Value>
std::vector<double> game(std::size_t players, const Value& value) {
  std::vector<double> values;
  for (Coalition coalition = 0; coalition <= everybody(players); ++coalition)
    values.push_back(value(coalition));
  return values;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("of a left glove and two right ones the left has two thirds") {
  // Shapley 1953 by way of the usual textbook: a pair is worth 1; player 0 has the left glove.
  const auto shares = shapley(3, game(3, [](Coalition c) { return (c & 1) != 0 && (c & 6) != 0 ? 1.0 : 0.0; }));
  CHECK(shares[0] == Approx(2.0 / 3));
  CHECK(shares[1] == Approx(1.0 / 6));
  CHECK(shares[2] == Approx(1.0 / 6));
}

TEST_CASE("parties with 4, 2 and 1 of 7 votes share power as a dictator does, and 3, 2, 2 equally") {
  const auto power = [](std::vector<int> votes, int quota) {
    return shapley(votes.size(), game(votes.size(), [&](Coalition c) {
                     int have = 0;
                     for (std::size_t i = 0; i < votes.size(); ++i)
                       have += (c >> i & 1) != 0 ? votes[i] : 0;
                     return have >= quota ? 1.0 : 0.0;
                   }));
  };
  CHECK(power({4, 2, 1}, 4) == std::vector<double>{1, 0, 0});
  for (const double share : power({3, 2, 2}, 4))
    CHECK(share == Approx(1.0 / 3));
}

TEST_CASE("shares add up, a player who changes nothing has exactly none, and a sum is divided as it is") {
  const auto value = [](Coalition c) {
    const double a = static_cast<double>(c & 1), b = static_cast<double>(c >> 1 & 1),
                 d = static_cast<double>(c >> 3 & 1);
    return 5 + 2 * a - 3 * b + 7 * a * b * d;  // player 2 has no part in it
  };
  const auto shares = shapley(4, game(4, value));
  CHECK(sum(shares) == Approx(value(15) - value(0)));
  CHECK(shares[2] == 0);
  CHECK(shares[0] == Approx(2 + 7.0 / 3));
  CHECK(shares[3] == Approx(7.0 / 3));
}

TEST_CASE("the mean of marginals over all orders is Shapley's value, and each order's sum is the whole") {
  const auto value = [](Coalition c) {
    return static_cast<double>(std::popcount(c) * std::popcount(c)) + ((c & 5) == 5 ? 3.0 : 0.0);
  };
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::vector<double> mean(4, 0.0);
  int orders = 0;
  do {
    const auto added = marginals(order, value);
    CHECK(sum(added) == Approx(value(15) - value(0)));
    for (std::size_t i = 0; i < 4; ++i)
      mean[i] += added[i];
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  const auto shares = shapley(4, game(4, value));
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(mean[i] / orders == Approx(shares[i]));
}

TEST_CASE("a value a coalition is needed") {
  CHECK_THROWS_AS(shapley(3, std::vector<double>(7)), std::invalid_argument);
}
