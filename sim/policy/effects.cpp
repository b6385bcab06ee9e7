#include <loophole/base/overloaded.hpp>
#include <loophole/base/units.hpp>
#include <loophole/policy/effects.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::policy {

using namespace scenario;
using world::Cause;
using world::DatedChange;
using world::Model;
using world::State;

namespace {

double changed(double value, Change change, double amount) {
  // Scaled again and again a value would become infinite, and infinity less infinity is nothing.
  constexpr double largest = 1e100;
  const double sum = change == Change::set ? amount : change == Change::scale ? value * amount : value + amount;
  return std::clamp(sum, -largest, largest);
}

/// A continuous growth rate after a change stated in parts per period.
double changed_growth(double rate, Change change, const Number& amount, const world::Point& point) {
  if (change == Change::scale) return rate * point(amount);
  return changed(rate, change, point.growth_rate(amount));
}

std::string_view verb(Change change) {
  switch (change) {
    case Change::set:
      return "set to";
    case Change::scale:
      return "scaled by";
    case Change::add:
      return "changed by";
  }
  return "";
}

}  // namespace

void Touched::clear() {
  access = supply = all_channels = rates = false;
  channels.clear();
  rules.clear();
}

void apply(const Effect& effect, const Model& model, State& state, Time at, Cause cause, Touched& touched) {
  const world::Point& point = model.point();
  std::visit(Overloaded{
                 [&](const RuleChange& change) {
                   world::RuleState& rule = state.rules[change.rule];
                   if (change.in_force) {
                     if (*change.in_force && !rule.in_force) rule.since = at;
                     rule.in_force = *change.in_force;
                   }
                   if (change.enforcement) rule.plan = model.plan_of(change);
                   if (change.licence) {
                     rule.licence = &*change.licence;
                     rule.since = at;  // nobody could ask for it before
                   }
                   rule.cause = cause;
                   touched.access = true;
                   touched.rules.push_back(change.rule);
                 },
                 [&](const PriceChange& change) {
                   const std::size_t first = model.first_price(change.channel);
                   for (std::size_t part = 0; part < model.blend(change.channel).size(); ++part)
                     state.prices[first + part] =
                         std::max(0.0, changed(state.prices[first + part], change.change, point(change.amount)));
                   touched.supply = true;
                   touched.channels.push_back(change.channel);
                 },
                 [&](const OfferedChange& change) {
                   state.offered[change.channel] = change.offered ? 1 : 0;
                   touched.access = true;
                 },
                 [&](const AttributeChange& change) {
                   double& value = state.attributes[world::attribute_slot(model, change.product, change.attribute)];
                   value = changed(value, change.change, point(change.amount));
                   touched.supply = touched.all_channels = true;
                 },
                 [&](const ContractChange& change) {
                   state.rates[change.contract] =
                       std::clamp(changed(state.rates[change.contract], change.change, point(change.rate)), 0.0, 1.0);
                   touched.rates = true;
                 },
                 [&](const DemandChange& change) {
                   if (change.what == DemandChange::What::level)
                     state.demand[change.segment] =
                         changed(state.demand[change.segment], Change::scale, point(change.amount));
                   else
                     state.growth[change.segment] =
                         changed_growth(state.growth[change.segment], change.change, change.amount, point);
                   touched.supply = true;
                   touched.all_channels |= change.what == DemandChange::What::level;
                 },
                 [&](const VariableChange& change) {
                   const double before = world::value_of(model, state, change.variable, at);
                   state.variables[change.variable] = {changed(before, change.change, point(change.amount)), at, cause};
                 },
                 [](const Offer&) {},
                 [](const Emit&) {},
                 [](const Cancel&) {},
             },
             effect);
}

void apply(const DatedChange& change, const Model& model, State& state, Cause cause, Touched& touched) {
  using What = DatedChange::What;
  world::apply(change, model, state, cause);
  switch (change.what) {
    case What::rule_starts:
    case What::rule_ends:
      touched.access = true;
      touched.rules.push_back({change.index});
      break;
    case What::channel_opens:
    case What::channel_closes:
      touched.access = true;
      break;
    case What::price:
      touched.supply = true;
      touched.channels.push_back({change.index});
      break;
    case What::growth:
      touched.supply = true;
      break;
    case What::rate:
      touched.rates = true;
      break;
  }
}

std::string describe(const Effect& effect, const Model& model) {
  const Scenario& scenario = model.scenario();
  const world::Point& point = model.point();
  return std::visit(Overloaded{
                        [&](const RuleChange& change) {
                          std::string text = "rule " + scenario.rules[change.rule].name + ":";
                          if (change.in_force) text += *change.in_force ? " in force" : " not in force";
                          if (change.enforcement) text += " enforcement changed";
                          if (change.licence) text += " licence policy changed";
                          return text;
                        },
                        [&](const PriceChange& change) {
                          return fmt::format("channel {}: price {} {}", scenario.channels[change.channel].name,
                                             verb(change.change), to_text(point(change.amount)));
                        },
                        [&](const OfferedChange& change) {
                          return fmt::format("channel {}: {}", scenario.channels[change.channel].name,
                                             change.offered ? "offered" : "no longer offered");
                        },
                        [&](const AttributeChange& change) {
                          return fmt::format("product {}: {} {} {}", scenario.products[change.product].name,
                                             scenario.attributes[change.attribute].name, verb(change.change),
                                             to_text(point(change.amount)));
                        },
                        [&](const ContractChange& change) {
                          return fmt::format("contract {}: rate {} {}", scenario.contracts[change.contract].name,
                                             verb(change.change), to_text(point(change.rate)));
                        },
                        [&](const DemandChange& change) {
                          return fmt::format("segment {}: {} {} {}", scenario.segments[change.segment].name,
                                             change.what == DemandChange::What::level ? "demand" : "growth",
                                             verb(change.change), to_text(point(change.amount)));
                        },
                        [&](const VariableChange& change) {
                          return fmt::format("variable {}: {} {}", scenario.variables[change.variable].name,
                                             verb(change.change), to_text(point(change.amount)));
                        },
                        [&](const Offer& offer) {
                          return fmt::format("offer on {} for {}", scenario.channels[offer.channel].name,
                                             to_string(point(offer.length)));
                        },
                        [&](const Emit& emit) { return "emits " + scenario.events[emit.event].name; },
                        [&](const Cancel& cancel) { return "cancels " + scenario.events[cancel.event].name; },
                    },
                    effect);
}

DatedDescription describe(const DatedChange& change, const Model& model) {
  using What = DatedChange::What;
  const Scenario& scenario = model.scenario();
  switch (change.what) {
    case What::rule_starts:
      return {"rules." + scenario.rules[{change.index}].name + ".in_force", "in force"};
    case What::rule_ends:
      return {"rules." + scenario.rules[{change.index}].name + ".in_force", "not in force"};
    case What::channel_opens:
      return {"channels." + scenario.channels[{change.index}].name + ".offered", "offered"};
    case What::channel_closes:
      return {"channels." + scenario.channels[{change.index}].name + ".offered", "no longer offered"};
    case What::price:
      return {"channels." + scenario.channels[{change.index}].name + ".price", "set to " + to_text(change.value)};
    case What::rate:
      return {"contracts." + scenario.contracts[{change.index}].name + ".rate", "set to " + to_text(change.value)};
    case What::growth:
      return {"segments." + scenario.segments[{change.index}].name + ".growth",
              fmt::format("set to {:.4g} % a month", 100 * std::expm1(change.value * days_per_month))};
  }
  return {};
}

}  // namespace loophole::policy
