// Fixed seeds. Each test case would fail a right program with a probability of 0.1 % at most.
#include "../../unit/market/examples.hpp"
#include "one_by_one.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/cohort_process.hpp>
#include <loophole/market/segment_process.hpp>

#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

using namespace loophole::market;
using namespace loophole::market::test;

namespace {

CohortSettings cohort_of(std::int64_t firms, const Conditions& c, std::int64_t step_days = 7) {
  CohortSettings settings{firms, step_days * loophole::seconds_per_day, "segment", {}};
  for (std::size_t i = 0; i < c.alternatives.size(); ++i)
    settings.alternatives.push_back("channel " + std::to_string(i));
  return settings;
}

/// Everything that can be seen, in a row.
std::vector<double> row_of(const SegmentState& s) {
  std::vector<double> row{s.outside, s.stranded, s.outside_days, s.stranded_days};
  for (const AlternativeState& a : s.alternatives)
    row.insert(row.end(), {a.share, a.joined, a.under_notice, a.use, a.spend, a.firm_days});
  return row;
}

/// What is seen of a year a little before each change, just after it, and somewhere between; `process` is started.
template <class Process>
std::vector<double> seen(Process& process, const std::vector<std::pair<double, Conditions>>& year) {
  std::vector<double> all;
  const auto look = [&](double when) {
    const std::vector<double> row = row_of(process.observe(day(when)));
    all.insert(all.end(), row.begin(), row.end());
  };
  for (std::size_t i = 0; i < year.size(); ++i) {
    const double next = i + 1 < year.size() ? year[i + 1].first : 365;
    if (i > 0) process.change(day(year[i].first), year[i].second);
    look(year[i].first);
    look(year[i].first + .6 * (next - year[i].first));
    look(next);
  }
  return all;
}

/// Means and variances, number by number, of what `replications` show.
struct Moments {
  std::vector<double> mean, variance;
};
Moments moments(const CohortProcess& prototype, const std::vector<std::pair<double, Conditions>>& year,
                std::uint32_t replications) {
  std::vector<double> sum, squares;
  for (std::uint32_t r = 0; r < replications; ++r) {
    CohortProcess process = prototype;
    process.begin(11, r);
    const std::vector<double> row = seen(process, year);
    sum.resize(row.size());
    squares.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      sum[i] += row[i];
      squares[i] += row[i] * row[i];
    }
  }
  Moments result{sum, squares};
  for (std::size_t i = 0; i < sum.size(); ++i) {
    result.mean[i] /= replications;
    result.variance[i] = std::max(0., squares[i] / replications - result.mean[i] * result.mean[i]);
  }
  return result;
}

}  // namespace

TEST_CASE("the mean over cohorts of whatever can be seen is the mean-field value, through an eventful year") {
  Conditions c = ordinary();
  std::int64_t firms = 300;
  std::int64_t step = 7;
  SECTION("as it is") {}
  SECTION("brought up to date every 45 days") { step = 45; }
  SECTION("six firms") { firms = 6; }
  SECTION("with nests") {
    c.nests = {.4};
    c.alternatives[0].nest = c.alternatives[1].nest = 0;
  }
  const auto year = eventful_year(c);
  SegmentProcess field;
  field.start(day(0), stationary(c), c);
  const std::vector<double> expected = seen(field, year);
  CohortProcess cohort;
  cohort.start(day(0), stationary(c), c, cohort_of(firms, c, step));
  constexpr std::uint32_t replications = 1500;
  const Moments found = moments(cohort, year, replications);
  REQUIRE(found.mean.size() == expected.size());
  // About a thousand numbers, each within 5.2 standard errors: 2e-7 of a normal law. What hardly any replication shows
  // has no such law, and is left out.
  double worst = 0;
  int compared = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double distance = std::abs(found.mean[i] - expected[i]);
    const double error = std::sqrt(found.variance[i] / replications);
    if (distance <= 1e-9 * expected[i] || error > .1 * expected[i]) continue;
    if (found.variance[i] == 0) continue;
    worst = std::max(worst, distance / error);
    ++compared;
  }
  CHECK(compared > 300);
  CHECK(worst <= 5.2);
}

TEST_CASE("the variance of shares falls as one over the number of firms") {
  const Conditions c = ordinary();
  const auto year = eventful_year(c);
  constexpr std::uint32_t replications = 1500;
  const auto variances = [&](std::int64_t firms) {
    CohortProcess cohort;
    cohort.start(day(0), stationary(c), c, cohort_of(firms, c));
    return moments(cohort, year, replications);
  };
  const Moments few = variances(400);
  const Moments many = variances(40'000'000);
  // The ratio of two variances of 1500 has a standard deviation of 5.2 %; some 500 shares that are not tiny are
  // compared.
  int compared = 0;
  for (std::size_t i = 0; i < few.mean.size(); ++i) {
    if (few.mean[i] < .02 || few.mean[i] > .98 || few.variance[i] == 0) continue;
    ++compared;
    if (std::abs(few.variance[i] / many.variance[i] / 1e5 - 1) > .26) FAIL_CHECK(i << ": " << few.variance[i]);
  }
  CHECK(compared > 100);
}

