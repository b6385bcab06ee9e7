#include "read.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::scenario {
namespace {

Shares read_shares(Reader& reader, const Node& node, const Path& path) {
  Shares shares;
  const Reader::Watch watch(reader);
  Fields fields(reader, node, path, "a table of shares by channel");
  fields.with("of", [&](const Node& value, const Path& at) {
    constexpr Shares::Of kinds[] = {Shares::Of::firms, Shares::Of::spend, Shares::Of::use};
    shares.of = kinds[reader.one_of(value, at, {"firms", "spend", "use"})];
  });
  double total = 0;
  fields.rest([&](const Member& member, const Path& at) {
    Shares::Entry entry;
    if (member.key != "outside") {
      const std::uint32_t index = reader.channel_names.find(member.key);
      if (index == Id<void>::none_value)
        reader.unknown_name(reader.channel_names, member.key, member.mark, at,
                            "shares are of channels and of 'outside'", {"outside"});
      entry.channel = {index};
    }
    entry.share = reader.number(member.value, at, expect::share());
    total += entry.share.value;
    shares.entries.push_back(entry);
  });
  if (fields.ok() && watch.quiet() && (total < 1 - 1e-9 || total > 1 + 1e-9))
    reader.error(node.mark, path, fmt::format("shares add up to {:.6g} %", total * 100),
                 "with 'outside' they are 100 %",
                 total < 1 ? fmt::format("{:.6g} % are missing; the rest may be 'outside'", (1 - total) * 100)
                           : fmt::format("{:.6g} % too many", (total - 1) * 100));
  return shares;
}

Switching read_switching(Reader& reader, const Node& node, const Path& path) {
  Switching switching;
  Fields fields(reader, node, path, "switching");
  Expected cost = expect::utils();
  cost.what = "a switching cost of at least 0 utils";
  cost.example = "2.5";
  cost.low = 0;
  const bool given =
      fields.with("cost", [&](const Node& value, const Path& at) { switching.cost = reader.number(value, at, cost); });
  const bool churn = fields.with("voluntary", [&](const Node& value, const Path& at) {
    switching.voluntary = reader.number(value, at, expect::rate());
  });
  if (fields.ok() && !fields.has_unknown() && given == churn)
    reader.error(node.mark, path, given ? "'cost' and 'voluntary' together" : "neither 'cost' nor 'voluntary'",
                 "the cost is given, or solved from the voluntary churn", "write voluntary: 1 %/month or cost: 2.5");
  return switching;
}

Reviews read_reviews(Reader& reader, const Node& node, const Path& path) {
  Reviews reviews;
  Fields fields(reader, node, path, "reviews");
  fields.required_number("every", "12 months", reviews.every, expect::duration());
  reviews.noticed = reviews.every;
  reviews.stranded = reviews.every;
  fields.number("noticed", reviews.noticed, expect::duration());
  fields.number("stranded", reviews.stranded, expect::duration());
  Expected fails = expect::share();
  fails.what = "a share below 100 %";
  fails.example = "58 %";
  fails.high = 0.999999;
  fields.number("attempt_fails", reviews.attempt_fails, fails);
  return reviews;
}

std::vector<Constant> read_constants(Reader& reader, const Node& node, const Path& path) {
  std::vector<Constant> constants;
  Fields fields(reader, node, path, "constants by channel");
  fields.rest([&](const Member& member, const Path& at) {
    Constant constant;
    constant.mark = member.mark;
    constant.channel = {reader.channel_names.find(member.key)};
    if (!constant.channel.exists())
      reader.unknown_name(reader.channel_names, member.key, member.mark, at, "constants are of channels");
    if (member.value.is_map() && member.value.find("like")) {
      Fields like(reader, member.value, at, "a constant");
      like.with("like", [&](const Node& value, const Path& where) {
        constant.value = reader.reference<ChannelId>(value, where);
      });
    } else {
      constant.value = reader.number(member.value, at, expect::utils());
    }
    constants.push_back(std::move(constant));
  });
  return constants;
}

/// What the segment spends at the start, or, where use is what is known (or costs nothing), what it uses.
void read_initial_demand(Reader& reader, Fields& fields, const Member& member, Segment& segment) {
  const bool spend = fields.with("initial_spend", [&](const Node& node, const Path& at) {
    segment.initial_spend = reader.number(node, at, expect::amount_rate());
  });
  const bool use = fields.with("initial_use", [&](const Node& node, const Path& at) {
    const Scenario& scenario = reader.scenario();
    const std::string example =
        fmt::format("3 G{}/month", scenario.units.is_amount(scenario.unit_of_use) ? scenario.units.base_currency()
                                                                                  : scenario.unit_of_use);
    Expected expected{"use per time, above 0", example.c_str(), {0, -1, 0, 1, scenario.unit_of_use}};
    expected.low = std::numeric_limits<double>::min();
    segment.initial_use = reader.number(node, at, expected);
  });
  if (fields.ok() && spend && use)
    reader.error(member.value.find_member("initial_use")->mark, fields.path(),
                 "'initial_spend' and 'initial_use' together", "either follows from the other and the prices",
                 "keep one of them");
  if (!spend && !use) static_cast<void>(fields.need("initial_spend", "4 MUSD/month @assumption"));
}

/// "{ lognormal: 1.2 }".
Number read_sizes(Reader& reader, const Node& node, const Path& path) {
  Number sigma;
  Fields fields(reader, node, path, "the sizes of firms");
  Expected expected = expect::plain();
  expected.what = "a standard deviation of the logarithm of size from 0 to 4";
  expected.example = "1.2";
  expected.low = 0;
  expected.high = 4;
  fields.required_number("lognormal", "1.2", sigma, expected);
  return sigma;
}

}  // namespace

