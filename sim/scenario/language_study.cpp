/// Studies, and what was observed in the world.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view others[] = {"nominal", "sampled"};
constexpr std::string_view kept[] = {"outcomes", "quantiles", "timeseries"};
constexpr std::string_view methods[] = {"grid",  "list",     "monte-carlo", "latin-hypercube",
                                        "sobol", "saltelli", "morris"};
constexpr std::string_view all_of_a_kind[] = {"all", "uncertainties", "levers"};
constexpr std::string_view scramblings[] = {"owen", "none"};
constexpr std::string_view orders[] = {"first", "second"};
constexpr double most_points = 4294967296.0;
constexpr double most_replications = 4294967296.0;
constexpr double most_levels = 1000;
constexpr double greatest_seed = 18446744073709551615.0;
constexpr double greatest_id = 9007199254740992.0;

constexpr Key of_study[] = {
    {"schema", whole(1, 1), "The version of the language.", "1", Need::yes},
    {"title", text, "What the study asks.", "Days of notice"},
    {"description", text, "More about it, for people.", "Every notice period, on both sides of the price."},
    {"as_of", date, "Until when history is known, in all scenarios.", "2024-06-24"},
    {"set", map(settings), "Values for all scenarios, by path.", "{ levers.notice.nominal: 90 days }"},
    {"resolution", word(resolutions), "How firms are counted, in all scenarios.", "cohort"},
    {"replications", whole(1, most_replications), "How often each scenario is run at each point; by default once.",
     "20"},
    {"seed", whole(0, greatest_seed), "Of everything random; by default 1.", "1"},
    {"uncertainties", word(others),
     "What those are that the design does not set: nominal (the default), or sampled anew in each replication.",
     "sampled"},
    {"keep", word(kept), "What is kept beside the outcomes.", "quantiles"},
    {"design", map(design), "Which points are looked at; by default one, everything nominal.",
     "{ method: sobol, points: 256, factors: uncertainties }"},
    {"outcomes", some(text), "Names of outcomes; by default all of the first scenario.", "[receipts]"},
    {"scenarios", some(text, 1), "Files, relative to this one; the first says what the factors are.", "[baseline.yaml]",
     Need::in_own_words},
};
constexpr Key of_design[] = {
    {"method", word(methods), "By which method points are chosen.", "sobol", Need::yes},
    {"points", whole(1, most_points), "How many points; in a Latin hypercube, of each hypercube.", "256", Need::yes},
    {"hypercubes", whole(1, most_points), "How many Latin hypercubes; by default one.", "2"},
    {"scrambling", word(scramblings), "Of Sobol's sequence: owen (the default) or none.", "none"},
    {"base", whole(1, most_points), "Saltelli's base, best 512 or 1024.", "256", Need::yes},
    {"order", word(orders), "Whether indices of second order can be computed; by default first.", "second"},
    {"trajectories", whole(1, most_points), "How many trajectories Morris walks.", "20", Need::yes},
    {"levels", whole(1, most_levels), "Of each factor, even; by default 4.", "6"},
    {"factors", word(all_of_a_kind) | some(name("uncertainties and levers"), 1) | map(factor_levels),
     "What is varied: all, uncertainties, levers, a list of names; in a grid also names with their values.",
     "uncertainties", Need::yes},
    {"file", text, "A CSV file with a point in each row, relative to this one.", "points.csv"},
    {"rows", some(map(point), 1), "The points, each with a value for every factor.", "[ { NAME: 1 }, { NAME: 2 } ]",
     Need::if_alone},
    {"table", some(map(point)), "What was read from the file.", "[ { NAME: 1 } ]", Need::hidden},
};
constexpr Case of_methods[] = {
    {"method", "grid", {"factors"}, {"factors"}},
    {"method", "list", {"file", "rows"}, {}, {"file", "rows"}},
    {"method", "monte-carlo", {"points", "factors"}, {"points", "factors"}},
    {"method", "latin-hypercube", {"points", "hypercubes", "factors"}, {"points", "factors"}},
    {"method", "sobol", {"points", "scrambling", "factors"}, {"points", "factors"}},
    {"method", "saltelli", {"base", "order", "factors"}, {"base", "factors"}},
    {"method", "morris", {"trajectories", "levels", "factors"}, {"trajectories", "factors"}},
};
constexpr Key of_quantiles[] = {
    {"quantiles", whole(1, most_levels), "The middles of so many parts of equal probability.", "5", Need::yes},
};
constexpr Key of_point[] = {
    {"design_id", whole(0, greatest_id), "The point's number; by default one more than the last.", "7"},
};

