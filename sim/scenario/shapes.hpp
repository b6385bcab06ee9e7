/// The kinds of numbers and the shapes of maps that make up the language.
#pragma once

#include "language.hpp"

namespace loophole::scenario::language {

/// Stands in shapes that serve several kinds of numbers ("a dated number") for the kind at hand.
inline constexpr NumberKind here{"here", "a number", "1", Unit::any};

inline constexpr NumberKind share{"share", "a share from 0 % to 100 %", "20 %", Unit::none, true, 0, 1};
inline constexpr NumberKind part{"part", "a share below 100 %", "58 %", Unit::none, true, 0, 0.999999};
inline constexpr NumberKind rate{"rate", "a rate of at least 0", "2 %/month", Unit::per_time, false, 0};
inline constexpr double least_growth = -0.999999;  ///< of demand that shrinks by all there is nothing would be left
inline constexpr NumberKind growth{"growth",    "a growth rate above -100 %", "10 %/month", Unit::per_time, true,
                                   least_growth};
inline constexpr NumberKind duration{"duration", "a duration above 0", "3 weeks", Unit::time, false, above_zero};
inline constexpr NumberKind delay{"delay", "a delay of at least 0", "14 days", Unit::time, false, 0};
inline constexpr NumberKind price{"price",         "a price of at least 0 per unit of use",
                                  "7.50 USD/Mtok", Unit::money_per_use,
                                  false,           0,
                                  infinity,        "a fee of at least 0 %",
                                  "1.5 %"};
inline constexpr NumberKind price_offset{"price_offset", "a price above 0", "0.05 USD/Mtok", Unit::money_per_use,
                                         false,          above_zero,        infinity,        "a fee above 0 %",
                                         "0.5 %"};
inline constexpr NumberKind money_rate{
    "money_rate", "money per time, at least 0", "4 MUSD/month", Unit::money_per_time, false, 0};
inline constexpr NumberKind use_rate{"use_rate", "use per time, above 0", "500 Gtok/month", Unit::use_per_time, false,
                                     above_zero};
inline constexpr NumberKind allowance{"allowance", "use per firm", "150 Mtok/firm", Unit::use_per_firm, false, 0};
inline constexpr NumberKind exchange_rate{
    "exchange_rate", "the value of one unit in the base currency", "0.138 USD", Unit::money, false, above_zero};
inline constexpr NumberKind count{"count", "a number above 0", "20000", Unit::none, false, above_zero};
inline constexpr NumberKind plain{"plain", "a plain number", "-1.1"};
inline constexpr NumberKind utils{"utils", "a number of utils from -1000 to 1000", "-0.5", Unit::none, false, -1e3,
                                  1e3};
inline constexpr NumberKind switching_cost{
    "switching_cost", "a switching cost from 0 to 300 utils", "2.5", Unit::none, false, 0, 300};
inline constexpr NumberKind elasticity_number{
    "elasticity", "an elasticity of at most 0", "-0.5", Unit::none, false, -10, 0};
inline constexpr NumberKind dissimilarity_number{
    "dissimilarity", "a dissimilarity above 0 and at most 1", "0.6", Unit::none, false, 0.01, 1};
inline constexpr NumberKind size_sigma{
    "size_sigma", "a standard deviation of the logarithm of size from 0 to 4", "1.2", Unit::none, false, 0, 4};
inline constexpr NumberKind rank_number{"rank", "a plain number", "0.6"};
inline constexpr NumberKind factor{"factor", "a factor", "x0.5 or 50 %", Unit::factor, false, 0};
inline constexpr NumberKind attribute_number{"attribute_number", "a number in the attribute's unit", "1200",
                                             Unit::attribute};
inline constexpr NumberKind attribute_weight{"attribute_weight", "utils per unit of the attribute", "0.58 per 100",
                                             Unit::attribute};
inline constexpr NumberKind quantity{"quantity", "a value in the unit of the nominal one", "14 days", Unit::any};
// What events add may be below 0.
inline constexpr NumberKind added_share{
    "added_share", "a share of at most 100 %", "5 %", Unit::none, true, -infinity, 1};
inline constexpr NumberKind added_price{"added_price",   "a price of either sign per unit of use",
                                        "7.50 USD/Mtok", Unit::money_per_use,
                                        false,           -infinity,
                                        infinity,        "a fee of either sign",
                                        "1.5 %"};
inline constexpr NumberKind added_growth{
    "added_growth", "a growth rate above -100 %", "10 %/month", Unit::per_time, true, least_growth};

// Words.
inline constexpr std::string_view confidences[] = {"seed", "sourced", "estimate", "assumption"};
inline constexpr std::string_view resolutions[] = {"mean-field", "cohort", "firms"};

// Of numbers, wherever one stands.
extern const Shape number_map, dated_number, dated_step, later_steps, distribution, atom;

// The frame.
extern const Shape scenario, source, sources, horizon, record, probe, resolution, summary, currency, rates, unit, units,
    blend;
// Supply.
extern const Shape attribute, attributes, actor, actors, owners, product, products, channel, channels, offered_time,
    price_in_parts, contract, contracts, nest, nests;
// Demand.
extern const Shape segment, segments, sizes, shares, constant, constants, tastes, switching, reviews, demand;
// Rules.
extern const Shape predicate, actor_choice, customer, ownership, rule, rules, enforcement_case, time_in_force, licence;
// Events.
extern const Shape event, events, forecast, effect, set_change, scale_change, add_change, offer, variable, variables,
    trigger, triggers, shifts;
// Bills.
extern const Shape bill, bills, fact, stage, override_vote, history, vehicle, vehicles, reintroduction, authorization,
    rescission;
// Questions.
extern const Shape uncertainty, uncertainties, lever, levers, correlation, correlations, metric, metrics, outcome,
    outcomes;
// Studies and observations.
extern const Shape study, settings, design, factor_levels, quantiles, point, observations_file, observations,
    observation, time_of_comparison;

}  // namespace loophole::scenario::language
