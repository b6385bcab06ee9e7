#include "pictures.hpp"
#include "style.hpp"
#include "words.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::report {
namespace {

constexpr double row_height = 30, name_size = 9;
const char* const spread_fill = "fc rgb '#9CC7E3' fs solid 1.0 noborder";

/// An outcome against one base: a line an arm.
struct Panel {
  std::string base, outcome;
  std::vector<const ComparisonLine*> lines;
};

std::vector<Panel> panels_of(const std::vector<ComparisonLine>& lines, const Given& given, Diagnostics& problems) {
  const std::vector<std::string>& wanted = given.request.outcomes;
  std::vector<Panel> panels;
  std::vector<std::string> known, scenarios;
  for (const ComparisonLine& line : lines) {
    known.push_back(line.outcome);
    scenarios.push_back(line.other);
    scenarios.push_back(line.base);
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), line.outcome) == wanted.end()) continue;
    const std::string& scenario = given.request.scenario;
    if (!scenario.empty() && line.other != scenario && line.base != scenario) continue;
    if (std::isnan(line.difference)) continue;
    const auto found = std::find_if(panels.begin(), panels.end(), [&](const Panel& panel) {
      return panel.base == line.base && panel.outcome == line.outcome;
    });
    if (found == panels.end())
      panels.push_back({line.base, line.outcome, {&line}});
    else
      found->lines.push_back(&line);
  }
  for (const std::string& outcome : wanted)
    if (std::find(known.begin(), known.end(), outcome) == known.end())
      problems.add(refusal("--outcome", fmt::format("no outcome '{}'", outcome), "comparison.csv has no rows of it",
                           suggest(outcome, known)));
  if (const std::string& scenario = given.request.scenario;
      !scenario.empty() && std::find(scenarios.begin(), scenarios.end(), scenario) == scenarios.end())
    problems.add(refusal("--scenario", fmt::format("no scenario '{}'", scenario),
                         "comparison.csv compares none of that name", suggest(scenario, scenarios)));
  return panels;
}

double largest(const Panel& panel) {
  double most = 0;
  for (const ComparisonLine* line : panel.lines)
    for (const double value : {line->difference, line->q05, line->q95})
      if (std::isfinite(value)) most = std::max(most, std::abs(value));
  return most;
}

/// Rows from the top: spread, mean and its interval, in the outcome's own unit.
int add_block(const Panel& panel, Blocks& data) {
  const int index = data.count();
  std::string arms;
  for (const ComparisonLine* line : panel.lines)
    arms += (arms.empty() ? "" : ", ") + line->other;
  data.begin(
      fmt::format("{} against {}, {}; from the top: {}", panel.outcome, panel.base, panel.lines.front()->unit, arms),
      {"row", "difference", "q05", "q95", "mc_low", "mc_high"});
  for (std::size_t i = 0; i < panel.lines.size(); ++i) {
    const ComparisonLine& line = *panel.lines[i];
    // Without a spread or an interval (a single replication) they are the mean itself.
    const auto or_mean = [&](double value) { return std::isnan(value) ? line.difference : value; };
    data.cell(static_cast<double>(panel.lines.size() - i)).cell(line.difference).cell(or_mean(line.q05));
    data.cell(or_mean(line.q95)).cell(or_mean(line.mc_low)).cell(or_mean(line.mc_high)).end_row();
  }
  return index;
}

std::string preference(const Results& results, const Panel& panel) {
  const ScenarioNote* const note = results.note(panel.base);
  if (!note) return {};
  const auto found = note->prefers.find(panel.outcome);
  if (found == note->prefers.end()) return {};
  const auto to_whom = note->to_whom.find(panel.outcome);
  return fmt::format("{} is better{}", found->second, to_whom == note->to_whom.end() ? "" : " for " + to_whom->second);
}

