/// Bills against closed forms. Seeds are fixed; each comparison would fail for one seed in a thousand if all is right
/// (3.3 standard deviations, Kolmogorov's 1.95, the 99.9 % quantile of chi-square).
#include "courses.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

constexpr std::uint32_t n = 20000;
constexpr double limit = 3.3;
constexpr double kolmogorov = 1.95;

/// Three exponential stages with rates 1, 2 and 3 per 60 days: (1 - e^(-t/60))^3.
const char* const three_stages = R"(    stages:
      - { status: REPORTED, takes: { exponential: 60 days }, passes: 100 % }
      - { status: "PASSED:BILL", takes: { exponential: 30 days }, passes: 100 % }
      - { status: "ENACTED:SIGNED", takes: { exponential: 20 days }, passes: 100 % }
)";

double three_stages_by(double t) { return std::pow(-std::expm1(-t / 60), 3); }

/// The number of days from the start to the first of each month.
std::vector<double> months(int count) {
  std::vector<double> found;
  for (int m = 0; m <= count; ++m)
    found.push_back(days_between(date("2020-01-01"), date("2020-01-01") + Span{m, 0}));
  return found;
}

/// Counts of a sorted sample by month, and what lies beyond.
std::vector<double> by_month(const std::vector<double>& sample, const std::vector<double>& starts, double all) {
  std::vector<double> counts;
  double before = 0;
  for (std::size_t m = 1; m < starts.size(); ++m) {
    const auto up_to = static_cast<double>(std::lower_bound(sample.begin(), sample.end(), starts[m]) - sample.begin());
    counts.push_back(up_to - before);
    before = up_to;
  }
  counts.push_back(all - before);
  return counts;
}

}  // namespace

TEST_CASE("exponential stages with rates 1, 2, 3 are done by t with probability (1 - e^-t)^3, month by month") {
  const auto at = days(courses(one_bill(three_stages), n), "ENACTED:SIGNED", "2020-01-01");
  CHECK(at.size() == n);
  CHECK(distance(at, three_stages_by) < kolmogorov);
  const auto starts = months(12);
  std::vector<double> expected;
  for (std::size_t m = 1; m < starts.size(); ++m)
    expected.push_back(n * (three_stages_by(starts[m]) - three_stages_by(starts[m - 1])));
  expected.push_back(n * (1 - three_stages_by(starts.back())));
  CHECK(chi_square(by_month(at, starts, n), expected) < 1);
}

TEST_CASE("what is not enacted when the Congress ends lapses: the law of the time is cut off there") {
  const auto all = courses(one_bill(std::string(three_stages) + "    expires: 2020-05-01\n"), n);
  const double in_time = three_stages_by(days_between(date("2020-01-01"), date("2020-05-01")));
  CHECK(deviation(part(all, "ENACTED:SIGNED"), in_time, n) < limit);
  CHECK(part(all, "ENACTED:SIGNED") + part(all, "LAPSED") == 1);
  const auto at = days(all, "ENACTED:SIGNED", "2020-01-01");
  CHECK(distance(at, [&](double t) { return three_stages_by(t) / in_time; }) < kolmogorov);
  for (const Course& course : all)
    if (course.count("LAPSED") != 0) CHECK(course.at("LAPSED") == date("2020-05-01"));
}

