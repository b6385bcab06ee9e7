#include "event_marks.hpp"

#include "style.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace loophole::report {
namespace {

constexpr double flag_size = 8, list_size = 8.5, line_height = 17, flag_height = 15;

/// How sure it is: in how many futures, and when, 5 to 95 % of them. Nothing where it always happens on that day.
std::string futures(const EventSummary& event) {
  std::string words;
  if (event.replications != event.of) {
    const double part = 100 * static_cast<double>(event.replications) / static_cast<double>(event.of);
    words = fmt::format(", {:.0f} % of futures", part);
  }
  if (date(event.q05) != date(event.q95)) words += fmt::format(", {} to {}", date(event.q05), date(event.q95));
  return words.empty() ? words : fmt::format(" ({})", words.substr(2));
}

/// Events that people decide or that decide something; not what only follows a calendar.
bool is_of_interest(const EventSummary& event, const std::set<Time>& changes) {
  if (event.kind == "event") return true;
  return event.kind == "dated" && changes.count(event.median) != 0;
}

/// Events that change access, or announce that it will change: then firms leave before.
bool bears_on_access(const EventSummary& event, const std::set<Time>& changes) {
  return changes.count(event.median) != 0 || event.detail.find("announces ") != std::string::npos ||
         event.detail.find("cancels ") != std::string::npos;
}

/// "act.ENACTED" follows "act.ENACTED:SIGNED" at once.
bool is_said_by_another(const EventSummary& event, const std::vector<EventSummary>& events) {
  return !event.cause.empty() && event.cause.starts_with(event.event + ":") &&
         std::any_of(events.begin(), events.end(),
                     [&](const EventSummary& other) { return other.arm == event.arm && other.event == event.cause; });
}

}  // namespace

std::string words_of(const Results& results, const EventSummary& event) {
  const std::string& scenario = event.arm.scenario;
  std::string label = results.label(scenario, "events", event.event);
  if (label != event.event) return label;
  const std::size_t dot = event.event.find('.');
  if (dot != std::string::npos) {
    // "remote-access.ENACTED" of a bill, "rules.terms.in_force" of a dated value.
    const std::string first = event.event.substr(0, dot), rest = event.event.substr(dot + 1);
    const std::string bill = results.label(scenario, "bills", first);
    if (const std::string vehicle = results.label(scenario, "bills", event.event); vehicle != event.event)
      return fmt::format("{}: carried by {}", bill, vehicle);
    if (bill != first) return fmt::format("{}: {}", bill, bill_words(rest));
    const std::size_t second = rest.find('.');
    const std::string entity = rest.substr(0, second);
    if (const std::string named = results.label(scenario, first, entity); named != entity || event.kind == "dated")
      return fmt::format("{}: {}", named, event.detail.empty() ? rest.substr(second + 1) : event.detail);
  }
  for (const char* kind : {"triggers", "bills", "rules"})
    if (std::string named = results.label(scenario, kind, event.event); named != event.event) return named;
  return event.detail.empty() ? event.event : fmt::format("{}: {}", event.event, event.detail);
}

EventMarks::EventMarks(const Results& results, const std::vector<EventSummary>& events, const Choice& choice)
    : time_(choice.time) {
  std::vector<const EventSummary*> chosen;
  for (const EventSummary& event : events)
    if (event.arm == choice.arm && choice.time.contains(event.median) && is_of_interest(event, choice.changes) &&
        (choice.which == Choice::Which::all || bears_on_access(event, choice.changes)) &&
        event.replications * 10 >= event.of && !is_said_by_another(event, events))
      chosen.push_back(&event);
  if (chosen.size() > choice.most) {
    const auto weight = [&](const EventSummary* event) {
      return std::pair(bears_on_access(*event, choice.changes), event->replications);
    };
    std::stable_sort(chosen.begin(), chosen.end(), [&](const auto* a, const auto* b) { return weight(a) > weight(b); });
    left_out_ = chosen.size() - choice.most;
    chosen.resize(choice.most);
    std::stable_sort(chosen.begin(), chosen.end(), [](const auto* a, const auto* b) { return a->median < b->median; });
  }
  for (const EventSummary* event : chosen)
    events_.push_back({event->median, date(event->median), words_of(results, *event) + futures(*event)});
}

