// Events: what happened, how it came about, and why something did not happen.
#include "explainer.hpp"
#include "why_words.hpp"
#include <loophole/policy/effects.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::record {

using namespace scenario;
using world::Cause;

namespace {

bool emits(const Event& event, EventId wanted) {
  return std::any_of(event.effects.begin(), event.effects.end(), [&](const Effect& effect) {
    const auto* emit = std::get_if<Emit>(&effect);
    return emit && emit->event == wanted;
  });
}

bool cancels(const Event& event, EventId wanted) {
  return std::any_of(event.effects.begin(), event.effects.end(), [&](const Effect& effect) {
    const auto* cancel = std::get_if<Cancel>(&effect);
    return cancel && cancel->event == wanted;
  });
}

bool is_forecast(const Event& event, Time as_of) { return !event.at || event.known.value_or(*event.at) > as_of; }

}  // namespace

/// How an event came about: its date, what it follows, what made it happen.
std::string Explainer::circumstances(const Happening& happening) const {
  const Event& event = *happening.event;
  const std::string path = "events." + event.name;
  if (event.trigger.exists()) {
    const Trigger& trigger = scenario_.triggers[event.trigger];
    std::string text = "triggered";
    if (trigger.when) text += " because `" + trigger.when->text + "` held";
    return text + (trigger.hazard ? ", at a random time (hazard)" : "");
  }
  if (event.bill.exists()) {
    const Bill& bill = scenario_.bills[event.bill];
    for (const BillFact& fact : bill.history)
      if (&scenario_.events[fact.event] == &event && fact.at == happening.at)
        return "as the bill's history has it" +
               cited(
                   "bills." + bill.name +
                   (fact.event == bill.introduced ? ".introduced" : ".history" + event.name.substr(bill.name.size())));
  }
  if (const Happening* cause = trace_.find(happening.cause)) {
    if (cause->event && event.after.exists() && cause->event == &scenario_.events[event.after]) {
      std::string text = "follows " + cause->event->name;
      if (happening.at > cause->at) {
        const double days = days_between(cause->at, happening.at);
        const InputValue* delay = input(path + ".delay");
        if (const auto* number = std::get_if<Number>(&event.delay); number && number->parameter.exists())
          delay = input(
              (scenario_.parameters[number->parameter].kind == Parameter::Kind::lever ? "levers." : "uncertainties.") +
              scenario_.parameters[number->parameter].name + ".nominal");
        text += fmt::format(" after {:.3g} {}{}", days, days == 1 ? "day" : "days", cited(delay));
      }
      return text;
    }
    return "brought about by " + engine::name_of(*cause, model_);
  }
  if (is_forecast(event, scenario_.as_of)) return "drawn from its forecast" + cited(path + ".forecast");
  return "";
}

CauseNode Explainer::describe(const Happening& happening) const {
  CauseNode node;
  node.kind = Kind::event;
  node.at = happening.at;
  node.text = node.brief = day(happening.at) + " " + engine::name_of(happening, model_);
  switch (happening.kind) {
    case Happening::Kind::event: {
      const std::string path = "events." + happening.event->name;
      cite(node, path + ".at");
      if (!happening.event->label.empty()) node.text += ": " + happening.event->label;
      if (happening.cause == world::no_cause && !is_forecast(*happening.event, scenario_.as_of))
        node.text += cited(path + ".at");
      if (const std::string how = circumstances(happening); !how.empty()) node.text += "; " + how;
      if (const std::string what = engine::detail_of(happening, model_); !what.empty()) node.text += " (" + what + ")";
      break;
    }
    case Happening::Kind::dated: {
      const std::string path = engine::name_of(happening, model_);
      const char* const edge = happening.dated->what == world::DatedChange::What::rule_ends ||
                                       happening.dated->what == world::DatedChange::What::channel_closes
                                   ? ".to"
                                   : ".from";
      const std::string dated = path + "." + to_string(happening.at);
      const std::string written = input(dated) ? dated : input(path + edge) ? path + edge : path;
      cite(node, written);
      node.text += ": " + engine::detail_of(happening, model_) + cited(written) + ", as dated";
      break;
    }
    case Happening::Kind::step: {
      const std::string end = ".then." + to_string(happening.at);
      const auto step = std::find_if(inputs_.begin(), inputs_.end(), [&](const auto& each) {
        const std::string& path = each.first;
        return path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
      });
      if (step != inputs_.end()) cite(node, step->first);
      node.text += ": enforcement or licensing goes on as dated" + (step == inputs_.end() ? "" : cited(step->second));
      break;
    }
    case Happening::Kind::notice:
      node.text += " is announced" + cited("events." + happening.event->name + ".notice_from");
      break;
    case Happening::Kind::offer_end:
      node.text += " ends";
      break;
  }
  return node;
}

CauseId Explainer::happened(const Happening& happening) {
  if (const auto known = events_.find(happening.id); known != events_.end()) return known->second;
  const CauseId id = graph_.add(describe(happening));
  events_.emplace(happening.id, id);
  because_of(id, happening.cause);
  return id;
}

void Explainer::because_of(CauseId of, Cause cause) {
  if (const Happening* happening = trace_.find(cause)) graph_.because(of, happened(*happening));
}

void Explainer::explain_event(CauseId of, EventId event) {
  const Happening* first = trace_.first(scenario_.events[event]);
  if (first && first->at <= question_.at)
    graph_.because(of, happened(*first));
  else
    explain_absence(of, event, {});
}

/// The last that happened to a bill by then, or null.
const engine::Happening* Explainer::last_of(BillId bill) const {
  const Happening* last = nullptr;
  for (const Happening& happening : trace_.happenings())
    if (happening.kind == Happening::Kind::event && happening.event->bill == bill && happening.at <= question_.at)
      last = &happening;
  return last;
}

