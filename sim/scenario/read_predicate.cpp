#include "read.hpp"

#include <fmt/format.h>

namespace loophole::scenario {
namespace {

std::optional<ActorMatch> read_actors(Reader& reader, const Node& node, const Path& path) {
  ActorMatch match;
  if (!node.is_map()) {
    match.actors = reader.references<ActorId>(node, path);
    return match;
  }
  Fields fields(reader, node, path, language::actor_choice);
  fields.texts("jurisdiction", match.jurisdictions);
  fields.texts("kind", match.kinds);
  if (fields.ok() && !fields.has_unknown() && match.jurisdictions.empty() && match.kinds.empty())
    reader.error(node.mark, path, "no actor is chosen", "an empty choice binds nobody or everybody",
                 "write jurisdiction: or kind:");
  return match;
}

OwnershipMatch read_ownership(Reader& reader, const Node& node, const Path& path) {
  OwnershipMatch match;
  Fields fields(reader, node, path, language::ownership);
  fields.texts("by", match.by);
  const bool above = fields.number("above", match.share);
  const bool at_least = fields.number("at_least", match.share);
  match.above = above;
  if (fields.ok() && !fields.has_unknown() && above == at_least)
    reader.error(node.mark, path, above ? "'above' and 'at_least' together" : "no threshold",
                 "exactly 50 % passes the one and fails the other", "write above: 50 % or at_least: 50 %");
  return match;
}

CustomerMatch read_customer(Reader& reader, const Node& node, const Path& path) {
  CustomerMatch match;
  Fields fields(reader, node, path, language::customer);
  const auto list = [&](std::vector<CustomerMatch>& matches) {
    return [&](const Node& value, const Path& at) {
      reader.each(value, at,
                  [&](const Node& item, const Path& where) { matches.push_back(read_customer(reader, item, where)); });
    };
  };
  fields.texts("jurisdiction", match.jurisdictions);
  fields.references("segment", match.segments);
  fields.texts("tag", match.tags);
  fields.with("owned", [&](const Node& value, const Path& at) { match.owned = read_ownership(reader, value, at); });
  fields.with("any_of", list(match.any_of));
  fields.with("all_of", list(match.all_of));
  fields.with("none_of", list(match.none_of));
  return match;
}

/// `"> 1e26 flop"`, `open`, `[open, closed]`, `1287`.
AttributeMatch read_attribute_match(Reader& reader, AttributeId id, const Node& node, const Path& path) {
  AttributeMatch match;
  match.attribute = id;
  const Attribute& attribute = reader.scenario().attributes[id];
  if (!attribute.words.empty()) {
    reader.each(node, path, [&](const Node& item, const Path& at) {
      match.words.push_back(attribute.words[read_attribute_word(reader, attribute, item, at)]);
    });
    return match;
  }
  Node number = node;
  if (number.is_scalar()) {
    struct Sign {
      const char* text;
      Comparison comparison;
    };
    for (const Sign sign : {Sign{"<=", Comparison::at_most}, Sign{">=", Comparison::at_least},
                            Sign{"<", Comparison::less}, Sign{">", Comparison::more}, Sign{"=", Comparison::equal}}) {
      const std::string_view text = sign.text;
      if (number.scalar.compare(0, text.size(), text) == 0) {
        match.comparison = sign.comparison;
        number.scalar.erase(0, text.size());
        number.scalar.erase(0, number.scalar.find_first_not_of(' '));
        break;
      }
    }
  }
  Expected expected = reader.expected(language::plain);
  const std::string example = attribute.unit.empty() ? "\"> 1200\"" : fmt::format("\"> 1e3 {}\"", attribute.unit);
  expected.what = "a comparison with a number";
  expected.example = example.c_str();
  if (!attribute.unit.empty()) expected.dimension = {0, 0, 0, 1, attribute.unit};
  match.number = reader.number(number, path, expected);
  return match;
}

}  // namespace

Predicate read_predicate(Reader& reader, const Node& node, const Path& path) {
  Predicate predicate;
  predicate.mark = node.mark;
  Fields fields(reader, node, path, language::predicate);
  const auto actors = [&](std::optional<ActorMatch>& match) {
    return [&](const Node& value, const Path& at) { match = read_actors(reader, value, at); };
  };
  const auto list = [&](std::vector<Predicate>& predicates) {
    return [&](const Node& value, const Path& at) {
      reader.each(value, at, [&](const Node& item, const Path& where) {
        predicates.push_back(read_predicate(reader, item, where));
      });
    };
  };
  fields.with("seller", actors(predicate.seller));
  fields.with("through", actors(predicate.through));
  fields.with("developer", actors(predicate.developer));
  fields.with("operated_by", actors(predicate.operated_by));
  fields.texts("hosted_in", predicate.hosted_in);
  fields.references("product", predicate.products);
  fields.references("channel", predicate.channels);
  fields.texts("tag", predicate.tags);
  fields.with("intermediated",
              [&](const Node& value, const Path& at) { predicate.intermediated = reader.truth(value, at); });
  fields.with("customer",
              [&](const Node& value, const Path& at) { predicate.customer = read_customer(reader, value, at); });
  fields.with("segment", [&](const Node& value, const Path& at) {
    if (!predicate.customer) predicate.customer.emplace();
    predicate.customer->segments = reader.references<SegmentId>(value, at);
  });
  fields.with("any_of", list(predicate.any_of));
  fields.with("all_of", list(predicate.all_of));
  fields.with("none_of", list(predicate.none_of));
  fields.each_attribute([&](AttributeId id, const Node& value, const Path& at) {
    predicate.attributes.push_back(read_attribute_match(reader, id, value, at));
  });
  return predicate;
}

}  // namespace loophole::scenario
