/// Numbers wherever they stand: with a source, by date, drawn at random.
#include "shapes.hpp"

namespace loophole::scenario::language {
namespace {

constexpr Key of_number[] = {
    {"value", number(here), "The number, with its unit.", "20 %", Need::yes},
};
constexpr Key of_dated[] = {
    {"initially", number(here), "The value before the first date.", "20 %", Need::if_alone},
};
constexpr Key of_step[] = {
    {"value", number(here), "The number from this date on, with its unit.", "20 %", Need::yes},
    {"known", date, "When it became known; by default on its own date.", "2024-10-17"},
};
constexpr Key of_atom[] = {
    {"value", number(here), "A value that may be drawn.", "3 days", Need::yes},
    {"probability", number(share), "How probable it is; all together are 100 %.", "40 %", Need::yes},
};

}  // namespace

constinit const Shape number_map{
    .id = "number", .what = "a number", .about = "A number that says where it comes from.", .keys = of_number};
constinit const Shape dated_step{
    .id = "step", .what = "a number", .about = "A number from a date on, and when that became known.", .keys = of_step};
constinit const Shape dated_number{
    .id = "dated",
    .what = "a dated number",
    .about = "A number that changes on dates: a map from dates to values.",
    .keys = of_dated,
    .rest = {Names::dates, "the date from which the value holds", number(here) | map(dated_step)}};
constinit const Shape later_steps{
    .id = "later",
    .what = "later enforcement by date",
    .about = "Later values by date.",
    .rest = {Names::dates, "the date from which the value holds", number(share) | map(dated_step)}};
constinit const Shape distribution{
    .id = "distribution", .what = "a distribution", .about = "How probable which values are.", .law = &here};
constinit const Shape atom{
    .id = "atom", .what = "a value with its probability", .about = "A value with its probability.", .keys = of_atom};

}  // namespace loophole::scenario::language
