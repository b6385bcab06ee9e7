/// Events, triggers, what they change, and variables.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view receivers[] = {"all", "new"};
constexpr Value delayed = length | drawn(delay);

constexpr Key of_event[] = {
    {"at", date, "When it happens.", "2024-06-25"},
    {"known", date, "When it became known; by default at its date, and never later.", "2024-06-20"},
    {"after", name("events"), "The event that it follows.", "announcement"},
    {"notice_from", name("events") | date,
     "An event or a date from which on those concerned know of what the event will close.", "announcement"},
    {"forecast", map(forecast), "What replaces the date when it was not known.", "{ hazard: 2 %/month }"},
    {"label", text, "What happens, for people.", "The cut-off"},
    {"delay", delayed, "How long after the event that it follows; by default at once.", "14 days"},
    {"probability", number(share), "How probably it happens at all; by default surely.", "40 %"},
    {"effects", some(map(effect)), "What it changes, each with one verb.",
     "[ { set: { rule: terms, in_force: yes } } ]"},
};
constexpr Choice of_time[] = {{Choice::How::at_most_one, {"at", "after"}}};
constexpr Dependency of_delay[] = {{"delay", {"after"}}};
constexpr Key of_forecast[] = {
    {"hazard", number(rate), "At which rate it happens, from as_of on.", "2 %/month"},
    {"after", drawn(delay), "The time since the horizon's start.", "{ exponential: 300 days }"},
    {"notice", delayed, "How long before those concerned learn of it.", "{ uniform: [4 days, 14 days] }"},
};
constexpr Choice of_forecasts[] = {{Choice::How::exactly_one, {"hazard", "after"}}};
constexpr Key of_effect[] = {
    {"set", map(set_change), "Sets something to a value.", "{ rule: terms, in_force: yes }"},
    {"scale", map(scale_change), "Multiplies something by a factor.", "{ channel: direct, price: x0.5 }"},
    {"add", map(add_change), "Adds an amount to something.", "{ variable: scrutiny, value: 0.3 }"},
    {"offer", map(offer), "Starts a time-limited offer to customers.",
     "{ channel: glm, switching: 50 %, for: 90 days }"},
    {"emit", name("events"), "Makes another event happen.", "follow-up"},
    {"cancel", name("events"), "Keeps another event from happening.", "follow-up"},
};
constexpr Choice of_verbs[] = {{Choice::How::exactly_one, {"set", "scale", "add", "offer", "emit", "cancel"}}};