TEST_CASE("a cohort of five has the law of five firms that are followed one by one") {
  // Changes on and off the grid, and a last look off the grid. Few channels, so that few tables of counts occur.
  Conditions c = choosing({channel(1, 1), channel(.4, 1, .7), channel(-.3, 1)}, .05);
  c.outside_considered = true;
  c.outside_switching_cost = 1;
  c.attempt_fails = .4;
  std::vector<std::pair<double, Conditions>> year{{0, c}};
  c.alternatives[0].foreseen = .5;
  year.push_back({10, c});
  c.alternatives[2].allowance = true;
  c.alternatives[2].joining_utility = 1;
  year.push_back({14, c});
  c.alternatives[0].available = .5;
  year.push_back({25, c});
  c.alternatives[1].available = c.alternatives[1].foreseen = .3;
  year.push_back({30, c});
  c.alternatives[2].allowance = false;
  c.alternatives[2].joining_utility = -.3;
  year.push_back({41, c});
  constexpr double end = 52;
  constexpr int firms = 5;
  constexpr std::uint32_t replications = 20'000;
  const Distribution initial = stationary(year[0].second);

  using Table = std::vector<int>;
  std::map<Table, std::pair<double, double>> laws;  // how often counted, how often followed
  // At day 35, and in the end: the two together, so that what a state remembers of the past matters too.
  CohortProcess prototype;
  prototype.start(day(0), initial, year[0].second, cohort_of(firms, c));
  const auto add = [](Table& table, const SegmentState& s) {
    for (const double share : {s.stranded, s.alternatives[0].share, s.alternatives[2].share, s.alternatives[2].joined})
      table.push_back(static_cast<int>(std::lround(share * firms)));
  };
  for (std::uint32_t r = 0; r < replications; ++r) {
    CohortProcess cohort = prototype;
    cohort.begin(3, r);
    Table table;
    for (std::size_t i = 1; i < year.size(); ++i) {
      if (i + 1 == year.size()) add(table, cohort.observe(day(35)));
      cohort.change(day(year[i].first), year[i].second);
    }
    const SegmentState s = cohort.observe(day(end));
    table.push_back(static_cast<int>(std::lround(s.stranded * firms)));
    table.push_back(static_cast<int>(std::lround(s.alternatives[0].share * firms)));
    ++laws[table].first;
  }
  OneByOne simulation(5);
  for (std::uint32_t r = 0; r < replications; ++r) {
    std::vector<Firm> all = simulation.start(firms, initial, year[0].second);
    const auto count = [&](auto which) { return static_cast<int>(std::count_if(all.begin(), all.end(), which)); };
    const auto is_stranded = [](const Firm& f) { return f.at == Firm::At::stranded; };
    const auto uses = [](std::size_t i) {
      return [i](const Firm& f) { return f.at == Firm::At::user && f.channel == i; };
    };
    Table table;
    for (std::size_t i = 0; i < year.size(); ++i) {
      OneByOne::adopt(all, year[i].second);
      if (i + 2 == year.size()) {
        simulation.live(all, year[i].second, 35 - year[i].first);
        table = {count(is_stranded), count(uses(0)), count(uses(2)), count([&](const Firm& f) { return f.joined; })};
        simulation.live(all, year[i].second, year[i + 1].first - 35);
      } else {
        simulation.live(all, year[i].second, (i + 1 < year.size() ? year[i + 1].first : end) - year[i].first);
      }
    }
    table.push_back(count(is_stranded));
    table.push_back(count(uses(0)));
    ++laws[table].second;
  }
  double statistic = 0, rest_counted = 0, rest_followed = 0, cells = 0;
  const auto cell = [&](double a, double b) {
    if (a + b == 0) return;
    statistic += (a - b) * (a - b) / (a + b);
    ++cells;
  };
  for (const auto& [table, law] : laws) {
    if (law.first + law.second < 20) {
      rest_counted += law.first;
      rest_followed += law.second;
    } else {
      cell(law.first, law.second);
    }
  }
  cell(rest_counted, rest_followed);
  CHECK(cells > 100);
  CHECK(statistic <= boost::math::quantile(boost::math::chi_squared(cells - 1), .999));
}
