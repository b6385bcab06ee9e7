#include "examples.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/choice.hpp>
#include <loophole/market/segment_process.hpp>
#include <loophole/market/welfare.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace loophole::market;
using namespace loophole::market::test;
using loophole::Time;

namespace {

struct Chosen {
  std::vector<double> p;
  double logsum;
};

Chosen chosen(const std::vector<double>& v, const std::vector<int>& nest, const std::vector<double>& nests) {
  Chosen result{std::vector<double>(v.size()), 0};
  result.logsum = choose(v, nest, nests, result.p);
  return result;
}

}  // namespace

TEST_CASE("multinomial logit gives the published probabilities and logsum for V = (1, 0.5, 0)") {
  const Chosen c = chosen({1, .5, 0}, {-1, -1, -1}, {});
  CHECK(c.p[0] == Approx(.506480).margin(5e-7));
  CHECK(c.p[1] == Approx(.307196).margin(5e-7));
  CHECK(c.p[2] == Approx(.186324).margin(5e-7));
  CHECK(c.logsum == Approx(1.680270).margin(5e-7));
}

TEST_CASE("banning an alternative spreads its share in proportion to the others") {
  const Chosen before = chosen({1, .5, 0}, {-1, -1, -1}, {});
  const Chosen after = chosen({not_chosen(), .5, 0}, {-1, -1, -1}, {});
  CHECK(after.p[0] == 0);
  CHECK(after.p[1] == Approx(before.p[1] / (1 - before.p[0])).epsilon(1e-14));
  CHECK(after.p[2] == Approx(before.p[2] / (1 - before.p[0])).epsilon(1e-14));
}

TEST_CASE("a red bus takes from the blue bus alone when they are perfect substitutes, and from all under plain logit") {
  const Chosen plain = chosen({0, 0, 0}, {-1, -1, -1}, {});
  for (const double p : plain.p)
    CHECK(p == Approx(1. / 3).epsilon(1e-15));
  const Chosen nested = chosen({0, 0, 0}, {-1, 0, 0}, {1e-9});
  CHECK(nested.p[0] == Approx(.5).margin(1e-9));
  CHECK(nested.p[1] == Approx(.25).margin(1e-9));
  CHECK(nested.p[2] == Approx(.25).margin(1e-9));
}

TEST_CASE("a nest of dissimilarity 1 is multinomial logit to the last bit") {
  const Chosen plain = chosen({1.3, .2, -.7, .4}, {-1, -1, -1, -1}, {});
  const Chosen nested = chosen({1.3, .2, -.7, .4}, {0, 0, 1, -1}, {1, 1});
  CHECK(plain.p == nested.p);
  CHECK(plain.logsum == nested.logsum);
}

TEST_CASE("nested choice is continuous as its dissimilarity tends to 1") {
  const Chosen plain = chosen({1.3, .2, -.7, .4}, {-1, -1, -1, -1}, {});
  const Chosen nested = chosen({1.3, .2, -.7, .4}, {0, 0, 0, -1}, {1 - 1e-12});
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(nested.p[i] == Approx(plain.p[i]).epsilon(1e-11));
}

TEST_CASE("utilities of five hundred utils and empty choice sets give no NaN") {
  const Chosen huge = chosen({500, -500, 499, 0}, {0, 0, -1, -1}, {.3});
  double sum = 0;
  for (const double p : huge.p)
    sum += p;
  CHECK(sum == Approx(1));
  const Chosen none = chosen({not_chosen(), not_chosen()}, {0, -1}, {.5});
  CHECK(none.p == std::vector<double>{0, 0});
  CHECK(none.logsum == not_chosen());
}

TEST_CASE("with a switching cost of 2 the stationary shares are the published ones") {
  const Distribution d = stationary(choosing({channel(1, 2), channel(.5, 2), channel(0, 2)}));
  REQUIRE(d.size() == 1);
  CHECK(d[0].users[0] == Approx(.619405).margin(5e-7));
  CHECK(d[0].users[1] == Approx(.262763).margin(5e-7));
  CHECK(d[0].users[2] == Approx(.117831).margin(5e-7));
}

TEST_CASE("banning alternative k costs minus ln(1 - P_k) utils") {
  const Conditions before = choosing({channel(1), channel(.5), channel(0)});
  Conditions after = before;
  after.alternatives[0].available = after.alternatives[0].foreseen = 0;
  CHECK(*logsum(before) == Approx(1.680270).margin(5e-7));
  CHECK(*logsum(after) - *logsum(before) == Approx(std::log(1 - .506480391055654)).epsilon(1e-12));
}

TEST_CASE("the equivalent price factor raises every price by as much as the ban hurts") {
  Conditions before = choosing({channel(1), channel(.5), channel(0)});
  before.outside_considered = true;
  Conditions after = before;
  after.alternatives[0].available = after.alternatives[0].foreseen = 0;
  const double beta = -1.1;
  for (const bool outside : {true, false}) {
    before.outside_considered = after.outside_considered = outside;
    const double m = equivalent_price_factor(before, after, beta).value();
    CHECK(m > 1);
    Conditions dearer = before;
    for (Alternative& a : dearer.alternatives)
      a.utility += beta * std::log(m);
    CHECK(*logsum(dearer) == Approx(*logsum(after)).epsilon(1e-13));
  }
  after.alternatives[0].available = after.alternatives[0].foreseen = .35;
  before.alternatives[2].available = before.alternatives[2].foreseen = .6;
  before.outside_considered = after.outside_considered = true;
  const double m = equivalent_price_factor(before, after, beta).value();
  Conditions dearer = before;
  for (Alternative& a : dearer.alternatives)
    a.utility += beta * std::log(m);
  CHECK(*logsum(dearer) == Approx(*logsum(after)).epsilon(1e-13));
  CHECK(equivalent_price_factor(before, before, beta).value() == Approx(1).epsilon(1e-13));
}

TEST_CASE("the equivalent price factor is undefined without channels or price sensitivity") {
  Conditions before = choosing({channel(1), channel(.5)});
  before.outside_considered = true;
  Conditions none = before;
  for (Alternative& a : none.alternatives)
    a.available = a.foreseen = 0;
  CHECK_FALSE(equivalent_price_factor(before, none, -1));
  CHECK_FALSE(equivalent_price_factor(before, before, 0));
  none.outside_considered = false;
  CHECK_FALSE(logsum(none));
}
