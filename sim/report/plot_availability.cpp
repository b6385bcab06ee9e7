#include "event_marks.hpp"
#include "pictures.hpp"
#include "style.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace loophole::report {
namespace {

constexpr double row_height = 25, label_size = 9.5, segment_size = 8.5, legend_size = 9, bar = 0.8;
/// What is open to hardly anybody is seen all the same.
constexpr double least_height = 0.07;

struct Status {
  const char* name;
  const char* words;
  const char* ground;  ///< solid
  const char* hatch;   ///< over it; empty: none
};

// Borders close the seams between bars that follow each other.
constexpr std::array statuses{
    Status{"closed", "closed", "fc rgb '#e6e6e6' fs solid 1.0 border lc rgb '#e6e6e6' lw 0.8", ""},
    Status{"gap", "gap: no rule binds it, lawful", "fc rgb '#0072B2' fs solid 1.0 border lc rgb '#0072B2' lw 0.8", ""},
    Status{"leak", "leak: forbidden, but not stopped", "fc rgb '#F7B98E' fs solid 1.0 border lc rgb '#F7B98E' lw 0.8",
           "fc rgb '#D55E00' fs transparent pattern 4 noborder"},
    Status{"licensed", "licensed: allowed by a licence", "fc rgb '#A8DCC8' fs solid 1.0 border lc rgb '#A8DCC8' lw 0.8",
           "fc rgb '#009E73' fs transparent pattern 2 noborder"},
};

/// A channel and the segments to which it is open in the same way.
struct Row {
  std::string channel, segments;
  bool is_first = true;  ///< of its channel
  const AccessHistory* history = nullptr;
};

bool are_equal(const AccessHistory& a, const AccessHistory& b) {
  return std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), [](const auto& s, const auto& t) {
    return s.from == t.from && s.gap == t.gap && s.leak == t.leak && s.licensed == t.licensed && s.offered == t.offered;
  });
}

std::vector<Row> rows_of(const std::vector<const AccessHistory*>& histories) {
  std::set<std::string> segments, channels;
  for (const AccessHistory* history : histories) {
    segments.insert(history->segment);
    channels.insert(history->channel);
  }
  std::vector<Row> rows;
  for (const std::string& channel : channels) {
    std::vector<std::pair<const AccessHistory*, std::vector<std::string>>> groups;
    for (const AccessHistory* history : histories) {
      if (history->channel != channel) continue;
      const auto group =
          std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return are_equal(*g.first, *history); });
      if (group == groups.end())
        groups.push_back({history, {history->segment}});
      else
        group->second.push_back(history->segment);
    }
    for (const auto& [history, names] : groups) {
      std::string words = names.size() == segments.size() && segments.size() > 1 ? "all" : "";
      for (std::size_t i = 0; i < names.size() && words != "all"; ++i)
        words += (i > 0 ? ", " : "") + names[i];
      rows.push_back({channel, words, &history == &groups[0].first, history});
    }
  }
  return rows;
}

/// Where each status lies within a row at a step, from below; of the row's height.
std::array<std::pair<double, double>, 4> heights(const AccessStep& step) {
  std::array<std::pair<double, double>, 4> result{};
  double below = 0;
  const std::array parts{step.gap, step.leak, step.licensed};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] <= 0) continue;
    const double height = std::max(parts[i], least_height);
    result[i + 1] = {below, std::min(below + height, 1.0)};
    below = result[i + 1].second;
  }
  result[0] = {0, std::max(step.offered, below)};
  return result;
}

/// Steps without those that a picture is too narrow to show.
std::vector<AccessStep> visible(const std::vector<AccessStep>& steps, Interval time) {
  const std::int64_t least = (time.to.seconds - time.from.seconds) / 400;
  std::vector<AccessStep> result;
  for (const AccessStep& step : steps)
    if (!result.empty() && step.from.seconds - result.back().from.seconds < least &&
        (&step == &steps.back() || (&step)[1].from.seconds - step.from.seconds < least)) {
      const Time from = result.back().from;
      result.back() = step;
      result.back().from = from;
    } else {
      result.push_back(step);
    }
  return result;
}

/// Blocks of the statuses that occur; by status which, or -1.
std::array<int, 4> add_bars(const std::vector<Row>& rows, Interval time, Blocks& data) {
  std::array<int, 4> index{-1, -1, -1, -1};
  for (std::size_t status = 0; status < statuses.size(); ++status)
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const std::vector<AccessStep> steps = visible(rows[r].history->steps, time);
      const double middle = static_cast<double>(rows.size() - r);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const Time to = i + 1 < steps.size() ? steps[i + 1].from : time.to;
        const auto [low, high] = heights(steps[i])[status];
        if (high <= low || to <= time.from || steps[i].from >= time.to || date(to) == date(steps[i].from)) continue;
        if (index[status] < 0) {
          index[status] = data.count();
          data.begin(statuses[status].words, {"from", "to", "row", "low", "high"});
        }
        data.cell(std::max(steps[i].from, time.from)).cell(std::min(to, time.to)).cell(middle);
        data.cell(middle + bar * (low - 0.5)).cell(middle + bar * (high - 0.5)).end_row();
      }
    }
  return index;
}

void draw_legend(Script& script, const std::array<int, 4>& index, double y) {
  double x = 20;
  for (const std::size_t status : {1U, 2U, 3U, 0U}) {
    if (index[status] < 0) continue;
    for (const char* fill : {statuses[status].ground, statuses[status].hatch})
      if (*fill != '\0') script.rectangle({x, y - 6, 26, 12}, fill);
    script.text(x + 32, y, statuses[status].words, {Align::left, legend_size});
    x += 32 + text_width(statuses[status].words, legend_size) + 24;
  }
  script.text(x, y, "blank: not offered", {Align::left, legend_size});
}

