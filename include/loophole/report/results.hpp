/// Results read back: what a folder of results holds, and its tables as plain structs.
///
/// Pictures and pages are made from the CSVs alone, so that tables which somebody put together by hand can be shown,
/// too; a manifest, where there is one, adds titles and labels. Tables may be far larger than memory: they are read row
/// by row, columns are found by name, and only what was asked for is kept. Every function here throws
/// std::runtime_error where a file cannot be read, and returns diagnostics, with file and line, where it is no such
/// table. Files may be gzip: `flows.csv.gz`.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/base/time.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::report {

/// What a manifest says of a scenario.
struct ScenarioNote {
  std::string name, title;
  std::optional<Time> as_of;
  std::optional<Interval> horizon;
  std::map<std::string, std::string> labels;   ///< by "events.cut-off", "outcomes.receipts" …, of those that have one
  std::map<std::string, std::string> prefers;  ///< "more" or "less", by outcome
  std::map<std::string, std::string> to_whom;  ///< whose preference that is, by outcome
};

enum class ResultKind { run, ensemble, comparison, study, tables };

struct Results {
  std::string folder;
  ResultKind kind = ResultKind::tables;  ///< without a manifest: what the tables look like
  std::set<std::string> tables;          ///< "events", "flows" …: those there are
  std::vector<ScenarioNote> scenarios;   ///< the base first; empty without a manifest

  [[nodiscard]] bool has(std::string_view table) const { return tables.count(std::string(table)) != 0; }
  /// Null where the manifest names no such scenario.
  [[nodiscard]] const ScenarioNote* note(std::string_view scenario) const;
  /// What a scenario calls the entry of `of_table` ("events", "channels" …) of that name: a label, or the name itself.
  [[nodiscard]] std::string label(std::string_view scenario, std::string_view of_table, const std::string& name) const;
};

/// Diagnostics where the folder is none, or holds no table; a warning where its manifest is damaged.
[[nodiscard]] Result<Results> read_results(const std::string& folder);

/// A scenario at a design point.
struct Arm {
  std::string scenario;
  std::uint64_t design_id = 0;

  friend bool operator==(const Arm&, const Arm&) = default;
  friend auto operator<=>(const Arm&, const Arm&) = default;
};

/// What a series is of. Empty: not applicable.
struct SeriesName {
  std::string segment, channel, actor, metric;

  friend bool operator==(const SeriesName&, const SeriesName&) = default;
  friend auto operator<=>(const SeriesName&, const SeriesName&) = default;
};

/// Over the replications; of a single one all are its value.
struct SeriesPoint {
  Time time;
  std::uint64_t n = 0;
  double mean = 0, q05 = 0, q25 = 0, q50 = 0, q75 = 0, q95 = 0;
};

struct Series {
  Arm arm;
  SeriesName name;
  std::string unit;
  std::vector<SeriesPoint> points;  ///< by time
};

/// Those series that `wanted` takes, from quantiles.csv where there is one, else from timeseries.csv, of whose
/// replications quantiles are taken. Arms in the order of the table, and series by name.
[[nodiscard]] Result<std::vector<Series>> read_series(const Results& results,
                                                      const std::function<bool(const SeriesName&)>& wanted);

/// Something that happened, over the replications of an arm.
struct EventSummary {
  Arm arm;
  std::string event, kind;
  std::uint32_t occurrence = 0;    ///< of this event in a replication, from 0
  std::string cause;               ///< the event that caused it most often; empty: none
  std::uint64_t caused = 0;        ///< in how many replications that did
  std::string detail;              ///< of the first replication in which it happened
  std::uint64_t replications = 0;  ///< in which it happened
  std::uint64_t of = 0;            ///< replications in all that the table has
  Time q05, median, q95;           ///< of those in which it happened; whole seconds
};

/// By arm in the order of the table, then by date and name.
[[nodiscard]] Result<std::vector<EventSummary>> read_events(const Results& results);

/// The statuses of a path, as availability.csv names them.
inline constexpr std::array<std::string_view, 5> path_statuses{"gap", "leak", "licensed", "closed", "not-offered"};

/// How far a channel is open to a segment from a moment on. Parts of the segment's firms, as means over replications.
struct AccessStep {
  Time from;
  double gap = 0, leak = 0, licensed = 0;  ///< that can use it so
  double offered = 0;                      ///< part of the replications in which the channel is offered at all
  std::array<std::uint64_t, path_statuses.size()> replications{};  ///< by status
  std::string rule;  ///< that binds it in most replications where one does

  [[nodiscard]] double open() const { return gap + leak + licensed; }
};

struct AccessHistory {
  Arm arm;
  std::string segment, channel;
  std::vector<AccessStep> steps;  ///< by time
};

/// By arm in the order of the table, then by segment and channel.
[[nodiscard]] Result<std::vector<AccessHistory>> read_access(const Results& results);

/// Money that one paid another, over all channels and segments, as means over replications.
struct FlowPoint {
  Time from, to;
  double amount = 0;
};

struct Flow {
  Arm arm;
  std::string payer, payee, contract, unit;
  std::vector<FlowPoint> points;  ///< by time
};

/// By arm in the order of the table, then by payer, payee and contract.
[[nodiscard]] Result<std::vector<Flow>> read_flows(const Results& results);

/// A row of comparison.csv; what is not defined is NaN.
struct ComparisonLine {
  std::string base, other, outcome, unit;
  std::uint64_t n = 0;
  double base_mean = none, other_mean = none, difference = none, sd = none;
  double q05 = none, q50 = none, q95 = none, p_other_greater = none, mc_low = none, mc_high = none;

  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
};

[[nodiscard]] Result<std::vector<ComparisonLine>> read_comparison(const Results& results);

}  // namespace loophole::report
