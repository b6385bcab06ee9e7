#include <loophole/analysis/backtest.hpp>
#include <loophole/analysis/score.hpp>
#include <loophole/base/units.hpp>
#include <loophole/record/csv.hpp>
#include <loophole/record/statistics.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {

using scenario::Observation;
using scenario::ObservedDate;
using scenario::ObservedQuantity;
using scenario::ObservedSentence;

namespace {

double days_of(Time time) { return days_between(Time{0}, time); }

void score_probability(Score& score, const Forecasts& forecasts, double low, double high, bool happened) {
  std::size_t within = 0;
  for (const std::optional<double>& forecast : forecasts) {
    if (!forecast) continue;
    ++score.n;
    if (*forecast >= low && *forecast <= high) ++within;
  }
  if (score.n == 0) return;
  score.probability = static_cast<double>(within) / static_cast<double>(score.n);
  score.brier = brier(*score.probability, happened);
  score.log_score = log_score(*score.probability, happened);
}

void score_values(Score& score, const std::vector<double>& values, double observed) {
  score.n = values.size();
  const auto found = record::spread(values);
  if (!found) return;
  score.mean = found->mean;
  score.q05 = found->q05;
  score.q50 = found->q50;
  score.q95 = found->q95;
  score.crps = fair_crps(values, observed);
  score.within_90 = found->q05 <= observed && observed <= found->q95;
}

Score score_of(const Observation& observation, const Forecasts& forecasts) {
  Score score;
  if (const auto* said = std::get_if<ObservedSentence>(&observation.what)) {
    score.kind = Score::Kind::sentence;
    score_probability(score, forecasts, 1, 1, said->held);
  } else if (const auto* dated = std::get_if<ObservedDate>(&observation.what)) {
    score.kind = Score::Kind::date;
    // What has not come by then counts as coming then, in the forecast as in the world: the score up to `by`.
    std::vector<double> days;
    std::size_t in_time = 0;
    for (const std::optional<double>& forecast : forecasts) {
      days.push_back(std::min(forecast.value_or(days_of(dated->by)), days_of(dated->by)));
      if (forecast) ++in_time;
    }
    if (!days.empty()) score.probability = static_cast<double>(in_time) / static_cast<double>(days.size());
    score_values(score, days, std::min(days_of(dated->happened), days_of(dated->by)));
  } else {
    const auto& measured = std::get<ObservedQuantity>(observation.what);
    score.kind = measured.is_range ? Score::Kind::range : Score::Kind::quantity;
    std::vector<double> values;
    for (const std::optional<double>& forecast : forecasts)
      if (forecast) values.push_back(*forecast);
    score_values(score, values, measured.low);
    if (measured.is_range) {
      score.crps.reset();
      score.within_90.reset();
      score.n = 0;
      score_probability(score, forecasts, measured.low, measured.high, true);
    }
  }
  return score;
}

const char* name_of(Score::Kind kind) {
  switch (kind) {
    case Score::Kind::sentence:
      return "sentence";
    case Score::Kind::date:
      return "date";
    case Score::Kind::quantity:
      return "quantity";
    case Score::Kind::range:
      return "range";
  }
  return "";
}

}  // namespace

std::optional<double> Score::given_to_what_happened() const {
  if (is_known || !probability || kind == Kind::date || kind == Kind::quantity) return std::nullopt;
  const auto* said = std::get_if<ObservedSentence>(&observation->what);
  return said && !said->held ? 1 - *probability : *probability;
}

Backtest backtest(const std::string& name, const scenario::Scenario& scenario,
                  const std::vector<Observation>& observations, const std::vector<Forecasts>& forecasts) {
  Backtest result{name, &scenario, 0, {}};
  for (std::size_t i = 0; i < observations.size(); ++i) {
    result.replications = forecasts[i].size();
    const bool is_known = observations[i].observed <= scenario.as_of;
    // Nothing of the forecast is said where the answer was known: it would look like skill.
    Score score = score_of(observations[i], is_known ? Forecasts{} : forecasts[i]);
    score.observation = &observations[i];
    score.is_known = is_known;
    result.scores.push_back(score);
  }
  return result;
}

std::string scores_table(const Backtest& backtest) {
  record::Csv csv(
      "scenario,observation,kind,as_of,observed,n,probability,mean,q05,q50,q95,outcome,score,score_name,reference,"
      "within_90");
  for (const Score& score : backtest.scores) {
    const Observation& observation = *score.observation;
    const auto value = [&](std::optional<double> number) {
      if (score.kind == Score::Kind::date && number)
        csv.cell(Time{std::llround(*number * static_cast<double>(seconds_per_day))});
      else
        csv.cell(number);
    };
    const auto row = [&](std::optional<double> number, const char* name, std::optional<double> reference) {
      csv.cell(backtest.scenario).cell(observation.name).cell(name_of(score.kind));
      csv.cell(backtest.about->as_of).cell(observation.observed).cell(std::uint64_t{score.n}).cell(score.probability);
      for (const auto& each : {score.mean, score.q05, score.q50, score.q95})
        value(each);
      if (const auto* said = std::get_if<ObservedSentence>(&observation.what))
        csv.cell(said->held ? "yes" : "no");
      else if (const auto* dated = std::get_if<ObservedDate>(&observation.what))
        csv.cell(dated->happened);
      else if (const auto& measured = std::get<ObservedQuantity>(observation.what); measured.is_range)
        csv.cell(to_text(measured.low) + ".." + to_text(measured.high));
      else
        csv.cell(measured.low);
      csv.cell(number).cell(name).cell(reference);
      score.within_90 ? csv.cell(*score.within_90 ? "yes" : "no") : csv.empty();
      csv.end_row();
    };
    if (score.brier) row(score.brier, "brier", coin_brier);
    if (score.log_score) row(score.log_score, "log", std::log(2.0));
    if (score.crps) row(score.crps, score.kind == Score::Kind::date ? "crps days" : "crps", std::nullopt);
    if (!score.brier && !score.crps) row(std::nullopt, score.is_known ? "known at as_of" : "undefined", std::nullopt);
  }
  return csv.take();
}

}  // namespace loophole::analysis
