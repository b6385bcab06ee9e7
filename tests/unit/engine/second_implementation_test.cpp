/// A whole scenario once more, by a simple second implementation: rank classes, Runge-Kutta in small steps, money added
/// up along the way. It shares the calibrated constants with the engine and nothing else, and checks these first.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>

using namespace loophole;
using namespace loophole::test;

namespace {

const char* const text = R"(schema: 1
title: everything at once
horizon: { from: 2024-01-01, to: 2024-12-01 }
record: { every: 1 month }
currency: USD
units: { tok: tokens }
unit_of_use: tok
actors:
  maker: { jurisdiction: US, kind: developer }
  cloud: { jurisdiction: US, kind: cloud }
  local: { jurisdiction: CN, kind: operator }
  rival: { jurisdiction: CN, kind: developer }
products:
  model: { developer: maker }
  other: { developer: rival }
channels:
  direct: { product: model, path: [maker], price: 6 USD/Mtok @assumption }
  vpn:    { like: direct, tags: [vpn] }
  resold: { product: model, path: [maker, cloud], price: 7 USD/Mtok @assumption }
  via:    { product: model, path: [maker, cloud, local], price: 8 USD/Mtok @assumption }
  home:   { product: other, path: [rival], price: 2 USD/Mtok @assumption }
x-segment: &segment
  jurisdiction: CN
  source: assumption
  firms: 1000
  initial_spend: 3 MUSD/month
  growth: { 2024-01-01: 5 %/month, 2024-05-01: -2 %/month }
  shares: { direct: 30 %, vpn: 20 %, resold: 10 %, via: 5 %, home: 25 %, outside: 10 % }
  tastes: { price: -1.1, price_offset: 0.5 USD/Mtok, compliance: -0.5 }
  switching: { voluntary: 1 %/month }
  reviews: { every: 12 months, noticed: 2 weeks, stranded: 10 days, attempt_fails: 40 % }
  demand: { elasticity: -0.7, reference_price: 6 USD/Mtok }
segments:
  start-ups: *segment
  giants:
    <<: *segment
    firms: 6
    initial_spend: 20 MUSD/month
    shares: { direct: 4 %, vpn: 6 %, resold: 50 %, via: 20 %, home: 20 %, outside: 0 % }
    switching: { cost: 2.5 }
    reviews: { every: 6 months, stranded: 3 weeks }
contracts:
  share: { payer: cloud, payee: maker, rate: { initially: 20 %, 2024-08-01: 10 %, source: assumption }, of: { developer: maker } }
  pass:  { payer: local, payee: cloud, rate: 90 % @assumption, of: { channel: via } }
rules:
  terms: { kind: provider-terms, issuer: maker, binds: { seller: maker }, in_force: yes, enforcement: 0 % @assumption }
events:
  announcement: { at: 2024-03-01 }
  cut-off:
    after: announcement
    delay: 14 days @assumption
    notice_from: announcement
    effects:
      - set:
          rule: terms
          source: assumption
          enforcement: [ { where: { tag: vpn }, is: 70 %, then: { 2024-06-01: 85 % } }, { else: 100 % } ]
  home-offer:
    after: announcement
    delay: 1 day @assumption
    effects: [ { offer: { channel: home, to: new, free: 500 Mtok/firm @assumption, switching: 50 % @assumption, for: 90 days @assumption } } ]
  price-cut: { at: 2024-07-10, effects: [ { set: { channel: resold, price: 3 USD/Mtok @assumption } } ] }
)";

enum { direct, vpn, resold, via, home, channels };
enum { outside = channels, stranded, home_joined, states };
constexpr std::size_t classes = 3;
constexpr std::array<double, classes + 1> ranks{0, 0.15, 0.3, 1};  // where the VPN will leak

/// Shares of all firms by class and state, then the integrals of q times the users, and of use in c*.
using State = std::array<double, classes * states + 2 * (channels + 1)>;
constexpr std::size_t use_at_index = classes * states;