void draw_panel(Script& script, Blocks& data, const Panel& panel, const Box& box, const Results& results) {
  const int index = add_block(panel, data);
  const Scale scale = scale_for(largest(panel), panel.lines.front()->unit, 1.5);
  const std::string unit = scale.unit == "%" ? "percentage points" : scale.unit;
  const double rows = static_cast<double>(panel.lines.size());
  for (std::size_t i = 0; i < panel.lines.size(); ++i) {
    const double y = box.top + (static_cast<double>(i) + 0.5) / rows * box.height;
    script.text(box.left - 8, y, cut_to(panel.lines[i]->other, 150, name_size), {Align::right, name_size, ink});
    const double value = panel.lines[i]->difference / scale.factor;
    script.text(box.right() + 8, y, value == 0 ? "0" : fmt::format("{:+.3g}", value), {Align::left, name_size, ink});
  }
  std::string below = unit;
  if (const std::string better = preference(results, panel); !better.empty())
    below += (below.empty() ? "" : "; ") + better;
  script.text(box.left + box.width / 2, box.bottom() + 34, cut_to(below, box.width + 100, 8.5),
              {Align::centre, 8.5, faint_ink});
  script.panel(box);
  script.number_axis();
  double low = 0, high = 0;
  for (const ComparisonLine* line : panel.lines)
    for (const double value : {line->difference, line->q05, line->q95, line->mc_low, line->mc_high})
      if (std::isfinite(value)) {
        low = std::min(low, value);
        high = std::max(high, value);
      }
  const double room = high > low ? 0.06 * (high - low) : 1;
  script.line(fmt::format("set xrange [{:.6g}:{:.6g}]; set yrange [0.5:{}.5]", (low - room) / scale.factor,
                          (high + room) / scale.factor, panel.lines.size()));
  script.line("set arrow from 0, graph 0 to 0, graph 1 nohead lc rgb '#000000' lw 1.2 dt 2 front");
  const std::string by = fmt::format("/{:g}", scale.factor), block = fmt::format("{} index {}", script.data(), index);
  script.plot({fmt::format("{0} using (($3+$4)/2{1}):1:($3{1}):($4{1}):($1-0.3):($1+0.3) with boxxyerror {2} notitle",
                           block, by, spread_fill),
               fmt::format("{0} using ($2{1}):1:($5{1}):($6{1}) with xerrorbars pt 7 ps 0.7 lw 2 lc rgb '{2}' notitle",
                           block, by, ink)});
}

}  // namespace

Pictures draw_comparison(const Given& given) {
  const auto lines = read_comparison(given.results);
  if (!lines) return lines.diagnostics();
  Diagnostics problems;
  const std::vector<Panel> panels = panels_of(*lines, given, problems);
  if (problems.has_errors()) return problems;
  if (panels.empty()) return std::vector<Picture>{};

  std::size_t arms = 0;
  std::uint64_t replications = 0;
  for (const Panel& panel : panels) {
    arms = std::max(arms, panel.lines.size());
    for (const ComparisonLine* line : panel.lines)
      replications = std::max(replications, line->n);
  }
  const Results& results = given.results;
  Sheet sheet;
  sheet.name = "comparison";
  sheet.width = 1280;
  sheet.title = "What is different from " + panels.front().base;
  const ScenarioNote* const base = results.note(panels.front().base);
  sheet.subtitle =
      sentence(base ? base->title : "") +
      fmt::format("Paired differences of {} futures under the same luck; dashed: no difference", replications);
  Facets::Sizes sizes;
  sizes.top = below_titles + 36;
  sizes.left = 180;
  sizes.above = 32;
  sizes.below = 56;
  sizes.most_columns = 2;
  sizes.panel_height = std::max(2.0, static_cast<double>(arms)) * row_height;
  const Facets facets(sheet.width - 30, panels.size(), sizes);
  // What the arms are, below.
  std::vector<std::string> titles;
  for (const ComparisonLine* line : panels.front().lines)
    if (const ScenarioNote* const note = results.note(line->other); note && !note->title.empty())
      titles.push_back(fmt::format("{}: {}", note->name, note->title));
  sheet.height = facets.bottom() + 16 + 18 * static_cast<double>(titles.size());

  Script script(sheet);
  Blocks data;
  draw_legend(script,
              {{"mean of the difference, with its Monte Carlo error (95 %)", {}, "lc rgb '#222222' lw 2"},
               {"5 to 95 % of futures", {spread_fill}}},
              below_titles);
  for (std::size_t i = 0; i < titles.size(); ++i)
    script.text(20, facets.bottom() + 10 + 18 * static_cast<double>(i), cut_to(titles[i], sheet.width - 40, 8.5),
                {Align::left, 8.5, ink});
  for (std::size_t i = 0; i < panels.size(); ++i) {
    facets.title(script, i, results.label(panels[i].base, "outcomes", panels[i].outcome));
    Box box = facets.panel(i);
    box.width -= 40;
    draw_panel(script, data, panels[i], box, results);
  }
  return std::vector<Picture>{{sheet.name, "comparison", script.finish(sheet.title), data.text()}};
}

}  // namespace loophole::report
