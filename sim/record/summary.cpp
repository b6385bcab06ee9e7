#include <loophole/base/suggest.hpp>
#include <loophole/base/utf8.hpp>
#include <loophole/record/heading.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/short_text.hpp>
#include <loophole/record/summary.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::record {

using namespace engine;
using scenario::Metric;
using scenario::Term;
using world::Status;

namespace {

constexpr std::size_t page_width = 99, widest_label = 34, narrowest_label = 20;

/// "100.0 leak"; "100.0 licensed" where a licence may be granted.
std::size_t column_width_of(const scenario::Scenario& scenario) {
  const auto grants = [](const std::optional<scenario::Licence>& licence) {
    return licence && licence->policy != scenario::Licence::Policy::deny;
  };
  const auto sets_one = [&](const scenario::Effect& effect) {
    const auto* const change = std::get_if<scenario::RuleChange>(&effect);
    return change && grants(change->licence);
  };
  const bool by_rule = std::any_of(scenario.rules.begin(), scenario.rules.end(),
                                   [&](const scenario::Rule& rule) { return grants(rule.licence); });
  const bool by_event = std::any_of(scenario.events.begin(), scenario.events.end(), [&](const scenario::Event& event) {
    return std::any_of(event.effects.begin(), event.effects.end(), sets_one);
  });
  return by_rule || by_event ? 15 : 13;
}

}  // namespace

SummaryObserver::SummaryObserver(const Setup& setup)
    : setup_(setup), model_(setup.model), columns_(setup.model.scenario().summary_dates) {
  if (columns_.empty()) columns_ = {model_.scenario().horizon.from, model_.scenario().horizon.to};
  column_width_ = column_width_of(model_.scenario());
  const std::size_t taken = columns_.size() * column_width_;
  label_width_ = std::clamp(taken < page_width ? page_width - taken : 0, narrowest_label, widest_label);
}

std::vector<Time> SummaryObserver::dates() const {
  std::vector<Time> all = columns_;
  // Money of a column is that of the year before it, so its start is looked at too.
  for (const Time column : columns_)
    all.push_back(std::max(column + Span{-12, 0}, model_.scenario().horizon.from));
  all.push_back(model_.scenario().horizon.from);
  return all;
}

void SummaryObserver::on_date(const Snapshot& at) { views_.push_back(at); }

const Snapshot* SummaryObserver::view(Time at) const {
  const auto found =
      std::find_if(views_.begin(), views_.end(), [&](const Snapshot& snapshot) { return snapshot.at == at; });
  return found == views_.end() ? nullptr : &*found;
}

void SummaryObserver::on_event(const Happening& happening) {
  current_event_ = name_of(happening, model_);
  if (happening.at >= model_.scenario().as_of && happening.kind == Happening::Kind::event)
    drawn_.push_back({happening.at, happening.event});
}

void SummaryObserver::on_access(const AccessChange& change) {
  if (change.cause == world::no_cause || change.before.available == change.after.available) return;
  if (turns_.empty() || turns_.back().at != change.at || turns_.back().event != current_event_)
    turns_.push_back({change.at, current_event_, {}, {}, {}, {}});
  Turn& turn = turns_.back();
  const bool up = change.after.available > change.before.available;
  std::vector<std::string>& list = up ? (change.before.available == 0 ? turn.opened : turn.widened)
                                      : (change.after.available == 0 ? turn.closed : turn.narrowed);
  const std::string& name = model_.scenario().channels[change.channel].name;
  if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
}

void SummaryObserver::write_turns(std::string& text) const {
  if (turns_.empty()) return;
  text += "\nWhen access changed\n";
  for (const Turn& turn : turns_) {
    std::string what;
    const auto add = [&](const char* verb, const std::vector<std::string>& channels) {
      if (!channels.empty()) what += (what.empty() ? "" : "; ") + std::string(verb) + " " + enumerate(channels, 4);
    };
    add("closes", turn.closed);
    add("narrows", turn.narrowed);
    add("widens", turn.widened);
    add("opens", turn.opened);
    text += fmt::format("  {}  {:<30} {}\n", to_string(turn.at).substr(0, 10), fit(turn.event, 30), fit(what, 54));
  }
}

