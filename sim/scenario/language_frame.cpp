/// The frame of a scenario: its tables, and what holds for all of it.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view starts[] = {"calibrated", "stationary"};

constexpr Key of_scenario[] = {
    {"sources", table(sources), "Where numbers come from, by an id of yours; @ID behind a number refers to it.",
     "{ F9: { title: \"A press report\", confidence: sourced } }"},
    {"schema", whole(1, 1), "The version of the language.", "1", Need::yes},
    {"title", text, "What the scenario asks.", "what the scenario asks", Need::yes},
    {"description", text, "More about it, for people.", "Who cuts off whom, and what stays open."},
    {"horizon", map(horizon), "From when to when it runs.", "{ from: 2024-06-01, to: 2028-01-01 }", Need::yes},
    {"as_of", date, "Until when history is known; by default the horizon's end.", "2026-11-01"},
    {"record", map(record), "How often results are recorded; by default every week.", "{ every: 1 week }"},
    {"probe", map(probe), "On which grid conditions that may turn at any time are looked at.", "{ every: 1 day }"},
    {"resolution", word(resolutions) | map(resolution),
     "How firms are counted: as shares (mean-field, the default), as whole firms (cohort), or one by one (firms).",
     "cohort"},
    {"summary", map(summary), "The dates of the printed summary.", "{ at: [2024-06-24, 2024-12-31] }"},
    {"start", word(starts), "In a what-if, stationary spreads the initial users anew.", "stationary"},
    {"recalibrate", truth, "In a what-if, yes solves the constants of choice in the what-if itself.", "yes"},
    {"currency", text | map(currency), "The base currency, and what others are worth in it.", "USD", Need::yes},
    {"units", map(units), "Units of your own, and what each counts.", "{ tok: tokens }"},
    {"unit_of_use", text, "The declared unit that is used and paid for.", "tok", Need::yes},
    {"blend", map(blend), "Weights of the parts of a price.", "{ in: 3, out: 1, source: assumption }"},
    {"uncertainties", table(uncertainties), "What nobody controls: a distribution and a nominal value each.",
     "{ price_sensitivity: { triangular: [-2.0, -1.1, -0.6], nominal: -1.1, source: assumption } }"},
    {"levers", table(levers), "What the policy maker sets: values to choose from and a nominal one.",
     "{ notice: { values: [0 days, 14 days], nominal: 14 days } }"},
    {"correlations", table(correlations), "Which uncertainties go together.",
     "{ grim: { between: [price_sensitivity, growth], rank: -0.5, source: assumption } }"},
    {"attributes", table(attributes), "Properties of products that rules and customers may look at.",
     "{ quality: { label: leaderboard score } }"},
    {"actors", map(actors), "Legal persons and states: developers, sellers, operators, regulators.",
     "{ openai: { jurisdiction: US, kind: developer } }", Need::in_own_words},
    {"products", map(products), "What is supplied.", "{ gpt-4o: { developer: openai } }", Need::in_own_words},
    {"channels", map(channels), "Routes on which a product reaches customers.",
     "{ direct: { product: gpt-4o, path: [openai], price: 7.50 USD/Mtok @assumption } }", Need::in_own_words},
    {"segments", map(segments), "Populations of customer firms that are alike.", "{ start-ups: { like: giants } }",
     Need::in_own_words},
    {"contracts", table(contracts), "Who passes on which part of what to whom.",
     "{ azure-share: { payer: microsoft, payee: openai, rate: 20 % @assumption, of: { developer: openai } } }"},
    {"rules", table(rules), "Restrictions: whom they bind, since when, and how well they are enforced.",
     "{ terms: { kind: provider-terms, issuer: openai, binds: { seller: openai }, in_force: yes } }"},
    {"metrics", table(metrics), "Metrics of your own.", "{ resold: { of: use, where: { intermediated: yes } } }"},
    {"variables", table(variables), "Numbers of your own that events move and time wears off.",
     "{ scrutiny: { initially: 0.2, half_life: 180 days, source: assumption } }"},
    {"events", table(events), "What happens: on a date, after another event, or by a forecast.",
     "{ announcement: { at: 2024-06-25 @assumption } }"},
    {"triggers", table(triggers), "Events that the state of the world brings about.",
     "{ withdrawal: { when: scrutiny > 0.8, hazard: 2 %/month @assumption } }"},
    {"bills", table(bills), "Bills that pass stages until they are law, or until their Congress ends.",
     "{ act: { introduced: 2025-04-07, stages: [ { status: REPORTED, takes: 30 days, passes: 50 % } ] } }"},
    {"nests", table(nests), "Groups of channels that are closer substitutes for each other than for the rest.",
     "{ open: { dissimilarity: 0.6, members: { weights: open } } }"},
    {"outcomes", table(outcomes), "What is judged: one number each.",
     "{ receipts: { sum: flows(azure-share), unit: USD } }"},
    {"expect", some(sentence("(^| )(<=|>=|!=|=|<|>)( |$)")),
     "Sentences that must hold in a run: METRIC SIGN VALUE [within TOLERANCE] [from DATE] [to DATE] [at DATE].",
     "[ \"status(direct, start-ups) = closed from 2024-07-09\" ]"},
};

