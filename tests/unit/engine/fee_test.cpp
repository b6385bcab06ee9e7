/// Use that is itself money: fees, initial use, shares of use.
#include "observed.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

/// A year of payments over two routes of different fees; people mind fees in how much they pay by card.
Observed payments(const std::string& more) {
  return observed(R"(schema: 1
title: fees
horizon: { from: 2022-01-01, to: 2023-01-01 }
currency: EUR
units: { payments: { of: EUR } }
unit_of_use: payments
source: assumption
actors: { network: { jurisdiction: US }, bank: { jurisdiction: RU } }
products: { card: { developer: network } }
channels:
  home: { product: card, path: [network, bank], price: 1 % }
  abroad: { product: card, path: [network, bank], price: 2.5 % }
  free: { product: card, path: [network, bank], price: 0 % }
segments:
  people:
    jurisdiction: RU
    firms: 1000
    initial_use: 3 MEUR/month
    shares: { of: use, home: 60 %, abroad: 30 %, free: 10 %, outside: 0 % }
    demand: { elasticity: -0.5, reference_price: 1 % }
    tastes: { price: -1, price_offset: 0.5 % }
    switching: { voluntary: 0.5 %/month }
    reviews: { every: 3 years }
)" + more);
}

const double year_of_use = 3e6 / days_per_month * 365;

}  // namespace

TEST_CASE("what is spent is the fee of what is paid, and initial use and its shares are met") {
  const Observed run = payments(
      "outcomes:\n"
      "  all: { sum: use() }\n  home: { sum: \"use(home)\" }\n  abroad: { sum: \"use(abroad)\" }\n"
      "  fees: { sum: \"spend(abroad)\" }\n  nothing: { sum: \"spend(free)\" }\n");
  CHECK(run.outcomes.at(0).value() == Approx(year_of_use));
  CHECK(run.outcomes.at(1).value() == Approx(.6 * year_of_use));
  CHECK(run.outcomes.at(2).value() == Approx(.3 * year_of_use));
  CHECK(run.outcomes.at(3).value() == Approx(.025 * .3 * year_of_use));
  CHECK(run.outcomes.at(4).value() == 0);
}

TEST_CASE("a discount lowers a fee by a part of itself") {
  const Observed run = payments(
      "record: { every: 1 month }\nevents:\n"
      "  summer: { at: 2022-04-01, effects: [ { offer: { channel: abroad, to: all, discount: 20 %, for: 30 days } } ] "
      "}\n"
      "expect:\n"
      "  - spend(abroad) / use(abroad) = 2.5 % within 0.0001 % to 2022-04-01\n"
      "  - spend(abroad) / use(abroad) = 2 % within 0.0001 % from 2022-04-01 to 2022-05-01\n");
  for (const auto& expectation : run.expectations) {
    INFO(expectation.text + ": " + expectation.detail);
    CHECK(expectation.held);
  }
}
