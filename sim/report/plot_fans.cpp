#include "event_marks.hpp"
#include "pictures.hpp"
#include "style.hpp"
#include "table.hpp"
#include "words.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace loophole::report {
namespace {

constexpr std::size_t most_fans = 12;  ///< of a sheet

/// What metrics.csv says.
struct Metric {
  bool is_flow = false;
  std::string definition;
};

Result<std::map<std::string, Metric>> metrics_of(const Results& results) {
  std::map<std::string, Metric> metrics;
  if (!results.has("metrics")) return metrics;
  Table table(results.folder, "metrics", {"metric", "kind", "definition"});
  while (table.next())
    metrics[std::string(table.text(0))] = {table.text(1) == "flow", std::string(table.text(2))};
  if (table.problems().has_errors()) return table.problems();
  return metrics;
}

/// The names that a table has, and which of them are asked for.
class Wish {
 public:
  explicit Wish(const PlotRequest& request)
      : asked_{request.metric, request.segment, request.channel, request.actor},
        takes_all_(asked_ == decltype(asked_){}) {}

  /// What nothing is asked of is shown of the whole: no segment, channel or actor.
  [[nodiscard]] bool takes(const SeriesName& name) {
    const std::array names{&name.metric, &name.segment, &name.channel, &name.actor};
    bool fits = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!names[i]->empty()) known_[i].insert(*names[i]);
      fits = fits && (asked_[i].empty() || *names[i] == asked_[i]);
    }
    return fits && (!takes_all_ || (name.segment.empty() && name.channel.empty() && name.actor.empty()));
  }

  /// What no row has.
  [[nodiscard]] Diagnostics problems(const std::string& folder) const {
    static constexpr std::array options{"--metric", "--segment", "--channel", "--actor"};
    Diagnostics problems;
    for (std::size_t i = 0; i < options.size(); ++i)
      if (!asked_[i].empty() && known_[i].count(asked_[i]) == 0)
        problems.add(refusal(options[i], fmt::format("no {} '{}'", options[i] + 2, asked_[i]),
                             fmt::format("{} has no rows of it", folder),
                             suggest(asked_[i], {known_[i].begin(), known_[i].end()})));
    return problems;
  }

 private:
  std::array<std::string, 4> asked_;
  std::array<std::set<std::string>, 4> known_;
  bool takes_all_;
};

/// "start-ups, azure-enterprise"; empty of the whole.
std::string place_of(const SeriesName& name) {
  std::string words;
  for (const std::string* part : {&name.segment, &name.channel, &name.actor})
    if (!part->empty()) words += (words.empty() ? "" : ", ") + *part;
  return words;
}

/// "Of start-ups: "; empty where nothing is asked.
std::string asked_words(const PlotRequest& request) {
  const std::string place = place_of({request.segment, request.channel, request.actor, {}});
  return place.empty() ? place : fmt::format("Of {}: ", place);
}

double largest(const Series& series) {
  double most = 0;
  for (const SeriesPoint& point : series.points)
    for (const double value : {point.q05, point.q50, point.q95})
      most = std::max(most, std::abs(value));
  return most;
}

/// Flows as amounts a month: those of an interval would depend on how long it is. Parts stay parts.
Series monthly(const Series& series, const Interval& time) {
  Series result = series;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    SeriesPoint& point = result.points[i];
    Time from = i > 0 ? series.points[i - 1].time : time.from;
    const double factor = per_month(1, from, point.time);
    for (double* value : {&point.mean, &point.q05, &point.q25, &point.q50, &point.q75, &point.q95})
      *value *= factor;
  }
  return result;
}

int add_block(const Series& series, Blocks& data) {
  const int index = data.count();
  const std::string place = place_of(series.name);
  data.begin(fmt::format("{}{}{}, {}", series.name.metric, place.empty() ? "" : ": ", place, series.unit),
             {"time", "mean", "q05", "q25", "q50", "q75", "q95"});
  for (const SeriesPoint& point : thinned(series.points)) {
    data.cell(point.time).cell(point.mean).cell(point.q05).cell(point.q25).cell(point.q50);
    data.cell(point.q75).cell(point.q95).end_row();
  }
  return index;
}