constexpr const char* of_what = "Of this one something is changed: name one thing.";
constexpr Key of_set[] = {
    {"rule", name("rules"), of_what, "terms"},
    {"in_force", truth, "Whether the rule is in force from now on.", "yes"},
    {"enforcement", dated(share) | list_with("else", enforcement_case), "How well the rule is enforced from now on.",
     "100 %"},
    {"licence", map(licence), "The rule's licence policy from now on.", "{ policy: deny }"},
    {"channel", name("channels"), of_what, "direct"},
    {"price", number(price), "The channel's price from now on, in all parts.", "3 USD/Mtok"},
    {"offered", truth, "Whether the channel is offered from now on.", "no"},
    {"product", name("products"), of_what, "gpt-4o"},
    {"contract", name("contracts"), of_what, "azure-share"},
    {"rate", number(share), "The contract's rate from now on.", "20 %", Need::yes},
    {"segment", name("segments"), of_what, "start-ups"},
    {"demand", number(factor), "Demand is scaled, not set.", "x0.8", Need::hidden},
    {"growth", number(growth), "The segment's growth from now on.", "5 %/month"},
    {"variable", name("variables"), of_what, "scrutiny"},
    {"value", number(plain), "The variable's value from now on.", "0.5", Need::yes},
};
constexpr Key of_scale[] = {
    {"rule", name("rules"), of_what, "terms", Need::hidden},
    {"in_force", truth, "A rule is set, not scaled.", "yes", Need::hidden},
    {"enforcement", dated(share), "A rule is set, not scaled.", "100 %", Need::hidden},
    {"licence", map(licence), "A rule is set, not scaled.", "{ policy: deny }", Need::hidden},
    {"channel", name("channels"), of_what, "direct"},
    {"price", number(factor), "The channel's price is multiplied by this factor.", "x0.5"},
    {"offered", truth, "Whether it is offered is set, not scaled.", "no", Need::hidden},
    {"product", name("products"), of_what, "gpt-4o"},
    {"contract", name("contracts"), of_what, "azure-share"},
    {"rate", number(factor), "The contract's rate is multiplied by this factor.", "20 %", Need::yes},
    {"segment", name("segments"), of_what, "start-ups"},
    {"demand", number(factor), "The segment's demand is multiplied by this factor.", "x0.8"},
    {"growth", number(factor), "The segment's growth is multiplied by this factor.", "x0.5"},
    {"variable", name("variables"), of_what, "scrutiny"},
    {"value", number(factor), "The variable is multiplied by this factor.", "x0.5", Need::yes},
};
constexpr Key of_add[] = {
    {"rule", name("rules"), of_what, "terms", Need::hidden},
    {"in_force", truth, "A rule is set, not added to.", "yes", Need::hidden},
    {"enforcement", dated(share), "A rule is set, not added to.", "100 %", Need::hidden},
    {"licence", map(licence), "A rule is set, not added to.", "{ policy: deny }", Need::hidden},
    {"channel", name("channels"), of_what, "direct"},
    {"price", number(added_price), "This is added to the channel's price.", "0.5 USD/Mtok"},
    {"offered", truth, "Whether it is offered is set, not added to.", "no", Need::hidden},
    {"product", name("products"), of_what, "gpt-4o"},
    {"contract", name("contracts"), of_what, "azure-share"},
    {"rate", number(added_share), "This is added to the contract's rate.", "20 %", Need::yes},
    {"segment", name("segments"), of_what, "start-ups"},
    {"demand", number(factor), "Demand is scaled, not added to.", "x0.8", Need::hidden},
    {"growth", number(added_growth), "This is added to the segment's growth.", "-2 %/month"},
    {"variable", name("variables"), of_what, "scrutiny"},
    {"value", number(plain), "This is added to the variable.", "0.5", Need::yes},
};
constexpr Value set_attribute = number(attribute_number);
constexpr Value scaled_attribute = number(factor);
constexpr Choice of_changes[] = {
    {Choice::How::exactly_one, {"rule", "channel", "product", "contract", "segment", "variable"}}};
constexpr Dependency of_change[] = {
    {"in_force", {"rule"}},   {"enforcement", {"rule"}}, {"licence", {"rule"}},   {"price", {"channel"}},
    {"offered", {"channel"}}, {"rate", {"contract"}},    {"contract", {"rate"}},  {"demand", {"segment"}},
    {"growth", {"segment"}},  {"value", {"variable"}},   {"variable", {"value"}},
};
constexpr Key of_offer[] = {
    {"channel", name("channels"), "The channel that is offered.", "glm", Need::yes},
    {"to", word(receivers), "new (the default): to those who join; all: to everybody.", "all"},
    {"segment", some(name("segments")), "Only to these.", "[start-ups]"},
    {"discount", number(share), "By so much the price is lower.", "20 %"},
    {"switching", number(share), "What is left of the cost of switching to it.", "50 %"},
    {"free", number(allowance), "What each joining firm may use for nothing, over the offer's whole time.",
     "150 Mtok/firm"},
    {"for", length, "How long the offer lasts.", "90 days", Need::yes},
};
constexpr Key of_variable[] = {
    {"label", text, "What it is, for people.", "attention of Congress"},
    {"initially", number(plain), "Its value at the start.", "0.2", Need::yes},
    {"rest", number(plain), "The value to which it returns; by default 0.", "0.1"},
    {"half_life", number(duration),
     "The time in which its distance to rest halves; without, it stays where it was set.", "180 days"},
};
constexpr Key of_trigger[] = {
    {"when", text, "A condition over the state; quotes are needed around it within { … }.",
     "scrutiny > 0.8 and share(direct, start-ups) > 50 %"},
    {"hazard", number(rate), "At which rate it fires while the condition holds; without, as soon as it holds.",
     "2 %/month"},
    {"log_shift", map(shifts), "The hazard is multiplied by e to the number times the variable.", "{ scrutiny: 1.2 }"},
    {"cooldown", length, "After this time it may fire again; without, it fires once.", "90 days"},
    {"from", date, "From when it is armed; by default as_of.", "2025-01-01"},
    {"to", date, "Until when it is armed; by default the horizon's end.", "2026-01-01"},
    {"label", text, "What happens, for people.", "Microsoft withdraws"},
    {"delay", delayed, "How long after it fires; by default at once.", "14 days"},
    {"probability", number(share), "How probably it happens at all; by default surely.", "40 %"},
    {"effects", some(map(effect)), "What it changes, each with one verb.",
     "[ { set: { channel: direct, offered: no } } ]"},
};
constexpr Choice of_firing[] = {{Choice::How::at_least_one, {"when", "hazard"}}};
constexpr Dependency of_shift[] = {{"log_shift", {"hazard"}}};

}  // namespace

