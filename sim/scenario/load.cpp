#include "yaml_text.hpp"
#include <loophole/scenario/load.hpp>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

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

class Builder : public YAML::EventHandler {
 public:
  Builder(const Files& files, std::uint32_t file, Diagnostics& diagnostics, const Limits& limits)
      : files_(files), file_(file), diagnostics_(diagnostics), limits_(limits) {}

  [[nodiscard]] Node take() { return std::move(root_); }
  /// Of the last quoted scalar, which may lack its closing quote; line 0 when there was none.
  [[nodiscard]] Mark last_quoted() const { return last_quoted_; }
  /// Of the innermost bracket still open; line 0 when none is.
  [[nodiscard]] Mark open_bracket() const {
    const auto found = std::find_if(stack_.rbegin(), stack_.rend(), [](const Open& open) { return open.bracket; });
    return found == stack_.rend() ? Mark{} : found->node.mark;
  }

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
      stop(here(mark), "an alias inside the value it stands for", "the value would contain itself",
           "write the value out");
    const Mark alias = here(mark);
    spend(found->second.size.values, alias);
    if (stack_.size() + found->second.size.depth > limits_.depth) too_deep(alias);
    place(found->second.node, alias);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node;
    node.kind = Node::Kind::scalar;
    node.scalar = value;
    node.quoted = tag == "!";
    node.mark = here(mark);
    if (node.quoted) last_quoted_ = node.mark;
    check_tag(tag, node.mark);
    finish(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(Node::Kind::sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(Node::Kind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    bool bracket = false;  ///< written as [ … ] or { … }
    bool expects_key = true;
    std::string key;
    bool key_is_quoted = false;
    Mark key_mark;
    std::unordered_set<std::string> keys;  ///< filled when there are too many to search one by one
    std::optional<Member> merge;           ///< of "<<", applied when the map ends
  };
  struct Anchored {
    Node node;
    Size size;
  };
  static constexpr std::size_t few_keys = 12;

  [[nodiscard]] Mark here(const YAML::Mark& mark) const {
    return {file_, static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }

  [[noreturn]] void stop(Mark mark, std::string problem, std::string reason, std::string suggestion) const {
    throw Stop{
        {Severity::error, place_of(files_, mark), "", std::move(problem), std::move(reason), std::move(suggestion)}};
  }

  void note(Mark mark, std::string problem, std::string reason, std::string suggestion) {
    diagnostics_.add({Severity::error, place_of(files_, mark), path(), std::move(problem), std::move(reason),
                      std::move(suggestion)});
  }

  [[nodiscard]] std::string path() const {
    std::string text;
    for (const Open& open : stack_) {
      std::string step;
      if (open.node.is_sequence())
        step = std::to_string(open.node.items.size());
      else if (!open.expects_key)
        step = open.key;
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
      stop(mark, fmt::format("more than {} values", limits_.nodes), "aliases may have multiplied them",
           "use fewer aliases or split the file");
  }

  [[noreturn]] void too_deep(Mark mark) const {
    stop(mark, fmt::format("nested more than {} deep", limits_.depth), "no scenario needs that", "flatten it");
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    Open open;
    open.node.kind = kind;
    open.node.mark = here(mark);
    open.anchor = anchor;
    open.bracket = style == YAML::EmitterStyle::Flow;
    check_tag(tag, open.node.mark);
    if (stack_.size() >= limits_.depth) too_deep(open.node.mark);
    if (!stack_.empty() && stack_.back().node.is_map()) {
      if (stack_.back().expects_key)
        stop(open.node.mark, "a key that is not plain text", "names are words", "use a word as the key");
      // What a block as a whole lacks is said at its key, not at the first line inside.
      if (!open.bracket) open.node.mark = stack_.back().key_mark;
    }
    stack_.push_back(std::move(open));
  }

  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    if (done.merge) apply_merge(done, done.merge->value);
    finish(std::move(done.node), done.anchor);
  }

  /// Whether the map has this key by now; notes it when it has not.
  static bool has_key(Open& open, const std::string& key) {
    if (open.keys.empty()) {
      if (open.node.members.size() < few_keys) return open.node.find_member(key) != nullptr;
      for (const Member& member : open.node.members)
        open.keys.insert(member.key);
    }
    return !open.keys.insert(key).second;
  }

  /// YAML 1.1's merge key: members of `merged` that the map lacks; earlier maps win over later ones.
  void apply_merge(Open& open, const Node& merged) {
    if (merged.is_sequence()) {
      for (const Node& item : merged.items)
        apply_merge(open, item);
      return;
    }
    if (!merged.is_map()) {
      note(open.merge->mark, "'<<' needs a map", "it merges the keys of another map",
           "give an alias of a map, or a list of them");
      return;
    }
    for (const Member& member : merged.members)
      if (!has_key(open, member.key)) open.node.members.push_back(member);
  }

  void finish(Node node, YAML::anchor_t anchor) {
    const Mark mark = node.mark;
    spend(1 + node.scalar.size() / 64, mark);
    if (anchor != 0) {
      const Size size = measure(node);
      spend(size.values, mark);
      anchors_[anchor] = {node, size};
    }
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
      parent.key = std::move(node.scalar);
      parent.key_is_quoted = node.quoted;
      parent.key_mark = mark;
      parent.expects_key = false;
    } else {
      const bool is_merge = parent.key == "<<" && !parent.key_is_quoted;
      if (is_merge && parent.merge) {
        twice(parent.merge->mark);
      } else if (is_merge) {
        parent.merge = Member{parent.key, parent.key_mark, std::move(node)};
      } else if (has_key(parent, parent.key)) {
        const Member* first = parent.node.find_member(parent.key);
        twice(first ? first->mark : parent.key_mark);
      } else {
        parent.node.members.push_back({std::move(parent.key), parent.key_mark, std::move(node)});
      }
      parent.expects_key = true;
    }
  }

  void twice(Mark first) {
    const Open& parent = stack_.back();
    note(parent.key_mark, fmt::format("'{}' is written twice", parent.key), fmt::format("first in line {}", first.line),
         parent.key == "<<" ? "merge several maps as <<: [*a, *b]" : "keep one of them");
  }

  const Files& files_;
  std::uint32_t file_;
  Diagnostics& diagnostics_;
  const Limits& limits_;
  std::vector<Open> stack_;
  Mark last_quoted_{};
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::size_t spent_ = 0;
  Node root_;
};

}  // namespace

std::optional<Node> parse_yaml(const Files& files, std::uint32_t file, Diagnostics& diagnostics, const Limits& limits) {
  const InputFile& input = files[file];
  const auto refuse = [&](Mark mark, std::string problem, std::string reason,
                          std::string suggestion) -> std::optional<Node> {
    diagnostics.add(
        {Severity::error, place_of(files, mark), "", std::move(problem), std::move(reason), std::move(suggestion)});
    return std::nullopt;
  };
  if (input.content.size() > limits.bytes)
    return refuse({file, 0, 0}, fmt::format("{} bytes", input.content.size()),
                  fmt::format("at most {} are read", limits.bytes), "split the file");
  if (auto bad = find_bad_byte(files, file)) {
    diagnostics.add(*bad);
    return std::nullopt;
  }
  Builder builder(files, file, diagnostics, limits);
  try {
    ViewBuffer buffer(input.content);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder))
      return refuse({file, 1, 1}, "the file is empty", "nothing can be read from it", "start with 'schema: 1'");
    if (const Mark quote = builder.last_quoted(); quote.line != 0 && !closes_quote(input.content, quote))
      return refuse(quote, "a quote that is not closed", "the rest of the file would be its text", "close it");
    Node root = builder.take();
    Builder second(files, file, diagnostics, limits);
    if (parser.HandleNextDocument(second))
      return refuse(second.take().mark, "a second document", "one file is one scenario",
                    "move what follows '---' to a file of its own");
    return root;
  } catch (const Stop& stop) {
    diagnostics.add(stop.diagnostic);
  } catch (const YAML::Exception& error) {
    const bool has_mark = !error.mark.is_null();
    const Mark mark{file, has_mark ? static_cast<std::uint32_t>(error.mark.line + 1) : 1U,
                    has_mark ? static_cast<std::uint32_t>(error.mark.column + 1) : 1U};
    diagnostics.add(explain_syntax(files, mark, error.msg, builder.open_bracket()));
  }
  return std::nullopt;
}

}  // namespace loophole::scenario
