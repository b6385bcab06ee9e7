#include <loophole/scenario/load.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_map>
#include <unordered_set>

namespace loophole::scenario {
namespace {

/// Thrown to leave the parser when going on makes no sense; caught in parse_yaml.
struct Stop {
  Diagnostic diagnostic;
};

/// Lets a parser that wants a stream read a string without copying it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(const std::string& text) {
    char* begin = const_cast<char*>(text.data());  // NOLINT: std::streambuf's interface; nothing writes here
    setg(begin, begin, begin + text.size());
  }
};

std::size_t count(const Node& node) {
  std::size_t total = 1;
  for (const Node& item : node.items)
    total += count(item);
  for (const Member& member : node.members)
    total += count(member.value);
  return total;
}

class Builder : public YAML::EventHandler {
 public:
  Builder(const Files& files, std::uint32_t file, Diagnostics& diagnostics, const Limits& limits)
      : files_(files), file_(file), diagnostics_(diagnostics), limits_(limits) {}

  [[nodiscard]] Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark&, const std::string&) override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.mark = here(mark);
    finish(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      stop(here(mark), "an alias inside the value it stands for", "the value would contain itself", "write the value out");
    spend(found->second.size, here(mark));
    place(found->second.node, here(mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node;
    node.kind = Node::Kind::scalar;
    node.scalar = value;
    node.quoted = tag == "!";
    node.mark = here(mark);
    check_tag(tag, node.mark);
    // yaml-cpp reports plain "~" and "null" as scalars when they are keys only; as values it calls OnNull.
    finish(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    bool expects_key = true;
    std::string key;
    Mark key_mark;
    std::unordered_set<std::string> keys;
    std::vector<Node> merged;  ///< values of "<<", applied when the map ends
  };
  struct Anchored {
    Node node;
    std::size_t size = 0;
  };

  [[nodiscard]] Mark here(const YAML::Mark& mark) const {
    return {file_, static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }

  [[noreturn]] void stop(Mark mark, std::string problem, std::string reason, std::string suggestion) const {
    throw Stop{{Severity::error, place_of(files_, mark), "", std::move(problem), std::move(reason), std::move(suggestion)}};
  }

  void note(Mark mark, std::string problem, std::string reason, std::string suggestion) {
    diagnostics_.add({Severity::error, place_of(files_, mark), path(), std::move(problem), std::move(reason), std::move(suggestion)});
  }

  [[nodiscard]] std::string path() const {
    std::string text;
    for (const Open& open : stack_) {
      std::string step;
      if (open.node.is_sequence()) step = std::to_string(open.node.items.size());
      else if (!open.expects_key) step = open.key;
      if (!step.empty()) text += (text.empty() ? "" : ".") + step;
    }
    return text;
  }

  void check_tag(const std::string& tag, Mark mark) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    note(mark, fmt::format("tag '{}'", tag), "tags have no meaning here", "remove it");
  }

  void spend(std::size_t nodes, Mark mark) {
    spent_ += nodes;
    if (spent_ > limits_.nodes)
      stop(mark, fmt::format("more than {} values", limits_.nodes), "aliases may have multiplied them", "use fewer aliases or split the file");
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Open open;
    open.node.kind = kind;
    open.node.mark = here(mark);
    open.anchor = anchor;
    check_tag(tag, open.node.mark);
    if (stack_.size() >= limits_.depth)
      stop(open.node.mark, fmt::format("nested more than {} deep", limits_.depth), "no scenario needs that", "flatten it");
    if (!stack_.empty() && stack_.back().node.is_map() && stack_.back().expects_key)
      stop(open.node.mark, "a key that is not plain text", "names are words", "use a word as the key");
    stack_.push_back(std::move(open));
  }

  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    for (const Node& merged : done.merged)
      apply_merge(done.node, merged);
    finish(std::move(done.node), done.anchor);
  }

  /// YAML 1.1's merge key: members of `merged` that the map lacks; earlier maps win over later ones.
  void apply_merge(Node& map, const Node& merged) {
    if (merged.is_sequence()) {
      for (const Node& item : merged.items)
        apply_merge(map, item);
      return;
    }
    if (!merged.is_map()) {
      note(merged.mark, "'<<' needs a map", "it merges the keys of another map", "give an alias of a map, or a list of them");
      return;
    }
    for (const Member& member : merged.members)
      if (!map.find(member.key)) map.members.push_back(member);
  }

  void finish(Node node, YAML::anchor_t anchor) {
    const Mark mark = node.mark;
    spend(1, mark);
    if (anchor != 0) anchors_[anchor] = {node, count(node)};
    place(std::move(node), mark);
  }

  void place(Node node, Mark mark) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.expects_key) {
      if (!node.is_scalar()) stop(mark, "a key that is not plain text", "names are words", "use a word as the key");
      parent.key = node.scalar;
      parent.key_mark = mark;
      parent.expects_key = false;
    } else {
      const bool merge = parent.key == "<<";
      if (merge) {
        parent.merged.push_back(std::move(node));
      } else if (!parent.keys.insert(parent.key).second) {
        const Member* first = parent.node.find_member(parent.key);
        note(parent.key_mark, fmt::format("'{}' is written twice", parent.key),
             fmt::format("first in line {}", first ? first->mark.line : 0), "keep one of them");
      } else {
        parent.node.members.push_back({parent.key, parent.key_mark, std::move(node)});
      }
      parent.expects_key = true;
    }
  }

  const Files& files_;
  std::uint32_t file_;
  Diagnostics& diagnostics_;
  const Limits& limits_;
  std::vector<Open> stack_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::size_t spent_ = 0;
  Node root_;
};

