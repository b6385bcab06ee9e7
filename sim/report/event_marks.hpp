/// Events over a picture's time: thin lines with numbers above, and a list that says what the numbers are.
///
/// Names of events are too long to stand beside their dates, so they stand below the picture.
#pragma once

#include "script.hpp"
#include <loophole/report/results.hpp>

#include <set>
#include <string>
#include <vector>

namespace loophole::report {

class EventMarks {
 public:
  struct Choice {
    Arm arm;
    Interval time;           ///< of the picture
    std::set<Time> changes;  ///< when access changed: events at these moments come first
    std::size_t most = 24;
    enum class Which { all, changes } which = Which::all;  ///< or only those that change access
  };

  EventMarks(const Results& results, const std::vector<EventSummary>& events, const Choice& choice);

  /// Lines down the panel, and numbers above its top; to be drawn with the panel's plot.
  void mark(Script& script, const Box& panel) const;
  /// The list, from `top` on.
  void list(Script& script, double top) const;
  [[nodiscard]] double list_height(double width) const;

 private:
  struct Event {
    Time at;
    std::string date, words;
  };

  /// The widths of the list's columns: two where lines are short enough.
  [[nodiscard]] std::vector<double> columns(double width) const;

  Interval time_;
  std::vector<Event> events_;
  std::size_t left_out_ = 0;
};

/// What an event is called: by the scenario's labels, as far as there are any.
[[nodiscard]] std::string words_of(const Results& results, const EventSummary& event);

}  // namespace loophole::report
