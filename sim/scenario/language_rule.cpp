/// Rules, and the predicates that say what they bind.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view kinds[] = {"provider-terms", "statute", "regulation", "order", "sanction"};
constexpr std::string_view leakages[] = {"independent", "same"};
constexpr std::string_view policies[] = {"deny", "grant", "case-by-case"};

constexpr Value some_actors = some(name("actors")) | map(actor_choice);

constexpr Key of_predicate[] = {
    {"seller", some_actors, "The seller of record is one of these, or such.", "openai"},
    {"through", some_actors, "Anybody on the path, or the operator, is one of these, or such.", "[vianet]"},
    {"developer", some_actors, "The developer is one of these, or such.", "{ jurisdiction: US }"},
    {"operated_by", some_actors, "The operator is one of these, or such.", "vianet"},
    {"hosted_in", some(text), "The channel is hosted in one of these jurisdictions.", "[US]"},
    {"product", some(name("products")), "The product is one of these.", "gpt-4o"},
    {"channel", some(name("channels")), "The channel is one of these.", "azure-enterprise"},
    {"tag", some(text), "The channel has one of these tags.", "vpn"},
    {"intermediated", truth, "Seller and developer differ (yes) or are one (no).", "yes"},
    {"customer", map(customer), "The segment is such.", "{ jurisdiction: [CN, HK] }"},
    {"segment", some(name("segments")), "Short for customer: { segment: … }.", "start-ups"},
    {"any_of", some(map(predicate)), "One of these predicates holds.", "[{ tag: vpn }, { hosted_in: CN }]"},
    {"all_of", some(map(predicate)), "All of these predicates hold.", "[{ tag: vpn }, { hosted_in: CN }]"},
    {"none_of", some(map(predicate)), "None of these predicates holds.", "[{ tag: vpn }]"},
};
constexpr Value test_of_attribute = some(text) | number(attribute_number);
constexpr Key of_actor_choice[] = {
    {"jurisdiction", some(text), "They are under the law of one of these.", "US"},
    {"kind", some(text), "They are of one of these kinds.", "cloud"},
};
constexpr Choice between_actors[] = {{Choice::How::at_least_one, {"jurisdiction", "kind"}}};
constexpr Key of_customer[] = {
    {"jurisdiction", some(text), "The segment is under the law of one of these.", "[CN, HK]"},
    {"segment", some(name("segments")), "The segment is one of these.", "start-ups"},
    {"tag", some(text), "The segment has one of these tags.", "small"},
    {"owned", map(ownership), "So much of the segment is owned from there.", "{ by: CN, above: 50 % }"},
    {"any_of", some(map(customer)), "One of these holds.",
     "[{ jurisdiction: CN }, { owned: { by: CN, above: 50 % } }]"},
    {"all_of", some(map(customer)), "All of these hold.", "[{ jurisdiction: CN }, { tag: small }]"},
    {"none_of", some(map(customer)), "None of these holds.", "[{ tag: small }]"},
};
constexpr Key of_ownership[] = {
    {"by", some(text), "Jurisdictions; their shares are added up.", "CN", Need::yes},
    {"above", number(share), "More than this share.", "50 %"},
    {"at_least", number(share), "This share or more.", "50 %"},
};
constexpr Choice of_threshold[] = {{Choice::How::exactly_one, {"above", "at_least"}}};
constexpr Key of_rule[] = {
    {"label", text, "What the rule is called, for people.", "Terms of use"},
    {"kind", word(kinds), "What kind of restriction it is.", "regulation", Need::yes},
    {"authority", text, "By which authority; say \"hypothetical rule under …\" where there is none.",
     "Export Administration Regulations"},
    {"issuer", text, "Who issues it.", "us-bis", Need::yes},
    {"addressee", text, "To whom alone it is addressed, if to one.", "microsoft"},
    {"binds", map(predicate), "Which pairs of a channel and a segment it binds.", "{ seller: openai }", Need::yes},
    {"exceptions", some(map(predicate)), "Predicates of which one that holds frees.", "[{ tag: research }]"},
    {"candidate", truth, "yes: it is in force only once an event says so.", "yes"},
    {"in_force", truth | some(map(time_in_force)), "Since when it is in force; yes means for ever.",
     "{ from: 2024-07-09 }"},
    {"leakage", word(leakages),
     "Several rules that say same leak to the same evaders: the tightest counts, not the product.", "same"},
    {"enforcement", dated(share) | list_with("else", enforcement_case),
     "The part of those bound who are stopped, perhaps by date, or a list of cases that ends with else.", "90 %"},
    {"licence", map(licence), "Whether licences are granted; by default there are none.", "{ policy: deny }"},
};
constexpr Choice of_force[] = {{Choice::How::at_least_one, {"candidate", "in_force"}}};
constexpr Key of_case[] = {
    {"else", dated(share), "How much is enforced in all other cases; the last case.", "100 %"},
    {"where", map(predicate), "For whom this case is; the first case that holds counts.", "{ tag: vpn }"},
    {"is", dated(share), "How much is enforced there.", "90 %"},
    {"then", map(later_steps), "Later values by date.", "{ 2024-10-01: 95 % }"},
};
constexpr Choice of_cases[] = {{Choice::How::exactly_one, {"else", "where"}},
                               {Choice::How::exactly_one, {"else", "is"}}};