void EventMarks::mark(Script& script, const Box& panel) const {
  struct Flag {
    double from, to;  ///< of its text
    std::size_t first, last;
  };
  std::vector<Flag> flags;
  const auto words = [](const Flag& flag) {
    return flag.first == flag.last ? fmt::format("{}", flag.first + 1)
                                   : fmt::format("{}-{}", flag.first + 1, flag.last + 1);
  };
  const auto centred = [&](Flag& flag, double at) {
    const double width = text_width(words(flag), flag_size) + 6;
    flag.from = at - width / 2;
    flag.to = at + width / 2;
  };
  const double scale = panel.width / static_cast<double>(time_.to.seconds - time_.from.seconds);
  const auto place = [&](std::size_t event) {
    return panel.left + static_cast<double>(events_[event].at.seconds - time_.from.seconds) * scale;
  };
  for (std::size_t i = 0; i < events_.size(); ++i) {
    script.stroke(place(i), panel.top - 3, place(i), panel.bottom(), "lc rgb '#999999' lw 0.7 dt 3 front");
    flags.push_back({0, 0, i, i});
    centred(flags.back(), place(i));
    while (flags.size() > 1 && flags[flags.size() - 2].to > flags.back().from) {
      Flag merged = flags[flags.size() - 2];
      merged.last = flags.back().last;
      flags.pop_back();
      centred(merged, (place(merged.first) + place(merged.last)) / 2);
      flags.back() = merged;
    }
  }
  for (const Flag& flag : flags)
    script.text((flag.from + flag.to) / 2, panel.top - flag_height / 2 - 3, words(flag),
                {Align::centre, flag_size, ink});
}

std::vector<double> EventMarks::columns(double width) const {
  if (events_.size() > 3) {
    const std::size_t half = (events_.size() + 1) / 2;
    std::vector<double> widths(2, 0);
    for (std::size_t i = 0; i < events_.size(); ++i)
      widths[i / half] =
          std::max(widths[i / half], text_width(events_[i].date + "  " + events_[i].words, list_size) * 0.95 + 48);
    if (widths[0] + widths[1] <= width) return {std::max(widths[0], std::min(width / 2, width - widths[1])), widths[1]};
  }
  return {width};
}

double EventMarks::list_height(double width) const {
  if (events_.empty()) return 0;
  const std::size_t parts = columns(width - 40).size(), lines = (events_.size() + parts - 1) / parts;
  return 10 + static_cast<double>(lines + (left_out_ > 0 ? 1 : 0)) * line_height;
}

void EventMarks::list(Script& script, double top) const {
  const double width = script.sheet().width - 40;
  const std::vector<double> widths = columns(width);
  const std::size_t per_column = (events_.size() + widths.size() - 1) / widths.size();
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const double left = i < per_column ? 20 : 20 + widths.front();
    const double y = top + 10 + (static_cast<double>(i % per_column) + 0.5) * line_height;
    const std::string words = fmt::format("{}  {}", events_[i].date, events_[i].words);
    script.text(left + 20, y, fmt::format("{}", i + 1), {Align::right, list_size, ink, Weight::bold});
    script.text(left + 28, y, cut_to(words, widths[i / per_column] / 0.95, list_size), {Align::left, list_size, ink});
  }
  if (left_out_ > 0)
    script.text(48, top + 10 + (static_cast<double>(per_column) + 0.5) * line_height,
                fmt::format("and {} more in events.csv", left_out_), {Align::left, list_size, faint_ink});
}

}  // namespace loophole::report
