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

constexpr std::string_view sale = "sale";
/// Payments that have an area of their own; the rest share one.
constexpr std::size_t most_areas = styles - 1;

/// A panel: payments of one kind and unit, stacked.
struct Panel {
  std::string title, more, unit;
  std::vector<std::string> names;                             ///< of the areas, from below
  std::map<std::pair<Time, Time>, std::vector<double>> rows;  ///< a month's amounts by interval and area
};

using Named = std::pair<std::string, const Flow*>;

double total_of(const Flow& flow) {
  double total = 0;
  for (const FlowPoint& point : flow.points)
    total += point.amount;
  return total;
}

/// The largest have areas of their own, the largest at the bottom.
Panel panel_of(const std::vector<Named>& flows, const std::string& rest) {
  std::map<std::string, double> totals;
  for (const auto& [name, flow] : flows)
    totals[name] += total_of(*flow);
  std::vector<std::pair<double, std::string>> sorted;
  sorted.reserve(totals.size());
  for (const auto& [name, total] : totals)
    sorted.emplace_back(-total, name);
  std::sort(sorted.begin(), sorted.end());
  Panel panel;
  const bool all_fit = sorted.size() <= most_areas + 1;
  for (std::size_t i = 0; i < sorted.size() && (all_fit || i < most_areas); ++i)
    panel.names.push_back(sorted[i].second);
  if (!all_fit) panel.names.push_back(fmt::format("{} {}", sorted.size() - most_areas, rest));
  for (const auto& [name, flow] : flows) {
    const auto found = std::find(panel.names.begin(), panel.names.end(), name);
    const std::size_t area = std::min(static_cast<std::size_t>(found - panel.names.begin()), panel.names.size() - 1);
    for (const FlowPoint& point : flow->points)
      panel.rows.try_emplace({point.from, point.to}, panel.names.size(), 0.0).first->second[area] +=
          per_month(point.amount, point.from, point.to);
  }
  return panel;
}

/// What customers pay, pair by pair, and what is paid on, contract by contract; of each unit.
std::vector<Panel> panels_of(const std::vector<const Flow*>& flows) {
  std::vector<Panel> panels;
  std::map<std::string, std::vector<Named>> sales, contracts;
  for (const Flow* flow : flows)
    if (flow->contract == sale)
      sales[flow->unit].emplace_back(fmt::format("{} → {}", flow->payer, flow->payee), flow);
    else
      contracts[flow->unit].emplace_back(fmt::format("{}: {} → {}", flow->contract, flow->payer, flow->payee), flow);
  for (const auto& [unit, named] : sales) {
    panels.push_back(panel_of(named, "other pairs"));
    panels.back().title = "What customers pay to sellers";
    panels.back().unit = unit;
  }
  for (const auto& [unit, named] : contracts) {
    panels.push_back(panel_of(named, "other contracts"));
    panels.back().title = "What is passed on under contracts";
    panels.back().unit = unit;
  }
  return panels;
}

int add_block(const Panel& panel, Blocks& data) {
  std::vector<std::string> columns{"from", "to"};
  columns.insert(columns.end(), panel.names.begin(), panel.names.end());
  const int index = data.count();
  data.begin(fmt::format("{}, {} a month", panel.title, panel.unit), columns);
  const auto row = [&](Time from, Time to, const std::vector<double>& amounts) {
    data.cell(from).cell(to);
    for (const double amount : amounts)
      data.cell(amount);
    data.end_row();
  };
  for (const auto& [period, amounts] : panel.rows)
    row(period.first, period.second, amounts);
  // A step ends where the next begins: so does the last one.
  const auto& [last, amounts] = *panel.rows.rbegin();
  row(last.second, last.second, amounts);
  return index;
}

std::vector<Entry> entries_of(const Panel& panel) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < panel.names.size(); ++i)
    entries.push_back({panel.names[i], i < most_areas
                                           ? fills(style(i))
                                           : std::vector<std::string>{"fc rgb '#999999' fs solid 1.0 noborder"}});
  return entries;
}

double largest(const Panel& panel) {
  double most = 0;
  for (const auto& [period, amounts] : panel.rows) {
    double sum = 0;
    for (const double amount : amounts)
      sum += amount;
    most = std::max(most, sum);
  }
  return most;
}