constexpr Key of_time_in_force[] = {
    {"from", date, "The first day in force.", "2024-07-09", Need::in_own_words},
    {"to", date, "The first day on which it is not in force any more.", "2025-01-01"},
    {"known", date, "When this became known; by default on its own dates.", "2024-06-25"},
};
constexpr Key of_licence[] = {
    {"policy", word(policies), "deny, grant or case-by-case.", "deny", Need::yes},
    {"probability", number(share), "Case by case: the part that is granted.", "30 %"},
    {"delay", length, "How long a decision takes.", "120 days"},
};

}  // namespace

constinit const Shape predicate{.id = "predicate",
                                .what = "a predicate",
                                .about = "For which pairs of a channel and a segment something holds: all keys must.",
                                .keys = of_predicate,
                                .attributes = &test_of_attribute};
constinit const Shape actor_choice{.id = "actor_choice",
                                   .what = "a choice of actors",
                                   .about = "Actors by jurisdiction and kind.",
                                   .keys = of_actor_choice,
                                   .choices = between_actors};
constinit const Shape customer{.id = "customer",
                               .what = "a choice of customers",
                               .about = "Segments by what they are: all keys must hold.",
                               .keys = of_customer};
constinit const Shape ownership{.id = "ownership",
                                .what = "a test of ownership",
                                .about = "How much is owned from somewhere.",
                                .keys = of_ownership,
                                .choices = of_threshold};
constinit const Shape rule{.id = "rule",
                           .what = "a rule",
                           .about = "A restriction; what stays open follows from the rules.",
                           .keys = of_rule,
                           .choices = of_force,
                           .can_be_like = true};
constinit const Shape rules{.id = "rules",
                            .what = "a table of named entries",
                            .about = "Rules by name.",
                            .rest = {Names::declared, "a rule", map(rule)}};
constinit const Shape enforcement_case{.id = "enforcement_case",
                                       .what = "a case of enforcement",
                                       .about = "For whom, and how much is enforced.",
                                       .keys = of_case,
                                       .choices = of_cases};
constinit const Shape time_in_force{.id = "time_in_force",
                                    .what = "a time in force",
                                    .about = "A time in force; its end is excluded.",
                                    .keys = of_time_in_force};
constinit const Shape licence{.id = "licence",
                              .what = "a licence policy",
                              .about = "Whether those who are bound may be licensed.",
                              .keys = of_licence};

}  // namespace loophole::scenario::language
