#include "reader.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

Fields::Fields(Reader& reader, const Node& node, const Path& path, const char* what)
    : reader_(reader), node_(node), path_(path), what_(what), is_map_(node.is_map()) {
  if (!is_map_) {
    reader_.error(node.mark, path, fmt::format("{} where {} is expected", quoted_kind(node), what),
                  "it is a map of keys");
    return;
  }
  if (const Node* source = get("source")) {
    const std::vector<std::string> named = reader_.texts(*source, at("source"));
    for (const std::string& name : named)
      reader_.check_source(name, source->mark, at("source"));
    if (!named.empty()) {
      reader_.sources_.push_back(named.front());
      has_source_ = true;
    }
  }
}

Fields::~Fields() {
  if (has_source_) reader_.sources_.pop_back();
  if (!is_map_) return;
  std::vector<std::string> misspelt;  // the keys that unknown ones were taken for
  const bool attributes_unreadable = attributes_known_ && reader_.attribute_names.unreadable();
  if (!takes_all_ && !attributes_unreadable && has_unknown()) {
    std::vector<std::string> known;
    for (const std::string_view key : known_)
      if (key != "source") known.emplace_back(key);
    if (attributes_known_)
      known.insert(known.end(), reader_.attribute_names.all().begin(), reader_.attribute_names.all().end());
    known.emplace_back("source");
    for (const Member& member : node_.members) {
      if (knows(member.key)) continue;
      const std::string suggestion = reader_.suggest(member.key, known);
      if (suggestion.compare(0, 3, "did") == 0) misspelt.push_back(nearest(member.key, known));
      reader_.error(member.mark, Path{&path_, member.key}, fmt::format("unknown key '{}'", member.key),
                    fmt::format("{} has no such key", what_), suggestion);
    }
  }
  for (const Missing& missing : missing_)
    if (std::find(misspelt.begin(), misspelt.end(), missing.key) == misspelt.end())
      reader_.error(node_.mark, path_, fmt::format("'{}' is missing", missing.key), fmt::format("{} needs it", what_),
                    fmt::format("add {}: {}", missing.key, missing.example));
}

bool Fields::knows_by_itself(std::string_view key) const {
  return std::find(known_.begin(), known_.end(), key) != known_.end();
}

bool Fields::knows(std::string_view key) const {
  return knows_by_itself(key) || (attributes_known_ && reader_.attribute_names.find(key) != Id<void>::none_value);
}

bool Fields::has_unknown() const {
  return is_map_ && std::any_of(node_.members.begin(), node_.members.end(),
                                [&](const Member& member) { return !knows(member.key); });
}

const Node* Fields::get(std::string_view key) {
  known_.push_back(key);
  const Node* node = is_map_ ? node_.find(key) : nullptr;
  return node;
}

const Node* Fields::need(std::string_view key, const char* example) {
  const Node* node = get(key);
  if (!node && is_map_) missing_.push_back({key, example});
  return node;
}

void Fields::text(std::string_view key, std::string& value) {
  with(key, [&](const Node& node, const Path& at) { value = reader_.text(node, at); });
}

void Fields::number(std::string_view key, Number& value, const Expected& expected) {
  with(key, [&](const Node& node, const Path& at) { value = reader_.number(node, at, expected); });
}

void Fields::required_number(std::string_view key, const char* example, Number& value, const Expected& expected) {
  with_required(key, example, [&](const Node& node, const Path& at) { value = reader_.number(node, at, expected); });
}

void Fields::rest(const std::function<void(const Member&, const Path&)>& read) {
  if (!is_map_) return;
  takes_all_ = true;
  for (const Member& member : node_.members) {
    if (!knows(member.key)) read(member, Path{&path_, member.key});
  }
}

}  // namespace loophole::scenario
