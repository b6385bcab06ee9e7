#include "pictures.hpp"

#include "style.hpp"
#include "words.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::report {

const Result<std::vector<EventSummary>>& Tables::events() {
  if (!events_) events_ = results_.has("events") ? read_events(results_) : Result(std::vector<EventSummary>{});
  return *events_;
}

const Result<std::vector<AccessHistory>>& Tables::access() {
  if (!access_) access_ = results_.has("availability") ? read_access(results_) : Result(std::vector<AccessHistory>{});
  return *access_;
}

std::set<Time> Tables::changes(const Arm& arm) {
  std::set<Time> changes;
  if (!access()) return changes;
  for (const AccessHistory& history : *access())
    if (history.arm == arm)
      for (const AccessStep& step : history.steps)
        changes.insert(step.from);
  // Where it all begins, nothing changes.
  if (!changes.empty()) changes.erase(changes.begin());
  return changes;
}

Facets::Facets(double width, std::size_t count, const Sizes& sizes)
    : width_(width), columns_(std::max<std::size_t>(1, std::min(count, sizes.most_columns))), sizes_(sizes) {
  if (count == 4) columns_ = std::min<std::size_t>(2, sizes.most_columns);
  rows_ = (count + columns_ - 1) / columns_;
}

Box Facets::panel(std::size_t facet) const {
  const double cell = (width_ - 20) / static_cast<double>(columns_);
  const double height = sizes_.above + sizes_.panel_height + sizes_.below;
  const std::size_t row = facet / columns_, column = facet % columns_;
  return {10 + static_cast<double>(column) * cell + sizes_.left,
          sizes_.top + static_cast<double>(row) * height + sizes_.above, cell - sizes_.left - 26, sizes_.panel_height};
}

void Facets::title(Script& script, std::size_t facet, std::string_view words, std::string_view more) const {
  const Box box = panel(facet);
  const double left = box.left - sizes_.left + 10, room = box.right() - left;
  const double y = box.top - sizes_.above + 10;
  script.text(left, y, cut_to(words, room, 9.5), {Align::left, 9, ink, Weight::bold});
  if (!more.empty()) script.text(left, y + 16, cut_to(more, room, 8), {Align::left, 8, faint_ink});
}

double Facets::bottom() const {
  return sizes_.top + static_cast<double>(rows_) * (sizes_.above + sizes_.panel_height + sizes_.below);
}

double draw_legend(Script& script, const std::vector<Entry>& entries, double top) {
  constexpr double size = 9;
  double x = 20, y = top + 10;
  for (const Entry& entry : entries) {
    const double width = 32 + text_width(entry.name, size) + 18;
    if (x > 20 && x + width > script.sheet().width) {
      x = 20;
      y += 22;
    }
    for (const std::string& fill : entry.fills)
      script.rectangle({x, y - 7, 26, 14}, fill);
    if (!entry.fills.empty()) script.rectangle({x, y - 7, 26, 14}, "fs empty border lc rgb '#888888' lw 0.6");
    if (!entry.line.empty()) script.stroke(x, y, x + 26, y, entry.line);
    script.text(x + 32, y, cut_to(entry.name, script.sheet().width - 80, size), {Align::left, size});
    x += width;
  }
  return entries.empty() ? 0 : y + 14 - top;
}

void value_axis(Script& script, const Box& panel, std::string_view unit) {
  script.line(fmt::format(
      "set ytics font 'sans-serif,8' out nomirror textcolor rgb '{}'; set grid ytics lc rgb '#dddddd' lw 0.6",
      faint_ink));
  if (unit.empty()) return;
  script.line(
      fmt::format("set label {} at screen {:.5f}, screen {:.5f} centre rotate by 90 font 'sans-serif,8' tc rgb '{}'",
                  quoted(cut_to(unit, panel.height + 40, 8)), script.x(panel.left - 50),
                  script.y(panel.top + panel.height / 2), faint_ink));
}

double per_month(double amount, Time from, Time to) {
  const double days = days_between(from, to);
  return days > 0 ? amount / days * days_per_month : 0;
}

