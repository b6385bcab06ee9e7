#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::scenario {
namespace {

Shares read_shares(Reader& reader, const Node& node, const Path& path) {
  Shares shares;
  const Reader::Watch watch(reader);
  Fields fields(reader, node, path, language::shares);
  constexpr Shares::Of kinds[] = {Shares::Of::firms, Shares::Of::spend, Shares::Of::use};
  if (const auto of = fields.word("of")) shares.of = kinds[*of];
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
    entry.share = reader.number(member.value, at, reader.expected(language::share));
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
  Fields fields(reader, node, path, language::switching);
  const bool given = fields.number("cost", switching.cost);
  const bool churn = fields.number("voluntary", switching.voluntary);
  if (fields.ok() && !fields.has_unknown() && given == churn)
    reader.error(node.mark, path, given ? "'cost' and 'voluntary' together" : "neither 'cost' nor 'voluntary'",
                 "the cost is given, or solved from the voluntary churn", "write voluntary: 1 %/month or cost: 2.5");
  return switching;
}

Reviews read_reviews(Reader& reader, const Node& node, const Path& path) {
  Reviews reviews;
  Fields fields(reader, node, path, language::reviews);
  fields.number("every", reviews.every);
  reviews.noticed = reviews.every;
  reviews.stranded = reviews.every;
  fields.number("noticed", reviews.noticed);
  fields.number("stranded", reviews.stranded);
  fields.number("attempt_fails", reviews.attempt_fails);
  return reviews;
}

std::vector<Constant> read_constants(Reader& reader, const Node& node, const Path& path) {
  std::vector<Constant> constants;
  Fields fields(reader, node, path, language::constants);
  fields.rest([&](const Member& member, const Path& at) {
    Constant constant;
    constant.mark = member.mark;
    constant.channel = {reader.channel_names.find(member.key)};
    if (!constant.channel.exists())
      reader.unknown_name(reader.channel_names, member.key, member.mark, at, "constants are of channels");
    if (member.value.is_map() && member.value.find("like")) {
      Fields like(reader, member.value, at, language::constant);
      like.with("like", [&](const Node& value, const Path& where) {
        constant.value = reader.reference<ChannelId>(value, where);
      });
    } else {
      constant.value = reader.number(member.value, at, reader.expected(language::utils));
    }
    constants.push_back(std::move(constant));
  });
  return constants;
}

/// What the segment spends at the start, or, where use is what is known (or costs nothing), what it uses.
void read_initial_demand(Reader& reader, Fields& fields, const Member& member, Segment& segment) {
  const bool spend = fields.number("initial_spend", segment.initial_spend);
  const bool use = fields.with("initial_use", [&](const Node& node, const Path& at) {
    const Scenario& scenario = reader.scenario();
    const std::string example =
        fmt::format("3 G{}/month", scenario.units.is_amount(scenario.unit_of_use) ? scenario.units.base_currency()
                                                                                  : scenario.unit_of_use);
    Expected expected = fields.expected("initial_use");
    expected.example = example.c_str();
    segment.initial_use = reader.number(node, at, expected);
  });
  if (fields.ok() && spend && use)
    reader.error(member.value.find_member("initial_use")->mark, fields.path(),
                 "'initial_spend' and 'initial_use' together", "either follows from the other and the prices",
                 "keep one of them");
  if (!spend && !use) fields.need("initial_spend");
}

/// "{ lognormal: 1.2 }".
Number read_sizes(Reader& reader, const Node& node, const Path& path) {
  Number sigma;
  Fields fields(reader, node, path, language::sizes);
  fields.number("lognormal", sigma);
  return sigma;
}

}  // namespace

Resolution read_resolution(Reader& reader, const Node& node, const Path& path) {
  constexpr Resolution resolutions[] = {Resolution::mean_field, Resolution::cohort, Resolution::firms};
  return resolutions[reader.one_of(node, path, language::resolutions)];
}

Segment read_segment(Reader& reader, const Member& member, const Path& path) {
  Segment segment;
  segment.name = member.key;
  segment.mark = member.mark;
  Fields fields(reader, member.value, path, language::segment);
  fields.text("label", segment.label);
  fields.text("jurisdiction", segment.jurisdiction);
  fields.with("owners", [&](const Node& node, const Path& at) { segment.owners = read_owners(reader, node, at); });
  fields.texts("tags", segment.tags);
  fields.number("firms", segment.firms);
  fields.with("resolution",
              [&](const Node& node, const Path& at) { segment.resolution = read_resolution(reader, node, at); });
  fields.with("sizes", [&](const Node& node, const Path& at) { segment.size_sigma = read_sizes(reader, node, at); });
  read_initial_demand(reader, fields, member, segment);
  fields.dated("growth", segment.growth);
  fields.with("shares", [&](const Node& node, const Path& at) { segment.shares = read_shares(reader, node, at); });
  fields.with("tastes", [&](const Node& node, const Path& at) { segment.tastes = read_tastes(reader, node, at); });
  fields.with("switching",
              [&](const Node& node, const Path& at) { segment.switching = read_switching(reader, node, at); });
  fields.with("reviews", [&](const Node& node, const Path& at) { segment.reviews = read_reviews(reader, node, at); });
  fields.with("constants",
              [&](const Node& node, const Path& at) { segment.constants = read_constants(reader, node, at); });
  fields.with("demand", [&](const Node& node, const Path& at) {
    Fields demand(reader, node, at, language::demand);
    demand.number("elasticity", segment.demand.elasticity);
    const Expected price = reader.expected(language::price);
    demand.with("reference_price", price.example, [&](const Node& value, const Path& where) {
      segment.demand.reference_price = reader.number(value, where, price);
    });
  });
  return segment;
}

}  // namespace loophole::scenario
