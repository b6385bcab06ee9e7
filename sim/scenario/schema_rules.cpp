#include "schema_rules.hpp"

#include "laws.hpp"

namespace loophole::scenario::language {
namespace {

bool is_hidden(const Shape& shape, std::string_view key) {
  for (const Key& each : shape.keys)
    if (each.name == key) return each.need == Need::hidden;
  return false;
}

/// Keys that are needed beside some others only.
bool depends(const Shape& shape, std::string_view key) {
  for (const Dependency& each : shape.dependencies)
    if (each.key == key) return true;
  for (const Case& each : shape.cases)
    for (const std::string_view other : each.keys)
      if (other == key) return true;
  return false;
}

Json rule_of(const Choice& choice) {
  Json ways = Json::array(), keys = Json::array();
  for (const std::string_view key : choice.keys) {
    if (key.empty()) continue;
    ways.push_back(required(key));
    keys.push_back(key);
  }
  switch (choice.how) {
    case Choice::How::exactly_one:
      return {{"oneOf", ways}};
    case Choice::How::at_least_one:
      return {{"anyOf", ways}};
    case Choice::How::at_most_one:
      break;
  }
  return {{"not", {{"required", keys}}}};
}

Json rule_of(const Case& each) {
  Json names{each.key, "source"}, then = Json::object();
  for (const std::string_view key : each.keys)
    if (!key.empty()) names.push_back(key);
  then["propertyNames"] = {{"enum", names}};
  for (const std::string_view key : each.needed)
    if (!key.empty()) then["required"].push_back(key);
  for (const std::string_view key : each.one_of)
    if (!key.empty()) then["oneOf"].push_back(required(key));
  return {{"if", {{"required", {each.key}}, {"properties", {{std::string(each.key), {{"const", each.word}}}}}}},
          {"then", then}};
}

Json one_law() {
  Json ways = Json::array();
  for (const Law& law : laws)
    ways.push_back(required(law.name));
  ways.push_back(required(equally_likely));
  ways.push_back(required(weighted));
  return {{"oneOf", ways}};
}

}  // namespace

Json required(std::string_view key) { return {{"required", {key}}}; }

void add_rules(Json& schema, const Shape& shape) {
  Json needed = Json::array(), rules = Json::array();
  for (const Key& key : shape.keys)
    if ((key.need == Need::yes || key.need == Need::in_own_words) && !depends(shape, key.name))
      needed.push_back(key.name);
  if (!needed.empty()) schema["required"] = needed;
  if (shape.least > 0) schema["minProperties"] = shape.least;
  for (const Choice& choice : shape.choices)
    rules.push_back(rule_of(choice));
  if (shape.law) rules.push_back(one_law());
  for (const Case& each : shape.cases)
    rules.push_back(rule_of(each));
  for (const Dependency& each : shape.dependencies) {
    if (is_hidden(shape, each.key)) continue;
    for (const std::string_view need : each.needs)
      if (!need.empty()) schema["dependencies"][std::string(each.key)].push_back(need);
  }
  if (!rules.empty()) schema["allOf"] = rules;
}

}  // namespace loophole::scenario::language