constexpr Key of_observations[] = {
    {"schema", whole(1, 1), "The version of the language.", "1", Need::yes},
    {"title", text, "What was observed.", "What happened after June 2024"},
    {"sources", table(sources), "Where it is told, beside the scenario's own sources.",
     "{ F9: { title: \"A press report\", confidence: sourced } }"},
    {"observations", map(observations), "What happened, entry by entry.", "{ NAME: { that: …, held: yes } }",
     Need::yes},
};
constexpr Key of_observation[] = {
    {"label", text, "What was observed, for people.", "Accounts were closed"},
    {"that", sentence("(^| )(<=|>=|!=|=|<|>)( |$)"), "A sentence as under expect.",
     "\"happened(statute) = no at 2025-01-03\""},
    {"event", name("events"), "An event of the scenario.", "cut-off"},
    {"value", text, "A metric; a stock has its date behind it: at DATE.", "\"share(direct) at 2026-06-17\""},
    {"held", truth, "Whether the sentence turned out true.", "yes", Need::yes},
    {"happened", date, "When the event happened.", "2025-01-03", Need::yes},
    {"by", date, "Up to when the event is forecast; by default the horizon's end.", "2026-01-01"},
    {"from", date, "Of a flow: the first day.", "2025-07-01", Need::if_alone},
    {"to", date, "Of a flow: the end, which is excluded.", "2026-07-01", Need::if_alone},
    {"over", map(time_of_comparison), "Of a flow: then the value is its ratio to the same flow over this time.",
     "{ from: 2024-06-01, to: 2024-07-01 }"},
    {"is", number(quantity) | list(number(quantity), 2, 2), "What the metric was, or a range it lay in.", "60 %",
     Need::yes},
    {"observed", date, "When it became known; by default the last date that the entry mentions.", "2024-10-17"},
};
constexpr Choice of_what[] = {{Choice::How::exactly_one, {"that", "event", "value"}}};
constexpr Dependency of_kinds[] = {
    {"held", {"that"}}, {"that", {"held"}}, {"happened", {"event"}}, {"event", {"happened"}}, {"by", {"event"}},
    {"is", {"value"}},  {"value", {"is"}},  {"from", {"value"}},     {"to", {"value"}},       {"over", {"value"}},
};
constexpr Key of_time[] = {
    {"from", date, "The first day.", "2024-07-01", Need::yes},
    {"to", date, "The end, which is excluded.", "2024-07-01", Need::yes},
};

}  // namespace

constinit const Shape study{.id = "study",
                            .what = "a study",
                            .about = "Scenarios, at points of what nobody knows and somebody decides, so many times.",
                            .keys = of_study};
constinit const Shape settings{.id = "settings",
                               .what = "settings by path",
                               .about = "Values by path, as --set gives them.",
                               .rest = {Names::anything, "a path, such as levers.notice.nominal", text}};
constinit const Shape design{
    .id = "design", .what = "a design", .about = "Which points are looked at.", .keys = of_design, .cases = of_methods};
constinit const Shape quantiles{.id = "quantiles",
                                .what = "levels of a factor",
                                .about = "Values of an uncertainty by their probability.",
                                .keys = of_quantiles};
constinit const Shape factor_levels{
    .id = "factor_levels",
    .what = "factors with their values",
    .about = "The values of each factor, all combined.",
    .rest = {Names::named, "an uncertainty or lever", some(number(quantity), 1) | map(quantiles)},
    .least = 1};
constinit const Shape point{.id = "point",
                            .what = "a point like the first one",
                            .about = "A point: a value for each factor.",
                            .keys = of_point,
                            .rest = {Names::named, "an uncertainty or lever", number(quantity)}};
constinit const Shape observations_file{.id = "observations_file",
                                        .what = "a file of observations",
                                        .about = "What happened in the world, to score forecasts with.",
                                        .keys = of_observations};
constinit const Shape observation{.id = "observation",
                                  .what = "an observation",
                                  .about = "A sentence, the date of an event, or a quantity.",
                                  .keys = of_observation,
                                  .choices = of_what,
                                  .dependencies = of_kinds};
constinit const Shape observations{.id = "observations",
                                   .what = "a table of named entries",
                                   .about = "Observations by name.",
                                   .rest = {Names::declared, "an observation", map(observation)},
                                   .least = 1};
constinit const Shape time_of_comparison{.id = "time_of_comparison",
                                         .what = "the time a quantity is compared with",
                                         .about = "An earlier time.",
                                         .keys = of_time};

}  // namespace loophole::scenario::language
