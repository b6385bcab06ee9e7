#include "pictures.hpp"
#include "style.hpp"
#include "tornado_table.hpp"
#include "words.hpp"
#include <loophole/analysis/regression.hpp>
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace loophole::report {

namespace {

constexpr std::size_t most_bars = 15, most_panels = 12;
constexpr double row_height = 24, name_size = 9;
const char* const rising = "fc rgb '#0072B2' fs solid 1.0 noborder";
const char* const falling_ground = "fc rgb '#F7CDB0' fs solid 1.0 noborder";
const char* const falling_hatch = "fc rgb '#D55E00' fs transparent pattern 5 noborder";
const char* const total_fill = "fc rgb '#C6DFF0' fs solid 1.0 border lc rgb '#0072B2'";

struct Bar {
  std::string name;
  double value = 0, low = 0, high = 0, inner = 0;  ///< low and high: the value where there is no interval
  bool falls = false;
};

/// The bars of one outcome in one scenario, the longest first.
struct Panel {
  std::string outcome, scenario, unit;
  std::vector<Bar> bars;
  std::size_t left_out = 0;
};

std::vector<Panel> panels_of(const AnalysisTable& table, const SensitivityIndex& index, const Given& given,
                             Diagnostics& problems) {
  const std::vector<std::string>& wanted = given.request.outcomes;
  std::vector<Panel> panels;
  std::vector<std::string> outcomes, scenarios;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string outcome = table.text(row, "outcome"), scenario = table.text(row, "scenario");
    outcomes.push_back(outcome);
    scenarios.push_back(scenario);
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), outcome) == wanted.end()) continue;
    if (!given.request.scenario.empty() && scenario != given.request.scenario) continue;
    Bar bar{table.text(row, index.factor), table.number(row, index.value), 0, 0, 0};
    if (std::isnan(bar.value)) continue;
    const auto or_value = [&](const char* column) {
      const double value = table.number(row, column);
      return std::isnan(value) ? bar.value : value;
    };
    bar.low = or_value(index.low);
    bar.high = or_value(index.high);
    bar.inner = *index.inner == '\0' ? 0 : std::max(0.0, or_value(index.inner));
    bar.falls = (*index.direction == '\0' ? bar.value : or_value(index.direction)) < 0;
    const auto found = std::find_if(panels.begin(), panels.end(), [&](const Panel& panel) {
      return panel.outcome == outcome && panel.scenario == scenario;
    });
    if (found == panels.end())
      panels.push_back({outcome, scenario, table.text(row, "unit"), {bar}});
    else
      found->bars.push_back(bar);
  }
  for (const std::string& outcome : wanted)
    if (std::find(outcomes.begin(), outcomes.end(), outcome) == outcomes.end())
      problems.add(refusal("--outcome", fmt::format("no outcome '{}'", outcome),
                           fmt::format("{} has no rows of it", table.name()), suggest(outcome, outcomes)));
  if (const std::string& scenario = given.request.scenario;
      !scenario.empty() && std::find(scenarios.begin(), scenarios.end(), scenario) == scenarios.end())
    problems.add(refusal("--scenario", fmt::format("no scenario '{}'", scenario),
                         fmt::format("{} has no rows of it", table.name()), suggest(scenario, scenarios)));
  for (Panel& panel : panels) {
    std::stable_sort(panel.bars.begin(), panel.bars.end(),
                     [](const Bar& a, const Bar& b) { return std::abs(a.value) > std::abs(b.value); });
    if (panel.bars.size() <= most_bars) continue;
    panel.left_out = panel.bars.size() - most_bars;
    panel.bars.resize(most_bars);
  }
  return panels;
}

/// Blocks of the bars that rise, and of those that fall; -1 of none.
std::array<int, 2> add_blocks(const Panel& panel, Blocks& data) {
  std::array<int, 2> index{-1, -1};
  for (std::size_t falls = 0; falls < 2; ++falls)
    for (std::size_t i = 0; i < panel.bars.size(); ++i) {
      const Bar& bar = panel.bars[i];
      if (bar.falls != (falls == 1)) continue;
      if (index[falls] < 0) {
        index[falls] = data.count();
        data.begin(fmt::format("{} {}: {}", panel.outcome, panel.scenario, falls == 1 ? "falls" : "rises"),
                   {"row", "value", "low", "high", "by itself"});
      }
      data.cell(static_cast<double>(panel.bars.size() - i)).cell(bar.value).cell(bar.low).cell(bar.high);
      data.cell(bar.inner).end_row();
    }
  return index;
}

