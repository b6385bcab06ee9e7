/// The supply side: actors, what they make, the channels it reaches customers by, and the contracts between them.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/number.hpp>
#include <loophole/scenario/predicate.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// A jurisdiction's part in the ownership of an actor or of a segment's firms.
struct Owner {
  std::string jurisdiction;
  Number share;
};

/// A legal person or state.
struct Actor {
  std::string name;
  std::string label;
  std::string jurisdiction;
  std::string kind;
  std::vector<Owner> owners;  ///< as written; empty means wholly owned in its own jurisdiction
  Mark mark;
};

/// A declared property of products: a number in a unit, or one of some words.
struct Attribute {
  std::string name;
  std::string label;
  std::string unit;                ///< of a number; empty when it has none
  std::vector<std::string> words;  ///< of a word: what it may be; empty for a number
  Mark mark;
};

/// A product's value for one attribute.
struct AttributeValue {
  AttributeId attribute;
  Number number;
  std::string word;
};

/// What is supplied.
struct Product {
  std::string name;
  std::string label;
  ActorId developer;
  std::vector<AttributeValue> attributes;
  Mark mark;
};

/// A price, perhaps of several parts weighted by the scenario's `blend`.
struct Price {
  struct Part {
    std::string name;  ///< "in", "out"; empty when the price has one part
    DatedNumber amount;
  };
  std::vector<Part> parts;  ///< empty: free of charge
};

/// A route by which a product reaches customers.
struct Channel {
  std::string name;
  std::string label;
  ProductId product;
  std::vector<ActorId> path;  ///< from the developer to the seller of record, the last
  ActorId operated_by;
  std::vector<std::string> hosted_in;
  std::vector<std::string> tags;
  Price price;
  std::optional<Period> offered =
      Period{};  ///< when the seller offers it, apart from any rule; none: not until an event
  Mark mark;
};

/// Who passes on what part of which receipts.
struct Contract {
  enum class Base { receipts, sales };

  std::string name;
  std::string label;
  ActorId payer;
  ActorId payee;
  DatedNumber rate;
  Predicate of;  ///< the channels whose money it shares
  Base base = Base::receipts;
  Mark mark;
};

/// Alternatives that are closer substitutes to each other than to the rest (nested logit).
struct Nest {
  std::string name;
  Number dissimilarity;
  Predicate members;
  Mark mark;
};

}  // namespace loophole::scenario
