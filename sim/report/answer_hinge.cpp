#include "answer_parts.hpp"
#include "spoken.hpp"
#include <loophole/analysis/data.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/regression.hpp>
#include <loophole/base/rounding.hpp>
#include <loophole/random/entity.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace loophole::report {
namespace {

/// Below this a rank correlation is not worth a sentence.
constexpr double weak = 0.2;
/// A study may have very many points: about so many tell a rank correlation well enough.
constexpr std::size_t enough_points = 20'000;

/// All of few, and of many those that a hash chooses: a regular choice would meet the regularity of a design.
std::vector<std::size_t> chosen(std::size_t points) {
  std::vector<std::size_t> all;
  const double part = static_cast<double>(enough_points) / static_cast<double>(std::max(points, enough_points));
  for (std::size_t point = 0; point < points; ++point) {
    const std::uint64_t hash = random::Entity::named("points").with(random::Entity::numbered(point)).id;
    if (points <= enough_points || static_cast<double>(hash) * 0x1p-64 < part) all.push_back(point);
  }
  return all;
}

/// Spearman's, of an input of points with the means of an outcome there, as far as both are defined; 0 where it may be
/// chance: below two standard errors of what independent ranks give, 1/sqrt(n - 1).
double rank_correlation(const std::vector<double>& input, const std::vector<double>& means) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < input.size(); ++i)
    if (!std::isnan(input[i]) && !std::isnan(means[i])) {
      x.push_back(input[i]);
      y.push_back(means[i]);
    }
  if (x.size() < 10) return 0;
  // Of one factor the standardised coefficient is the correlation.
  const auto fit = analysis::linear_fit({analysis::ranks(x)}, analysis::ranks(y));
  if (!fit) return 0;
  const double found = fit->coefficients[0];
  return std::abs(found) < 2 / std::sqrt(static_cast<double>(x.size() - 1)) ? 0 : found;
}

std::string parameter_called(const Material& material, const std::string& name) {
  const std::string label = material.results.label(material.names().front(), "uncertainties", name);
  return label == name ? name : fmt::format("{} ({})", label, name);
}

/// Levers are chosen; it is about what is not.
bool is_lever(const Material& material, const std::string& name) {
  const scenario::ScenarioFile* const base = material.scenario(material.names().front());
  if (!base) return false;
  const auto& all = base->scenario.parameters;
  return std::any_of(all.begin(), all.end(), [&](const scenario::Parameter& each) {
    return each.kind == scenario::Parameter::Kind::lever && each.name == name;
  });
}

/// Of the outcomes in turn, the input that orders them most; two inputs at most.
Sentence of_inputs(const Material& material) {
  if (!material.results.has("samples") && material.results.kind != ResultKind::study) return {};
  analysis::RunsRequest request = analysis::sampled_runs_in(material.results.folder);
  request.scenario = material.names().front();
  const auto runs = analysis::read_runs(request);
  if (!runs) return {};
  const analysis::Points points = analysis::sampled_points_of(*runs, 0);
  const std::vector<std::size_t> looked_at = chosen(points.size());
  const auto at_points = [&](auto value) {
    std::vector<double> values(looked_at.size());
    std::transform(looked_at.begin(), looked_at.end(), values.begin(), value);
    return values;
  };
  std::vector<std::string> parts;
  std::set<std::string> named;
  for (const analysis::DataColumn& outcome : runs->outcomes) {
    const std::vector<double> all_means = analysis::means_of(points, outcome.values).means;
    const auto means = at_points([&](std::size_t point) { return all_means[point]; });
    const analysis::DataColumn* most = nullptr;
    double largest = weak;
    for (const analysis::DataColumn& input : runs->inputs) {
      if (input.is_categorical() || is_lever(material, input.name)) continue;
      const double found =
          rank_correlation(at_points([&](std::size_t point) { return input.values[points.row(point)]; }), means);
      if (std::abs(found) <= std::abs(largest)) continue;
      largest = found;
      most = &input;
    }
    if (!most || !named.insert(most->name).second) continue;
    parts.push_back(fmt::format("{} {} with {} (rank correlation {:.2f})", outcome_called(material, outcome.name),
                                largest > 0 ? "rises" : "falls", parameter_called(material, most->name), largest));
    if (parts.size() == 2) break;
  }
  if (parts.empty()) return {};
  return {fmt::format("It hinges on what nobody controls: {}.", spoken(parts)),
          {"outcomes.csv", material.results.has("samples") ? "samples.csv" : "experiments.csv"}};
}

