/// A predicate over a channel and a segment, as written: the part of a rule that says whom it binds.
///
/// Every given key must hold; a key with a list holds when one of its values does.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/number.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// Some actors: by name, or by their jurisdiction or kind.
struct ActorMatch {
  std::vector<ActorId> actors;
  std::vector<std::string> jurisdictions;
  std::vector<std::string> kinds;
};

enum class Comparison { less, at_most, equal, at_least, more };

/// An attribute of the product: one of some words, or a comparison with a number.
struct AttributeMatch {
  AttributeId attribute;
  std::vector<std::string> words;
  Comparison comparison = Comparison::equal;
  Number number;
};

/// Ownership by jurisdictions taken together, above a share or at least it.
struct OwnershipMatch {
  std::vector<std::string> by;
  Number share;
  bool above = true;
};

/// Some customers: all given parts must hold.
struct CustomerMatch {
  std::vector<std::string> jurisdictions;
  std::vector<SegmentId> segments;
  std::vector<std::string> tags;
  std::optional<OwnershipMatch> owned;
  std::vector<CustomerMatch> any_of;
  std::vector<CustomerMatch> all_of;
  std::vector<CustomerMatch> none_of;
};

struct Predicate {
  std::optional<ActorMatch> seller;
  std::optional<ActorMatch> through;
  std::optional<ActorMatch> developer;
  std::optional<ActorMatch> operated_by;
  std::vector<std::string> hosted_in;
  std::vector<ProductId> products;
  std::vector<ChannelId> channels;
  std::vector<std::string> tags;
  std::vector<AttributeMatch> attributes;
  std::optional<bool> intermediated;  ///< whether the seller of record is another than the developer
  std::optional<CustomerMatch> customer;
  std::vector<Predicate> any_of;
  std::vector<Predicate> all_of;
  std::vector<Predicate> none_of;
  Mark mark;
};

}  // namespace loophole::scenario