constexpr Key of_source[] = {
    {"title", text, "What it is.", "A press report of July 2024"},
    {"url", text, "Where it is found.", "\"https://example.org/report\""},
    {"note", text, "What a reader should know about it.", "restates another report"},
    {"date", date, "Of the source itself.", "2024-07-03"},
    {"confidence", word(confidences),
     "seed (what the case started from), sourced, estimate (computed from something sourced) or assumption.", "sourced",
     Need::yes},
};
constexpr Key of_horizon[] = {
    {"from", date, "The first day.", "2024-06-01", Need::yes},
    {"to", date, "The end, which is excluded; at most 200 years later.", "2028-01-01", Need::yes},
};
constexpr Key of_record[] = {{"every", span_of_time, "The time between two records.", "1 week", Need::yes}};
constexpr Key of_probe[] = {
    {"every", span_of_time, "The step, a minute at least, in seconds to weeks.", "1 day", Need::yes}};
constexpr Key of_resolution[] = {
    {"is", word(resolutions), "How firms are counted.", "cohort", Need::yes},
    {"step", span_of_time, "How often whole firms are brought up to date; by default every week.", "1 week"},
};
constexpr Key of_summary[] = {
    {"at", some(date), "Dates within the horizon.", "[2024-06-24, 2026-11-01]", Need::yes},
};
constexpr Key of_currency[] = {
    {"base", text, "The currency that everything is counted in.", "USD", Need::yes},
    {"rates", map(rates), "What one of another currency is worth in the base currency.",
     "{ CNY: 0.138 USD @assumption }"},
};
constexpr Key of_unit[] = {
    {"label", text, "What it counts.", "what is paid by card"},
    {"of", text, "The base currency, if the unit is an amount of money: then prices are fees, in %.", "USD", Need::yes},
};

}  // namespace

constinit const Shape scenario{.id = "scenario",
                               .what = "a scenario",
                               .about = "Who supplies what to whom, under which rules, and what changes when.",
                               .keys = of_scenario,
                               .has_scratch = true};
constinit const Shape source{
    .id = "source", .what = "a source", .about = "Where numbers come from.", .keys = of_source};
constinit const Shape sources{.id = "sources",
                              .what = "a table of named entries",
                              .about = "Sources by id.",
                              .rest = {Names::declared, "an id of a source", map(source)}};
constinit const Shape horizon{.id = "horizon",
                              .what = "the horizon",
                              .about = "The time that a run covers; its end is excluded.",
                              .keys = of_horizon};
constinit const Shape record{
    .id = "record", .what = "the record", .about = "When results are recorded.", .keys = of_record};
constinit const Shape probe{.id = "probe",
                            .what = "the probing of conditions",
                            .about = "When conditions are looked at between events.",
                            .keys = of_probe};
constinit const Shape resolution{
    .id = "resolution", .what = "the resolution", .about = "How finely firms are told apart.", .keys = of_resolution};
constinit const Shape summary{
    .id = "summary", .what = "the summary", .about = "What a run prints.", .keys = of_summary};
constinit const Shape currency{.id = "currency",
                               .what = "the table of currencies",
                               .about = "The base currency and rates of exchange, which stay constant.",
                               .keys = of_currency};
constinit const Shape rates{.id = "rates",
                            .what = "rates by currency",
                            .about = "Rates of exchange.",
                            .rest = {Names::anything, "a currency", number(exchange_rate)}};
constinit const Shape unit{.id = "unit", .what = "a unit", .about = "A unit of use or of attributes.", .keys = of_unit};
constinit const Shape units{.id = "units",
                            .what = "the declared units",
                            .about = "Units by symbol; k, M, G and T may stand before one.",
                            .rest = {Names::units, "a symbol of letters", text | map(unit)}};
constinit const Shape blend{.id = "blend",
                            .what = "the weights of the parts of a price",
                            .about = "How the parts of a price are weighed.",
                            .rest = {Names::declared, "a part of prices, such as in and out", number(count)}};

}  // namespace loophole::scenario::language
