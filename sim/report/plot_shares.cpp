#include "event_marks.hpp"
#include "pictures.hpp"
#include "style.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace loophole::report {
namespace {

/// Channels that have an area of their own; the rest share one.
constexpr std::size_t most_channels = styles - 1;
constexpr std::size_t most_segments = 11;  ///< of a sheet
constexpr const char* outside = "outside";

/// A panel: a segment's shares by channel, and its stranded firms.
struct Panel {
  std::string segment;  ///< empty: all together
  std::map<std::string, const Series*> channels;
  const Series* stranded = nullptr;
};

std::vector<Panel> panels_of(const std::vector<Series>& series, const Arm& arm) {
  std::map<std::string, Panel> panels;
  for (const Series& each : series) {
    if (each.arm != arm || each.points.empty()) continue;
    Panel& panel = panels[each.name.segment];
    panel.segment = each.name.segment;
    if (each.name.metric == "stranded")
      panel.stranded = &each;
    else
      panel.channels[each.name.channel] = &each;
  }
  std::vector<Panel> result;
  for (auto& [segment, panel] : panels)
    if (!panel.channels.empty()) result.push_back(std::move(panel));
  // A segment that is all there is would be shown twice.
  if (result.size() == 2 && result.front().segment.empty()) result.erase(result.begin());
  return result;
}

double mean_of(const Series& series) {
  double sum = 0;
  for (const SeriesPoint& point : series.points)
    sum += point.mean;
  return sum / static_cast<double>(series.points.size());
}

double peak_of(const Series& series) {
  double peak = 0;
  for (const SeriesPoint& point : series.points)
    peak = std::max(peak, point.mean);
  return peak;
}

/// The channels with an area of their own: those that reach most at any time in any segment, since what is closed early
/// matters, too. By name, so that a channel looks the same in all pictures of a case.
std::vector<std::string> largest(const std::vector<Panel>& panels) {
  std::map<std::string, double> peaks;
  for (const Panel& panel : panels)
    for (const auto& [channel, series] : panel.channels)
      if (channel != outside) peaks[channel] = std::max(peaks[channel], peak_of(*series));
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [channel, peak] : peaks)
    if (peak > 0) sorted.emplace_back(peak, channel);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (sorted.size() > most_channels + 1) sorted.resize(most_channels);
  std::vector<std::string> names;
  names.reserve(sorted.size());
  for (const auto& [peak, channel] : sorted)
    names.push_back(channel);
  std::sort(names.begin(), names.end());
  return names;
}

/// The areas of the stack, from below: channels, the other ones (without a name where there are none), those outside,
/// the stranded.
std::vector<Entry> areas_of(const std::vector<Panel>& panels, const std::vector<std::string>& channels) {
  std::vector<Entry> areas;
  for (std::size_t i = 0; i < channels.size(); ++i)
    areas.push_back({channels[i], fills(style(i))});
  std::set<std::string> others;
  for (const Panel& panel : panels)
    for (const auto& [channel, series] : panel.channels)
      if (channel != outside && std::find(channels.begin(), channels.end(), channel) == channels.end() &&
          mean_of(*series) > 0)
        others.insert(channel);
  areas.push_back({others.empty() ? "" : fmt::format("{} other channels", others.size()),
                   {"fc rgb '#999999' fs solid 1.0 noborder"}});
  areas.push_back({"outside: none, by choice", {"fc rgb '#eeeeee' fs solid 1.0 noborder"}});
  areas.push_back({"stranded: cut off, looking", {"fc rgb '#000000' fs solid 1.0 noborder"}});
  return areas;
}

/// A block of a panel: a row a date, a column an area. Which it is.
int add_block(const Panel& panel, const std::vector<std::string>& channels, const std::vector<Entry>& areas,
              Blocks& data) {
  std::map<Time, std::vector<double>> rows;
  const auto add = [&](const Series& series, std::size_t area) {
    for (const SeriesPoint& point : thinned(series.points))
      rows.try_emplace(point.time, areas.size(), 0.0).first->second[area] += point.mean;
  };
  for (const auto& [channel, series] : panel.channels) {
    const auto place =
        static_cast<std::size_t>(std::find(channels.begin(), channels.end(), channel) - channels.begin());
    add(*series, channel == outside ? channels.size() + 1 : place);
  }
  if (panel.stranded) add(*panel.stranded, channels.size() + 2);
  std::vector<std::string> columns{"time"};
  for (const Entry& area : areas)
    columns.push_back(area.name.empty() ? "other" : area.name);
  const int index = data.count();
  data.begin(panel.segment.empty() ? "all segments" : panel.segment, columns);
  for (const auto& [time, values] : rows) {
    data.cell(time);
    for (const double value : values)
      data.cell(value);
    data.end_row();
  }
  return index;
}

