/// The supply side: actors, products, channels, contracts and nests.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view bases[] = {"receipts", "sales"};

constexpr Key of_attribute[] = {
    {"label", text, "What the attribute is, for people.", "leaderboard score"},
    {"unit", text, "A declared unit, if the attribute is a number that has one.", "tok"},
    {"words", some(text), "The words that it may be, if it is no number.", "[open, closed]"},
};
constexpr Key of_actor[] = {
    {"label", text, "Its name, for people.", "Microsoft"},
    {"jurisdiction", text, "Whose law it is under: any word, used the same way everywhere.", "US", Need::yes},
    {"kind", text, "A word of yours by which rules may choose actors.", "cloud"},
    {"owners", map(owners), "Who owns it, by jurisdiction; at most 100 % together.", "{ CN: 60 %, US: 40 % }"},
};
constexpr Key of_product[] = {
    {"label", text, "Its name, for people.", "GPT-4o"},
    {"developer", name("actors"), "The actor who makes it.", "openai", Need::yes},
};
constexpr Value attribute_of_product = text | number(attribute_number);
constexpr Key of_channel[] = {
    {"label", text, "Its name, for people.", "Azure for enterprises"},
    {"product", name("products"), "What is supplied.", "gpt-4o", Need::yes},
    {"path", some(name("actors"), 1), "Actors from the developer to the seller of record, the last.",
     "[openai, microsoft]", Need::yes},
    {"operated_by", name("actors"), "An actor who runs the service without selling it.", "vianet"},
    {"hosted_in", some(text), "Jurisdictions where the service runs.", "[SG]"},
    {"tags", some(text), "Words of yours by which rules may choose channels.", "[vpn]"},
    {"price", dated(price) | map(price_in_parts),
     "Money per unit of use, or a fee in % where use is money; by date, or in the parts of blend.", "7.50 USD/Mtok",
     Need::yes},
    {"offered", truth | map(offered_time),
     "When the seller chooses to offer it, apart from any rule; by default always.", "{ from: 2024-06-25 }"},
};
constexpr Key of_offered_time[] = {
    {"from", date, "The first day on which it is offered; by default it always was.", "2024-06-25"},
    {"to", date, "The first day on which it is not offered any more.", "2025-01-01"},
    {"known", date, "When this became known; by default on its own dates.", "2024-06-01"},
};
constexpr Key of_contract[] = {
    {"label", text, "What the contract is, for people.", "Revenue share"},
    {"payer", name("actors"), "The actor who pays.", "microsoft", Need::yes},
    {"payee", name("actors"), "The actor who is paid.", "openai", Need::yes},
    {"rate", dated(share), "The part of the base that is passed on, perhaps by date.", "20 %", Need::yes},
    {"of", map(predicate), "On which channels: those that this predicate chooses.", "{ developer: openai }", Need::yes},
    {"base", word(bases), "receipts (the default): what the payer received there; sales: what customers spent there.",
     "sales"},
};
constexpr Key of_nest[] = {
    {"dissimilarity", number(dissimilarity_number), "Above 0 and at most 1; 1 means no nest.", "0.6", Need::yes},
    {"members", map(predicate), "The channels in the nest.", "{ weights: open }", Need::yes},
};

}  // namespace

constinit const Shape attribute{
    .id = "attribute", .what = "an attribute", .about = "A property of products.", .keys = of_attribute};
constinit const Shape attributes{.id = "attributes",
                                 .what = "a table of named entries",
                                 .about = "Properties of products, by name.",
                                 .rest = {Names::declared, "an attribute", map(attribute)}};
constinit const Shape actor{
    .id = "actor", .what = "an actor", .about = "A legal person or state.", .keys = of_actor, .can_be_like = true};
constinit const Shape actors{.id = "actors",
                             .what = "a table of named entries",
                             .about = "Actors by name.",
                             .rest = {Names::declared, "an actor", map(actor)},
                             .least = 1};
constinit const Shape owners{.id = "owners",
                             .what = "a table of owners by jurisdiction",
                             .about = "Who owns it: shares by jurisdiction.",
                             .rest = {Names::anything, "a jurisdiction", number(share)}};
constinit const Shape product{.id = "product",
                              .what = "a product",
                              .about = "What is supplied; it may have a value for each attribute.",
                              .keys = of_product,
                              .attributes = &attribute_of_product,
                              .can_be_like = true};
constinit const Shape products{.id = "products",
                               .what = "a table of named entries",
                               .about = "Products by name.",
                               .rest = {Names::declared, "a product", map(product)},
                               .least = 1};
constinit const Shape channel{.id = "channel",
                              .what = "a channel",
                              .about = "A route on which a product reaches customers.",
                              .keys = of_channel,
                              .can_be_like = true};
constinit const Shape channels{.id = "channels",
                               .what = "a table of named entries",
                               .about = "Channels by name.",
                               .rest = {Names::declared, "a channel", map(channel)},
                               .least = 1};
constinit const Shape offered_time{.id = "offered_time",
                                   .what = "the time it is offered",
                                   .about = "The time in which a channel is offered; its end is excluded.",
                                   .keys = of_offered_time};
constinit const Shape price_in_parts{.id = "price_in_parts",
                                     .what = "a price in parts",
                                     .about = "A price in the parts of blend.",
                                     .rest = {Names::declared, "a part of the price, listed in blend", dated(price)}};
constinit const Shape contract{.id = "contract",
                               .what = "a contract",
                               .about = "A share that one actor pays another.",
                               .keys = of_contract,
                               .can_be_like = true};
constinit const Shape contracts{.id = "contracts",
                                .what = "a table of named entries",
                                .about = "Contracts by name; they must not run in a circle.",
                                .rest = {Names::declared, "a contract", map(contract)}};
constinit const Shape nest{
    .id = "nest", .what = "a nest", .about = "Closer substitutes for each other.", .keys = of_nest};
constinit const Shape nests{.id = "nests",
                            .what = "a table of named entries",
                            .about = "Nests by name.",
                            .rest = {Names::declared, "a nest", map(nest)}};

}  // namespace loophole::scenario::language
