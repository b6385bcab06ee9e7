/// The demand side: populations of customer firms that are alike in what matters.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/number.hpp>
#include <loophole/scenario/resolution.hpp>
#include <loophole/scenario/supply.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// Initial shares of the alternatives; with the outside option they add up to one.
struct Shares {
  enum class Of { firms, spend, use };
  struct Entry {
    ChannelId channel;  ///< none: the outside option
    Number share;
  };
  Of of = Of::firms;
  std::vector<Entry> entries;
};

/// A weight in utility: one for all firms, or one that differs between them.
struct Taste {
  Number weight;                            ///< of all, or the mean
  std::optional<random::Distribution> law;  ///< over firms (mixed logit), where firms are told apart
};

/// The weight of one attribute in utility: utils per unit of the attribute.
struct AttributeTaste {
  AttributeId attribute;
  Taste taste;
};

/// V = asc + price·ln(p + offset) + Σ weight·attribute + compliance·risk.
struct Tastes {
  Taste price;
  Number price_offset;  ///< base currency per unit of use; keeps the logarithm finite for what is free
  std::vector<AttributeTaste> attributes;
  Taste compliance;

  /// The laws of those that differ between firms, in the order price, compliance, attributes.
  [[nodiscard]] std::vector<random::Distribution> laws() const;
};

/// Tastes that differ are taken at fixed points of each law, firms being spread over all combinations of them.
inline constexpr std::size_t most_taste_laws = 4;
inline constexpr std::size_t most_taste_nodes = 500;
/// How many points are taken of a law when so many laws there are: all values of a list, fewer of a continuous law the
/// more there are.
[[nodiscard]] std::size_t taste_points(const random::Distribution& law, std::size_t laws);

/// What moving costs: κ in utils, or the voluntary churn from which κ is solved.
struct Switching {
  std::optional<Number> cost;
  std::optional<Number> voluntary;  ///< per day: part of the firms that change alternative
};

/// How often firms reconsider: means in days.
struct Reviews {
  Number every;
  Number noticed;
  Number stranded;
  Number attempt_fails;
};

/// The alternative-specific constant of a channel without initial users.
struct Constant {
  ChannelId channel;
  std::variant<Number, ChannelId> value;  ///< given, or another channel's
  Mark mark;
};

/// use per firm = q(t)·((p + offset)/(reference + offset))^elasticity.
struct Demand {
  Number elasticity;
  std::optional<Number> reference_price;
};

struct Segment {
  std::string name;
  std::string label;
  std::string jurisdiction;
  std::vector<Owner> owners;
  std::vector<std::string> tags;
  Number firms;
  std::optional<Number> size_sigma;      ///< sizes of firms are lognormal: standard deviation of the logarithm
  std::optional<Resolution> resolution;  ///< its own; none: the scenario's
  std::optional<Number> initial_spend;   ///< base currency per day, the whole segment at the start; or
  std::optional<Number> initial_use;     ///< units of use per day
  DatedNumber growth;                    ///< part per period; compounds
  Shares shares;
  Tastes tastes;
  Switching switching;
  Reviews reviews;
  std::vector<Constant> constants;
  Demand demand;
  Mark mark;
};

}  // namespace loophole::scenario