const char* const wide = "fc rgb '#C6DFF0' fs solid 1.0 noborder";
const char* const narrow = "fc rgb '#7FB8DB' fs solid 1.0 noborder";

struct Parts {
  const Given& given;
  const std::vector<EventSummary>& events;
  const std::map<std::string, Metric>& metrics;
  std::vector<Arm> arms;
};

/// What is known of a metric beside its numbers.
struct Look {
  bool is_part = false;     ///< of firms, of money: shown as a percentage
  bool is_monthly = false;  ///< amounts of a month
};

/// From zero where that is near, and a little wider than the numbers.
std::string range_of(const Series& series, const Scale& scale) {
  double low = series.points.front().q05, high = low;
  for (const SeriesPoint& point : series.points)
    for (const double value : {point.q05, point.q50, point.q95}) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  const double room = high > low ? 0.06 * (high - low) : std::max(std::abs(high), 1.0) * 0.5;
  const double bottom = low >= 0 && low < 0.4 * high ? 0 : low - (low < 0 || low >= room ? room : low);
  const double top = scale.unit == "%" && high <= 1 && high + room > 1 ? 1 : high + room;
  return fmt::format("set yrange [{:.6g}:{:.6g}]", bottom / scale.factor,
                     (high == 0 && low == 0 ? 1 : top) / scale.factor);
}

void draw_fan(Script& script, Blocks& data, const Series& series, const Box& box, const Look& look) {
  const int index = add_block(series, data);
  const Scale scale = scale_for(largest(series), series.unit, look.is_part ? 1.5 : 0);
  const std::string unit = scale.unit + (look.is_monthly ? " a month" : "");
  value_axis(script, box, unit);
  script.line(range_of(series, scale) + "; set format y '%g'");
  const std::string divide = scale.factor == 1 ? "" : fmt::format("/{:g}", scale.factor);
  const auto area = [&](int low, int high, const char* fill) {
    return fmt::format("{} index {} using 1:(${}{}):(${}{}) with filledcurves {} notitle", script.data(), index, low,
                       divide, high, divide, fill);
  };
  const std::string line = fmt::format("{} index {} using 1:(${}{}) with lines lc rgb '#003A5D' lw 2 notitle",
                                       script.data(), index, 5, divide);
  if (series.points.front().n > 1)
    script.plot({area(3, 7, wide), area(4, 6, narrow), line});
  else
    script.plot({line});
}

