/// A graph of causes: values, and what they are so because of.
///
/// It is a plain value: built from a run once, then written as a tree for people, as JSON, or for Graphviz.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/base/time.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::record {

using CauseId = Id<struct CauseTag>;

struct CauseNode {
  enum class Kind { value, money, sale, share, access, rule, event, offer, price, contract, variable, nothing };

  Kind kind = Kind::value;
  std::string text;              ///< for people; the sources of its numbers stand behind them
  std::string brief;             ///< what a second mention says: "2024-07-09 cut-off"; empty: the text
  std::optional<double> amount;  ///< exact: the amounts of a money value's parts add up to it
  std::string unit;              ///< of the amount
  std::optional<Time> at;        ///< when it happened or began
  std::string source;            ///< of its first number or date; empty when it has none
  std::string confidence;        ///< of that source
};

[[nodiscard]] std::string_view to_string(CauseNode::Kind kind);

struct CauseEdge {
  CauseId of, because;
};

/// The first node is the question.
class CauseGraph {
 public:
  CauseId add(CauseNode node) { return nodes_.push_back(std::move(node)); }
  /// States it once, however often it is asked for.
  void because(CauseId of, CauseId cause);

  [[nodiscard]] const PerId<CauseId, CauseNode>& nodes() const { return nodes_; }
  /// In the order stated, which is that of importance.
  [[nodiscard]] const std::vector<CauseEdge>& edges() const { return edges_; }

 private:
  PerId<CauseId, CauseNode> nodes_;
  std::vector<CauseEdge> edges_;
};

}  // namespace loophole::record
