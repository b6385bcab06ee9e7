#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

std::vector<Owner> read_owners(Reader& reader, const Node& node, const Path& path) {
  std::vector<Owner> owners;
  const Reader::Watch watch(reader);
  Fields fields(reader, node, path, language::owners);
  double total = 0;
  fields.rest([&](const Member& member, const Path& at) {
    owners.push_back({member.key, reader.number(member.value, at, reader.expected(language::share))});
    total += owners.back().share.value;
  });
  if (watch.quiet() && total > 1 + 1e-9)
    reader.error(node.mark, path, fmt::format("owners add up to {:.6g} %", total * 100), "more than the whole",
                 "lower the shares to 100 % at most");
  return owners;
}

Attribute read_attribute(Reader& reader, const Member& member, const Path& path) {
  Attribute attribute;
  attribute.name = member.key;
  attribute.mark = member.mark;
  Fields fields(reader, member.value, path, language::attribute);
  fields.text("label", attribute.label);
  fields.with("unit", [&](const Node& node, const Path& at) {
    attribute.unit = reader.text(node, at);
    if (!reader.scenario().units.is_declared(attribute.unit))
      reader.error(node.mark, at, fmt::format("unknown unit '{}'", attribute.unit),
                   "units of use and of attributes are declared under 'units:'",
                   fmt::format("add units: {{ {}: what it counts }}", attribute.unit));
  });
  fields.texts("words", attribute.words);
  return attribute;
}

std::size_t read_attribute_word(Reader& reader, const Attribute& attribute, const Node& node, const Path& path) {
  const std::vector<std::string_view> words(attribute.words.begin(), attribute.words.end());
  return reader.one_of(node, path, words);
}

Actor read_actor(Reader& reader, const Member& member, const Path& path) {
  Actor actor;
  actor.name = member.key;
  actor.mark = member.mark;
  Fields fields(reader, member.value, path, language::actor);
  fields.text("label", actor.label);
  fields.text("jurisdiction", actor.jurisdiction);
  fields.text("kind", actor.kind);
  fields.with("owners", [&](const Node& node, const Path& at) { actor.owners = read_owners(reader, node, at); });
  return actor;
}

Product read_product(Reader& reader, const Member& member, const Path& path) {
  Product product;
  product.name = member.key;
  product.mark = member.mark;
  Fields fields(reader, member.value, path, language::product);
  fields.text("label", product.label);
  fields.reference("developer", product.developer);
  fields.each_attribute([&](AttributeId id, const Node& node, const Path& at) {
    const Attribute& attribute = reader.scenario().attributes[id];
    AttributeValue value;
    value.attribute = id;
    Expected expected = reader.expected(language::plain);
    const std::string example = fmt::format("1200 {}", attribute.unit);
    if (!attribute.unit.empty()) {
      expected.what = language::attribute_number.what;
      expected.dimension = {0, 0, 0, 1, attribute.unit};
      expected.example = example.c_str();
    }
    if (attribute.words.empty())
      value.number = reader.number(node, at, expected);
    else
      value.word = attribute.words[read_attribute_word(reader, attribute, node, at)];
    product.attributes.push_back(std::move(value));
  });
  return product;
}

Price read_price(Reader& reader, const Node& node, const Path& path) {
  Price price;
  const auto& blend = reader.scenario().blend;
  const bool in_parts =
      node.is_map() && std::any_of(node.members.begin(), node.members.end(), [&](const Member& member) {
        return std::any_of(blend.begin(), blend.end(), [&](const auto& part) { return part.first == member.key; });
      });
  if (!in_parts && node.is_map()) {
    // Neither a value nor dates: parts whose weights are not declared.
    for (const Member& member : node.members) {
      if (member.key == "value" || member.key == "source" || member.key == "initially" || parse_time(member.key))
        continue;
      std::vector<std::string> names{"value", "initially"};
      for (const auto& part : blend)
        names.push_back(part.first);
      reader.error(member.mark, Path{&path, member.key}, fmt::format("'{}' is no part of a price", member.key),
                   "parts are listed with their weights under 'blend:'", reader.suggest(member.key, names));
      return price;
    }
  }
  if (!in_parts) {
    price.parts.push_back({{}, reader.dated(node, path, reader.expected(language::price))});
    return price;
  }
  Fields fields(reader, node, path, language::price_in_parts);
  const Expected expected = reader.expected(language::price);
  for (const auto& part : blend) {
    const std::string& name = part.first;
    fields.with_named(name, expected.example, [&](const Node& value, const Path& at) {
      price.parts.push_back({name, reader.dated(value, at, expected)});
    });
  }
  return price;
}

