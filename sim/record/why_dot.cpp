#include <loophole/record/why.hpp>
#include <loophole/record/wrap.hpp>

#include <fmt/format.h>

namespace loophole::record {
namespace {

constexpr std::size_t label_width = 36;

/// Text within a quoted label: "\n" ends a line.
std::string label(const std::string& text) {
  std::string escaped;
  for (const std::string& line : wrapped(text, label_width)) {
    if (!escaped.empty()) escaped += "\\n";
    for (const char c : line) {
      if (c == '"' || c == '\\') escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

const char* shape(CauseNode::Kind kind) {
  using Kind = CauseNode::Kind;
  switch (kind) {
    case Kind::event:
    case Kind::offer:
      return "ellipse";
    case Kind::rule:
    case Kind::access:
      return "hexagon";
    case Kind::nothing:
      return "plaintext";
    default:
      return "box";
  }
}

}  // namespace

std::string to_dot(const Explanation& explanation) {
  std::string text = "digraph why {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=10];\n";
  for (std::size_t i = 0; i < explanation.graph.nodes().size(); ++i) {
    const CauseNode& node = explanation.graph.nodes()[CauseId::of(i)];
    text += fmt::format("  n{} [shape={}, label=\"{}\"];\n", i, shape(node.kind), label(node.text));
  }
  for (const CauseEdge& edge : explanation.graph.edges())
    text += fmt::format("  n{} -> n{};\n", edge.because.index, edge.of.index);
  return text + "}\n";
}

}  // namespace loophole::record