/// Length of the UTF-8 sequence at `text[i]`, 0 when it is none (overlong, surrogate, truncated, out of range).
std::size_t utf8_length(const std::string& text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  const auto tail = [&](std::size_t k) { return (byte(k) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(i);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(i + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!tail(i + 1) || !tail(i + 2)) return 0;
    if (lead == 0xE0 && byte(i + 1) < 0xA0) return 0;
    return lead == 0xED && byte(i + 1) > 0x9F ? 0 : 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!tail(i + 1) || !tail(i + 2) || !tail(i + 3)) return 0;
    if (lead == 0xF0 && byte(i + 1) < 0x90) return 0;
    return lead == 0xF4 && byte(i + 1) > 0x8F ? 0 : 4;
  }
  return 0;
}

/// The parser replaces bad bytes silently, so they are looked for before.
std::optional<Diagnostic> bad_bytes(const Files& files, std::uint32_t file) {
  const std::string& text = files[file].content;
  Mark mark{file, 1, 1};
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0 || text[i] == '\0')
      return Diagnostic{Severity::error, place_of(files, mark), "", fmt::format("byte 0x{:02x}", static_cast<unsigned char>(text[i])),
                        "the file is not UTF-8 text", "save it as UTF-8"};
    if (text[i] == '\n') {
      ++mark.line;
      mark.column = 0;
    }
    ++mark.column;
    i += length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Node> parse_yaml(const Files& files, std::uint32_t file, Diagnostics& diagnostics, const Limits& limits) {
  const InputFile& input = files[file];
  const auto refuse = [&](Mark mark, std::string problem, std::string reason, std::string suggestion) -> std::optional<Node> {
    diagnostics.add({Severity::error, place_of(files, mark), "", std::move(problem), std::move(reason), std::move(suggestion)});
    return std::nullopt;
  };
  if (input.content.size() > limits.bytes)
    return refuse({file, 0, 0}, fmt::format("{} bytes", input.content.size()), fmt::format("at most {} are read", limits.bytes), "split the file");
  if (auto bad = bad_bytes(files, file)) {
    diagnostics.add(*bad);
    return std::nullopt;
  }
  try {
    ViewBuffer buffer(input.content);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    Builder builder(files, file, diagnostics, limits);
    if (!parser.HandleNextDocument(builder))
      return refuse({file, 1, 1}, "the file is empty", "nothing can be read from it", "start with 'schema: 1'");
    Node root = builder.take();
    Builder second(files, file, diagnostics, limits);
    if (parser.HandleNextDocument(second))
      return refuse(second.take().mark, "a second document", "one file is one scenario", "move what follows '---' to a file of its own");
    return root;
  } catch (const Stop& stop) {
    diagnostics.add(stop.diagnostic);
  } catch (const YAML::Exception& error) {
    const bool has_mark = !error.mark.is_null();
    const Mark mark{file, has_mark ? static_cast<std::uint32_t>(error.mark.line + 1) : 1U,
                    has_mark ? static_cast<std::uint32_t>(error.mark.column + 1) : 1U};
    return refuse(mark, "not valid YAML", error.msg, "check indentation, quotes, brackets and colons here");
  }
  return std::nullopt;
}

}  // namespace loophole::scenario
