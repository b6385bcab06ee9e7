#include "node_json.hpp"

#include <loophole/scenario/load.hpp>

#include <set>
#include <string>

namespace loophole::record {
namespace {

using scenario::Node;
using Pointer = Json::json_pointer;

Json write(const Node& node, const Pointer& here, Json& quoted) {
  switch (node.kind) {
    case Node::Kind::null:
      return nullptr;
    case Node::Kind::scalar:
      if (node.quoted) quoted.push_back(here.to_string());
      return node.scalar;
    case Node::Kind::sequence: {
      Json list = Json::array();
      for (const Node& item : node.items)
        list.push_back(write(item, here / list.size(), quoted));
      return list;
    }
    case Node::Kind::map:
      break;
  }
  Json map = Json::object();
  for (const scenario::Member& member : node.members)
    map[member.key] = write(member.value, here / member.key, quoted);
  return map;
}

class Restorer {
 public:
  Restorer(const Json& quoted, scenario::Mark mark) : mark_(mark) {
    for (const Json& pointer : quoted)
      if (pointer.is_string()) quoted_.insert(pointer.get<std::string>());
  }

  /// False when something is no part of a scenario's tree.
  bool restore(const Json& json, const Pointer& here, std::size_t depth, Node& node) const {
    if (depth > scenario::Limits{}.depth) return false;
    node.mark = mark_;
    if (json.is_null()) return true;
    if (json.is_string()) {
      node.kind = Node::Kind::scalar;
      node.scalar = json.get<std::string>();
      node.quoted = quoted_.count(here.to_string()) != 0;
      return true;
    }
    if (json.is_array()) {
      node.kind = Node::Kind::sequence;
      node.items.resize(json.size());
      for (std::size_t i = 0; i < json.size(); ++i)
        if (!restore(json[i], here / i, depth + 1, node.items[i])) return false;
      return true;
    }
    if (!json.is_object()) return false;
    node.kind = Node::Kind::map;
    for (const auto& [key, value] : json.items()) {
      node.members.push_back({key, mark_, {}});
      if (!restore(value, here / key, depth + 1, node.members.back().value)) return false;
    }
    return true;
  }

 private:
  scenario::Mark mark_;
  std::set<std::string> quoted_;
};

}  // namespace

Json to_json(const Node& node, Json& quoted) { return write(node, Pointer{}, quoted); }

std::optional<Node> from_json(const Json& json, const Json& quoted, scenario::Mark mark) {
  Node node;
  if (!json.is_object() || !Restorer(quoted, mark).restore(json, Pointer{}, 0, node)) return std::nullopt;
  return node;
}

}  // namespace loophole::record
