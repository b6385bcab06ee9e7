/// What is not known, what may be decided, and what is asked of a run.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view totals[] = {"use", "spend", "firms", "sellers"};
constexpr std::string_view statuses[] = {"gap", "leak", "licensed", "closed"};
constexpr std::string_view preferences[] = {"more", "less"};

constexpr Key of_uncertainty[] = {
    {"label", text, "What it is, for people.", "how much firms mind the price"},
    {"nominal", number(quantity), "Its value in a single run, which fixes the unit.", "-1.1", Need::yes},
};
constexpr Key of_lever[] = {
    {"label", text, "What it is, for people.", "days of notice"},
    {"nominal", number(quantity), "Its value unless another is chosen, which fixes the unit.", "-1.1", Need::yes},
    {"values", some(number(quantity), 1), "The values that it may have.", "[0 days, 14 days]", Need::yes},
};
constexpr Key of_correlation[] = {
    {"between", list(name("uncertainties"), 2, 2), "Two uncertainties.", "[A, B]", Need::yes},
    {"rank", number(rank_number), "Spearman's rank correlation, between -1 and 1 and neither.", "0.6", Need::yes},
};
constexpr Key of_metric[] = {
    {"label", text, "What it is, for people.", "part of use that is resold"},
    {"of", word(totals), "What is added up, or how many sellers there are.", "use", Need::yes},
    {"where", map(predicate), "Over the pairs of a channel and a segment for which this holds.",
     "{ intermediated: yes }", Need::yes},
    {"over", map(predicate), "Then the metric is the part of this total.", "{ weights: closed }"},
    {"status", some(word(statuses)), "Of sellers: a path counts when it has one of these; by default gap and licensed.",
     "[gap, licensed]"},
};
constexpr Key of_outcome[] = {
    {"label", text, "What it is, for people.", "what OpenAI receives"},
    {"unit", text, "Its unit, for people.", "USD"},
    {"to_whom", text, "Whose matter it is.", "openai"},
    {"prefer", word(preferences), "Whether more or less of it is better.", "more"},
    {"sum", text, "A flow, added up over the time.", "flows(azure-share)"},
    {"mean", text, "A share, its mean over the time.", "stranded(start-ups)"},
    {"value", text, "A stock, its value on a date.", "share(direct)"},
    {"from", date, "The first day; by default the horizon's.", "2024-07-09"},
    {"to", date, "The end, which is excluded; by default the horizon's.", "2028-01-01"},
    {"at", date, "The date of a value; by default the horizon's end.", "2025-01-01"},
};
constexpr Choice of_outcomes[] = {{Choice::How::exactly_one, {"sum", "mean", "value"}}};
constexpr Dependency of_date[] = {{"at", {"value"}}};

}  // namespace

constinit const Shape uncertainty{.id = "uncertainty",
                                  .what = "an uncertainty",
                                  .about = "A nominal value and a distribution, all in one unit.",
                                  .keys = of_uncertainty,
                                  .law = &quantity};
constinit const Shape uncertainties{.id = "uncertainties",
                                    .what = "a table of named entries",
                                    .about = "Uncertainties by name; $NAME stands for one.",
                                    .rest = {Names::declared, "an uncertainty", map(uncertainty)}};
constinit const Shape lever{
    .id = "lever", .what = "a lever", .about = "What somebody decides: one of several values.", .keys = of_lever};
constinit const Shape levers{.id = "levers",
                             .what = "a table of named entries",
                             .about = "Levers by name; $NAME stands for one.",
                             .rest = {Names::declared, "a lever", map(lever)}};
constinit const Shape correlation{.id = "correlation",
                                  .what = "a correlation",
                                  .about = "Two uncertainties that go together.",
                                  .keys = of_correlation};
constinit const Shape correlations{.id = "correlations",
                                   .what = "a table of named entries",
                                   .about = "Correlations by name.",
                                   .rest = {Names::declared, "a correlation", map(correlation)}};
constinit const Shape metric{.id = "metric",
                             .what = "a metric",
                             .about = "A total over channels and segments, or a part of one.",
                             .keys = of_metric};
constinit const Shape metrics{.id = "metrics",
                              .what = "a table of named entries",
                              .about = "Metrics by name.",
                              .rest = {Names::declared, "a metric", map(metric)}};
constinit const Shape outcome{.id = "outcome",
                              .what = "an outcome",
                              .about = "One number that is judged.",
                              .keys = of_outcome,
                              .choices = of_outcomes,
                              .dependencies = of_date};
constinit const Shape outcomes{.id = "outcomes",
                               .what = "a table of named entries",
                               .about = "Outcomes by name.",
                               .rest = {Names::declared, "an outcome", map(outcome)}};

}  // namespace loophole::scenario::language