std::vector<Arm> chosen_arms(const std::vector<Arm>& arms, const Given& given, Diagnostics& problems) {
  const std::string& wanted = given.request.scenario;
  std::vector<Arm> chosen;
  std::vector<std::string> known;
  for (const Arm& arm : arms) {
    if (wanted.empty() || arm.scenario == wanted) chosen.push_back(arm);
    if (std::find(known.begin(), known.end(), arm.scenario) == known.end()) known.push_back(arm.scenario);
  }
  if (chosen.empty() && !wanted.empty())
    problems.add(refusal("--scenario", fmt::format("no scenario '{}'", wanted),
                         fmt::format("{} has no rows of it", given.results.folder), suggest(wanted, known)));
  if (chosen.size() > most_arms) {
    problems.add({Severity::warning,
                  {given.results.folder, 0, 0},
                  "",
                  fmt::format("only the first {} of {} scenarios and points are drawn", most_arms, chosen.size()),
                  "each has a picture of its own",
                  "choose with --scenario"});
    chosen.resize(most_arms);
  }
  return chosen;
}

std::string picture_name(const std::string& kind, const Arm& arm, const std::vector<Arm>& arms,
                         const std::string& part) {
  std::string name = kind;
  if (arms.size() > 1) {
    name += "-" + file_name(arm.scenario);
    // Names that differ only in what no file's name may hold.
    std::set<std::string> alike;
    for (const Arm& other : arms) {
      if (other.scenario == arm.scenario) break;
      if (file_name(other.scenario) == file_name(arm.scenario)) alike.insert(other.scenario);
    }
    if (!alike.empty()) name += fmt::format("-{}", alike.size() + 1);
  }
  const bool has_points = std::any_of(arms.begin(), arms.end(), [&](const Arm& other) {
    return other.scenario == arm.scenario && other.design_id != arm.design_id;
  });
  if (has_points) name += fmt::format("-point-{}", arm.design_id);
  return part.empty() ? name : name + "-" + file_name(part);
}

std::string sentence(std::string words) {
  if (words.empty()) return words;
  const bool has_end = std::string_view(".?!").find(words.back()) != std::string_view::npos;
  return words + (has_end ? " " : ". ");
}

std::string arm_words(const Results& results, const Arm& arm) {
  const ScenarioNote* const note = results.note(arm.scenario);
  return sentence(note && !note->title.empty() ? fmt::format("{}: {}", arm.scenario, note->title) : arm.scenario);
}

Interval time_of(const Results& results, const Arm& arm, Interval data) {
  const ScenarioNote* const note = results.note(arm.scenario);
  Interval time = note && note->horizon ? *note->horizon : data;
  if (time.to <= time.from) time.to = {time.from.seconds + seconds_per_day};
  return time;
}

std::string as_of_words(const Results& results, const Arm& arm, Interval time) {
  const ScenarioNote* const note = results.note(arm.scenario);
  if (!note || !note->as_of || *note->as_of <= time.from || *note->as_of >= time.to) return {};
  return fmt::format("; dashed: forecast from {} on", date(*note->as_of));
}

void mark_as_of(Script& script, const Results& results, const Arm& arm, Interval time, const Box& panel, AsOf as_of) {
  const ScenarioNote* const note = results.note(arm.scenario);
  if (!note || !note->as_of || *note->as_of <= time.from || *note->as_of >= time.to) return;
  const double part = static_cast<double>(note->as_of->seconds - time.from.seconds) /
                      static_cast<double>(time.to.seconds - time.from.seconds);
  const double x = panel.left + part * panel.width;
  script.stroke(x, panel.top - (as_of == AsOf::words ? 34 : 0), x, panel.bottom(),
                "lc rgb '#000000' lw 1.2 dt 2 front");
  if (as_of == AsOf::line) return;
  script.text(x - 8, panel.top - 28, fmt::format("history, as known on {}", date(*note->as_of)),
              {Align::right, 10, faint_ink});
  script.text(x + 8, panel.top - 28, "forecast", {Align::left, 10, faint_ink});
}

}  // namespace loophole::report
