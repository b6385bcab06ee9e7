#include "reader.hpp"

#include <loophole/base/suggest.hpp>
#include <loophole/base/utf8.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

std::string quoted_kind(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::map:
      return "a map";
    case Node::Kind::scalar:
      break;
  }
  return fmt::format("'{}'", node.scalar);
}

std::string Path::text() const {
  std::string text = parent ? parent->text() : std::string{};
  if (!parent && step.empty()) return text;
  if (!text.empty()) text += '.';
  return text + (step.empty() ? std::to_string(index) : std::string(step));
}

void Names::list(const Node* entries) {
  if (!entries || entries->kind == Node::Kind::null) return;
  if (!entries->is_map()) unreadable_ = true;
  for (const Member& member : entries->members) {
    if (member.key == "source") continue;  // of the whole table
    add(member.key);
  }
}

void Names::add(const std::string& name) {
  index_.emplace(name, static_cast<std::uint32_t>(names_.size()));
  names_.push_back(name);
}

std::uint32_t Names::find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? Id<void>::none_value : found->second;
}

void Reader::error(Mark mark, const Path& path, std::string problem, std::string reason, std::string suggestion) {
  ++errors_;
  diagnostics_.add({Severity::error, place_of(files_, mark), path.text(), std::move(problem), std::move(reason),
                    std::move(suggestion)});
}

void Reader::warning(Mark mark, const Path& path, std::string problem, std::string reason, std::string suggestion) {
  diagnostics_.add({Severity::warning, place_of(files_, mark), path.text(), std::move(problem), std::move(reason),
                    std::move(suggestion)});
}

/// Where a line begins, from 1; past the end of the text where it has none.
std::size_t Reader::line_start(std::uint32_t file, std::uint32_t line) const {
  if (line_starts_.size() < files_.size()) line_starts_.resize(files_.size());
  std::vector<std::size_t>& starts = line_starts_[file];
  const std::string& text = files_[file].content;
  if (starts.empty()) {
    starts.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts.push_back(i + 1);
  }
  return line >= 1 && line <= starts.size() ? starts[line - 1] : text.size() + 1;
}

Mark Reader::mark_of(const Node& node, std::string_view part) const {
  Mark mark = node.mark;
  if (!node.is_scalar() || part.data() < node.scalar.data() || part.data() > node.scalar.data() + node.scalar.size())
    return mark;
  const auto offset = static_cast<std::size_t>(part.data() - node.scalar.data());
  if (mark.file >= files_.size()) return mark;
  const std::string_view file = files_[mark.file].content;
  const std::size_t line = line_start(mark.file, mark.line);
  // Only where the line holds the text byte by byte is a column certain: no escapes, no folding, nothing but ASCII
  // before.
  const std::size_t column = mark.column - 1 + (node.quoted ? 1 : 0);
  const std::string_view rest = file.substr(std::min(file.size(), line + column));
  if (rest.substr(0, node.scalar.size()) != node.scalar) return mark;
  mark.column = static_cast<std::uint32_t>(column + offset + 1);
  return mark;
}

void Reader::unknown_name(const Names& names, std::string_view name, Mark mark, const Path& path, std::string reason,
                          std::vector<std::string> also) {
  const bool needed =
      &names == &actor_names || &names == &product_names || &names == &channel_names || &names == &segment_names;
  if (names.unreadable() || (needed && names.all().empty())) {
    ++errors_;  // reported with its table
    knows_all_names = false;
    return;
  }
  // The events of a bill go with it.
  const std::size_t dot = &names == &event_names ? name.find('.') : std::string_view::npos;
  const std::string_view table = dot == std::string_view::npos ? std::string_view(names.table()) : "bills";
  const std::string lacking = fmt::format("{}.{}", table, name.substr(0, dot));
  for (const Removal& removal : removed_)
    if (removal.path == lacking || removal.path == table) {
      const Place place = place_of(files_, removal.mark);
      error(mark, path, fmt::format("this needs '{}'", lacking),
            fmt::format("removed in {}:{}", place.file, place.line), "remove or change this too");
      return;
    }
  const auto known = [&] {
    also.insert(also.begin(), names.all().begin(), names.all().end());
    return std::move(also);
  };
  error(mark, path, fmt::format("unknown name '{}'", name), std::move(reason), suggestions_.for_word(name, known));
}

