#include "verbs.hpp"
#include <loophole/scenario/scenario.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <map>

namespace loophole::cli {

namespace {

constexpr std::size_t value_width = 66;

/// Writes a merged tree as YAML, each value with the place and the source it came from.
class Printer {
 public:
  /// `inputs`: the numbers and dates as they were read; their sources may be inherited.
  Printer(const scenario::Files& files, const std::vector<scenario::InputValue>& inputs, std::ostream& out)
      : files_(files), out_(out) {
    for (const scenario::InputValue& input : inputs)
      sources_.emplace(place_of(files, input.mark), &input);
  }

  void print(const scenario::Node& node, std::size_t indent) {
    for (const scenario::Member& member : node.members) {
      const std::string start = std::string(indent, ' ') + member.key + ":";
      print_value(start, member.value, indent);
    }
  }

 private:
  static bool is_flat(const scenario::Node& node) {
    return std::none_of(node.items.begin(), node.items.end(),
                        [](const auto& item) { return item.is_map() || item.is_sequence(); });
  }

  static std::string scalar(const scenario::Node& node) {
    if (node.kind == scenario::Node::Kind::null) return "~";
    if (!node.quoted) return node.scalar;
    std::string text = "\"";
    for (const char c : node.scalar) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    return text + '"';
  }

  void line(const std::string& text, const scenario::Node& node) {
    const Place place = place_of(files_, node.mark);
    const auto input = sources_.find(place);
    const std::string source =
        input == sources_.end()
            ? ""
            : fmt::format("  {}", input->second->source.empty() ? input->second->confidence : input->second->source);
    fmt::print(out_, "{:<{}}  # {}:{}{}\n", text, value_width, place.file, place.line, source);
  }

  void print_value(const std::string& start, const scenario::Node& node, std::size_t indent) {
    if (node.is_map()) {
      fmt::print(out_, "{}{}\n", start, node.members.empty() ? " {}" : "");
      print(node, indent + 2);
    } else if (node.is_sequence() && is_flat(node)) {
      std::string list;
      for (const scenario::Node& item : node.items)
        list += (list.empty() ? "" : ", ") + scalar(item);
      line(start + " [" + list + "]", node);
    } else if (node.is_sequence()) {
      fmt::print(out_, "{}\n", start);
      for (const scenario::Node& item : node.items)
        print_item(item, indent + 2);
    } else {
      line(start + " " + scalar(node), node);
    }
  }

  void print_item(const scenario::Node& item, std::size_t indent) {
    const std::string dash = std::string(indent, ' ') + "-";
    if (!item.is_map() || item.members.empty()) {
      print_value(dash, item, indent);
      return;
    }
    bool first = true;
    for (const scenario::Member& member : item.members) {
      print_value((first ? dash + " " : std::string(indent + 2, ' ')) + member.key + ":", member.value, indent + 2);
      first = false;
    }
  }

  const scenario::Files& files_;
  std::map<Place, const scenario::InputValue*> sources_;
  std::ostream& out_;
};

}  // namespace

int show(const Console& console) {
  Options options("show FILE... [--set PATH=VALUE]",
                  "Shows the merged scenario: each value with the file and line it came from, and its source.",
                  "  loophole show scenarios/openai-china/azure-shut.yaml\n"
                  "  loophole show scenarios/openai-china/baseline.yaml --set levers.notice.nominal='4 days'\n");
  options.add_overrides();
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const std::vector<scenario::Override> overrides = options.overrides(problems);
  for (const std::string& file : options.files()) {
    const auto document = scenario::load_document(file, overrides);
    problems.append(document.diagnostics());
    if (!document) continue;
    const auto read = scenario::read_scenario(document->scenario, document->files);
    problems.append(read.diagnostics());
    Printer(document->files, read ? read->inputs : std::vector<scenario::InputValue>{}, console.out)
        .print(document->scenario, 0);
  }
  print(problems, console.err);
  return problems.has_errors() ? usage : ok;
}

}  // namespace loophole::cli
