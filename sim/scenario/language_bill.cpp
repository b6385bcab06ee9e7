/// Bills, their stages, and what they authorize.
#include "bill_stages.hpp"
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr Value delayed = length | drawn(delay);

constexpr Key of_bill[] = {
    {"label", text, "What the bill is called, for people.", "Remote Access Security Act"},
    {"introduced", date | map(fact), "When it was introduced.", "2025-04-07", Need::yes},
    {"expires", date, "The end of the Congress; what comes at that very second is too late.", "2027-01-03"},
    {"stages", list(map(stage), 1), "The stages, in order.", "[ { status: REPORTED, takes: 30 days, passes: 50 % } ]",
     Need::yes},
    {"history", map(history), "The statuses reached, with their dates, and how it ended.", "{ REPORTED: 2025-05-01 }"},
    {"vehicles", map(vehicles), "Other laws that may carry the text, each once.",
     "{ defence-act: { at: 2026-12-20, known: 2026-11-01, carries: 30 % } }"},
    {"reintroduced", map(reintroduction), "Whether it comes again in the next Congress.",
     "{ probability: 80 %, after: { uniform: [30 days, 200 days] }, expires: 2 years }"},
    {"authorizes", map(authorization), "What the law lets an agency do.",
     "{ agency: us-bis, rule: remote-access, acts: 60 % }"},
};
constexpr Key of_fact[] = {
    {"at", date, "When it happened.", "2025-05-01", Need::yes},
    {"known", date, "When it became known; by default at its date, and never later.", "2025-05-01"},
};
constexpr Key of_stage[] = {
    {"status", word(bill_stages), "The status that is reached; quotes are needed around one with a colon.", "REPORTED",
     Need::yes},
    {"takes", delayed, "The time from the status before to the decision.", "{ exponential: 30 days }",
     Need::in_own_words},
    {"logit_shift", map(shifts), "The odds are multiplied by e to the number times the variable.", "{ scrutiny: 1.0 }"},
    {"passes", number(share), "How probably it passes.", "60 %", Need::yes},
    {"override", number(share) | map(override_vote), "How probably a veto is overridden; at ENACTED:SIGNED only.",
     "5 %"},
};
constexpr Key of_override[] = {
    {"takes", delayed, "The time from the veto to the vote.", "30 days"},
    {"logit_shift", map(shifts), "The odds are multiplied by e to the number times the variable.", "{ scrutiny: 1.0 }"},
    {"passes", number(share), "How probably the veto is overridden.", "5 %", Need::yes},
};
constexpr Key of_vehicle[] = {
    {"label", text, "What it is called, for people.", "defence authorization"},
    {"at", date, "When it becomes law.", "2026-12-20"},
    {"known", date, "When that date became known; by default at the date itself.", "2026-11-01"},
    {"takes", delayed, "The time from the status in from to its becoming law.", "200 days"},
    {"logit_shift", map(shifts), "The odds are multiplied by e to the number times the variable.", "{ scrutiny: 1.0 }"},
    {"from", text, "From which status on it may carry the bill; by default its introduction.", "\"PASS_OVER:HOUSE\""},
    {"carries", number(share), "How probably it carries the text.", "30 %", Need::yes},
};
constexpr Choice of_time[] = {{Choice::How::exactly_one, {"at", "takes"}}};
constexpr Key of_reintroduction[] = {
    {"probability", number(share), "How probably somebody introduces it again.", "80 %", Need::yes},
    {"after", delayed, "How long after the end of the last Congress.", "{ uniform: [30 days, 200 days] }", Need::yes},
    {"expires", span_of_time, "The length of a Congress.", "2 years", Need::yes},
    {"times", number(count), "At most so many times, 1 to 1000; by default once.", "3"},
};
constexpr Key of_authorization[] = {
    {"agency", text, "Who may act.", "us-bis"},
    {"rule", name("rules"), "The rule that it publishes, a candidate.", "NAME", Need::yes},
    {"acts", number(share), "How probably it publishes the rule.", "60 %", Need::yes},
    {"lag", delayed, "How long after enactment it publishes.", "{ uniform: [90 days, 270 days] }"},
    {"in_force_after", delayed, "How long after its publication the rule is in force.", "120 days"},
    {"rescinded", number(share) | map(rescission), "How probably the rule is rescinded before it takes effect.",
     "30 %"},
};
constexpr Key of_rescission[] = {
    {"probability", number(share), "How probably the rule is rescinded.", "30 %", Need::yes},
    {"after", delayed, "How long after its publication.", "{ uniform: [60 days, 110 days] }"},
};

}  // namespace

constinit const Shape bill{.id = "bill",
                           .what = "a bill",
                           .about = "A bill passes stages until it is law, or until its Congress ends.",
                           .keys = of_bill,
                           .can_be_like = true};
constinit const Shape bills{.id = "bills",
                            .what = "a table of named entries",
                            .about = "Bills by name.",
                            .rest = {Names::declared, "a bill", map(bill)}};
constinit const Shape fact{
    .id = "fact", .what = "something that happened", .about = "A date, and when it became known.", .keys = of_fact};
constinit const Shape stage{
    .id = "stage", .what = "a stage", .about = "A decision on the way to becoming law.", .keys = of_stage};
constinit const Shape override_vote{
    .id = "override_vote", .what = "an override", .about = "The vote over a veto.", .keys = of_override};
constinit const Shape history{.id = "history",
                              .what = "a history",
                              .about = "Statuses reached, with their dates.",
                              .rest = {Names::statuses, "a status of the bill", date | map(fact)}};
constinit const Shape vehicle{.id = "vehicle",
                              .what = "a vehicle",
                              .about = "Another law that may carry the text.",
                              .keys = of_vehicle,
                              .choices = of_time};
constinit const Shape vehicles{.id = "vehicles",
                               .what = "a table of vehicles",
                               .about = "Vehicles by name.",
                               .rest = {Names::declared, "a vehicle", map(vehicle)}};
constinit const Shape reintroduction{.id = "reintroduction",
                                     .what = "a reintroduction",
                                     .about = "How a bill comes again in the next Congress.",
                                     .keys = of_reintroduction};
constinit const Shape authorization{.id = "authorization",
                                    .what = "an authorization",
                                    .about = "What an agency does with the law.",
                                    .keys = of_authorization};
constinit const Shape rescission{
    .id = "rescission", .what = "a rescission", .about = "How a published rule is taken back.", .keys = of_rescission};

}  // namespace loophole::scenario::language
