#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

std::vector<Owner> read_owners(Reader& reader, const Node& node, const Path& path) {
  std::vector<Owner> owners;
  const Reader::Watch watch(reader);
  Fields fields(reader, node, path, "a table of owners by jurisdiction");
  double total = 0;
  fields.rest([&](const Member& member, const Path& at) {
    owners.push_back({member.key, reader.number(member.value, at, expect::share())});
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
  Fields fields(reader, member.value, path, "an attribute");
  fields.text("label", attribute.label);
  fields.with("unit", [&](const Node& node, const Path& at) {
    attribute.unit = reader.text(node, at);
    if (!reader.scenario().units.is_declared(attribute.unit))
      reader.error(node.mark, at, fmt::format("unknown unit '{}'", attribute.unit),
                   "units of use and of attributes are declared under 'units:'",
                   fmt::format("add units: {{ {}: what it counts }}", attribute.unit));
  });
  fields.with("words", [&](const Node& node, const Path& at) { attribute.words = reader.texts(node, at); });
  return attribute;
}

Actor read_actor(Reader& reader, const Member& member, const Path& path) {
  Actor actor;
  actor.name = member.key;
  actor.mark = member.mark;
  Fields fields(reader, member.value, path, "an actor");
  fields.text("label", actor.label);
  fields.with_required("jurisdiction", "US",
                       [&](const Node& node, const Path& at) { actor.jurisdiction = reader.text(node, at); });
  fields.text("kind", actor.kind);
  fields.with("owners", [&](const Node& node, const Path& at) { actor.owners = read_owners(reader, node, at); });
  return actor;
}

Product read_product(Reader& reader, const Member& member, const Path& path) {
  Product product;
  product.name = member.key;
  product.mark = member.mark;
  Fields fields(reader, member.value, path, "a product");
  fields.text("label", product.label);
  fields.with_required("developer", "openai", [&](const Node& node, const Path& at) {
    product.developer = reader.reference<ActorId>(node, at);
  });
  fields.each_attribute([&](AttributeId id, const Node& node, const Path& at) {
    const Attribute& attribute = reader.scenario().attributes[id];
    AttributeValue value;
    value.attribute = id;
    Expected expected = expect::plain();
    const std::string example = fmt::format("1200 {}", attribute.unit);
    if (!attribute.unit.empty()) {
      expected.what = "a number in the attribute's unit";
      expected.dimension = {0, 0, 0, 1, attribute.unit};
      expected.example = example.c_str();
    }
    if (attribute.words.empty())
      value.number = reader.number(node, at, expected);
    else
      value.word = attribute.words[reader.one_of(node, at, attribute.words)];
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
    price.parts.push_back({{}, reader.dated(node, path, expect::price(reader.scenario()))});
    return price;
  }
  Fields fields(reader, node, path, "a price in parts");
  for (const auto& part : blend) {
    const std::string& name = part.first;
    fields.with_required(name, expect::price(reader.scenario()).example, [&](const Node& value, const Path& at) {
      price.parts.push_back({name, reader.dated(value, at, expect::price(reader.scenario()))});
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
  Fields fields(reader, member.value, path, "a channel");
  fields.text("label", channel.label);
  fields.with_required("product", "gpt-4o", [&](const Node& node, const Path& at) {
    channel.product = reader.reference<ProductId>(node, at);
  });
  fields.with_required("path", "[openai, microsoft]", [&](const Node& node, const Path& at) {
    channel.path = read_path(reader, node, at, channel.product);
  });
  fields.with("operated_by",
              [&](const Node& node, const Path& at) { channel.operated_by = reader.reference<ActorId>(node, at); });
  fields.with("hosted_in", [&](const Node& node, const Path& at) { channel.hosted_in = reader.texts(node, at); });
  fields.with("tags", [&](const Node& node, const Path& at) { channel.tags = reader.texts(node, at); });
  fields.with_required("price", expect::price(reader.scenario()).example,
                       [&](const Node& node, const Path& at) { channel.price = read_price(reader, node, at); });
  fields.with("offered", [&](const Node& node, const Path& at) {
    if (!node.is_map()) {
      if (!reader.truth(node, at)) channel.offered.reset();
      return;
    }
    channel.offered = reader.period(node, at, "the time it is offered");
  });
  return channel;
}

Contract read_contract(Reader& reader, const Member& member, const Path& path) {
  Contract contract;
  contract.name = member.key;
  contract.mark = member.mark;
  Fields fields(reader, member.value, path, "a contract");
  fields.text("label", contract.label);
  fields.with_required("payer", "microsoft",
                       [&](const Node& node, const Path& at) { contract.payer = reader.reference<ActorId>(node, at); });
  fields.with_required("payee", "openai",
                       [&](const Node& node, const Path& at) { contract.payee = reader.reference<ActorId>(node, at); });
  fields.with_required("rate", "20 %", [&](const Node& node, const Path& at) {
    contract.rate = reader.dated(node, at, expect::share());
  });
  fields.with_required("of", "{ developer: openai }",
                       [&](const Node& node, const Path& at) { contract.of = read_predicate(reader, node, at); });
  fields.with("base", [&](const Node& node, const Path& at) {
    contract.base =
        reader.one_of(node, at, {"receipts", "sales"}) == 0 ? Contract::Base::receipts : Contract::Base::sales;
  });
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
  Fields fields(reader, member.value, path, "a nest");
  Expected dissimilarity = expect::plain();
  dissimilarity.what = "a dissimilarity above 0 and at most 1";
  dissimilarity.example = "0.6";
  dissimilarity.low = 0.01;
  dissimilarity.high = 1;
  fields.required_number("dissimilarity", "0.6", nest.dissimilarity, dissimilarity);
  fields.with_required("members", "{ weights: open }",
                       [&](const Node& node, const Path& at) { nest.members = read_predicate(reader, node, at); });
  return nest;
}

}  // namespace loophole::scenario