/// When access changed, or a contract's terms: what moves money.
std::set<Time> changes_of(Tables& tables, const std::vector<EventSummary>& events, const Arm& arm) {
  std::set<Time> changes = tables.changes(arm);
  for (const EventSummary& event : events)
    if (event.arm == arm && event.event.starts_with("contracts.")) changes.insert(event.median);
  return changes;
}

struct Parts {
  const Given& given;
  const std::vector<EventSummary>& events;
  std::vector<Arm> arms;
};

Picture draw_arm(const Parts& parts, const Arm& arm, const std::vector<Panel>& panels) {
  const Results& results = parts.given.results;
  Interval data_time{Time::never(), Time::always()};
  for (const Panel& panel : panels) {
    data_time.from = std::min(data_time.from, panel.rows.begin()->first.first);
    data_time.to = std::max(data_time.to, panel.rows.rbegin()->first.second);
  }
  const Interval time = time_of(results, arm, data_time);
  const EventMarks marks(
      results, parts.events,
      {arm, time, changes_of(parts.given.tables, parts.events, arm), 18, EventMarks::Choice::Which::changes});
  Sheet sheet;
  sheet.name = picture_name("money", arm, parts.arms);
  sheet.width = 1280;
  sheet.height = 4000;  // until it is known
  sheet.title = "Who pays whom";
  sheet.subtitle = arm_words(results, arm) + "Amounts a month, payer → payee" + as_of_words(results, arm, time);
  constexpr double panel_height = 240, legend_left = 20;
  std::vector<double> tops;
  double top = below_titles + 4;
  Script measured(sheet);
  for (const Panel& panel : panels) {
    tops.push_back(top);
    top += 26 + draw_legend(measured, entries_of(panel), top + 22) + 30 + panel_height + 36;
  }
  sheet.height = top + marks.list_height(sheet.width) + 8;

  Script script(sheet);
  Blocks data;
  marks.list(script, top - 8);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    script.text(legend_left, tops[i] + 10, panels[i].title, {Align::left, 10.5, ink, Weight::bold});
    const double height = draw_legend(script, entries_of(panels[i]), tops[i] + 22);
    const Box box{78, tops[i] + 22 + height + 30, sheet.width - 78 - 36, panel_height};
    const int index = add_block(panels[i], data);
    const Scale scale = scale_for(largest(panels[i]), panels[i].unit);
    marks.mark(script, box);
    mark_as_of(script, results, arm, time, box, AsOf::line);
    script.panel(box);
    script.time_axis(time, box.width);
    value_axis(script, box, scale.unit + " a month");
    script.line("set yrange [0:*]; set format y '%g'");
    std::vector<std::string> items;
    const std::vector<Entry> entries = entries_of(panels[i]);
    for (std::size_t area = entries.size(); area-- > 0;)
      for (const std::string& fill : entries[area].fills)
        items.push_back(fmt::format("{} index {} using 1:((sum [c=3:{}] column(c))/{:g}) with fillsteps {} notitle",
                                    script.data(), index, area + 3, scale.factor, fill));
    script.plot(items);
  }
  return {sheet.name, "money", script.finish("Who pays whom"), data.text()};
}

}  // namespace

Pictures draw_money(const Given& given) {
  const auto flows = read_flows(given.results);
  const auto& events = given.tables.events();
  Diagnostics problems = flows.diagnostics();
  problems.append(events.diagnostics());
  problems.append(given.tables.access().diagnostics());
  if (problems.has_errors()) return problems;
  std::vector<Arm> all;
  for (const Flow& flow : *flows)
    if (all.empty() || all.back() != flow.arm) all.push_back(flow.arm);
  const Parts parts{given, *events, chosen_arms(all, given, problems)};
  std::vector<Picture> pictures;
  for (const Arm& arm : parts.arms) {
    std::vector<const Flow*> of_arm;
    for (const Flow& flow : *flows)
      if (flow.arm == arm) of_arm.push_back(&flow);
    pictures.push_back(draw_arm(parts, arm, panels_of(of_arm)));
  }
  return {std::move(pictures), problems};
}

}  // namespace loophole::report
