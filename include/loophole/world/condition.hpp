/// A condition: one key of a predicate, such as `seller: openai`.
///
/// A predicate is the conjunction of its keys. Whether it holds, and which of its keys it fails by, must be the same
/// knowledge: both are asked key by key, and a key is judged in one place.
#pragma once

#include <loophole/scenario/predicate.hpp>

#include <string>
#include <variant>
#include <vector>

namespace loophole::world {

/// Conditions point into the scenario and live no longer than it.
struct ActorCondition {
  enum class Role { seller, through, developer, operated_by };
  Role role = Role::seller;
  const scenario::ActorMatch* match = nullptr;
};
struct HostedIn {
  const std::vector<std::string>* places = nullptr;
};
struct ProductIs {
  const std::vector<ProductId>* products = nullptr;
};
struct ChannelIs {
  const std::vector<ChannelId>* channels = nullptr;
};
struct ChannelTagged {
  const std::vector<std::string>* tags = nullptr;
};
struct Intermediated {
  bool wanted = true;
};
struct HasAttribute {
  const scenario::AttributeMatch* match = nullptr;
};
struct CustomerIn {
  const std::vector<std::string>* jurisdictions = nullptr;
};
struct SegmentIs {
  const std::vector<SegmentId>* segments = nullptr;
};
struct CustomerTagged {
  const std::vector<std::string>* tags = nullptr;
};
struct Owned {
  const scenario::OwnershipMatch* match = nullptr;
};
/// Predicates taken together.
template <class Member>
struct Group {
  enum class Kind { any_of, all_of, none_of };
  Kind kind = Kind::any_of;
  const std::vector<Member>* members = nullptr;
};

using Condition =
    std::variant<ActorCondition, HostedIn, ProductIs, ChannelIs, ChannelTagged, Intermediated, HasAttribute, CustomerIn,
                 SegmentIs, CustomerTagged, Owned, Group<scenario::Predicate>, Group<scenario::CustomerMatch>>;

}  // namespace loophole::world