/// Why an event has not happened by then.
void Explainer::explain_absence(CauseId of, EventId id, std::set<EventId> asked) {
  if (!asked.insert(id).second) return;
  const Event& event = scenario_.events[id];
  const auto say = [&](std::string text) {
    CauseNode node;
    node.kind = Kind::nothing;
    node.text = event.name + " has not happened: " + std::move(text);
    const CauseId said = graph_.add(std::move(node));
    graph_.because(of, said);
    return said;
  };
  for (const Happening& happening : trace_.happenings())
    if (happening.kind == Happening::Kind::event && happening.at <= question_.at && cancels(*happening.event, id)) {
      graph_.because(say("it was cancelled"), happened(happening));
      return;
    }
  if (const Happening* later = trace_.first(event)) {
    const CauseId said = say("it happens later, on " + to_string(later->at) + cited("events." + event.name + ".at"));
    because_of(said, later->cause);
    return;
  }
  if (event.bill.exists()) {
    const Happening* last = last_of(event.bill);
    const CauseId said = say(last ? "the bill has not got so far" : "the bill has not been introduced");
    if (last) graph_.because(said, happened(*last));
  } else if (event.trigger.exists()) {
    const Trigger& trigger = scenario_.triggers[event.trigger];
    const Time held = replication_.first_held(event.trigger);
    const std::string condition = trigger.when ? "its condition `" + trigger.when->text + "`" : "it";
    if (held > question_.at)
      say(condition + (trigger.when ? " has never held" : " was not armed"));
    else if (trigger.hazard)
      say(condition + (trigger.when ? " has held since " + to_string(held) + ", but its hazard" : "'s hazard") +
          " has not fired" + cited("triggers." + event.name + ".hazard"));
    else
      say(condition + " held on " + to_string(held) + "; its delay has not passed, or its probability let it off");
  } else if (event.after.exists()) {
    const Happening* before = trace_.first(scenario_.events[event.after]);
    const std::string& earlier = scenario_.events[event.after].name;
    if (before && before->at <= question_.at) {
      graph_.because(say(fmt::format("it follows {}, but {}", earlier,
                                     event.probability ? "its probability let it off, or its delay has not passed"
                                                       : "its delay goes beyond the horizon")),
                     happened(*before));
    } else {
      explain_absence(say("it follows " + earlier + ", which has not"), event.after, std::move(asked));
    }
  } else if (event.at && is_forecast(event, scenario_.as_of)) {
    say(event.forecast
            ? fmt::format("it was not known on {}, and its forecast came to nothing", to_string(scenario_.as_of))
            : fmt::format("it was not known on {}, and has no forecast", to_string(scenario_.as_of)));
  } else if (event.at) {
    say(fmt::format("it is dated {}{}", to_string(*event.at), cited("events." + event.name + ".at")));
  } else if (event.forecast) {
    say("its forecast came to nothing" + cited("events." + event.name + ".forecast"));
  } else {
    const CauseId said = say("nothing brought it about");
    for (const Event& other : scenario_.events)
      if (emits(other, id)) explain_absence(said, engine::id_of(other, scenario_), asked);
  }
}

/// Empty when the event did change something.
std::string Explainer::why_idle(const Happening& happening) const {
  if (!happening.event) return "";
  const bool is_followed = std::any_of(trace_.happenings().begin(), trace_.happenings().end(),
                                       [&](const Happening& other) { return other.cause == happening.id; });
  if (happening.event->effects.empty()) return is_followed ? "" : "it has no effects";
  const auto caused = [&](const engine::AccessChange& change) { return change.cause == happening.id; };
  if (std::any_of(trace_.changes().begin(), trace_.changes().end(), caused)) return "";
  std::string text;
  for (const Effect& effect : happening.event->effects) {
    const auto* change = std::get_if<RuleChange>(&effect);
    if (!change) return "";
    std::size_t bound = 0;
    for (std::size_t s = 0; s < model_.segments(); ++s)
      for (std::size_t c = 0; c < model_.channels(); ++c)
        bound += model_.binds(change->rule, SegmentId::of(s), ChannelId::of(c)) ? 1U : 0U;
    text += text.empty() ? "" : "; ";
    if (bound > 0)
      text += fmt::format("rule {} binds {} {}, but their access stayed as it was", name(change->rule), bound,
                          bound == 1 ? "path" : "paths");
    else
      text += fmt::format("rule {} binds no path: {}", name(change->rule),
                          bindings(change->rule, question_.term.segment, question_.term.channel));
  }
  return text;
}

/// What else happened in the time asked about, and touched nothing here.
void Explainer::tell_of_the_rest(CauseId of) {
  std::string others;
  for (const Happening& happening : trace_.happenings()) {
    const bool is_told = events_.count(happening.id) != 0;
    const bool is_event = happening.kind == Happening::Kind::event;
    if (is_told || !is_between(happening.at) || (!is_event && happening.kind != Happening::Kind::dated)) continue;
    const std::string reason = why_idle(happening);
    if (reason.empty()) {
      others += (others.empty() ? "" : ", ") + engine::name_of(happening, model_) + " (" + day(happening.at) + ")";
      continue;
    }
    CauseNode node;
    node.kind = Kind::nothing;
    node.at = happening.at;
    node.text = "changed nothing: " + reason;
    const CauseId id = graph_.add(std::move(node));
    graph_.because(of, id);
    graph_.because(id, happened(happening));
  }
  if (others.empty()) return;
  CauseNode node;
  node.kind = Kind::nothing;
  node.text = "happened too, and touched nothing here: " + others;
  graph_.because(of, graph_.add(std::move(node)));
}

}  // namespace loophole::record