namespace {

/// From the developer of the product to the seller of record, each actor once.
std::vector<ActorId> read_path(Reader& reader, const Node& node, const Path& path, ProductId product) {
  std::vector<ActorId> actors;
  if (node.is_sequence() && node.items.empty())
    reader.error(node.mark, path, "an empty path", "somebody sells", "name the seller of record last");
  reader.each(node, path, [&](const Node& item, const Path& at) {
    const auto actor = reader.reference<ActorId>(item, at);
    if (!actor.exists()) return;
    const auto& products = reader.scenario().products;
    if (std::find(actors.begin(), actors.end(), actor) != actors.end()) {
      reader.error(item.mark, at, fmt::format("'{}' is on the path twice", item.scalar), "a path visits an actor once",
                   "remove one");
    } else if (&item == (node.is_sequence() ? &node.items.front() : &node) && product.index < products.size() &&
               products[product].developer.exists() && products[product].developer != actor) {
      const std::string& developer = reader.actor_names.all()[products[product].developer.index];
      reader.error(item.mark, at, fmt::format("the path starts with '{}'", item.scalar),
                   fmt::format("'{}' is developed by '{}'", products[product].name, developer),
                   fmt::format("let the path run from '{}' to the seller of record", developer));
    }
    actors.push_back(actor);
  });
  return actors;
}

}  // namespace

Channel read_channel(Reader& reader, const Member& member, const Path& path) {
  Channel channel;
  channel.name = member.key;
  channel.mark = member.mark;
  Fields fields(reader, member.value, path, language::channel);
  fields.text("label", channel.label);
  fields.reference("product", channel.product);
  fields.with("path",
              [&](const Node& node, const Path& at) { channel.path = read_path(reader, node, at, channel.product); });
  fields.reference("operated_by", channel.operated_by);
  fields.texts("hosted_in", channel.hosted_in);
  fields.texts("tags", channel.tags);
  fields.with("price", reader.expected(language::price).example,
              [&](const Node& node, const Path& at) { channel.price = read_price(reader, node, at); });
  fields.with("offered", [&](const Node& node, const Path& at) {
    if (!node.is_map()) {
      if (!reader.truth(node, at)) channel.offered.reset();
      return;
    }
    channel.offered = reader.period(node, at, language::offered_time);
  });
  return channel;
}

Contract read_contract(Reader& reader, const Member& member, const Path& path) {
  Contract contract;
  contract.name = member.key;
  contract.mark = member.mark;
  Fields fields(reader, member.value, path, language::contract);
  fields.text("label", contract.label);
  fields.reference("payer", contract.payer);
  fields.reference("payee", contract.payee);
  fields.dated("rate", contract.rate);
  fields.with("of", [&](const Node& node, const Path& at) { contract.of = read_predicate(reader, node, at); });
  if (const auto base = fields.word("base"))
    contract.base = *base == 0 ? Contract::Base::receipts : Contract::Base::sales;
  if (contract.payer.exists() && contract.payer == contract.payee) {
    const Mark payer = member.value.find("payer")->mark, payee = member.value.find("payee")->mark;
    reader.error(payer.file < payee.file ? payer : payee, path, "payer and payee are the same",
                 "a contract moves money between two", "correct one of them");
  }
  return contract;
}

Nest read_nest(Reader& reader, const Member& member, const Path& path) {
  Nest nest;
  nest.name = member.key;
  nest.mark = member.mark;
  Fields fields(reader, member.value, path, language::nest);
  fields.number("dissimilarity", nest.dissimilarity);
  fields.with("members", [&](const Node& node, const Path& at) { nest.members = read_predicate(reader, node, at); });
  return nest;
}

}  // namespace loophole::scenario