void SummaryObserver::write_segment(std::string& text, const market::SegmentModel& segment) const {
  const scenario::Scenario& scenario = model_.scenario();
  const scenario::Segment& described = scenario.segments[segment.segment()];
  const std::size_t s = segment.segment().index;
  text += fmt::format("{}\n", label_of(described.label, described.name));
  const auto line = [&](const std::string& label, auto cell) {
    std::string row = fmt::format("  {:<{}}", fit(label, label_width_ - 3), label_width_ - 2);
    for (const Time column : columns_)
      row += fmt::format("{:>{}}", cell(*view(column)), column_width_);
    text += row + '\n';
  };
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < segment.alternatives().size(); ++i) {
    const ChannelId channel = segment.alternatives()[i];
    const std::string label = label_of(scenario.channels[channel].label, scenario.channels[channel].name);
    const bool used = std::any_of(columns_.begin(), columns_.end(),
                                  [&](Time column) { return view(column)->segments[s].alternatives[i].share > 0; });
    if (!used) {
      unused.push_back(label);
      continue;
    }
    line(label, [&](const Snapshot& at) {
      const double share = at.segments[s].alternatives[i].share;
      const Status status = at.access(segment.segment(), channel).status;
      if (status == Status::not_offered && share == 0) return std::string("-");
      if (status == Status::closed && share == 0) return std::string("closed");
      const std::string mark = status == Status::gap ? "" : " " + std::string(world::to_string(status));
      return fmt::format("{:.1f}{}", 100 * share, mark);
    });
  }
  const auto plain = [](double share) { return fmt::format("{:.1f}", 100 * share); };
  if (segment.constants().outside_considered)
    line("no channel", [&](const Snapshot& at) { return plain(at.segments[s].outside); });
  line("stranded", [&](const Snapshot& at) { return plain(at.segments[s].stranded); });
  if (!unused.empty()) text += fmt::format("  used by nobody on these dates: {}\n", enumerate(unused, 4));
}

void SummaryObserver::write_shares(std::string& text) const {
  text += fmt::format("\nWho uses what: % of firms\n{:<{}}", "", label_width_);
  for (const Time column : columns_)
    text += fmt::format("{:>{}}", to_string(column), column_width_);
  text += '\n';
  for (const market::SegmentModel& segment : setup_.segments)
    write_segment(text, segment);
  text += "Unmarked: no rule in force binds the path (a gap). leak: bound, and not fully enforced.\n";
}

void SummaryObserver::write_money(std::string& text) const {
  const scenario::Scenario& scenario = model_.scenario();
  text += fmt::format("\nWhat each actor nets: {} in the year to the date (or since the start)\n{:<{}}",
                      scenario.units.base_currency(), "", label_width_);
  for (const Time column : columns_)
    text += fmt::format("{:>{}}", to_string(column), column_width_);
  text += '\n';
  const Measure measure(setup_);
  for (std::size_t a = 0; a < scenario.actors.size(); ++a) {
    Term term;
    term.metric = Metric::net_income;
    term.actor = ActorId::of(a);
    std::string row = fmt::format(
        "  {:<{}}",
        fit(label_of(scenario.actors[term.actor].label, scenario.actors[term.actor].name), label_width_ - 3),
        label_width_ - 2);
    double most = 0;
    for (const Time column : columns_) {
      const Snapshot* from = view(std::max(column + Span{-12, 0}, scenario.horizon.from));
      const double net = measure.flow(term, *from, *view(column)).value_or(0);
      most = std::max(most, std::abs(net));
      row += fmt::format("{:>{}}", three_digits(net), column_width_);
    }
    if (most > 0) text += row + '\n';
  }
}

/// The part of a run that is no history: a reader must not take one draw for the forecast.
void SummaryObserver::write_drawn(std::string& text) const {
  if (drawn_.empty()) return;
  constexpr std::size_t most = 12;
  text += fmt::format("\nAfter {}, in this run: one draw of many, --replications shows the others\n",
                      to_string(model_.scenario().as_of).substr(0, 10));
  for (std::size_t i = 0; i < std::min(drawn_.size(), most); ++i) {
    const scenario::Event& event = *drawn_[i].event;
    text += fmt::format("  {}  {}", to_string(drawn_[i].at).substr(0, 10), fit(event.name, 40));
    if (!event.label.empty()) text += fmt::format(" ({})", fit(event.label, 42));
    text += '\n';
  }
  if (drawn_.size() > most) text += fmt::format("  and {} more, see events.csv\n", drawn_.size() - most);
}

std::string SummaryObserver::text(const std::vector<Judgement>& expectations,
                                  const std::vector<std::optional<double>>& outcomes) const {
  const scenario::Scenario& scenario = model_.scenario();
  std::string text = heading(scenario);
  write_turns(text);
  write_drawn(text);
  write_shares(text);
  write_money(text);
  if (!outcomes.empty()) text += "\nOutcomes\n";
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const scenario::Outcome& outcome = scenario.outcomes[i];
    const std::string value = outcomes[i] ? value_text(outcome, scenario, *outcomes[i]) : "undefined";
    text += fmt::format("  {:<66} {:>16}\n", fit(label_of(outcome.label, outcome.name), 66), value);
  }
  text += expectations_text(expectations);
  return text;
}

}  // namespace loophole::record
