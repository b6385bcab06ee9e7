#include "reader.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace loophole::scenario {

namespace {

[[noreturn]] void no_such_key(const language::Shape& shape, std::string_view key) {
  throw std::logic_error(fmt::format("the language does not know the key '{}' of {}", key, shape.what));
}

}  // namespace

Fields::Fields(Reader& reader, const Node& node, const Path& path, const language::Shape& shape)
    : reader_(reader), node_(node), path_(path), shape_(shape), is_map_(node.is_map()) {
  if (!is_map_) {
    reader_.error(node.mark, path, fmt::format("{} where {} is expected", quoted_kind(node), shape_.what),
                  "it is a map of keys");
    return;
  }
  known_.reserve(shape_.keys.size() + 2);
  known_.emplace_back("source");
  if (const Node* source = node_.find("source")) {
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
      // "12,000 USD" within { … }
      const bool is_rest = !member.key.empty() && member.key[0] >= '0' && member.key[0] <= '9';
      const std::string suggestion = is_rest ? "a ',' ends a value within { … }; write numbers without, as 12000"
                                             : reader_.suggest(member.key, known);
      if (suggestion.compare(0, 3, "did") == 0) misspelt.push_back(nearest(member.key, known));
      reader_.error(member.mark, Path{&path_, member.key}, fmt::format("unknown key '{}'", member.key),
                    fmt::format("{} has no such key", shape_.what), suggestion);
    }
  }
  for (const Missing& missing : missing_)
    if (std::find(misspelt.begin(), misspelt.end(), missing.key) == misspelt.end())
      reader_.error(node_.mark, path_, fmt::format("'{}' is missing", missing.key),
                    fmt::format("{} needs it", shape_.what), fmt::format("add {}: {}", missing.key, missing.example));
}

bool Fields::knows_by_itself(std::string_view key) const {
  return std::find(known_.begin(), known_.end(), key) != known_.end();
}

bool Fields::knows(std::string_view key) const {
  const bool is_scratch = shape_.has_scratch && key.substr(0, 2) == "x-";
  return is_scratch || knows_by_itself(key) ||
         (attributes_known_ && reader_.attribute_names.find(key) != Id<void>::none_value);
}

bool Fields::has_unknown() const {
  return is_map_ && std::any_of(node_.members.begin(), node_.members.end(),
                                [&](const Member& member) { return !knows(member.key); });
}

const language::Key& Fields::declared(std::string_view key) const {
  const auto keys = shape_.keys;
  for (std::size_t tried = 0; tried < keys.size(); ++tried) {
    if (keys[last_].name == key) return keys[last_];
    last_ = last_ + 1 == keys.size() ? 0 : last_ + 1;
  }
  no_such_key(shape_, key);
}

const Node* Fields::ask(std::string_view key, const char* example) {
  return find(key, declared(key).need == language::Need::yes ? example : nullptr);
}

const Node* Fields::get(std::string_view key) { return ask(key, declared(key).example); }

const Node* Fields::find(std::string_view key, const char* example_if_needed) {
  known_.push_back(key);
  const Node* node = is_map_ ? node_.find(key) : nullptr;
  if (!node && is_map_ && example_if_needed) missing_.push_back({key, example_if_needed});
  return node;
}

const Node* Fields::need(std::string_view key) { return find(key, declared(key).example); }

void Fields::expect_open(std::string_view name) const {
  if (shape_.rest.names == language::Names::none && !shape_.law) no_such_key(shape_, name);
}

void Fields::also_known(const std::vector<std::string_view>& keys) {
  expect_open(keys.front());
  known_.insert(known_.end(), keys.begin(), keys.end());
}

const language::Alternative& Fields::alternative(std::string_view key, language::Form form) const {
  const language::Alternative* found = declared(key).value.find(form);
  if (!found) throw std::logic_error(fmt::format("'{}' of {} is no such value", key, shape_.what));
  return *found;
}

Expected Fields::expected(std::string_view key) const {
  const language::Value& value = declared(key).value;
  for (const language::Alternative& each : value)
    if (each.number) return reader_.expected(*each.number);
  throw std::logic_error(fmt::format("'{}' of {} is no number", key, shape_.what));
}

language::Words Fields::words(std::string_view key) const { return alternative(key, language::Form::word).words; }

void Fields::expect_attributes() const {
  if (!shape_.attributes) throw std::logic_error(fmt::format("{} has no attributes", shape_.what));
}

bool Fields::text(std::string_view key, std::string& value) {
  static_cast<void>(alternative(key, language::Form::text));
  return with(key, [&](const Node& node, const Path& at) { value = reader_.text(node, at); });
}

bool Fields::texts(std::string_view key, std::vector<std::string>& values) {
  return with(key, [&](const Node& node, const Path& at) { values = reader_.texts(node, at); });
}

bool Fields::truth(std::string_view key, bool& value) {
  static_cast<void>(alternative(key, language::Form::truth));
  return with(key, [&](const Node& node, const Path& at) { value = reader_.truth(node, at); });
}

bool Fields::date(std::string_view key, std::optional<Time>& value) {
  static_cast<void>(alternative(key, language::Form::date));
  return with(key, [&](const Node& node, const Path& at) { value = reader_.date(node, at); });
}

bool Fields::dated(std::string_view key, DatedNumber& value) {
  static_cast<void>(alternative(key, language::Form::dated));
  return with(key, [&](const Node& node, const Path& at) { value = reader_.dated(node, at, expected(key)); });
}

bool Fields::delay(std::string_view key, Delay& value) {
  static_cast<void>(alternative(key, language::Form::distribution));
  return with(key, [&](const Node& node, const Path& at) { value = reader_.delay(node, at); });
}

std::optional<std::size_t> Fields::word(std::string_view key) {
  std::optional<std::size_t> chosen;
  with(key, [&](const Node& node, const Path& at) { chosen = reader_.one_of(node, at, words(key)); });
  return chosen;
}

void Fields::rest(const std::function<void(const Member&, const Path&)>& read) {
  if (shape_.rest.names == language::Names::none) throw std::logic_error(fmt::format("{} has no names", shape_.what));
  if (!is_map_) return;
  takes_all_ = true;
  for (const Member& member : node_.members) {
    if (!knows(member.key)) read(member, Path{&path_, member.key});
  }
}

}  // namespace loophole::scenario