Picture draw_arm(const Parts& parts, const Arm& arm, std::vector<const Series*> series) {
  const Results& results = parts.given.results;
  const PlotRequest& request = parts.given.request;
  const std::size_t all = series.size();
  std::uint64_t replications = 1;
  Interval data_time{Time::never(), Time::always()};
  for (const Series* each : series) {
    data_time.from = std::min(data_time.from, each->points.front().time);
    data_time.to = std::max(data_time.to, each->points.back().time);
    replications = std::max(replications, each->points.front().n);
  }
  const Interval time = time_of(results, arm, data_time);
  if (all > most_fans) {
    // The largest of their unit, in the order of names.
    std::map<std::string, double> of_unit;
    for (const Series* each : series)
      of_unit[each->unit] = std::max(of_unit[each->unit], largest(*each));
    const auto part = [&](const Series* each) { return largest(*each) / std::max(of_unit[each->unit], 1e-300); };
    std::vector<const Series*> sorted = series;
    std::stable_sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) { return part(a) > part(b); });
    sorted.resize(most_fans);
    series.erase(std::remove_if(
                     series.begin(), series.end(),
                     [&](const Series* each) { return std::find(sorted.begin(), sorted.end(), each) == sorted.end(); }),
                 series.end());
  }
  const EventMarks marks(results, parts.events,
                         {arm, time, parts.given.tables.changes(arm), 18, EventMarks::Choice::Which::changes});

  Sheet sheet;
  std::string part = request.metric;
  for (const std::string* word : {&request.segment, &request.channel, &request.actor})
    if (!word->empty()) part += (part.empty() ? "" : "-") + *word;
  sheet.name = picture_name("fan", arm, parts.arms, part);
  sheet.width = 1280;
  sheet.title = "How uncertain it is";
  if (!request.metric.empty()) {
    const auto metric = parts.metrics.find(request.metric);
    sheet.title = request.metric;
    if (metric != parts.metrics.end()) sheet.title += ": " + metric->second.definition;
  }
  sheet.subtitle = arm_words(results, arm) + asked_words(request) +
                   fmt::format("{} future{}", replications, replications == 1 ? "" : "s") +
                   as_of_words(results, arm, time) +
                   (all > most_fans ? fmt::format("; the {} largest of {}", most_fans, all) : "");
  Facets::Sizes sizes;
  sizes.top = below_titles + 34;
  sizes.above = request.metric.empty() ? 62 : 46;
  sizes.left = 78;
  sizes.panel_height = series.size() > 3 ? 170 : 280;
  const Facets facets(sheet.width, series.size(), sizes);
  sheet.height = facets.bottom() + marks.list_height(sheet.width) + 12;

  Script script(sheet);
  Blocks data;
  std::vector<Entry> legend{{replications > 1 ? "median" : "the only future", {}, "lc rgb '#003A5D' lw 2"}};
  if (replications > 1) {
    legend.push_back({"25 to 75 % of futures", {narrow}});
    legend.push_back({"5 to 95 % of futures", {wide}});
  }
  draw_legend(script, legend, below_titles);
  marks.list(script, facets.bottom() - 6);
  for (std::size_t i = 0; i < series.size(); ++i) {
    const Box box = facets.panel(i);
    const SeriesName& name = series[i]->name;
    const auto metric = parts.metrics.find(name.metric);
    const bool is_known = metric != parts.metrics.end();
    const Look look{is_known ? metric->second.definition.find("part of") != std::string::npos : name.metric == "share",
                    is_known && metric->second.is_flow && series[i]->unit != "1"};
    SeriesName told = name;
    if (!request.segment.empty()) told.segment.clear();
    if (!request.channel.empty()) told.channel.clear();
    if (!request.actor.empty()) told.actor.clear();
    const std::string place = place_of(told);
    if (request.metric.empty())
      facets.title(script, i, place.empty() ? name.metric : name.metric + ": " + place,
                   metric != parts.metrics.end() ? metric->second.definition : "");
    else
      facets.title(script, i, place);
    marks.mark(script, box);
    mark_as_of(script, results, arm, time, box, AsOf::line);
    script.panel(box);
    script.time_axis(time, box.width);
    draw_fan(script, data, look.is_monthly ? monthly(*series[i], time) : *series[i], box, look);
  }
  return {sheet.name, "fan", script.finish(sheet.title), data.text()};
}

}  // namespace

Pictures draw_fans(const Given& given) {
  Wish wish(given.request);
  const auto series = read_series(given.results, [&](const SeriesName& name) { return wish.takes(name); });
  const auto metrics = metrics_of(given.results);
  const auto& events = given.tables.events();
  Diagnostics problems = series.diagnostics();
  problems.append(metrics.diagnostics());
  problems.append(events.diagnostics());
  problems.append(given.tables.access().diagnostics());
  if (!problems.has_errors()) problems.append(wish.problems(given.results.folder));
  if (problems.has_errors()) return problems;
  std::vector<Arm> all;
  for (const Series& each : *series)
    if (!each.points.empty() && (all.empty() || all.back() != each.arm)) all.push_back(each.arm);
  const PlotRequest& request = given.request;
  if (all.empty() && !request.metric.empty())
    problems.add(refusal("--metric", fmt::format("no rows of '{}' with all that is asked for", request.metric),
                         "it has other segments, channels or actors", "leave some of the options out"));
  const Parts parts{given, *events, *metrics, chosen_arms(all, given, problems)};
  std::vector<Picture> pictures;
  for (const Arm& arm : parts.arms) {
    std::vector<const Series*> of_arm;
    for (const Series& each : *series)
      if (each.arm == arm && !each.points.empty()) of_arm.push_back(&each);
    pictures.push_back(draw_arm(parts, arm, std::move(of_arm)));
  }
  if (problems.has_errors()) return problems;
  return {std::move(pictures), problems};
}

}  // namespace loophole::report
