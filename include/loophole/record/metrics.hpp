/// The tables about the tables: units and definitions of metrics, and the inputs with their sources.
#pragma once

#include <loophole/record/tables.hpp>
#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

/// The unit in which a term's values are: "1" for shares, the base currency, the unit of use …
[[nodiscard]] std::string unit_of(const scenario::Term& term, const scenario::Scenario& scenario);
/// The same of an outcome, which may say its own.
[[nodiscard]] std::string unit_of(const scenario::Outcome& outcome, const scenario::Scenario& scenario);
/// An outcome's value for people: "334 M USD"; of a date, which tables count in days since 1970, "2027-05-09".
[[nodiscard]] std::string value_text(const scenario::Outcome& outcome, const scenario::Scenario& scenario,
                                     double value);

[[nodiscard]] std::string metrics_table(const scenario::Scenario& scenario);
[[nodiscard]] std::string values_table(const scenario::Scenario& scenario, const scenario::Files& files);
/// outcomes.csv: a row a replication.
class OutcomesTable {
 public:
  explicit OutcomesTable(const scenario::Scenario& scenario);
  /// Of outcomes by name.
  explicit OutcomesTable(const std::vector<std::string>& outcomes);
  void add(const RunLabel& label, const std::vector<std::optional<double>>& values);
  /// The rows since the last call; at the first one the header too.
  [[nodiscard]] std::string take() { return csv_.take(); }

 private:
  Csv csv_;
};

/// What a design point's uncertainties are: settings of its own, or drawn anew in each replication.
enum class Uncertainties { at_point, sampled };

/// experiments.csv; uncertainties that are sampled have no value there.
[[nodiscard]] std::string experiments_table(const scenario::Scenario& scenario, const RunLabel& label,
                                            const world::Point& point, Uncertainties uncertainties);

/// A file's name without the folder that all inputs share: results do not depend on where the case lies.
[[nodiscard]] std::string portable_name(const scenario::Files& files, std::size_t file);
/// The same of a further file.
[[nodiscard]] std::string portable_name(const std::string& name, const scenario::Files& files);

}  // namespace loophole::record