struct World {
  std::array<double, channels> price{6e-6, 6e-6, 7e-6, 8e-6, 2e-6};
  std::array<double, channels> risk{1, 1, 0, 0, 0};
  std::array<bool, classes> direct_open{true, true, true}, vpn_open{true, true, true};
  std::array<bool, classes> direct_noticed{}, vpn_noticed{};
  bool offer = false;
  double free_part = 0;
  double growth = 0;  // per day
  double demand = 1;  // at the start of the stretch
};

struct Segment {
  std::array<double, channels> constant{};
  double cost = 0, base_use = 0, review = 0, noticed = 0, stranded_rate = 0;
  bool has_outside = false;
  double firms = 0;

  [[nodiscard]] double utility(const World& w, std::size_t c, double price) const {
    return constant[c] - 1.1 * std::log(price + 0.5e-6) - 0.5 * w.risk[c];
  }
  [[nodiscard]] double use(double price) const { return base_use * std::pow((price + 0.5e-6) / 6.5e-6, -0.7); }

  /// Probabilities of moving from a state to each other one, for a class.
  void choose(const World& w, std::size_t part, std::size_t from, std::array<double, states>& to) const {
    to.fill(0);
    double all = 0;
    const std::size_t using_channel = from == home_joined ? std::size_t{home} : from;
    for (std::size_t c = 0; c < channels; ++c) {
      const bool open = c == direct ? w.direct_open[part] && !w.direct_noticed[part]
                        : c == vpn  ? w.vpn_open[part] && !w.vpn_noticed[part]
                                    : true;
      if (!open) continue;
      const bool offered = c == home && w.offer;
      const double joining_price = w.price[c] * (offered ? 1 - w.free_part : 1);
      double weight = std::exp(utility(w, c, joining_price) - cost * (offered ? 0.5 : 1));
      std::size_t state = offered ? std::size_t{home_joined} : c;
      if (c == using_channel) {
        weight = std::exp(utility(w, c, from == home_joined ? joining_price : w.price[c]));
        state = from;
      }
      to[state] += weight;
      all += weight;
    }
    if (has_outside) {
      to[outside] = std::exp(from == outside ? 0 : -cost);
      all += to[outside];
    }
    for (double& p : to)
      p /= all;
  }

  [[nodiscard]] State slope(const World& w, const State& x, double demand) const {
    State d{};
    std::array<double, states> to{};
    for (std::size_t k = 0; k < classes; ++k)
      for (std::size_t i = 0; i < states; ++i) {
        const double here = x[k * states + i];
        const bool told = (i == direct && w.direct_noticed[k]) || (i == vpn && w.vpn_noticed[k]);
        const double rate = i == stranded ? stranded_rate : told ? noticed : review;
        if (here != 0) {
          choose(w, k, i, to);
          for (std::size_t j = 0; j < states; ++j)
            d[k * states + j] += here * rate * to[j];
          d[k * states + i] -= here * rate;
        }
        if (i >= channels && i != home_joined) continue;
        const std::size_t slot = i == home_joined ? std::size_t{channels} : i;
        const double price = i == home_joined ? w.price[home] * (1 - w.free_part) : w.price[i];
        d[use_at_index + 2 * slot] += firms * here * demand * use(price);
        d[use_at_index + 2 * slot + 1] += firms * here * demand * use(price) * price;
      }
    return d;
  }
};

State moved(const State& x, const State& d, double h) {
  State y = x;
  for (std::size_t i = 0; i < y.size(); ++i)
    y[i] += h * d[i];
  return y;
}

/// Runge-Kutta 4 in steps of a 32nd of a day.
void advance(const Segment& segment, World& w, State& x, double days) {
  constexpr int per_day = 32;
  constexpr double h = 1.0 / per_day;
  const int steps = static_cast<int>(std::lround(days * per_day));
  for (int n = 0; n < steps; ++n) {
    const auto q = [&](double t) { return w.demand * std::exp(w.growth * t); };
    const State k1 = segment.slope(w, x, q(0)), k2 = segment.slope(w, moved(x, k1, h / 2), q(h / 2));
    const State k3 = segment.slope(w, moved(x, k2, h / 2), q(h / 2)), k4 = segment.slope(w, moved(x, k3, h), q(h));
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    w.demand = q(h);
  }
}

