#include "script.hpp"

#include "style.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace loophole::report {
namespace {

constexpr double title_size = 16, subtitle_size = 10.5;

std::string_view word(Align align) {
  return align == Align::left ? "left" : align == Align::centre ? "centre" : "right";
}

/// A distance between dates of an axis.
struct TimeStep {
  std::int32_t months;
  std::int64_t days;
};

/// The first date of the step's grid that is not before `from`.
Time first_date(Time from, const TimeStep& step) {
  if (step.months == 0) {
    const std::int64_t length = step.days * seconds_per_day;
    const std::int64_t below = (from.seconds >= 0 ? from.seconds : from.seconds - length + 1) / length;
    return {below * length < from.seconds ? (below + 1) * length : below * length};
  }
  Time date = parse_time(fmt::format("{}-01-01", to_string(from).substr(0, 4))).value_or(from);
  if (step.months > 12) {
    const int year = std::stoi(to_string(from).substr(0, 4)), years = step.months / 12;
    date = parse_time(fmt::format("{:04}-01-01", (year + years - 1) / years * years)).value_or(from);
  }
  const Time start = date;
  for (std::int32_t months = step.months; date < from; months += step.months)
    date = start + Span{months, 0};
  return date;
}

std::vector<Time> dates_between(Interval time, const TimeStep& step) {
  std::vector<Time> dates;
  const Time first = first_date(time.from, step);
  for (std::int32_t i = 0;; ++i) {
    const Time date =
        step.months > 0 ? first + Span{i * step.months, 0} : Time{first.seconds + i * step.days * seconds_per_day};
    if (date > time.to) return dates;
    dates.push_back(date);
  }
}

}  // namespace

std::string date(Time time) {
  const std::string text = to_string(time);
  return text.substr(0, text.find('T'));
}

Script::Script(Sheet sheet) : sheet_(std::move(sheet)) {
  const double room = sheet_.width - 40;
  text(20, 24, cut_to(sheet_.title, room, title_size * 1.12), {Align::left, title_size, ink, Weight::bold});
  text(20, 48, cut_to(sheet_.subtitle, room, subtitle_size), {Align::left, subtitle_size, faint_ink});
}

void Script::line(std::string_view command) {
  body_ += "  ";
  body_ += command;
  body_ += '\n';
}

void Script::text(double x_at, double y_at, std::string_view words, const TextLook& look) {
  const std::string font = look.weight == Weight::bold ? fmt::format("bold.',{:g}'", look.size)
                                                       : fmt::format("'sans-serif,{:g}'", look.size);
  line(fmt::format("set label {} at screen {:.5f}, screen {:.5f} {} font {} tc rgb '{}' front", quoted(words), x(x_at),
                   y(y_at), word(look.align), font, look.colour));
}

void Script::rectangle(const Box& box, std::string_view fill) {
  line(fmt::format("set object rectangle from screen {:.5f}, screen {:.5f} to screen {:.5f}, screen {:.5f} {}",
                   x(box.left), y(box.bottom()), x(box.right()), y(box.top), fill));
}

void Script::stroke(double x1, double y1, double x2, double y2, std::string_view look) {
  line(fmt::format("set arrow from screen {:.5f}, screen {:.5f} to screen {:.5f}, screen {:.5f} nohead {}", x(x1),
                   y(y1), x(x2), y(y2), look));
}

void Script::panel(const Box& box) {
  line(fmt::format("set lmargin at screen {:.5f}; set rmargin at screen {:.5f}", x(box.left), x(box.right())));
  line(fmt::format("set tmargin at screen {:.5f}; set bmargin at screen {:.5f}", y(box.top), y(box.bottom())));
}

void Script::number_axis() {
  line("unset xdata; set format x '%g'; unset ytics; set border 1 lc rgb '#888888'");
  line(
      fmt::format("set xtics autofreq font 'sans-serif,8' out nomirror offset 0,0.4 textcolor rgb '{}'; set "
                  "grid xtics lc rgb '#dddddd' lw 0.6",
                  faint_ink));
}