Scale scale_of(const Panel& panel) {
  double most = 0;
  for (const Bar& bar : panel.bars)
    for (const double value : {bar.value, bar.low, bar.high})
      most = std::max(most, std::abs(value));
  return panel.unit.empty() ? Scale{} : scale_for(most, panel.unit);
}

void draw_panel(Script& script, Blocks& data, const Panel& panel, const SensitivityIndex& shown, const Box& box) {
  const std::array<int, 2> index = add_blocks(panel, data);
  const Scale scale = scale_of(panel);
  double low = 0, high = 0;
  for (std::size_t i = 0; i < panel.bars.size(); ++i) {
    const Bar& bar = panel.bars[i];
    const double y = box.top + (static_cast<double>(i) + 0.5) / static_cast<double>(panel.bars.size()) * box.height;
    script.text(box.left - 8, y, cut_to(bar.name, 165, name_size), {Align::right, name_size, ink});
    const double shown_value = bar.value / scale.factor;
    const bool has_unit = !panel.unit.empty() || std::abs(shown_value) >= 10;
    script.text(box.right() + 8, y,
                has_unit ? fmt::format("{:.3g}", shown_value)
                         : fmt::format("{:.2f}", std::abs(shown_value) < 0.005 ? 0.0 : shown_value),
                {Align::left, name_size, ink});
    for (const double value : {bar.value, bar.low, bar.high}) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  std::string axis = shown.axis;
  if (!panel.unit.empty() && panel.unit != "1") axis += ", " + scale.unit;
  if (panel.unit == "1") axis += scale.unit == "%" ? ", percentage points" : "";
  if (panel.left_out > 0) axis += fmt::format("; {} smaller ones are left out", panel.left_out);
  script.text(box.left + box.width / 2, box.bottom() + 34, cut_to(axis, box.width + 200, 8.5),
              {Align::centre, 8.5, faint_ink});
  script.panel(box);
  script.number_axis();
  const double room = high > low ? 0.04 * (high - low) : 1;
  script.line(fmt::format("set xrange [{:.6g}:{:.6g}]; set yrange [0.5:{}.5]",
                          (low < 0 ? low - room : 0) / scale.factor, (high + room) / scale.factor, panel.bars.size()));
  script.line("set arrow from 0, graph 0 to 0, graph 1 nohead lc rgb '#000000' lw 1 front");
  const std::string by = scale.factor == 1 ? "" : fmt::format("/{:g}", scale.factor);
  std::vector<std::string> items;
  const auto bars = [&](int block, const char* column, const char* fill, double half) {
    items.push_back(
        fmt::format("{} index {} using (${}{}/2):1:(0):(${}{}):($1-{:g}):($1+{:g}) with boxxyerror {} notitle",
                    script.data(), block, column, by, column, by, half, half, fill));
  };
  for (std::size_t falls = 0; falls < 2; ++falls) {
    if (index[falls] < 0) continue;
    if (*shown.inner != '\0') {
      bars(index[falls], "2", total_fill, 0.34);
      bars(index[falls], "5", rising, 0.34);
    } else if (falls == 0) {
      bars(index[falls], "2", rising, 0.34);
    } else {
      bars(index[falls], "2", falling_ground, 0.34);
      bars(index[falls], "2", falling_hatch, 0.34);
    }
    if (*shown.low != '\0')
      items.push_back(
          fmt::format("{0} index {1} using ($2{2}):1:($3{2}):($4{2}) with xerrorbars pt 0 lw 1.4 lc rgb "
                      "'#000000' notitle",
                      script.data(), index[falls], by));
  }
  script.plot(items);
}

std::vector<Entry> legend_of(const SensitivityIndex& shown, const std::vector<Panel>& panels) {
  std::vector<Entry> entries;
  if (*shown.inner != '\0') {
    entries.push_back({shown.inner_words, {rising}});
    entries.push_back({"together with others (ST)", {total_fill}});
  } else {
    bool rises = false, falls = false;
    for (const Panel& panel : panels)
      for (const Bar& bar : panel.bars)
        (bar.falls ? falls : rises) = true;
    if (falls) {
      if (rises) entries.push_back({"more of it, more of the outcome", {rising}});
      entries.push_back({"more of it, less of the outcome", {falling_ground, falling_hatch}});
    }
    if (falls && std::string_view(shown.factor) == "contributor") {
      entries.clear();
      entries.push_back({"raises the outcome", {rising}});
      entries.push_back({"lowers the outcome", {falling_ground, falling_hatch}});
    }
  }
  entries.push_back({"95 % interval", {}, "lc rgb '#000000' lw 1.4"});
  return entries;
}

Picture draw_sheet(const Given& given, const SensitivityIndex& shown, const std::vector<Panel>& panels,
                   const std::string& name, const std::string& subtitle) {
  std::size_t bars = 1;
  for (const Panel& panel : panels)
    bars = std::max(bars, panel.bars.size());
  Sheet sheet;
  sheet.name = name;
  sheet.width = 1280;
  sheet.title = shown.title;
  sheet.subtitle = subtitle;
  Facets::Sizes sizes;
  sizes.top = below_titles + 36;
  sizes.left = 195;
  sizes.above = 32;
  sizes.below = 56;
  sizes.most_columns = 2;
  sizes.panel_height = static_cast<double>(std::max<std::size_t>(bars, 2)) * row_height;
  const Facets facets(sheet.width - 20, panels.size(), sizes);
  sheet.height = facets.bottom() + 4;
  Script script(sheet);
  Blocks data;
  draw_legend(script, legend_of(shown, panels), below_titles);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    facets.title(script, i,
                 given.results.label(panels[i].scenario.empty() && !given.results.scenarios.empty()
                                         ? given.results.scenarios.front().name
                                         : panels[i].scenario,
                                     "outcomes", panels[i].outcome));
    Box box = facets.panel(i);
    box.width -= 40;
    box.height = static_cast<double>(panels[i].bars.size()) * row_height;
    draw_panel(script, data, panels[i], shown, box);
  }
  return {sheet.name, "tornado", script.finish(sheet.title), data.text()};
}