/// What is left of the bars: which channel, and to whom.
void draw_labels(Script& script, const std::vector<Row>& rows, const Box& panel, double channel_width) {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double y = panel.top + (static_cast<double>(r) + 0.5) * row_height;
    if (rows[r].is_first) {
      script.text(20, y, cut_to(rows[r].channel, channel_width, label_size),
                  {Align::left, label_size, ink, Weight::bold});
      if (r > 0)
        script.stroke(20, y - row_height / 2, panel.right(), y - row_height / 2, "lc rgb '#dddddd' lw 0.8 back");
    }
    const double room = panel.left - 8 - (20 + channel_width + 10);
    script.text(panel.left - 8, y, cut_to(rows[r].segments, room, segment_size),
                {Align::right, segment_size, faint_ink});
  }
}

struct Parts {
  const Results& results;
  Tables& tables;
  const std::vector<EventSummary>& events;
  std::vector<Arm> arms;
};

Picture draw_arm(const Parts& parts, const Arm& arm, const std::vector<const AccessHistory*>& histories,
                 const std::string& part) {
  const std::vector<Row> rows = rows_of(histories);
  Interval data_time{Time::never(), Time::always()};
  std::uint64_t replications = 1;
  for (const AccessHistory* history : histories)
    for (const AccessStep& step : history->steps) {
      data_time.from = std::min(data_time.from, step.from);
      data_time.to = std::max(data_time.to, step.from);
    }
  for (const EventSummary& event : parts.events)
    if (event.arm == arm) {
      data_time.to = std::max(data_time.to, event.median);
      replications = std::max(replications, event.of);
    }
  const Interval time = time_of(parts.results, arm, data_time);
  const EventMarks marks(parts.results, parts.events, {arm, time, parts.tables.changes(arm)});

  Sheet sheet;
  sheet.name = picture_name("availability", arm, parts.arms, part);
  sheet.width = 1280;
  sheet.title = "Who can use what, and whether it is lawful";
  sheet.subtitle = arm_words(parts.results, arm) + (part.empty() ? "" : fmt::format("({}). ", part)) +
                   "A bar's height: the part of firms that can use the channel" +
                   (replications > 1 ? fmt::format(", mean of {} futures", replications) : "");
  double channel_width = 0, segment_width = 0;
  for (const Row& row : rows) {
    channel_width = std::max(channel_width, 1.1 * text_width(row.channel, label_size));
    segment_width = std::max(segment_width, text_width(row.segments, segment_size));
  }
  channel_width = std::min(channel_width, 220.0);
  const double left = std::min(20 + channel_width + 10 + segment_width + 12, 470.0);
  const Box panel{left, below_titles + 68, sheet.width - left - 40, static_cast<double>(rows.size()) * row_height};
  sheet.height = panel.bottom() + 34 + marks.list_height(sheet.width) + 14;

  Script script(sheet);
  Blocks data;
  const std::array<int, 4> index = add_bars(rows, time, data);
  draw_legend(script, index, below_titles + 10);
  draw_labels(script, rows, panel, channel_width);
  marks.mark(script, panel);
  mark_as_of(script, parts.results, arm, time, panel, AsOf::words);
  marks.list(script, panel.bottom() + 30);
  script.panel(panel);
  script.time_axis(time, panel.width);
  script.line(fmt::format("set yrange [0.5:{}.5]; unset ytics", rows.size()));
  std::vector<std::string> items;
  for (std::size_t status = 0; status < statuses.size(); ++status)
    for (const char* fill : {statuses[status].ground, statuses[status].hatch})
      if (index[status] >= 0 && *fill != '\0')
        items.push_back(fmt::format("{} index {} using 1:3:1:2:4:5 with boxxyerror {} notitle", script.data(),
                                    index[status], fill));
  script.plot(items);
  return {sheet.name, "availability", script.finish("Who can use what, and whether it is lawful"), data.text()};
}

}  // namespace

Pictures draw_availability(const Given& given) {
  const auto& access = given.tables.access();
  const auto& events = given.tables.events();
  Diagnostics problems = access.diagnostics();
  problems.append(events.diagnostics());
  if (problems.has_errors()) return problems;
  std::vector<Arm> all;
  for (const AccessHistory& history : *access)
    if (all.empty() || all.back() != history.arm) all.push_back(history.arm);
  const Parts parts{given.results, given.tables, *events, chosen_arms(all, given, problems)};
  constexpr std::size_t most_rows = 36;
  std::vector<Picture> pictures;
  for (const Arm& arm : parts.arms) {
    std::vector<const AccessHistory*> histories;
    std::set<std::string> segments;
    for (const AccessHistory& history : *access)
      if (history.arm == arm) {
        histories.push_back(&history);
        segments.insert(history.segment);
      }
    if (rows_of(histories).size() <= most_rows) {
      pictures.push_back(draw_arm(parts, arm, histories, {}));
      continue;
    }
    for (const std::string& segment : segments) {
      std::vector<const AccessHistory*> of_segment;
      for (const AccessHistory* history : histories)
        if (history->segment == segment) of_segment.push_back(history);
      pictures.push_back(draw_arm(parts, arm, of_segment, segment));
    }
  }
  return {std::move(pictures), problems};
}

}  // namespace loophole::report