void Script::time_axis(Interval time, double width) {
  static constexpr std::array steps{TimeStep{0, 1},   TimeStep{0, 2},   TimeStep{0, 7},   TimeStep{0, 14},
                                    TimeStep{1, 0},   TimeStep{2, 0},   TimeStep{3, 0},   TimeStep{6, 0},
                                    TimeStep{12, 0},  TimeStep{24, 0},  TimeStep{60, 0},  TimeStep{120, 0},
                                    TimeStep{240, 0}, TimeStep{600, 0}, TimeStep{1200, 0}};
  const double days = std::max(days_between(time.from, time.to), 1.0);
  const auto fits = [&](const TimeStep& step) {
    const double length = step.months > 0 ? step.months * days_per_month : static_cast<double>(step.days);
    const double label = step.months == 0 ? 90 : step.months < 12 ? 70 : 50;
    return days / length * label <= width;
  };
  const auto* const found = std::find_if(steps.begin(), steps.end(), fits);
  const TimeStep step = found == steps.end() ? steps.back() : *found;
  std::string tics;
  for (const Time at : dates_between(time, step)) {
    const std::string day = date(at);
    const std::string shown = step.months >= 12 ? day.substr(0, 4) : step.months > 0 ? day.substr(0, 7) : day;
    tics += fmt::format("{}'{}' '{}'", tics.empty() ? "" : ", ", shown, day);
  }
  line(fmt::format("set xdata time; set timefmt '{}'; set format x '%Y-%m'", date_format));
  line(fmt::format("set xrange ['{}':'{}']", date(time.from), date({time.to.seconds + seconds_per_day - 1})));
  line(fmt::format("set xtics ({}) font 'sans-serif,9' out nomirror offset 0,0.4 textcolor rgb '{}'", tics, faint_ink));
}

void Script::plot(const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < items.size(); ++i)
    line(fmt::format("{}{}{}", i == 0 ? "plot " : "  ", items[i], i + 1 < items.size() ? ", \\" : ""));
  line("unset label; unset arrow; unset object");
}

std::string Script::data() const { return quoted(sheet_.name + ".dat"); }

std::string Script::finish(std::string_view explanation) const {
  std::string script = fmt::format(
      "# {}\n# Change what you like and draw it again in this folder: gnuplot {}.gp\n"
      "formats = 'FORMATS'\n\ndo for [format in formats] {{\n"
      "  reset; set encoding utf8; set datafile separator ','; set datafile commentschars '#'\n",
      clean(explanation), sheet_.name);
  // gnuplot's SVG knows no bold letters, but writes a font's name as it is.
  script += fmt::format(
      "  if (format eq 'png') {{\n"
      "    set terminal pngcairo size {0:.0f},{1:.0f} noenhanced font 'sans-serif,11' background rgb 'white'\n"
      "    bold = 'sans-serif:Bold'\n"
      "  }} else {{\n"
      "    set terminal svg size {0:.0f},{1:.0f} noenhanced fontscale 1.3333 font 'sans-serif,11' background rgb "
      "'white'\n"
      "    bold = 'sans-serif\" font-weight=\"bold'\n"
      "  }}\n",
      sheet_.width, sheet_.height);
  script += fmt::format("  set output '{}.'.format\n  set multiplot\n", sheet_.name);
  script += "  unset key; set border 3 lc rgb '#888888'; set style fill solid 1.0 noborder\n" + body_;
  return script + "  unset multiplot\n  set output\n}\n";
}

void Blocks::begin(std::string_view what, const std::vector<std::string>& columns) {
  if (count_++ > 0) text_ += "\n\n";
  text_ += "# " + clean(what) + "\n# ";
  for (std::size_t i = 0; i < columns.size(); ++i)
    text_ += (i > 0 ? "," : "") + clean(columns[i]);
  text_ += '\n';
}

Blocks& Blocks::cell(double value) {
  if (!at_start_) text_ += ',';
  at_start_ = false;
  text_ += number(value);
  return *this;
}

Blocks& Blocks::cell(Time time) {
  if (!at_start_) text_ += ',';
  at_start_ = false;
  text_ += date(time);
  return *this;
}

void Blocks::end_row() {
  text_ += '\n';
  at_start_ = true;
}

}  // namespace loophole::report