std::string Reader::text(const Node& node, const Path& path) {
  if (node.is_scalar()) {
    // A terminal would obey it.
    if (const auto place = find_control_character(node.scalar); place != std::string::npos)
      error(node.mark, path, "a control character", "terminals do what such say, and people do not see them",
            "take out what begins with a backslash");
    return node.scalar;
  }
  error(node.mark, path, fmt::format("{} where text is expected", quoted_kind(node)), "", "write one word or phrase");
  return {};
}

bool Reader::truth(const Node& node, const Path& path) {
  if (node.is_scalar() && !node.quoted) {
    if (node.scalar == "yes" || node.scalar == "true") return true;
    if (node.scalar == "no" || node.scalar == "false") return false;
  }
  error(node.mark, path, fmt::format("{} is neither yes nor no", quoted_kind(node)),
        "YAML readers disagree about other spellings", "write yes or no");
  return false;
}

Reader::Written Reader::split_source(const Node& node, const Path& path) {
  Written written{node.scalar, sources_.empty() ? std::string{} : sources_.back()};
  const std::size_t at = node.scalar.rfind('@');
  if (at == std::string::npos) return written;
  written.source = node.scalar.substr(at + 1);
  written.text = node.scalar.substr(0, at);
  while (!written.text.empty() && written.text.back() == ' ')
    written.text.pop_back();
  check_source(written.source, node.mark, path);
  return written;
}

void Reader::index_sources() {
  for (; sources_indexed_ < scenario_.sources.size(); ++sources_indexed_)
    confidences_.emplace(scenario_.sources[sources_indexed_].name, scenario_.sources[sources_indexed_].confidence);
}

const std::string& Reader::confidence_of(const std::string& source) {
  static const std::string unsourced = "unsourced", assumption = "assumption";
  if (source.empty()) return unsourced;
  if (source == assumption) return assumption;
  index_sources();
  const auto found = confidences_.find(source);
  return found == confidences_.end() ? unsourced : found->second;
}

void Reader::check_source(const std::string& source, Mark mark, const Path& path) {
  index_sources();
  if (source == "assumption" || confidences_.count(source) != 0 || sources_unreadable_) return;
  const auto known = [&] {
    std::vector<std::string> names{"assumption"};
    for (const Source& each : scenario_.sources)
      names.push_back(each.name);
    return names;
  };
  error(mark, path, fmt::format("unknown source '{}'", source), "sources are listed under 'sources:'",
        suggestions_.for_word(source, known));
}

void Reader::list_input(const Path& path, double value, std::string text, std::string unit, const std::string& source,
                        Mark mark) {
  if (!lists_inputs_) return;
  scenario_.inputs.push_back(
      {path.text(), value, std::move(text), std::move(unit), source, confidence_of(source), mark});
}

std::size_t Reader::one_of(const Node& node, const Path& path, language::Words words) {
  if (node.is_scalar()) {
    const auto found = std::find(words.begin(), words.end(), node.scalar);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  const std::vector<std::string> known(words.begin(), words.end());
  error(node.mark, path, fmt::format("{} is none of the words known here", quoted_kind(node)), enumerate(known),
        node.is_scalar() && !nearest(node.scalar, known).empty() ? suggest(node.scalar, known) : std::string{});
  return 0;
}

std::vector<std::string> Reader::texts(const Node& node, const Path& path) {
  std::vector<std::string> all;
  each(node, path, [&](const Node& item, const Path& at) { all.push_back(text(item, at)); });
  return all;
}

void Reader::each(const Node& node, const Path& path, const std::function<void(const Node&, const Path&)>& read) {
  if (!node.is_sequence()) {
    read(node, path);
    return;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i)
    read(node.items[i], Path{&path, {}, i});
}

std::uint32_t Reader::resolve(const Names& names, const Node& node, const Path& path) {
  if (!node.is_scalar()) {
    error(node.mark, path, fmt::format("{} where a name is expected", quoted_kind(node)),
          "a name out of " + names.table());
    return Id<void>::none_value;
  }
  const std::uint32_t index = names.find(node.scalar);
  if (index == Id<void>::none_value)
    unknown_name(names, node.scalar, node.mark, path, fmt::format("it is not in {}", names.table()));
  return index;
}

}  // namespace loophole::scenario
