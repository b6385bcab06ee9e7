/// Many replications of one prepared scenario, and how far their dates are from a law. Seeds are fixed; a comparison of
/// laws would fail for one seed in a thousand if all is right (Kolmogorov's limit 1.95).
#pragma once

#include "../../unit/engine/observed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace loophole::test {

inline constexpr std::uint32_t replications = 4000;
inline constexpr double kolmogorov = 1.95;

class Dates : public engine::Observer {
 public:
  explicit Dates(const world::Model& model) : model_(model) {}
  void on_event(const engine::Happening& happening) override {
    at.emplace(name_of(happening, model_) + "/" + std::string(kind_of(happening)), happening.at);
  }
  std::map<std::string, Time> at;

 private:
  const world::Model& model_;
};

/// By replication, when each event happened.
inline std::vector<std::map<std::string, Time>> many(const scenario::ScenarioFile& file,
                                                     std::uint32_t count = replications) {
  const auto setup = engine::prepare(file);
  REQUIRE(setup);
  std::vector<std::map<std::string, Time>> all;
  for (std::uint32_t r = 0; r < count; ++r) {
    Dates dates((*setup)->model);
    engine::Replication(**setup, 7, r, {&dates}).run();
    all.push_back(std::move(dates.at));
  }
  return all;
}

/// Days from `start` to the event in the replications in which it happened.
inline std::vector<double> days(const std::vector<std::map<std::string, Time>>& all, const std::string& name,
                                const char* start) {
  std::vector<double> found;
  for (const auto& run : all)
    if (const auto at = run.find(name); at != run.end()) found.push_back(days_between(date(start), at->second));
  std::sort(found.begin(), found.end());
  return found;
}

/// sqrt(n) times the largest distance between the law and the sample of n, some of which lie beyond the horizon.
inline double distance(const std::vector<double>& sample, double n, const std::function<double(double)>& law) {
  double worst = 0;
  for (std::size_t i = 0; i < sample.size(); ++i)
    worst = std::max({worst, std::abs(law(sample[i]) - static_cast<double>(i) / n),
                      std::abs(law(sample[i]) - static_cast<double>(i + 1) / n)});
  return worst * std::sqrt(n);
}

}  // namespace loophole::test
