#include <loophole/base/units.hpp>
#include <loophole/random/hash.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/study/plan.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace loophole::study {

using scenario::Study;

namespace {

/// How many replications are lost at most when work is cut off: their memory and time are those of what is kept.
std::uint32_t block_of(const Study& study) {
  constexpr std::uint32_t outcomes_of_a_unit = 100;
  switch (study.keep) {
    case Study::Keep::quantiles:
      return study.replications;  // they are of all replications together
    case Study::Keep::timeseries:
      return 1;
    case Study::Keep::outcomes:
      break;
  }
  return outcomes_of_a_unit;
}

/// Those of the first scenario stay in front when scenarios are added.
std::vector<std::string> sampled_by(const Study& study) {
  std::vector<std::string> names;
  if (study.others != Study::Others::sampled) return names;
  const auto& factors = study.design.factors;
  for (const scenario::ScenarioFile& file : study.scenarios)
    for (const scenario::Parameter& each : file.scenario.parameters)
      if (each.kind == scenario::Parameter::Kind::uncertainty &&
          std::none_of(factors.begin(), factors.end(), [&](const auto& factor) { return factor.name == each.name; }) &&
          std::find(names.begin(), names.end(), each.name) == names.end())
        names.push_back(each.name);
  return names;
}

std::uint64_t hash(const std::string& text) { return random::hash_of(text); }

}  // namespace

Plan::Plan(const Study& study, const std::string& program)
    : study_(study),
      points_(study),
      order_(study.scenarios.size()),
      sampled_(sampled_by(study)),
      block_(block_of(study)) {
  blocks_ = (study.replications + block_ - 1) / block_;
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    return study.scenarios[a].document.name < study.scenarios[b].document.name;
  });
  std::string settings =
      fmt::format("{} {} {} {}", program, study.seed, static_cast<int>(study.others), static_cast<int>(study.keep));
  // Quantiles are of all replications together.
  if (study.keep == Study::Keep::quantiles) settings += fmt::format(" {}", study.replications);
  for (const std::string& outcome : study.outcomes)
    settings += " outcome " + outcome;
  for (const std::string& name : sampled_)
    settings += " sample " + name;  // rows of samples have a cell for each
  for (std::size_t i = 0; i < order_.size(); ++i) {
    std::string identity = settings + " scenario " + record::identity_of(scenario(i));
    std::vector<ParameterId>& ids = parameters_.emplace_back();
    const auto& parameters = scenario(i).scenario.parameters;
    for (const scenario::Factor& factor : study.design.factors) {
      const auto found = std::find_if(parameters.begin(), parameters.end(),
                                      [&](const auto& each) { return each.name == factor.name; });
      ids.push_back(ParameterId::of(static_cast<std::size_t>(found - parameters.begin())));
      identity += " factor " + factor.name;
    }
    identities_.push_back(std::move(identity));
  }
}

std::optional<std::size_t> Plan::find(std::string_view name) const {
  for (std::size_t i = 0; i < order_.size(); ++i)
    if (scenario(i).document.name == name) return i;
  return std::nullopt;
}

Unit Plan::unit(std::uint64_t number) const {
  const std::uint64_t block = number % blocks_, pair = number / blocks_;
  const auto from = static_cast<std::uint32_t>(block * block_);
  return {static_cast<std::size_t>(pair / points_.size()), pair % points_.size(), from,
          std::min(from + block_, study_.replications)};
}

std::uint64_t Plan::unit_of(std::size_t scenario, std::uint64_t position, std::uint32_t replication) const {
  return (scenario * points_.size() + position) * blocks_ + replication / block_;
}

std::uint32_t Plan::shard_of(std::uint64_t number, std::uint32_t shards) const {
  const std::uint64_t round = number / shards;
  // Any mixing of bits will do, as long as it is the same everywhere.
  const std::uint64_t turn = hash(fmt::format("{}", round)) % shards;
  return static_cast<std::uint32_t>((number % shards + turn) % shards);
}

std::string Plan::fingerprint(std::size_t scenario, std::uint64_t position) const {
  std::vector<double> values(points_.factors().size());
  points_.values(position, values);
  std::string all = identities_[scenario];
  for (const double value : values)
    all += " " + to_text(value);
  return fmt::format("{:016x}", hash(all));
}

std::string Plan::fingerprint() const {
  std::string all = fmt::format("{} {} {}", points_.size(), study_.replications, points_.id(points_.size() - 1));
  for (const std::string& identity : identities_)
    all += "\n" + identity;
  return fmt::format("{:016x}", hash(all));
}

world::Point Plan::point(std::size_t scenario, std::uint64_t position) const {
  world::Point point = world::Point::nominal(this->scenario(scenario).scenario);
  std::vector<double> values(points_.factors().size());
  points_.values(position, values);
  for (std::size_t i = 0; i < values.size(); ++i)
    point.set(parameters_[scenario][i], values[i]);
  return point;
}

}  // namespace loophole::study