TEST_CASE("an absorbing chain of discrete stages ends where the product of its probabilities says") {
  const auto all = courses(one_bill(R"(    stages:
      - { status: REPORTED, takes: { discrete: [ { value: 30 days, probability: 40 % }, { value: 60 days, probability: 60 % } ] }, passes: 90 % }
      - { status: "PASS_OVER:HOUSE", takes: { discrete: [ { value: 30 days, probability: 25 % }, { value: 90 days, probability: 75 % } ] }, passes: 60 % }
      - { status: "ENACTED:TENDAYRULE", takes: 10 days, passes: 20 % }
)"),
                           n);
  CHECK(deviation(part(all, "REPORTED"), .9, n) < limit);
  CHECK(deviation(part(all, "PASS_OVER:HOUSE"), .9 * .6, n) < limit);
  CHECK(deviation(part(all, "ENACTED:TENDAYRULE"), .9 * .6 * .2, n) < limit);
  CHECK(part(all, "ENACTED:TENDAYRULE") + part(all, "FAILED") == 1);
  // Passage is independent of duration, so those enacted took as long as all: 70, 100, 130 or 160 days.
  const auto at = days(all, "ENACTED:TENDAYRULE", "2020-01-01");
  std::map<double, double> counts;
  for (const double each : at)
    ++counts[each];
  const auto enacted = static_cast<double>(at.size());
  CHECK(chi_square({counts[70], counts[100], counts[130], counts[160]},
                   {.4 * .25 * enacted, .6 * .25 * enacted, .4 * .75 * enacted, .6 * .75 * enacted}) < 1);
  CHECK(counts.size() == 4);
}

TEST_CASE("stages that take a geometric number of months are done in a negative binomial number of them") {
  // Months to the first success with probability 1/2 each, cut off at 12, where 1/2^11 of the law is left.
  std::string law;
  double left = 100;
  for (int m = 1; m <= 12; ++m) {
    const double p = m < 12 ? left / 2 : left;
    law += (m == 1 ? "" : ", ") + ("{ value: " + std::to_string(30 * m) + " days, probability: ") + to_text(p) + " % }";
    left -= p;
  }
  const std::string stage = ", takes: { discrete: [ " + law + " ] }, passes: 100 % }\n";
  const auto all = courses(
      one_bill("    stages:\n      - { status: REPORTED" + stage + "      - { status: \"ENACTED:SIGNED\"" + stage), n);
  const auto at = days(all, "ENACTED:SIGNED", "2020-01-01");
  std::vector<double> counts, expected;
  double rest = n, expected_rest = n;
  for (int m = 2; m <= 10; ++m) {
    const auto [low, high] = std::equal_range(at.begin(), at.end(), 30.0 * m);
    counts.push_back(static_cast<double>(high - low));
    expected.push_back(double{n} * (m - 1) * std::pow(.5, m));
    rest -= counts.back();
    expected_rest -= expected.back();
  }
  counts.push_back(rest);
  expected.push_back(expected_rest);
  CHECK(chi_square(counts, expected) < 1);
}

TEST_CASE("competing hazards win in proportion to their rates, and a vehicle comes once") {
  // Per day: the main path 1/100, a vehicle 1/50, another one that carries the text half of the time 1/200.
  const auto all =
      courses(one_bill(R"(    stages: [ { status: "ENACTED:SIGNED", takes: { exponential: 100 days }, passes: 100 % } ]
    vehicles:
      one: { takes: { exponential: 50 days }, carries: 100 % }
      two: { takes: { exponential: 200 days }, carries: 50 % }
)"),
              n);
  const double all_rates = 1.0 / 100 + 1.0 / 50 + 1.0 / 200;
  // The second vehicle comes first and leaves without the text: then two are left.
  const double two_left = .5 / 200 / all_rates;
  const double main = 1.0 / 100 / all_rates + two_left * 1.0 / 3;
  CHECK(deviation(part(all, "ENACTED:SIGNED"), main, n) < limit);
  CHECK(deviation(part(all, "two"), two_left, n) < limit);
  CHECK(part(all, "ENACTED:SIGNED") + part(all, "ENACTED:INCORPORATION") == 1);
  CHECK(part(all, "one") + part(all, "two") == part(all, "ENACTED:INCORPORATION"));
}

TEST_CASE("two vehicles and the main path: the winner is independent of when it wins") {
  const auto all =
      courses(one_bill(R"(    stages: [ { status: "ENACTED:SIGNED", takes: { exponential: 100 days }, passes: 100 % } ]
    vehicles: { one: { takes: { exponential: 50 days }, carries: 100 % } }
)"),
              n);
  CHECK(deviation(part(all, "ENACTED:SIGNED"), 1.0 / 3, n) < limit);
  const auto law = [](double t) { return -std::expm1(-t * 3 / 100); };
  CHECK(distance(days(all, "ENACTED:SIGNED", "2020-01-01"), law) < kolmogorov);
  CHECK(distance(days(all, "ENACTED:INCORPORATION", "2020-01-01"), law) < kolmogorov);
}

