#include "table.hpp"
#include <loophole/record/statistics.hpp>
#include <loophole/report/results.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace loophole::report {
namespace {

/// Series in the making, with values that come one by one: of points, or of what points are made from.
template <class Value>
class Gathered {
 public:
  struct Entry {
    std::string unit;
    std::vector<Value> values;
  };

  /// Null where nobody wants the series.
  Entry* find(const Arm& arm, const SeriesName& name, const std::function<bool(const SeriesName&)>& wanted) {
    if (!last_ || arm != *last_) {
      last_ = arm;
      arm_ = arms_.emplace(arm, arms_.size()).first->second;
    }
    const auto key = std::pair(arm_, name);
    const auto found = entries_.find(key);
    if (found != entries_.end()) return found->second ? &*found->second : nullptr;
    auto& entry = entries_[key];
    if (wanted(name)) entry.emplace();
    return entry ? &*entry : nullptr;
  }

  /// By arm in the order in which they came, then by name.
  [[nodiscard]] std::vector<Series> finish(const std::function<std::vector<SeriesPoint>(std::vector<Value>&)>& points) {
    std::vector<const Arm*> arms(arms_.size());
    for (const auto& [arm, number] : arms_)
      arms[number] = &arm;
    std::vector<Series> result;
    for (auto& [key, entry] : entries_) {
      // A metric that is defined nowhere, such as one of those who use a channel that nobody uses, has no values.
      if (!entry || entry->values.empty()) continue;
      result.push_back({*arms[key.first], key.second, entry->unit, points(entry->values)});
      std::vector<Value>().swap(entry->values);
    }
    return result;
  }

 private:
  std::map<Arm, std::size_t> arms_;
  std::optional<Arm> last_;
  std::size_t arm_ = 0;
  std::map<std::pair<std::size_t, SeriesName>, std::optional<Entry>> entries_;  ///< nothing of those nobody wants
};

/// Takes over a name without allocating where it is as it was.
void read_name(Table& table, std::size_t first, SeriesName& name) {
  name.segment = table.text(first);
  name.channel = table.text(first + 1);
  name.actor = table.text(first + 2);
  name.metric = table.text(first + 3);
}

/// Reads the rows of a table whose columns begin as those of both tables do; `add(values)` reads what is of its own.
template <class Value, class Add>
void gather(Table& table, const std::function<bool(const SeriesName&)>& wanted, Gathered<Value>& gathered,
            const Add& add) {
  Arm arm;
  SeriesName name;
  while (table.next()) {
    arm.scenario = table.text(0);
    arm.design_id = table.whole(1);
    read_name(table, 3, name);
    auto* const entry = gathered.find(arm, name, wanted);
    if (!entry) continue;
    if (entry->values.empty()) entry->unit = table.text(7);
    add(entry->values);
  }
}

Result<std::vector<Series>> of_quantiles(const Results& results, const std::function<bool(const SeriesName&)>& wanted) {
  Table table(results.folder, "quantiles",
              {"scenario", "design_id", "time", "segment", "channel", "actor", "metric", "unit", "n", "mean", "q05",
               "q25", "q50", "q75", "q95"});
  Gathered<SeriesPoint> gathered;
  gather(table, wanted, gathered, [&](std::vector<SeriesPoint>& values) {
    const SeriesPoint point{table.time(2),    table.whole(8),   table.number(9),  table.number(10),
                            table.number(11), table.number(12), table.number(13), table.number(14)};
    if (!std::isnan(point.mean)) values.push_back(point);
  });
  if (table.problems().has_errors()) return table.problems();
  return gathered.finish([](std::vector<SeriesPoint>& points) {
    std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
    return std::move(points);
  });
}

using Dated = std::pair<Time, double>;

std::vector<SeriesPoint> points_of(std::vector<Dated>& values) {
  std::stable_sort(values.begin(), values.end(), [](const Dated& a, const Dated& b) { return a.first < b.first; });
  std::vector<SeriesPoint> points;
  std::vector<double> at_once;
  for (std::size_t i = 0; i < values.size();) {
    const Time time = values[i].first;
    at_once.clear();
    for (; i < values.size() && values[i].first == time; ++i)
      at_once.push_back(values[i].second);
    const auto spread = record::spread(at_once);
    points.push_back({time, spread->n, spread->mean, spread->q05, spread->q25, spread->q50, spread->q75, spread->q95});
  }
  return points;
}

Result<std::vector<Series>> of_timeseries(const Results& results,
                                          const std::function<bool(const SeriesName&)>& wanted) {
  Table table(results.folder, "timeseries",
              {"scenario", "design_id", "time", "segment", "channel", "actor", "metric", "unit", "value"});
  Gathered<Dated> gathered;
  gather(table, wanted, gathered, [&](std::vector<Dated>& values) {
    if (const double value = table.number(8); !std::isnan(value)) values.emplace_back(table.time(2), value);
  });
  if (table.problems().has_errors()) return table.problems();
  return gathered.finish(points_of);
}

}  // namespace

Result<std::vector<Series>> read_series(const Results& results, const std::function<bool(const SeriesName&)>& wanted) {
  return results.has("quantiles") ? of_quantiles(results, wanted) : of_timeseries(results, wanted);
}

}  // namespace loophole::report
