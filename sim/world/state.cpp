#include <loophole/world/state.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loophole::world {

using namespace scenario;

State State::before(const Model& model) {
  const Scenario& scenario = model.scenario();
  const Point& point = model.point();
  const Time before{scenario.horizon.from.seconds - 1};
  State state;
  for (std::size_t i = 0; i < scenario.rules.size(); ++i) {
    const Rule& rule = scenario.rules[RuleId::of(i)];
    RuleState now;
    now.plan = model.plan_of(RuleId::of(i));
    now.licence = rule.licence ? &*rule.licence : nullptr;
    for (const Interval& interval : model.in_force(RuleId::of(i)))
      if (interval.contains(before)) {
        now.in_force = true;
        now.since = interval.from;
      }
    state.rules.push_back(now);
  }
  state.prices.resize(model.price_parts());
  for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
    const Channel& channel = scenario.channels[ChannelId::of(i)];
    const auto offered = channel.offered ? channel.offered->as_known(scenario.as_of) : std::nullopt;
    state.offered.push_back(offered && offered->contains(before) ? 1 : 0);
    for (std::size_t part = 0; part < channel.price.parts.size(); ++part)
      state.prices[model.first_price(ChannelId::of(i)) + part] =
          point(value_at(channel.price.parts[part].amount, before, scenario.as_of));
  }
  state.attributes.assign(scenario.products.size() * scenario.attributes.size(),
                          std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < scenario.products.size(); ++i)
    for (const AttributeValue& value : scenario.products[ProductId::of(i)].attributes)
      if (value.word.empty())
        state.attributes[attribute_slot(model, ProductId::of(i), value.attribute)] = point(value.number);
  for (const Contract& contract : scenario.contracts)
    state.rates.push_back(point(value_at(contract.rate, before, scenario.as_of)));
  for (const Segment& segment : scenario.segments) {
    state.growth.push_back(point.growth_rate(value_at(segment.growth, before, scenario.as_of)));
    state.demand.push_back(1);
  }
  for (const Variable& variable : scenario.variables)
    state.variables.push_back({point(variable.initially), scenario.horizon.from, no_cause});
  return state;
}

double value_of(const Model& model, const State& state, VariableId id, Time at, double days) {
  const Variable& variable = model.scenario().variables[id];
  const VariableState& last = state.variables[id];
  if (!variable.half_life) return last.value;
  const double rest = model.point()(variable.rest);
  return rest +
         (last.value - rest) * std::exp2(-(days_between(last.at, at) + days) / model.point()(*variable.half_life));
}

double price(const Model& model, const State& state, ChannelId channel) {
  const std::vector<double>& weights = model.blend(channel);
  const std::size_t first = model.first_price(channel);
  double blended = 0;
  for (std::size_t part = 0; part < weights.size(); ++part)
    blended += weights[part] * state.prices[first + part];
  return blended;
}

void apply(const DatedChange& change, const Model& model, State& state, Cause cause) {
  using What = DatedChange::What;
  switch (change.what) {
    case What::rule_starts:
      state.rules[{change.index}].in_force = true;
      state.rules[{change.index}].since = change.at;
      state.rules[{change.index}].cause = cause;
      break;
    case What::rule_ends:
      state.rules[{change.index}].in_force = false;
      state.rules[{change.index}].cause = cause;
      break;
    case What::channel_opens:
      state.offered[{change.index}] = 1;
      break;
    case What::channel_closes:
      state.offered[{change.index}] = 0;
      break;
    case What::price:
      state.prices[model.first_price({change.index}) + change.part] = change.value;
      break;
    case What::rate:
      state.rates[{change.index}] = change.value;
      break;
    case What::growth:
      state.growth[{change.index}] = change.value;
      break;
  }
}

std::vector<Time> coming_changes(const Model& model, const State& state, RuleId rule, Time now) {
  std::vector<Time> times;
  const RuleState& current = state.rules[rule];
  if (!current.in_force) return times;
  for (const Time step : model.enforcement(current.plan).steps)
    if (step > now) times.push_back(step);
  if (current.licence) {
    const Time granted = current.since + model.point()(current.licence->delay);
    if (granted > now) times.push_back(granted);
  }
  std::sort(times.begin(), times.end());
  return times;
}

}  // namespace loophole::world