TEST_CASE("a vehicle takes the text only from the stage on that it waits for, and never after the Congress") {
  const std::string stages = R"(    expires: 2021-01-01
    stages:
      - { status: "PASS_OVER:HOUSE", takes: { exponential: 100 days }, passes: 60 % }
      - { status: "ENACTED:SIGNED", takes: 400 days, passes: 100 % }
)";
  const auto all = courses(
      one_bill(
          stages +
          "    vehicles: { ndaa: { at: 2020-12-20, known: 2020-01-01, from: \"PASS_OVER:HOUSE\", carries: 30 % } }\n"),
      n);
  const double passed = .6 * -std::expm1(-days_between(date("2020-01-01"), date("2020-12-20")) / 100);
  CHECK(deviation(part(all, "ENACTED:INCORPORATION"), passed * .3, n) < limit);
  CHECK(part(all, "ENACTED:SIGNED") == 0);
  const auto late = courses(
      one_bill(stages + "    vehicles: { ndaa: { at: 2021-01-01, known: 2020-01-01, carries: 100 % } }\n"), 200);
  CHECK(part(late, "ENACTED:INCORPORATION") == 0);
}

TEST_CASE("a stage that is still open at as_of is drawn given that it has lasted") {
  const auto at_as_of = [](const std::string& law) {
    return days(
        courses(one_bill("    stages: [ { status: \"ENACTED:SIGNED\", takes: { " + law + " }, passes: 100 % } ]\n",
                         "as_of: 2020-03-31"),
                n),
        "ENACTED:SIGNED", "2020-01-01");  // 90 days
  };
  const auto memoryless = at_as_of("exponential: 100 days");
  CHECK(distance(memoryless, [](double t) { return -std::expm1(-(t - 90) / 100); }) < kolmogorov);
  const auto uniform = at_as_of("uniform: [30 days, 200 days]");
  CHECK(distance(uniform, [](double t) { return (t - 90) / 110; }) < kolmogorov);
  const auto survival = [](double t) { return std::exp(-std::pow(t / 120, 2)); };
  const auto weibull = at_as_of("weibull: [2, 120 days]");
  CHECK(distance(weibull, [&](double t) { return 1 - survival(t) / survival(90); }) < kolmogorov);
  for (const auto* sample : {&memoryless, &uniform, &weibull})
    CHECK(sample->front() >= 90);
}

TEST_CASE("reintroductions sum a geometric series") {
  // Each Congress enacts with probability 30 %; three more may follow, each with 80 %.
  const auto all = courses(one_bill(R"(    expires: 2021-01-01
    stages: [ { status: "ENACTED:SIGNED", takes: 100 days, passes: 30 % } ]
    reintroduced: { probability: 80 %, after: { uniform: [30 days, 200 days] }, expires: 1 year, times: 3 }
)"),
                           n);
  double enacted = 0;
  for (int k = 0; k <= 3; ++k)
    enacted += .3 * std::pow(.8 * .7, k);
  CHECK(deviation(part(all, "ENACTED:SIGNED"), enacted, n) < limit);
  for (int k = 0; k <= 3; ++k) {
    const Time from = date("2020-01-01") + Span{12 * k, 0}, to = date("2020-01-01") + Span{12 * (k + 1), 0};
    const auto count = std::count_if(all.begin(), all.end(), [&](const Course& course) {
      const auto at = course.find("ENACTED:SIGNED");
      return at != course.end() && from <= at->second && at->second < to;
    });
    CHECK(deviation(static_cast<double>(count) / n, .3 * std::pow(.8 * .7, k), n) < limit);
  }
}

