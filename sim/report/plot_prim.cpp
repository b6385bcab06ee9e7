#include "analysis_table.hpp"
#include "pictures.hpp"
#include "style.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace loophole::report {
namespace {

/// A box's way: from all runs to few.
struct Trajectory {
  std::string title;
  double box = 1;
  struct Step {
    double step = 0, coverage = 0, density = 0, mass = 0, restricted = 0;
  };
  std::vector<Step> steps;
};

std::vector<Trajectory> trajectories_of(const AnalysisTable& table) {
  std::vector<Trajectory> result;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string title = table.text(row, "title");
    const double box = table.has("box") ? table.number(row, "box") : 1;
    const Trajectory::Step step{table.number(row, "step"), table.number(row, "coverage"), table.number(row, "density"),
                                table.number(row, "mass"), table.number(row, "restricted")};
    if (std::isnan(step.coverage) || std::isnan(step.density)) continue;
    const auto found = std::find_if(result.begin(), result.end(),
                                    [&](const Trajectory& each) { return each.title == title && each.box == box; });
    if (found == result.end())
      result.push_back({title, box, {step}});
    else
      found->steps.push_back(step);
  }
  return result;
}

void draw_panel(Script& script, Blocks& data, const Trajectory& trajectory, const Box& box) {
  std::map<double, int> by_limits;  // blocks of steps with so many restricted inputs
  const int line = data.count();
  const std::vector<std::string> columns{"step", "coverage", "density", "mass", "restricted"};
  const auto add = [&](const Trajectory::Step& step) {
    data.cell(step.step).cell(step.coverage).cell(step.density).cell(step.mass).cell(step.restricted).end_row();
  };
  data.begin(trajectory.title + ": all steps", columns);
  for (const Trajectory::Step& step : trajectory.steps)
    add(step);
  for (const Trajectory::Step& step : trajectory.steps)
    if (std::isfinite(step.restricted)) by_limits.emplace(step.restricted, -1);
  for (auto& [limits, index] : by_limits) {
    index = data.count();
    data.begin(fmt::format("{} inputs restricted", limits), columns);
    for (const Trajectory::Step& step : trajectory.steps)
      if (step.restricted == limits) add(step);
  }
  script.panel(box);
  script.line("unset xdata; set format x '%g %%'; set format y '%g %%'; set border 3 lc rgb '#888888'");
  script.line("set xrange [0:103]; set yrange [0:104]; set xtics 20; set ytics 20");
  script.line(fmt::format("set xtics font 'sans-serif,8' out nomirror offset 0,0.4 textcolor rgb '{}'", faint_ink));
  value_axis(script, box, "density: part of the box's runs that are of interest");
  script.line("set grid xtics ytics lc rgb '#dddddd' lw 0.6");
  script.text(box.left + box.width / 2, box.bottom() + 36, "coverage: part of all runs of interest that the box holds",
              {Align::centre, 8.5, faint_ink});
  std::vector<std::string> items{
      fmt::format("{} index {} using ($2*100):($3*100) with lines lc rgb '#999999' lw 1 notitle", script.data(), line)};
  static constexpr int shapes[] = {7, 5, 9, 11, 13, 4, 6, 8};
  std::vector<Entry> legend;
  double y = box.bottom() - 14 - 18 * static_cast<double>(by_limits.size());
  std::size_t number = 0;
  for (const auto& [limits, index] : by_limits) {
    const std::string look =
        fmt::format("pt {} ps 0.9 lc rgb '{}'", shapes[number % std::size(shapes)], style(number).colour);
    items.push_back(
        fmt::format("{} index {} using ($2*100):($3*100) with points {} notitle", script.data(), index, look));
    // Two points of a legend that gnuplot would put elsewhere.
    script.line(fmt::format("set label '' at screen {:.5f}, screen {:.5f} point {}", script.x(box.left + 20),
                            script.y(y), look));
    script.text(box.left + 32, y, limits == 1 ? "1 input restricted" : fmt::format("{:g} inputs restricted", limits),
                {Align::left, 8.5});
    y += 18;
    ++number;
  }
  // Every so many steps are numbered, with room between them.
  double last_x = -1e9, last_y = -1e9;
  for (const Trajectory::Step& step : trajectory.steps) {
    const double x = box.left + step.coverage * 100 / 103 * box.width;
    const double at = box.bottom() - step.density * 100 / 104 * box.height;
    if (std::hypot(x - last_x, at - last_y) < 34) continue;
    script.text(x + 7, at - 9, fmt::format("{:g}", step.step), {Align::left, 7.5, faint_ink});
    last_x = x;
    last_y = at;
  }
  script.plot(items);
}

}  // namespace

Pictures draw_prim(const Given& given) {
  if (given.request.table.empty())
    return only(
        refusal("--kind prim", "no table is given", "the threshold of what is of interest is yours to choose",
                "write one by 'loophole analyze prim DIR --outcome O --above X --format csv --table trajectory', "
                "and give it by --table FILE"));
  const auto table = AnalysisTable::read(given.request.table);
  if (!table) return table.diagnostics();
  if (!is_trajectory(*table))
    return only(refusal(table->name(), "no trajectory", "it lacks one of the columns step, coverage and density",
                        "add --table trajectory to 'loophole analyze prim'"));
  std::vector<Trajectory> trajectories = trajectories_of(*table);
  constexpr std::size_t most = 6;
  const std::size_t all = trajectories.size();
  if (all > most) trajectories.resize(most);
  if (trajectories.empty()) return std::vector<Picture>{};
  Sheet sheet;
  sheet.name = "prim";
  sheet.width = trajectories.size() == 1 ? 900 : 1280;
  sheet.title = "What a denser box costs: PRIM's way from all futures to few";
  sheet.subtitle = "From right to left the box becomes smaller and denser; numbers are steps" +
                   (all > most ? fmt::format("; the first {} of {} boxes", most, all) : "");
  Facets::Sizes sizes;
  sizes.top = below_titles + 4;
  sizes.left = 78;
  sizes.above = 40;
  sizes.below = 60;
  sizes.most_columns = 2;
  sizes.panel_height = 440;
  const Facets facets(sheet.width, trajectories.size(), sizes);
  sheet.height = facets.bottom() + 4;
  Script script(sheet);
  Blocks data;
  for (std::size_t i = 0; i < trajectories.size(); ++i) {
    facets.title(script, i, trajectories[i].title, fmt::format("box {:g}", trajectories[i].box));
    draw_panel(script, data, trajectories[i], facets.panel(i));
  }
  return std::vector<Picture>{{sheet.name, "prim", script.finish("PRIM's peeling trajectory"), data.text()}};
}

}  // namespace loophole::report
