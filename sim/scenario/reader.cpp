#include "reader.hpp"

#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {
namespace {

std::string quoted_kind(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null: return "nothing";
    case Node::Kind::sequence: return "a list";
    case Node::Kind::map: return "a map";
    case Node::Kind::scalar: break;
  }
  return fmt::format("'{}'", node.scalar);
}

}  // namespace

std::string Path::text() const {
  std::string text = parent ? parent->text() : std::string{};
  if (!parent && step.empty()) return text;
  if (!text.empty()) text += '.';
  return text + (step.empty() ? std::to_string(index) : std::string(step));
}

namespace expect {
Expected share() { return {"a share", "20 %", Dimension::none(), true, 0, 1}; }
Expected rate() { return {"a rate", "2 %/month", Dimension::rate(), false, 0, infinity}; }
Expected growth() { return {"a growth rate", "10 %/month", Dimension::rate(), true, -1, infinity}; }
Expected duration() {
  return {"a duration", "3 weeks", Dimension::duration(), false, std::numeric_limits<double>::min(), infinity};
}
Expected delay() { return {"a delay", "14 days", Dimension::duration(), false, 0, infinity}; }
Expected price(const std::string& unit_of_use) {
  return {"a price per unit of use", "7.50 USD/Mtok", {1, 0, 0, -1, unit_of_use}, false, 0, infinity};
}
Expected amount_rate() { return {"money per time", "4 MUSD/month", Dimension::amount_rate(), false, 0, infinity}; }
Expected count() {
  return {"a number above 0", "20000", Dimension::none(), false, std::numeric_limits<double>::min(), infinity};
}
Expected plain() { return {"a plain number", "-1.1", Dimension::none(), false, -infinity, infinity}; }
Expected utils() { return {"a number of utils", "-0.5", Dimension::none(), false, -1e3, 1e3}; }
}  // namespace expect

void Names::list(const Node* entries) {
  if (!entries || !entries->is_map()) return;
  for (const Member& member : entries->members) {
    index_.emplace(member.key, static_cast<std::uint32_t>(names_.size()));
    names_.push_back(member.key);
  }
}

std::uint32_t Names::find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? Id<void>::none_value : found->second;
}

void Reader::error(Mark mark, const Path& path, std::string problem, std::string reason, std::string suggestion) {
  diagnostics_.add({Severity::error, place_of(files_, mark), path.text(), std::move(problem), std::move(reason), std::move(suggestion)});
}

void Reader::warning(Mark mark, const Path& path, std::string problem, std::string reason, std::string suggestion) {
  diagnostics_.add({Severity::warning, place_of(files_, mark), path.text(), std::move(problem), std::move(reason), std::move(suggestion)});
}

std::string Reader::text(const Node& node, const Path& path) {
  if (node.is_scalar()) return node.scalar;
  error(node.mark, path, fmt::format("{} where text is expected", quoted_kind(node)));
  return {};
}

bool Reader::truth(const Node& node, const Path& path) {
  if (node.is_scalar() && !node.quoted) {
    if (node.scalar == "yes" || node.scalar == "true") return true;
    if (node.scalar == "no" || node.scalar == "false") return false;
  }
  error(node.mark, path, fmt::format("{} is neither yes nor no", quoted_kind(node)), "YAML readers disagree about other spellings", "write yes or no");
  return false;
}

std::optional<Time> Reader::parse_date(std::string_view text, Mark mark, const Path& path) {
  auto time = parse_time(text);
  if (!time) error(mark, path, fmt::format("'{}' is not a date", text), "dates are ISO 8601", "write for example 2024-07-09");
  return time;
}

std::optional<Time> Reader::date(const Node& node, const Path& path) {
  if (!node.is_scalar()) {
    error(node.mark, path, fmt::format("{} where a date is expected", quoted_kind(node)), "", "write for example 2024-07-09");
    return std::nullopt;
  }
  const Written written = split_source(node, path);
  auto time = parse_date(written.text, node.mark, path);
  if (time) list_input(path, 0, to_string(*time), "date", written.source, node.mark);
  return time;
}

