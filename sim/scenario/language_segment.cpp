/// The demand side: segments of customers, what they use and how they choose.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr std::string_view measures[] = {"firms", "spend", "use"};

constexpr Key of_segment[] = {
    {"label", text, "What they are called, for people.", "Start-ups"},
    {"jurisdiction", text, "Whose law they are under.", "CN", Need::yes},
    {"owners", map(owners), "Who owns them, by jurisdiction; by default wholly of their own.",
     "{ CN: 60 %, SG: 40 % }"},
    {"tags", some(text), "Words of yours by which rules may choose segments.", "[small]"},
    {"firms", number(count), "How many firms there are.", "20000 @assumption", Need::yes},
    {"resolution", word(resolutions), "How these firms are counted; by default as the scenario says.", "firms"},
    {"sizes", map(sizes), "How the sizes of firms are spread, at the resolution firms; by default all alike.",
     "{ lognormal: 1.2 }"},
    {"initial_spend", number(money_rate), "What the whole segment spends at the start.", "4 MUSD/month @assumption",
     Need::if_alone},
    {"initial_use", number(use_rate), "The same in units of use, where that is what is known.", "500 Gtok/month"},
    {"growth", dated(growth), "Growth of use at constant prices, perhaps by date; by default 0.", "10 %/month"},
    {"shares", map(shares), "Who uses what at the start; with outside (no channel) 100 % together.",
     "{ glm: 80 %, outside: 20 % }", Need::yes},
    {"tastes", map(tastes), "What firms mind when they choose; by default nothing.",
     "{ price: -1.1, price_offset: 0.05 USD/Mtok }"},
    {"switching", map(switching), "What it costs to switch, or how many do it when nothing happens.",
     "{ voluntary: 1 %/month }", Need::yes},
    {"reviews", map(reviews), "How often firms reconsider.", "{ every: 12 months }", Need::yes},
    {"constants", map(constants), "Constants of channels without initial users.", "{ glm: { like: ernie } }"},
    {"demand", map(demand), "How use follows the price; by default it does not.",
     "{ elasticity: -0.7, reference_price: 7.50 USD/Mtok }"},
};
constexpr Choice of_initial_demand[] = {{Choice::How::exactly_one, {"initial_spend", "initial_use"}}};
constexpr Key of_sizes[] = {
    {"lognormal", number(size_sigma), "The standard deviation of the logarithm of size, 0 to 4; mean size is 1.", "1.2",
     Need::yes},
};
constexpr Key of_shares[] = {
    {"of", word(measures), "What the shares are of: firms (the default), spend or use.", "spend"},
};
constexpr Key of_constant[] = {
    {"like", name("channels"), "A channel as attractive for reasons that the tastes do not explain.", "ernie",
     Need::in_own_words},
};
constexpr Key of_tastes[] = {
    {"price", number(utils) | drawn(utils), "Utils per unit of ln(price + price_offset).", "-1.1"},
    {"price_offset", number(price_offset), "Keeps what is free from being infinitely attractive.", "0.05 USD/Mtok"},
    {"compliance", number(utils) | drawn(utils), "Utils lost on a channel that is a leak.", "-0.5"},
};
constexpr Dependency between_tastes[] = {{"price", {"price_offset"}}};
constexpr Value taste_for_attribute = number(attribute_weight) | drawn(utils);
constexpr Key of_switching[] = {
    {"cost", number(switching_cost), "The cost of switching, in utils.", "2.5"},
    {"voluntary", number(rate), "The part of the firms that moves when nothing happens.", "1 %/month"},
};
constexpr Choice of_cost[] = {{Choice::How::exactly_one, {"cost", "voluntary"}}};
constexpr Key of_reviews[] = {
    {"every", number(duration), "Mean time between two reviews of a firm.", "12 months", Need::yes},
    {"noticed", number(duration), "The same while the closing of its channel is announced; by default as every.",
     "2 weeks"},
    {"stranded", number(duration), "The same while it is cut off and looking; by default as every.", "3 weeks"},
    {"attempt_fails", number(part), "How probably such an attempt fails and must be repeated; by default 0 %.", "58 %"},
};
constexpr Key of_demand[] = {
    {"elasticity", number(elasticity_number), "Use changes with (price + offset) to this power; at most 0.", "-0.5",
     Need::yes},
    {"reference_price", number(price), "The price at which use is what the segment started with.", "7.50 USD/Mtok",
     Need::yes},
};

}  // namespace

constinit const Shape segment{.id = "segment",
                              .what = "a segment",
                              .about = "A population of customer firms that are alike.",
                              .keys = of_segment,
                              .choices = of_initial_demand,
                              .can_be_like = true};
constinit const Shape segments{.id = "segments",
                               .what = "a table of named entries",
                               .about = "Segments by name.",
                               .rest = {Names::declared, "a segment", map(segment)},
                               .least = 1};
constinit const Shape sizes{
    .id = "sizes", .what = "the sizes of firms", .about = "How sizes are spread.", .keys = of_sizes};
constinit const Shape shares{.id = "shares",
                             .what = "a table of shares by channel",
                             .about = "Initial shares: 100 % together.",
                             .keys = of_shares,
                             .rest = {Names::named, "a channel, or outside", number(share)}};
constinit const Shape constant{
    .id = "constant", .what = "a constant", .about = "A constant that is like another channel's.", .keys = of_constant};
constinit const Shape constants{.id = "constants",
                                .what = "constants by channel",
                                .about = "Constants of choice, in utils.",
                                .rest = {Names::named, "a channel", number(utils) | map(constant)}};
constinit const Shape tastes{.id = "tastes",
                             .what = "tastes",
                             .about = "Weights of what firms look at, attributes of products too.",
                             .keys = of_tastes,
                             .attributes = &taste_for_attribute,
                             .dependencies = between_tastes};
constinit const Shape switching{.id = "switching",
                                .what = "switching",
                                .about = "The cost of switching, given or solved from voluntary churn.",
                                .keys = of_switching,
                                .choices = of_cost};
constinit const Shape reviews{
    .id = "reviews", .what = "reviews", .about = "Mean times between reviews.", .keys = of_reviews};
constinit const Shape demand{
    .id = "demand", .what = "demand", .about = "How use follows the price.", .keys = of_demand};

}  // namespace loophole::scenario::language
