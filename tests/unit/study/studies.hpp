/// Studies written in a test, and what their plans and units look like.
#pragma once

#include "markets.hpp"
#include <loophole/scenario/study.hpp>
#include <loophole/study/part.hpp>
#include <loophole/study/plan.hpp>

#include <map>
#include <string>
#include <vector>

namespace loophole::test {

/// An arm of base.yaml in which the announcement comes later.
inline const std::string late_arm = "extends: base.yaml\nevents: { announcement: { at: 2024-05-01 } }\n";

/// Reads a study of base.yaml (an uncertain market, and `more`), and of the other files. Throws with the diagnostics.
inline scenario::Study study_of(const std::string& text, const std::map<std::string, std::string>& others = {},
                                const std::string& more = {}) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "case");
  const auto write = [&](const std::string& name, const std::string& content) {
    return folder.write("case/" + name, content);
  };
  static_cast<void>(write("base.yaml", uncertain_market(more)));
  for (const auto& [name, content] : others)
    static_cast<void>(write(name, content));
  auto study = scenario::load_study(write("study.yaml", "schema: 1\n" + text));
  if (!study) throw std::runtime_error(text_of(study.diagnostics()));
  return std::move(*study);
}

inline const std::string one_scenario = "scenarios: base.yaml\n";

inline std::vector<double> values_at(const study::DesignPoints& points, std::uint64_t position) {
  std::vector<double> values(points.factors().size());
  points.values(position, values);
  return values;
}

inline std::vector<std::vector<double>> all_values(const study::DesignPoints& points) {
  std::vector<std::vector<double>> all;
  for (std::uint64_t i = 0; i < points.size(); ++i)
    all.push_back(values_at(points, i));
  return all;
}

/// Fingerprints of all units, by scenario, id and first replication.
inline std::map<std::string, std::string> fingerprints(const study::Plan& plan) {
  std::map<std::string, std::string> found;
  for (std::uint64_t number = 0; number < plan.units(); ++number) {
    const study::Unit unit = plan.unit(number);
    found[plan.scenario(unit.scenario).document.name + " " + std::to_string(plan.points().id(unit.position)) + " " +
          std::to_string(unit.from)] = plan.fingerprint(unit.scenario, unit.position);
  }
  return found;
}

}  // namespace loophole::test
