/// Bills taken through their course alone, many times: no firms, no money, only what policy decides.
#pragma once

#include "../../unit/world/written.hpp"
#include <loophole/policy/bill.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace loophole::test {

/// A scenario of ten years with one bill, `act`, introduced on its first day; `more` adds keys to the bill.
inline std::string one_bill(const std::string& more, const std::string& frame = "as_of: 2020-01-01") {
  return R"(schema: 1
title: one bill
horizon: { from: 2020-01-01, to: 2040-01-01 }
)" + frame +
         R"(
currency: USD
units: { tok: tokens }
unit_of_use: tok
actors: { maker: { jurisdiction: US, kind: developer } }
products: { model: { developer: maker } }
channels: { direct: { product: model, path: [maker], price: 6 USD/Mtok @assumption } }
segments:
  firms:
    { jurisdiction: CN, source: assumption, firms: 10, initial_spend: 1 MUSD/month, shares: { direct: 90 %, outside: 10 % },
      switching: { voluntary: 1 %/month }, reviews: { every: 12 months } }
variables: { mood: { initially: 0.7 @assumption } }
bills:
  act:
    source: assumption
    introduced: 2020-01-01
)" + more;
}

/// When the bill first came to each of its events.
using Course = std::map<std::string, Time>;

/// The courses of the bill in replications 0, 1, …, `value` being that of every variable.
inline std::vector<Course> courses(const std::string& text, std::uint32_t replications, double value = 0) {
  const auto file = written(text);
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  const scenario::Scenario& scenario = model.scenario();
  const BillId bill = BillId::of(0);
  policy::BillLuck luck(7, 0);
  std::vector<Course> all;
  for (std::uint32_t r = 0; r < replications; ++r) {
    luck.set_replication(r);
    policy::BillState state = policy::bill_before(model, bill);
    Course course;
    const auto happens = [&](EventId event, Time at) {
      course.emplace(scenario.events[event].name.substr(4), at);
      policy::reach(model, bill, state, event, at);
    };
    while (const auto turn = policy::next_turn(model, bill, state, luck)) {
      const EventId event = policy::decide(model, bill, state, *turn, luck, [&](VariableId) { return value; });
      if (!event.exists()) {
        policy::miss(state, *turn);
        continue;
      }
      happens(event, turn->at);
      for (const scenario::Effect& effect : scenario.events[event].effects)
        if (const auto* emit = std::get_if<scenario::Emit>(&effect);
            emit && emit->event == scenario.bills[bill].incorporated)
          happens(emit->event, turn->at);
    }
    all.push_back(std::move(course));
  }
  return all;
}

/// Days from `start` to the event, sorted, in the courses that came to it.
inline std::vector<double> days(const std::vector<Course>& all, const std::string& event, const char* start) {
  std::vector<double> found;
  for (const Course& course : all)
    if (const auto at = course.find(event); at != course.end()) found.push_back(days_between(date(start), at->second));
  std::sort(found.begin(), found.end());
  return found;
}

inline double part(const std::vector<Course>& all, const std::string& event) {
  const auto count = std::count_if(all.begin(), all.end(), [&](const Course& c) { return c.count(event) != 0; });
  return static_cast<double>(count) / static_cast<double>(all.size());
}

/// How far a part of n is from its probability, in standard deviations.
inline double deviation(double part, double probability, double n) {
  return std::abs(part - probability) / std::sqrt(probability * (1 - probability) / n);
}

/// sqrt(n) times the largest distance between a sample's distribution and the law.
template <class Law>
double distance(const std::vector<double>& sample, Law law) {
  const auto n = static_cast<double>(sample.size());
  double worst = 0;
  for (std::size_t i = 0; i < sample.size(); ++i)
    worst = std::max({worst, std::abs(law(sample[i]) - static_cast<double>(i) / n),
                      std::abs(law(sample[i]) - static_cast<double>(i + 1) / n)});
  return worst * std::sqrt(n);
}

/// Pearson's statistic over the limit that it exceeds once in a thousand (Wilson and Hilferty 1931).
inline double chi_square(const std::vector<double>& counts, const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  const auto df = static_cast<double>(counts.size() - 1);
  return sum / (df * std::pow(1 - 2 / (9 * df) + 3.0902 * std::sqrt(2 / (9 * df)), 3));
}

}  // namespace loophole::test