constinit const Shape event{.id = "event",
                            .what = "an event",
                            .about = "Something that happens: on a date, after another, or by a forecast.",
                            .keys = of_event,
                            .choices = of_time,
                            .dependencies = of_delay,
                            .can_be_like = true};
constinit const Shape events{.id = "events",
                             .what = "a table of named entries",
                             .about = "Events by name.",
                             .rest = {Names::declared, "an event", map(event)}};
constinit const Shape forecast{.id = "forecast",
                               .what = "a forecast",
                               .about = "What replaces a date that was not known.",
                               .keys = of_forecast,
                               .choices = of_forecasts};
constinit const Shape effect{.id = "effect",
                             .what = "an effect",
                             .about = "One verb, and what it changes.",
                             .keys = of_effect,
                             .choices = of_verbs};
constinit const Shape set_change{.id = "set_change",
                                 .what = "a change",
                                 .about = "One thing, and what of it is set; of a product, its attributes.",
                                 .keys = of_set,
                                 .attributes = &set_attribute,
                                 .choices = of_changes,
                                 .dependencies = of_change};
constinit const Shape scale_change{.id = "scale_change",
                                   .what = "a change",
                                   .about = "One thing, and what of it is scaled; of a product, its attributes.",
                                   .keys = of_scale,
                                   .attributes = &scaled_attribute,
                                   .choices = of_changes,
                                   .dependencies = of_change};
constinit const Shape add_change{.id = "add_change",
                                 .what = "a change",
                                 .about = "One thing, and what is added to it; of a product, to its attributes.",
                                 .keys = of_add,
                                 .attributes = &set_attribute,
                                 .choices = of_changes,
                                 .dependencies = of_change};
constinit const Shape offer{
    .id = "offer", .what = "an offer", .about = "A time-limited migration offer.", .keys = of_offer};
constinit const Shape variable{.id = "variable",
                               .what = "a variable",
                               .about = "A number that events move and time wears off.",
                               .keys = of_variable};
constinit const Shape variables{.id = "variables",
                                .what = "a table of named entries",
                                .about = "Variables by name.",
                                .rest = {Names::declared, "a variable", number(plain) | map(variable)}};
constinit const Shape trigger{.id = "trigger",
                              .what = "a trigger",
                              .about = "An event that the state of the world brings about.",
                              .keys = of_trigger,
                              .choices = of_firing,
                              .dependencies = of_shift,
                              .can_be_like = true};
constinit const Shape triggers{.id = "triggers",
                               .what = "a table of named entries",
                               .about = "Triggers by name; they share their names with events.",
                               .rest = {Names::declared, "a trigger", map(trigger)}};
constinit const Shape shifts{.id = "shifts",
                             .what = "a table of variables",
                             .about = "How strongly variables shift odds or hazards, per one unit.",
                             .rest = {Names::named, "a variable", number(plain)}};

}  // namespace loophole::scenario::language
