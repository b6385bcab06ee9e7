/// Observations: what happened in the world, to compare with what a scenario would have forecast.
///
/// They are kept apart from the scenario, so that nothing in a run can read them.
#pragma once

#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace loophole::scenario {

/// A sentence that turned out true or false.
struct ObservedSentence {
  Expectation that;
  bool held = true;
};

/// The date of an event, forecast up to `by`.
struct ObservedDate {
  EventId event;
  Time happened;
  Time by;
};

/// A quantity, or the ratio of one to the same over another time; known, or known to lie within [low, high].
struct ObservedQuantity {
  Outcome value;
  std::optional<Outcome> over;
  double low = 0, high = 0;
  bool is_range = false;
};

struct Observation {
  std::string name;
  std::string label;
  std::variant<ObservedSentence, ObservedDate, ObservedQuantity> what;
  Time observed;  ///< when it became known
  std::string source;
  Mark mark;
};

struct Observations {
  Files files;  ///< the first is the one asked for
  std::string title;
  std::vector<Observation> list;
};

/// Whether a file holds observations instead of a scenario.
[[nodiscard]] bool holds_observations(const std::string& file);

/// Reads a file of observations about `scenario`, all problems at once.
[[nodiscard]] Result<Observations> load_observations(const std::string& file, const ScenarioFile& scenario);

}  // namespace loophole::scenario