Resolution read_resolution(Reader& reader, const Node& node, const Path& path) {
  constexpr Resolution resolutions[] = {Resolution::mean_field, Resolution::cohort, Resolution::firms};
  return resolutions[reader.one_of(node, path, {"mean-field", "cohort", "firms"})];
}

Segment read_segment(Reader& reader, const Member& member, const Path& path) {
  Segment segment;
  segment.name = member.key;
  segment.mark = member.mark;
  Fields fields(reader, member.value, path, "a segment");
  fields.text("label", segment.label);
  fields.with_required("jurisdiction", "CN",
                       [&](const Node& node, const Path& at) { segment.jurisdiction = reader.text(node, at); });
  fields.with("owners", [&](const Node& node, const Path& at) { segment.owners = read_owners(reader, node, at); });
  fields.with("tags", [&](const Node& node, const Path& at) { segment.tags = reader.texts(node, at); });
  fields.required_number("firms", "20000 @assumption", segment.firms, expect::count());
  fields.with("resolution",
              [&](const Node& node, const Path& at) { segment.resolution = read_resolution(reader, node, at); });
  fields.with("sizes", [&](const Node& node, const Path& at) { segment.size_sigma = read_sizes(reader, node, at); });
  read_initial_demand(reader, fields, member, segment);
  fields.with("growth",
              [&](const Node& node, const Path& at) { segment.growth = reader.dated(node, at, expect::growth()); });
  fields.with_required("shares", "{ glm: 80 %, outside: 20 % }",
                       [&](const Node& node, const Path& at) { segment.shares = read_shares(reader, node, at); });
  fields.with("tastes", [&](const Node& node, const Path& at) { segment.tastes = read_tastes(reader, node, at); });
  fields.with_required("switching", "{ voluntary: 1 %/month }",
                       [&](const Node& node, const Path& at) { segment.switching = read_switching(reader, node, at); });
  fields.with_required("reviews", "{ every: 12 months }",
                       [&](const Node& node, const Path& at) { segment.reviews = read_reviews(reader, node, at); });
  fields.with("constants",
              [&](const Node& node, const Path& at) { segment.constants = read_constants(reader, node, at); });
  fields.with("demand", [&](const Node& node, const Path& at) {
    Fields demand(reader, node, at, "demand");
    Expected elasticity = expect::plain();
    elasticity.what = "an elasticity of at most 0";
    elasticity.example = "-0.5";
    elasticity.low = -10;
    elasticity.high = 0;
    demand.required_number("elasticity", "-0.5", segment.demand.elasticity, elasticity);
    demand.with_required(
        "reference_price", expect::price(reader.scenario()).example, [&](const Node& value, const Path& where) {
          segment.demand.reference_price = reader.number(value, where, expect::price(reader.scenario()));
        });
  });
  return segment;
}

}  // namespace loophole::scenario