/// Rank regression of the folder's runs: any design will do, and luck does not have to be told apart.
Result<AnalysisTable> regression_of(const Given& given, Diagnostics& problems) {
  const auto runs = analysis::read_runs(analysis::sampled_runs_in(given.results.folder));
  if (!runs) return runs.diagnostics();
  std::vector<analysis::Finding> findings;
  for (std::uint32_t scenario = 0; scenario < runs->scenarios.size(); ++scenario) {
    const analysis::Points points = analysis::sampled_points_of(*runs, scenario);
    const auto inputs = analysis::regression_inputs(*runs, points);
    if (!inputs) {
      problems.append(inputs.diagnostics());
      continue;
    }
    for (std::size_t outcome = 0; outcome < runs->outcomes.size(); ++outcome)
      findings.push_back(analysis::regression_finding(*runs, points, outcome, *inputs, {200, 1}));
  }
  if (findings.empty()) return problems;
  return AnalysisTable::of("regression", analysis::finding_csv(findings));
}

}  // namespace

Pictures draw_tornado(const Given& given) {
  Diagnostics problems;
  const bool is_given = !given.request.table.empty();
  if (!is_given && !given.results.has("outcomes")) return std::vector<Picture>{};
  const auto table = is_given ? AnalysisTable::read(given.request.table) : regression_of(given, problems);
  if (!table) {
    // Runs that cannot be regressed (a single one, words as inputs) are no mistake of who asks for all pictures.
    if (!is_given && given.request.kinds.empty()) return std::vector<Picture>{};
    return table.diagnostics();
  }
  const SensitivityIndex* const shown = index_of(*table);
  if (!shown)
    return only(refusal(table->name(), "no table of a tornado", "it has none of SRRC, ST, mu_star, delta or shapley",
                        "give what 'loophole analyze METHOD DIR --format csv' writes"));
  Diagnostics wrong;
  const std::vector<Panel> panels = panels_of(*table, *shown, given, wrong);
  if (wrong.has_errors()) return wrong;
  std::vector<std::string> scenarios;
  for (const Panel& panel : panels)
    if (std::find(scenarios.begin(), scenarios.end(), panel.scenario) == scenarios.end())
      scenarios.push_back(panel.scenario);
  std::vector<Picture> pictures;
  for (const std::string& scenario : scenarios) {
    std::vector<Panel> of_scenario;
    for (const Panel& panel : panels)
      if (panel.scenario == scenario) of_scenario.push_back(panel);
    std::string subtitle = scenario.empty() ? "" : arm_words(given.results, {scenario, 0});
    subtitle += is_given ? "From " + file_name(given.request.table.substr(given.request.table.rfind('/') + 1))
                         : "Rank regression of the runs in this folder";
    if (of_scenario.size() > most_panels) {
      subtitle += fmt::format("; the first {} of {} outcomes: --outcome chooses", most_panels, of_scenario.size());
      of_scenario.resize(most_panels);
    }
    const std::string name = scenarios.size() > 1 ? "tornado-" + file_name(scenario) : "tornado";
    pictures.push_back(draw_sheet(given, *shown, of_scenario, name, subtitle));
  }
  return pictures;
}

}  // namespace loophole::report
