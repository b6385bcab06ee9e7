#include <loophole/record/cause_graph.hpp>

#include <algorithm>

namespace loophole::record {

std::string_view to_string(CauseNode::Kind kind) {
  using Kind = CauseNode::Kind;
  switch (kind) {
    case Kind::value:
      return "value";
    case Kind::money:
      return "money";
    case Kind::sale:
      return "sale";
    case Kind::share:
      return "share";
    case Kind::access:
      return "access";
    case Kind::rule:
      return "rule";
    case Kind::event:
      return "event";
    case Kind::offer:
      return "offer";
    case Kind::price:
      return "price";
    case Kind::contract:
      return "contract";
    case Kind::variable:
      return "variable";
    case Kind::nothing:
      return "nothing";
  }
  return "";
}

void CauseGraph::because(CauseId of, CauseId cause) {
  const bool is_known = std::any_of(edges_.begin(), edges_.end(),
                                    [&](const CauseEdge& edge) { return edge.of == of && edge.because == cause; });
  if (!is_known) edges_.push_back({of, cause});
}

}  // namespace loophole::record