Span Reader::span(const Node& node, const Path& path) {
  if (!node.is_scalar()) {
    error(node.mark, path, fmt::format("{} where a duration is expected", quoted_kind(node)), "", "write for example 14 days");
    return {};
  }
  const Written written = split_source(node, path);
  const auto parsed = scenario_.units.parse(written.text);
  if (const auto* problem = std::get_if<UnitProblem>(&parsed)) {
    error(node.mark, path, problem->problem, problem->reason, problem->suggestion);
    return {};
  }
  const auto& quantity = std::get<Quantity>(parsed);
  if (!quantity.span || quantity.written < 0) {
    error(node.mark, path, fmt::format("'{}' is not a duration", written.text), "a duration is a time of at least 0", "write for example 14 days");
    return {};
  }
  list_input(path, quantity.value, {}, "days", written.source, node.mark);
  return *quantity.span;
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

std::string Reader::confidence_of(const std::string& source) const {
  if (source.empty()) return "unsourced";
  if (source == "assumption") return "assumption";
  const auto found = std::find_if(scenario_.sources.begin(), scenario_.sources.end(), [&](const Source& s) { return s.name == source; });
  return found == scenario_.sources.end() ? "unsourced" : found->confidence;
}

void Reader::check_source(const std::string& source, Mark mark, const Path& path) {
  if (source == "assumption") return;
  std::vector<std::string> known{"assumption"};
  for (const Source& each : scenario_.sources) {
    if (each.name == source) return;
    known.push_back(each.name);
  }
  error(mark, path, fmt::format("unknown source '{}'", source), "sources are listed under 'sources:'", suggest(source, known));
}

void Reader::list_input(const Path& path, double value, std::string text, std::string unit, const std::string& source, Mark mark) {
  if (!lists_inputs_) return;
  scenario_.inputs.push_back({path.text(), value, std::move(text), std::move(unit), source, confidence_of(source), mark});
}

bool Reader::fits(const Dimension& dimension, bool percent, const Expected& expected) const {
  if (expected.percent && !percent) return false;
  if (!expected.percent && percent && expected.dimension != Dimension::rate()) return false;
  return dimension == expected.dimension;
}

Number Reader::parameter_value(const std::string& name, Mark mark, const Path& path, const Expected& expected) {
  Number number;
  number.mark = mark;
  const std::uint32_t index = parameter_names.find(name);
  if (index == Id<void>::none_value) {
    error(mark, path, fmt::format("unknown uncertainty or lever '${}'", name), "it is listed nowhere", suggest(name, parameter_names.all()));
    return number;
  }
  number.parameter = {index};
  const Parameter& parameter = scenario_.parameters[number.parameter];
  number.value = parameter.nominal;
  number.period_days = parameter.period_days;
  if (!fits(parameter.dimension, parameter.percent, expected))
    error(mark, path, fmt::format("'${}' is in {}", name, parameter.unit.empty() ? "plain numbers" : parameter.unit),
          fmt::format("{} is expected", expected.what), fmt::format("its values must be like {}", expected.example));
  return number;
}

Number Reader::number_from_text(const Written& written, Mark mark, const Path& path, const Expected& expected) {
  if (!written.text.empty() && written.text[0] == '$') return parameter_value(written.text.substr(1), mark, path, expected);
  Number number;
  number.mark = mark;
  const auto parsed = scenario_.units.parse(written.text);
  if (const auto* problem = std::get_if<UnitProblem>(&parsed)) {
    error(mark, path, problem->problem, problem->reason, problem->suggestion);
    return number;
  }
  const auto& quantity = std::get<Quantity>(parsed);
  number.value = quantity.value;
  number.period_days = quantity.period_days;
  if (!fits(quantity.dimension, quantity.percent, expected)) {
    const std::string problem = quantity.unit.empty() ? fmt::format("'{}' has no unit", written.text) : fmt::format("'{}' has the wrong unit", written.text);
    error(mark, path, expected.dimension == Dimension::none() && !expected.percent ? fmt::format("'{}' has a unit", written.text) : problem,
          fmt::format("{} is expected", expected.what), fmt::format("write for example {}", expected.example));
    return number;
  }
  const double bounded = expected.dimension == Dimension::rate() && expected.percent ? quantity.written / 100 : quantity.value;
  if (bounded < expected.low || bounded > expected.high) {
    error(mark, path, fmt::format("'{}' is out of range", written.text), fmt::format("{} is expected", expected.what), fmt::format("write for example {}", expected.example));
    return number;
  }
  list_input(path, quantity.written, {}, quantity.unit, written.source, mark);
  return number;
}

Number Reader::number(const Node& node, const Path& path, const Expected& expected) {
  if (node.is_scalar()) return number_from_text(split_source(node, path), node.mark, path, expected);
  Number number;
  number.mark = node.mark;
  if (!node.is_map()) {
    error(node.mark, path, fmt::format("{} where {} is expected", quoted_kind(node), expected.what), "", fmt::format("write for example {}", expected.example));
    return number;
  }
  Fields fields(*this, node, path, "a number");
  fields.with_required("value", expected.example, [&](const Node& value, const Path& at) {
    if (value.is_scalar()) number = number_from_text(split_source(value, at), value.mark, path, expected);
    else error(value.mark, at, fmt::format("{} where {} is expected", quoted_kind(value), expected.what));
  });
  return number;
}

DatedNumber Reader::dated(const Node& node, const Path& path, const Expected& expected) {
  DatedNumber dated;
  if (!node.is_map() || node.find("value")) {
    dated.initially = number(node, path, expected);
    return dated;
  }
  Fields fields(*this, node, path, "a dated number");
  const bool has_initial = fields.with("initially", [&](const Node& value, const Path& at) { dated.initially = number(value, at, expected); });
  fields.rest([&](const Member& member, const Path& at) {
    const auto from = parse_date(member.key, member.mark, at);
    if (!from) return;
    DatedNumber::Step step{*from, *from, {}};
    if (const Node* known = member.value.is_map() ? member.value.find("known") : nullptr) {
      Settings quiet(*this);
      if (const auto date_known = date(*known, Path{&at, "known"})) step.known = *date_known;
      Node without = member.value;
      without.members.erase(std::remove_if(without.members.begin(), without.members.end(), [](const Member& m) { return m.key == "known"; }), without.members.end());
      step.value = number(without, at, expected);
    } else {
      step.value = number(member.value, at, expected);
    }
    dated.steps.push_back(std::move(step));
  });
  std::stable_sort(dated.steps.begin(), dated.steps.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  if (has_initial) return dated;
  if (dated.steps.empty()) {
    error(node.mark, path, "no value", fmt::format("{} is expected", expected.what), fmt::format("write for example {}", expected.example));
  } else if (dated.steps.front().from <= scenario_.horizon.from) {
    dated.initially = dated.steps.front().value;
    dated.steps.erase(dated.steps.begin());
  } else {
    error(node.mark, path, "no value before the first date", fmt::format("the horizon starts on {}", to_string(scenario_.horizon.from)), "add 'initially:'");
  }
  return dated;
}

Delay Reader::delay(const Node& node, const Path& path) {
  if (is_distribution(node)) return distribution(node, path, expect::delay());
  if (node.is_scalar() && !node.scalar.empty() && node.scalar[0] == '$') return number(node, path, expect::delay());
  return span(node, path);
}

std::size_t Reader::one_of(const Node& node, const Path& path, const std::vector<std::string>& words) {
  if (node.is_scalar()) {
    const auto found = std::find(words.begin(), words.end(), node.scalar);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  error(node.mark, path, fmt::format("{} is none of the words known here", quoted_kind(node)), enumerate(words),
        node.is_scalar() && !nearest(node.scalar, words).empty() ? suggest(node.scalar, words) : std::string{});
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
    error(node.mark, path, fmt::format("{} where a name is expected", quoted_kind(node)), "a name out of " + names.table());
    return Id<void>::none_value;
  }
  const std::uint32_t index = names.find(node.scalar);
  if (index == Id<void>::none_value)
    error(node.mark, path, fmt::format("unknown name '{}'", node.scalar), fmt::format("it is not in {}", names.table()), suggest(node.scalar, names.all()));
  return index;
}

Fields::Fields(Reader& reader, const Node& node, const Path& path, const char* what)
    : reader_(reader), node_(node), path_(path), what_(what), is_map_(node.is_map()) {
  if (!is_map_) {
    reader_.error(node.mark, path, fmt::format("{} where {} is expected", quoted_kind(node), what), "it is a map of keys");
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
  if (takes_all_) return;
  for (const Member& member : node_.members) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    const std::vector<std::string> known(known_.begin(), known_.end());
    reader_.error(member.mark, Path{&path_, member.key}, fmt::format("unknown key '{}'", member.key), fmt::format("{} has no such key", what_),
                  suggest(member.key, known));
  }
}

const Node* Fields::get(std::string_view key) {
  known_.push_back(key);
  const Node* node = is_map_ ? node_.find(key) : nullptr;
  return node;
}

const Node* Fields::need(std::string_view key, const char* example) {
  const Node* node = get(key);
  if (!node && is_map_)
    reader_.error(node_.mark, path_, fmt::format("'{}' is missing", key), fmt::format("{} needs it", what_), fmt::format("add {}: {}", key, example));
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
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    read(member, Path{&path_, member.key});
  }
}

}  // namespace loophole::scenario
