#include "page_parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>

namespace loophole::report {
namespace {

/// What keeps a page of five scenarios below five megabytes: a number in full is some twenty bytes.
constexpr std::size_t most_numbers = 130'000;
/// As many dates as a curve needs; more where there is room.
constexpr std::size_t enough_dates = 60;

struct Quantile {
  const char* name;
  double SeriesPoint::*value;
};
constexpr Quantile quantiles[] = {{"mean", &SeriesPoint::mean}, {"q05", &SeriesPoint::q05}, {"q25", &SeriesPoint::q25},
                                  {"q50", &SeriesPoint::q50},   {"q75", &SeriesPoint::q75}, {"q95", &SeriesPoint::q95}};

bool is_spread(const Series& series) {
  return std::any_of(series.points.begin(), series.points.end(), [](const SeriesPoint& point) {
    return point.n > 1 && !(point.q05 == point.q95 && point.mean == point.q50);
  });
}

/// A series in the page: its spread, or its mean alone.
struct Shown {
  const Series* series;
  bool with_spread;

  [[nodiscard]] std::size_t numbers() const { return with_spread ? std::size(quantiles) : 1; }
};

/// How special a series is: what the sections need comes first, then what a scenario asks for, then by detail.
int rank_of(const Series& series, const scenario::ScenarioFile* file) {
  const SeriesName& name = series.name;
  const int dimensions = !name.segment.empty() + !name.channel.empty() + !name.actor.empty();
  if (name.metric == "share" || name.metric == "stranded") return 0;
  if (dimensions == 0) return 1;
  const auto is_own = [&](const auto& each) { return each.name == name.metric; };
  if (file && std::any_of(file->scenario.metrics.begin(), file->scenario.metrics.end(), is_own)) return 2;
  if (!name.actor.empty() && dimensions == 1) return 3;
  return dimensions == 1 ? 4 : 5;
}

/// The series by rank, as far as they fit at `enough_dates`.
std::vector<Shown> chosen(const Material& material, std::size_t dates) {
  std::vector<std::pair<int, const Series*>> ranked;
  for (const Series& series : material.series)
    ranked.emplace_back(rank_of(series, material.scenario(series.arm.scenario)), &series);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::size_t all = 0;
  for (const auto& [rank, series] : ranked)
    all += is_spread(*series) ? std::size(quantiles) : 1;
  const bool has_room = all * dates <= most_numbers;
  std::vector<Shown> shown;
  std::size_t used = 0;
  for (const auto& [rank, series] : ranked) {
    // Shares of segments on channels are many, and drawn as means.
    const bool is_bare = rank == 0 && !has_room && !series->name.channel.empty() && !series->name.segment.empty();
    const Shown each{series, !is_bare && is_spread(*series)};
    if (used + each.numbers() * dates > most_numbers) continue;
    used += each.numbers() * dates;
    shown.push_back(each);
  }
  return shown;
}

/// How much moves at each of an arm's dates: of all dates together as much by time itself as by changes of shares.
std::vector<double> movement(const Material& material, const std::string& scenario, const std::vector<Time>& times) {
  std::vector<double> moved(times.size(), 0.0);
  for (const Series& series : material.series) {
    if (series.arm.scenario != scenario || series.name.metric != "share") continue;
    for (std::size_t i = 1; i < series.points.size(); ++i) {
      const auto at = std::lower_bound(times.begin(), times.end(), series.points[i].time) - times.begin();
      moved[static_cast<std::size_t>(at)] += std::abs(series.points[i].mean - series.points[i - 1].mean);
    }
  }
  const double all = std::accumulate(moved.begin(), moved.end(), 0.0);
  for (double& each : moved)
    each = (all > 0 ? each / all : 0) + 1 / static_cast<double>(times.size());
  return moved;
}

/// The first and the last of the dates, and about as many others as `marks`, where about as much has moved from one to
/// the next; and the date before one at which much more moves than on those before it, lest it be drawn as if it had
/// begun there.
std::vector<Time> marked(const std::vector<Time>& times, std::size_t marks, const std::vector<double>& moved) {
  constexpr double much_more = 3;
  const double all = std::accumulate(moved.begin(), moved.end(), 0.0);
  std::vector<Time> kept{times.front()};
  double so_far = 0;
  std::size_t last = 0;  // kept
  for (std::size_t i = 1; i + 1 < times.size(); ++i) {
    so_far += moved[i];
    // The next mark that is passed counts, however many are.
    const auto now = static_cast<std::size_t>(so_far / all * static_cast<double>(marks - 1));
    const auto before = static_cast<std::size_t>((so_far - moved[i]) / all * static_cast<double>(marks - 1));
    if (now == before) continue;
    const std::size_t skipped = i - last - 1;
    const double still = std::accumulate(moved.begin() + static_cast<std::ptrdiff_t>(last + 1),
                                         moved.begin() + static_cast<std::ptrdiff_t>(i), 0.0);
    if (skipped > 0 && moved[i] > much_more * still / static_cast<double>(skipped)) kept.push_back(times[i - 1]);
    kept.push_back(times[i]);
    last = i;
  }
  kept.push_back(times.back());
  return kept;
}

/// At which of the arm's dates the page shows values: `most` at most.
std::vector<Time> thinned(const std::vector<Time>& times, std::size_t most, const std::vector<double>& moved) {
  if (times.size() <= most) return times;
  for (std::size_t marks = most; marks > 1; --marks)
    if (auto kept = marked(times, marks, moved); kept.size() <= most) return kept;
  return {times.front(), times.back()};
}

Json column(const Series& series, const std::vector<Time>& times, double SeriesPoint::*value) {
  Json values = Json::array();
  auto point = series.points.begin();
  for (const Time time : times) {
    while (point != series.points.end() && point->time < time)
      ++point;
    const bool has = point != series.points.end() && point->time == time;
    values.push_back(has ? Json((*point).*value) : Json());
  }
  const bool is_constant =
      std::all_of(values.begin(), values.end(), [&](const Json& each) { return each == values.front(); });
  return is_constant ? values.front() : values;
}

Json row_of(const Shown& shown, const std::vector<Time>& times) {
  const Series& series = *shown.series;
  Json row;
  const auto add = [&](const char* key, const std::string& name) {
    if (!name.empty()) row[key] = name;
  };
  add("segment", series.name.segment);
  add("channel", series.name.channel);
  add("actor", series.name.actor);
  row["metric"] = series.name.metric;
  row["unit"] = series.unit;
  if (!shown.with_spread) {
    row["value"] = column(series, times, &SeriesPoint::mean);
    return row;
  }
  for (const Quantile& each : quantiles)
    row[each.name] = column(series, times, each.value);
  return row;
}

std::vector<Time> times_of(const Material& material, const std::string& scenario) {
  std::vector<Time> times;
  for (const Series& series : material.series)
    if (series.arm.scenario == scenario)
      for (const SeriesPoint& point : series.points)
        times.push_back(point.time);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

}  // namespace

Json series_part(const Material& material) {
  if (material.series.empty()) return {};
  std::map<std::string, std::vector<Time>> times;
  std::size_t longest = 0;
  for (const std::string& name : material.names()) {
    times[name] = times_of(material, name);
    longest = std::max(longest, times[name].size());
  }
  const std::vector<Shown> shown = chosen(material, std::min(longest, enough_dates));
  std::size_t a_date = 0;
  for (const Shown& each : shown)
    a_date += each.numbers();
  const std::size_t dates =
      std::min(longest, std::max<std::size_t>(2, most_numbers / std::max<std::size_t>(a_date, 1)));
  Json arms = Json::object();
  std::map<std::string, std::vector<Time>> shown_times;
  for (const Shown& each : shown) {
    const std::string& name = each.series->arm.scenario;
    Json& arm = arms[name];
    std::vector<Time>& kept = shown_times[name];
    if (arm.is_null()) {
      kept = thinned(times[name], dates, movement(material, name, times[name]));
      arm = {{"dates", Json::array()}, {"rows", Json::array()}};
      for (const Time time : kept)
        arm["dates"].push_back(to_string(time));
    }
    arm["rows"].push_back(row_of(each, kept));
  }
  return {{"file", material.results.has("quantiles") ? "quantiles.csv" : "timeseries.csv"},
          {"left_out", material.series.size() - shown.size()},
          {"thinned", dates < longest},
          {"arms", arms}};
}

}  // namespace loophole::report