TEST_CASE("the longer nobody has reintroduced a bill, the less likely it is that somebody will") {
  // As of 100 days after the end of the Congress, half of the time has gone by.
  const double still = .8 * .5 / (.2 + .8 * .5);
  std::size_t again = 0;
  const auto file = written(one_bill(R"(    expires: 2021-01-01
    stages: [ { status: "ENACTED:SIGNED", takes: 10 days, passes: 100 % } ]
    history: { LAPSED: 2021-01-01 }
    reintroduced: { probability: 80 %, after: { uniform: [0 days, 200 days] }, expires: 2 years }
)",
                                     "as_of: 2021-04-11"));
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  policy::BillLuck luck(7, 0);
  policy::BillState state = policy::bill_before(model, BillId::of(0));
  policy::reach(model, BillId::of(0), state, file.scenario.bills[BillId::of(0)].introduced, date("2020-01-01"));
  policy::reach(model, BillId::of(0), state, file.scenario.bills[BillId::of(0)].lapsed, date("2021-01-01"));
  std::vector<double> when;
  for (std::uint32_t r = 0; r < n; ++r) {
    luck.set_replication(r);
    if (const auto turn = policy::next_turn(model, BillId::of(0), state, luck)) {
      ++again;
      when.push_back(days_between(date("2021-01-01"), turn->at));
    }
  }
  std::sort(when.begin(), when.end());
  CHECK(deviation(static_cast<double>(again) / n, still, n) < limit);
  CHECK(distance(when, [](double t) { return (t - 100) / 100; }) < kolmogorov);
}

TEST_CASE("logit_shift multiplies the odds by e to the coefficient times the variable") {
  const std::string text = one_bill(
      "    stages: [ { status: \"ENACTED:SIGNED\", takes: 10 days, passes: 60 %, logit_shift: { mood: -1.5 } } ]\n");
  for (const double mood : {0.0, 0.7, -2.0}) {
    CAPTURE(mood);
    const double odds = .6 / .4 * std::exp(-1.5 * mood);
    CHECK(deviation(part(courses(text, n, mood), "ENACTED:SIGNED"), odds / (1 + odds), n) < limit);
  }
  CHECK(policy::shifted_probability(1, -50) == 1);
  CHECK(policy::shifted_probability(0, 50) == 0);
}

TEST_CASE("a veto is overridden as often as said, after its time") {
  const auto all = courses(one_bill(R"(    stages:
      - { status: "ENACTED:SIGNED", takes: 10 days, passes: 70 %, override: { passes: 40 %, takes: { exponential: 20 days } } }
)"),
                           n);
  CHECK(deviation(part(all, "PROV_KILL:VETO"), .3, n) < limit);
  CHECK(deviation(part(all, "ENACTED:VETO_OVERRIDE"), .3 * .4, n) < limit);
  CHECK(deviation(part(all, "FAILED"), .3 * .6, n) < limit);
  CHECK(part(all, "ENACTED:SIGNED") + part(all, "PROV_KILL:VETO") == 1);
  const auto at = days(all, "ENACTED:VETO_OVERRIDE", "2020-01-11");
  CHECK(distance(at, [](double t) { return -std::expm1(-t / 20); }) < kolmogorov);
}

TEST_CASE("better odds in an arm enact what was enacted and more, on the same days") {
  const auto with = [](const std::string& passes) {
    return courses(one_bill("    stages: [ { status: REPORTED, takes: { exponential: 60 days }, passes: " + passes +
                            " }, { status: \"ENACTED:SIGNED\", takes: { exponential: 20 days }, passes: 50 % } ]\n"),
                   1000);
  };
  const auto base = with("40 %"), arm = with("60 %");
  std::size_t more = 0;
  for (std::size_t r = 0; r < base.size(); ++r) {
    const auto before = base[r].find("ENACTED:SIGNED"), after = arm[r].find("ENACTED:SIGNED");
    if (before != base[r].end()) {
      REQUIRE(after != arm[r].end());
      CHECK(after->second == before->second);
    }
    more += after != arm[r].end() && before == base[r].end();
  }
  CHECK(more > 50);
}