struct Parts {
  const Given& given;
  const std::vector<EventSummary>& events;
  std::vector<Arm> arms;
  std::vector<std::string> channels;  ///< with areas of their own, the same in all pictures
};

Picture draw_sheet(const Parts& parts, const Arm& arm, const std::vector<Panel>& panels, const std::string& part) {
  const Results& results = parts.given.results;
  Interval data_time{Time::never(), Time::always()};
  std::uint64_t replications = 1;
  for (const Panel& panel : panels)
    for (const auto& [channel, series] : panel.channels) {
      data_time.from = std::min(data_time.from, series->points.front().time);
      data_time.to = std::max(data_time.to, series->points.back().time);
      replications = std::max(replications, series->points.front().n);
    }
  const Interval time = time_of(results, arm, data_time);
  const EventMarks marks(results, parts.events,
                         {arm, time, parts.given.tables.changes(arm), 18, EventMarks::Choice::Which::changes});
  const std::vector<std::string>& channels = parts.channels;
  const std::vector<Entry> areas = areas_of(panels, channels);

  Sheet sheet;
  sheet.name = picture_name("shares", arm, parts.arms, part);
  sheet.width = 1280;
  sheet.height = 2000;  // until it is known
  sheet.title = "Who uses what";
  sheet.subtitle = arm_words(results, arm) + "Parts of the firms, by segment" +
                   (replications > 1 ? fmt::format(", means of {} futures", replications) : "") +
                   as_of_words(results, arm, time);
  std::vector<Entry> legend = areas;
  legend.erase(std::remove_if(legend.begin(), legend.end(), [](const Entry& area) { return area.name.empty(); }),
               legend.end());
  Script measured(sheet);
  Facets::Sizes sizes;
  sizes.top = below_titles + draw_legend(measured, legend, below_titles) + 12;
  sizes.above = 50;
  sizes.panel_height = panels.size() > 3 ? 190 : 300;
  const Facets facets(sheet.width, panels.size(), sizes);
  sheet.height = facets.bottom() + marks.list_height(sheet.width) + 12;

  Script script(sheet);
  Blocks data;
  draw_legend(script, legend, below_titles);
  marks.list(script, facets.bottom() - 6);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const Box box = facets.panel(i);
    const int index = add_block(panels[i], channels, areas, data);
    facets.title(script, i, panels[i].segment.empty() ? "all segments" : panels[i].segment);
    marks.mark(script, box);
    mark_as_of(script, results, arm, time, box, AsOf::line);
    script.panel(box);
    script.time_axis(time, box.width);
    script.line("set yrange [0:100]; set format y '%g %%'");
    value_axis(script, box, {});
    std::vector<std::string> items;
    for (std::size_t area = areas.size(); area-- > 0;)
      for (const std::string& fill : areas[area].fills)
        if (!areas[area].name.empty())
          items.push_back(
              fmt::format("{} index {} using 1:(100*(sum [c=2:{}] column(c))) with filledcurves y1=0 {} notitle",
                          script.data(), index, area + 2, fill));
    script.plot(items);
  }
  return {sheet.name, "shares", script.finish("Who uses what"), data.text()};
}

}  // namespace

Pictures draw_shares(const Given& given) {
  const auto series = read_series(given.results, [](const SeriesName& name) {
    return (name.metric == "share" && !name.channel.empty()) || (name.metric == "stranded" && name.channel.empty());
  });
  const auto& events = given.tables.events();
  Diagnostics problems = series.diagnostics();
  problems.append(events.diagnostics());
  problems.append(given.tables.access().diagnostics());
  if (problems.has_errors()) return problems;
  std::vector<Arm> all;
  for (const Series& each : *series)
    if (all.empty() || all.back() != each.arm) all.push_back(each.arm);
  Parts parts{given, *events, chosen_arms(all, given, problems), {}};
  std::vector<Panel> together;
  for (const Arm& arm : parts.arms)
    for (Panel& panel : panels_of(*series, arm))
      together.push_back(std::move(panel));
  parts.channels = largest(together);
  std::vector<Picture> pictures;
  for (const Arm& arm : parts.arms) {
    const std::vector<Panel> panels = panels_of(*series, arm);
    for (std::size_t first = 0; first < panels.size(); first += most_segments) {
      const auto last = panels.begin() + static_cast<std::ptrdiff_t>(std::min(first + most_segments, panels.size()));
      pictures.push_back(draw_sheet(parts, arm, {panels.begin() + static_cast<std::ptrdiff_t>(first), last},
                                    panels.size() > most_segments ? fmt::format("{}", first / most_segments + 1) : ""));
    }
  }
  return {std::move(pictures), problems};
}

}  // namespace loophole::report