/// Of the arms, the one that by itself moves most outcomes furthest, and how many changes are noise.
Sentence of_arms(const Material& material) {
  struct Furthest {
    double change = 0;
    std::set<std::string> arms;  // that change it so much
  };
  std::map<std::string, Furthest> furthest;  // by outcome
  std::size_t unclear = 0;
  for (const ComparisonLine& line : material.comparison) {
    if (!(line.mc_low > 0 || line.mc_high < 0)) {
      ++unclear;
      continue;
    }
    Furthest& most = furthest[line.outcome];
    const double further = difference(std::abs(line.difference), most.change);
    if (further > 0) most = {std::abs(line.difference), {}};
    if (further >= 0) most.arms.insert(line.other);
  }
  if (furthest.empty())
    return {"Nothing hinges on the choice: no change is larger than its error.", {"comparison.csv"}};
  std::map<std::string, std::size_t> wins;
  std::size_t ties = 0;
  for (const auto& [outcome, most] : furthest)
    most.arms.size() == 1 ? ++wins[*most.arms.begin()] : ++ties;
  if (wins.empty())
    return {"It does not hinge on which of the scenarios is chosen: they change all outcomes alike.",
            {"comparison.csv"}};
  const auto best =
      std::max_element(wins.begin(), wins.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::map<std::string, bool> outcomes;
  for (const ComparisonLine& line : material.comparison)
    outcomes[line.outcome] = true;
  std::string text = fmt::format("It hinges most on {}, which makes the largest change of {} of {} outcomes",
                                 best->first, best->second, outcomes.size());
  if (ties > 0)
    text +=
        fmt::format(", while several make the largest of {}", ties == 1 ? "another" : std::to_string(ties) + " others");
  if (unclear > 0)
    text += fmt::format("; of {} changes {} are exactly nothing or not to be told from noise",
                        material.comparison.size(), unclear);
  return {text + ".", {"comparison.csv"}};
}

/// The loophole that carries most firms of a segment.
Sentence of_loopholes(const Material& material) {
  const Time at = date_of_interest(material);
  const std::vector<Loophole> all = loopholes_at(material, at);
  const SeriesPoint* most = nullptr;
  const Loophole* through = nullptr;
  for (const Loophole& each : all)
    for (const Series& series : material.series) {
      if (series.name.metric != "share" || series.name.channel != each.channel || series.name.segment != each.segment ||
          series.arm != material.access.front().arm)
        continue;
      const auto later = std::upper_bound(series.points.begin(), series.points.end(), at,
                                          [](Time time, const SeriesPoint& point) { return time < point.time; });
      if (later == series.points.begin()) continue;
      const SeriesPoint& point = *(later - 1);
      if (most && point.mean <= most->mean) continue;
      most = &point;
      through = &each;
    }
  if (!most) return {};
  const std::string table = material.results.has("quantiles") ? "quantiles.csv" : "timeseries.csv";
  return {fmt::format("It hinges on {}: {} of {} use it on {}, and {} does not bind it.",
                      called(material, "channels", through->channel), spoken(most->mean, "1"),
                      called(material, "segments", through->segment), spoken(most->time),
                      called(material, "rules", through->rule)),
          {table, "availability.csv"}};
}

}  // namespace

Sentence hinge_sentence(const Material& material) {
  if (!material.comparison.empty()) return of_arms(material);
  const Sentence inputs = of_inputs(material);
  return inputs.text.empty() ? of_loopholes(material) : inputs;
}

}  // namespace loophole::report