void strand(State& x, std::size_t part, std::size_t channel_index) {
  x[part * states + stranded] += x[part * states + channel_index];
  x[part * states + channel_index] = 0;
}

}  // namespace

TEST_CASE("a whole scenario agrees with a second implementation in small steps") {
  const Observed run = observed(text);
  const auto& s = run.scenario();
  const double month = 30.436875;
  const char* const names[] = {"start-ups", "giants"};
  const std::array<std::array<double, channels + 1>, 2> initial{
      {{0.3, 0.2, 0.1, 0.05, 0.25, 0.1}, {0.04, 0.06, 0.5, 0.2, 0.2, 0}}};
  std::array<Segment, 2> segments;
  std::array<State, 2> x{};
  std::array<World, 2> w;
  double worst = 0;
  const auto agree = [&](double engine, double reference, double scale) {
    worst = std::max(worst, std::abs(engine - reference) / scale);
    return std::abs(engine - reference) <= 1e-9 * scale;
  };
  for (std::size_t n = 0; n < 2; ++n) {
    const market::SegmentConstants& constants = run.setup->segments[segment(s, names[n]).index].constants();
    Segment& unit = segments[n];
    std::copy(constants.of_alternative.begin(), constants.of_alternative.end(), unit.constant.begin());
    unit.cost = constants.switching_cost;
    unit.base_use = constants.base_use;
    unit.has_outside = n == 0;
    unit.firms = n == 0 ? 1000 : 6;
    unit.review = 1 / ((n == 0 ? 12 : 6) * month);
    unit.noticed = n == 0 ? 1 / 14.0 : unit.review;
    unit.stranded_rate = n == 0 ? 0.6 / 10 : 1 / 21.0;
    for (std::size_t k = 0; k < classes; ++k)
      for (std::size_t i = 0; i <= channels; ++i)
        x[n][k * states + i] = (ranks[k + 1] - ranks[k]) * initial[n][i];
    // Calibrated: nobody's share changes at first, one firm in a hundred moves a month, the spend is what it is said to
    // be.
    const State slope = unit.slope(w[n], x[n], 1);
    for (std::size_t i = 0; i <= channels; ++i) {
      double change = 0;
      for (std::size_t k = 0; k < classes; ++k)
        change += slope[k * states + i];
      CHECK(std::abs(change) < 1e-14);
    }
    double churn = 0, spend = 0;
    std::array<double, states> to{};
    for (std::size_t i = 0; i <= channels; ++i) {
      if (i == outside && n == 1) continue;
      unit.choose(w[n], 0, i, to);
      churn += initial[n][i] * unit.review * (1 - to[i]);
    }
    for (std::size_t i = 0; i < channels; ++i)
      spend += slope[use_at_index + 2 * i + 1];
    if (n == 0) CHECK(churn * month == Approx(0.01).epsilon(1e-10));
    CHECK(spend * month == Approx(n == 0 ? 3e6 : 20e6).epsilon(1e-10));
  }

  double paid_pass = 0, paid_share = 0, rate = 0.2;
  std::array<State, 2> settled = x;
  const auto settle = [&] {
    for (std::size_t n = 0; n < 2; ++n) {
      const auto spent = [&](std::size_t c) {
        return x[n][use_at_index + 2 * c + 1] - settled[n][use_at_index + 2 * c + 1];
      };
      paid_pass += 0.9 * spent(via);
      paid_share += rate * (spent(resold) + 0.9 * spent(via));
    }
    settled = x;
  };
  const auto compare = [&](const engine::Snapshot& at) {
    settle();
    for (std::size_t n = 0; n < 2; ++n) {
      const auto& state = run.of(at, names[n]);
      const auto total = [&](std::size_t i) { return x[n][i] + x[n][states + i] + x[n][2 * states + i]; };
      CHECK(agree(state.outside, total(outside), 1));
      CHECK(agree(state.stranded, total(stranded), 1));
      CHECK(agree(state.demand, w[n].demand, w[n].demand));
      const char* const on[] = {"direct", "vpn", "resold", "via", "home"};
      for (std::size_t c = 0; c < channels; ++c) {
        CAPTURE(to_string(at.at), names[n], on[c]);
        const auto& alternative = run.of(at, names[n], on[c]);
        const std::size_t slot = use_at_index + 2 * c, joined = use_at_index + 2 * channels;
        CHECK(agree(alternative.share, total(c) + (c == home ? total(home_joined) : 0), alternative.share + 1e-6));
        CHECK(agree(alternative.joined, c == home ? total(home_joined) : 0, 1));
        const double used = x[n][slot] + (c == home ? x[n][joined] : 0),
                     spent = x[n][slot + 1] + (c == home ? x[n][joined + 1] : 0);
        CHECK(agree(at.use(segment(s, names[n]), channel(s, on[c])), used, used + 1));
        CHECK(agree(at.spend(segment(s, names[n]), channel(s, on[c])), spent, spent + 1e-6));
      }
    }
    const auto paid = [&](const char* name) {
      double sum = 0;
      for (std::size_t n = 0; n < 2; ++n)
        for (std::size_t c = 0; c < channels; ++c)
          sum += at.balances.paid[contract(s, name)](SegmentId::of(n), ChannelId::of(c));
      return sum;
    };
    CHECK(agree(paid("pass"), paid_pass, paid_pass + 1));
    CHECK(agree(paid("share"), paid_share, paid_share + 1));
  };

  // The calendar: what changes at each date, and a comparison at every record.
  Time now = date("2024-01-01");
  const auto until = [&](const char* when) {
    for (std::size_t n = 0; n < 2; ++n)
      advance(segments[n], w[n], x[n], days_between(now, date(when)));
    now = date(when);
  };
  const auto each = [&](auto change) {
    for (std::size_t n = 0; n < 2; ++n)
      change(w[n], n);
  };
  each([&](World& world, std::size_t) { world.growth = std::log(1.05) / month; });
  compare(run.at("2024-01-01"));
  until("2024-02-01");
  compare(run.at("2024-02-01"));
  until("2024-03-01");
  each([&](World& world, std::size_t) {
    world.direct_noticed = {true, true, true};
    world.vpn_noticed = {false, false, true};
  });
  compare(run.at("2024-03-01"));
  until("2024-03-02");
  each([&](World& world, std::size_t n) {
    world.offer = true;
    const double window = segments[n].use(2e-6) * world.demand * std::expm1(world.growth * 90) / world.growth;
    world.free_part = std::min(1.0, 500e6 / window);
  });
  CHECK(w[0].free_part < 1);
  until("2024-03-15");
  each([&](World& world, std::size_t n) {
    world.direct_noticed = world.vpn_noticed = {};
    world.direct_open = {};
    world.vpn_open = {true, true, false};
    for (std::size_t k = 0; k < classes; ++k)
      strand(x[n], k, direct);
    strand(x[n], 2, vpn);
  });
  until("2024-04-01");
  compare(run.at("2024-04-01"));
  until("2024-05-01");
  each([&](World& world, std::size_t) { world.growth = std::log(0.98) / month; });
  compare(run.at("2024-05-01"));
  until("2024-05-31");
  each([&](World& world, std::size_t n) {
    world.offer = false;
    for (std::size_t k = 0; k < classes; ++k) {
      x[n][k * states + home] += x[n][k * states + home_joined];
      x[n][k * states + home_joined] = 0;
    }
  });
  until("2024-06-01");
  each([&](World& world, std::size_t n) {
    world.vpn_open = {true, false, false};
    strand(x[n], 1, vpn);
  });
  compare(run.at("2024-06-01"));
  until("2024-07-01");
  compare(run.at("2024-07-01"));
  until("2024-07-10");
  each([&](World& world, std::size_t) { world.price[resold] = 3e-6; });
  until("2024-08-01");
  compare(run.at("2024-08-01"));
  rate = 0.1;
  for (const char* when : {"2024-09-01", "2024-10-01", "2024-11-01", "2024-12-01"}) {
    until(when);
    compare(run.at(when));
  }
  CAPTURE(worst);
  CHECK(worst < 1e-9);
}
