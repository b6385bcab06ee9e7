#include "why_words.hpp"
#include <loophole/base/ranges.hpp>
#include <loophole/base/utf8.hpp>
#include <loophole/record/why.hpp>
#include <loophole/record/wrap.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace loophole::record {
namespace {

constexpr std::size_t page = 100;
constexpr std::size_t step = 3;
constexpr std::size_t deepest = 16;

/// A graph as a tree: what was told already is only pointed at.
class Tree {
 public:
  explicit Tree(const CauseGraph& graph)
      : graph_(graph), places_(graph.nodes().size(), 0), causes_(graph.nodes().size()) {
    std::vector<std::size_t> mentions(graph.nodes().size(), 0);
    for (const CauseEdge& edge : graph.edges()) {
      causes_[edge.of.index].push_back(edge.because);
      ++mentions[edge.because.index];
    }
    is_shared_.resize(mentions.size());
    for (std::size_t i = 0; i < mentions.size(); ++i)
      is_shared_[i] = mentions[i] > 1;
  }

  std::string text() {
    write(CauseId::of(0), 0);
    return text_;
  }

 private:
  void line(const std::string& text, std::size_t depth) {
    const std::size_t indent = step * std::min(depth, deepest);
    const std::string start = depth == 0 ? "" : std::string(indent - step, ' ') + "<- ";
    bool is_first = true;
    for (const std::string& each : wrapped(text, page - indent)) {
      text_ += (is_first ? start : std::string(indent, ' ')) + each + '\n';
      is_first = false;
    }
  }

  void write(CauseId id, std::size_t depth) {
    const CauseNode& node = graph_.nodes()[id];
    if (is_told(id))
      return line(fmt::format("{} (see {})", node.brief.empty() ? node.text : node.brief, places_[id.index]), depth);
    places_[id.index] = is_shared_[id.index] ? ++shared_ : 1;
    const std::string number = is_shared_[id.index] ? fmt::format("({}) ", shared_) : "";
    const std::vector<CauseId>& causes = causes_[id.index];
    if (!causes.empty() && std::all_of(causes.begin(), causes.end(), [&](CauseId cause) { return is_told(cause); }))
      return line(fmt::format("{}{} (see {})", number, node.text, numbers(causes)), depth);
    line(number + node.text, depth);
    for (const CauseId cause : causes)
      write(cause, depth + 1);
  }

  [[nodiscard]] bool is_told(CauseId id) const { return places_[id.index] != 0; }

  /// Those of the nodes, which were told: "3, 10-14".
  [[nodiscard]] std::string numbers(const std::vector<CauseId>& nodes) const {
    std::set<std::size_t> all;
    for (const CauseId node : nodes)
      all.insert(places_[node.index]);
    return ranges(all, ", ");
  }

  const CauseGraph& graph_;
  std::vector<std::size_t> places_;  ///< by node: its number among the shared ones; 0: not told yet
  std::vector<std::vector<CauseId>> causes_;
  std::vector<bool> is_shared_;
  std::size_t shared_ = 0;
  std::string text_;
};

std::string amount(std::optional<double> value, const std::string& unit) {
  if (!value) return "undefined";
  return unit == "1" || unit.empty() ? percent(*value) : short_number(*value);
}

std::string difference(std::optional<double> value, const std::string& unit) {
  if (!value) return "undefined";
  if (*value == 0) return "0";
  const std::string sign = *value > 0 ? "+" : "";
  return unit == "1" || unit.empty() ? sign + fmt::format("{:.3g} points", 100 * *value) : sign + short_number(*value);
}

std::string to_text(const Sizes& sizes) {
  const std::string& unit = sizes.unit;
  const bool has_unit = unit != "1" && !unit.empty();
  std::string text = fmt::format("\nSizes: the same run, under the same luck, without it{}\n{:<62}{:>18}{:>18}\n",
                                 has_unit ? " (" + unit + ")" : "", "", "value without", "difference");
  const auto row = [&](const std::string& name, const std::string& without, const std::string& change) {
    text += fmt::format("  {:<60}{:>18}{:>18}\n", fit(name, 60), without, change);
  };
  for (const SizeRow& each : sizes.rows) {
    if (each.kind == SizeRow::Kind::follower) {
      row("  " + each.name + " alone", amount(each.without, unit), difference(each.difference, unit));
      continue;
    }
    const std::string also = each.followers > 0 ? fmt::format(", with the {} that follow{} from it", each.followers,
                                                              each.followers == 1 ? "s" : "")
                                                : "";
    row(each.name + also, amount(each.without, unit), difference(each.difference, unit));
  }
  if (sizes.rows.empty()) return text + "  nothing happened before that date\n";
  row("interaction: the total less the sum of those not indented", "", difference(sizes.interaction, unit));
  row("all of them", amount(sizes.nothing, unit), difference(sizes.total(), unit));
  row("with everything that happened", amount(sizes.with, unit), "");
  return text;
}

}  // namespace

std::string to_text(const Explanation& explanation) {
  std::string text = fmt::format("{}\n{}", explanation.title, Tree(explanation.graph).text());
  if (explanation.sizes) text += to_text(*explanation.sizes);
  return text;
}

}  // namespace loophole::record
