#include <loophole/engine/observer.hpp>
#include <loophole/policy/effects.hpp>

namespace loophole::engine {

Happening Happening::of(const scenario::Event& event) {
  Happening happening;
  happening.event = &event;
  return happening;
}

Happening Happening::of(const world::DatedChange& change) {
  Happening happening;
  happening.kind = Kind::dated;
  happening.dated = &change;
  return happening;
}

Happening Happening::of(RuleId rule) {
  Happening happening;
  happening.kind = Kind::step;
  happening.rule = rule;
  return happening;
}

Happening Happening::notice_of(const scenario::Event& event) {
  Happening happening = of(event);
  happening.kind = Kind::notice;
  return happening;
}

Happening Happening::end_of(const scenario::Offer& offer) {
  Happening happening;
  happening.kind = Kind::offer_end;
  happening.offer = &offer;
  return happening;
}

std::string name_of(const Happening& happening, const world::Model& model) {
  if (happening.event) return happening.event->name;
  if (happening.dated) return policy::describe(*happening.dated, model).name;
  if (happening.rule.exists()) return "rules." + model.scenario().rules[happening.rule].name;
  return "offer on " + model.scenario().channels[happening.offer->channel].name;
}

std::string_view kind_of(const Happening& happening) {
  switch (happening.kind) {
    case Happening::Kind::event:
      return "event";
    case Happening::Kind::dated:
      return "dated";
    case Happening::Kind::step:
      return "step";
    case Happening::Kind::notice:
      return "notice";
    case Happening::Kind::offer_end:
      return "offer-end";
  }
  return "";
}

std::string detail_of(const Happening& happening, const world::Model& model) {
  if (happening.kind == Happening::Kind::notice) return "announced";
  if (happening.dated) return policy::describe(*happening.dated, model).detail;
  if (happening.kind == Happening::Kind::step) return "enforcement or licensing changes as dated";
  if (happening.kind == Happening::Kind::offer_end) return "ends";
  std::string detail;
  for (const scenario::Effect& effect : happening.event->effects)
    detail += (detail.empty() ? "" : "; ") + policy::describe(effect, model);
  for (const scenario::Event& event : model.scenario().events)
    if (event.notice_from.exists() && &model.scenario().events[event.notice_from] == happening.event)
      detail += (detail.empty() ? "" : "; ") + ("announces " + event.name);
  return detail;
}

}  // namespace loophole::engine
