#include "read.hpp"

#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace loophole::scenario {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

const char* name_of(Axis axis) {
  switch (axis) {
    case Axis::segment: return "a segment";
    case Axis::channel: return "a channel";
    case Axis::channel_or_outside: return "a channel or 'outside'";
    case Axis::actor: return "an actor";
    case Axis::contract: return "a contract";
    case Axis::jurisdiction: return "a jurisdiction";
  }
  return "";
}

/// Reads terms such as "share(azure-enterprise, start-ups)" out of a text whose columns it knows.
class TermReader {
 public:
  TermReader(Reader& reader, Mark mark, const Path& path) : reader_(reader), mark_(mark), path_(path) {}

  std::optional<Term> read(std::string_view text) {
    text = trim(text);
    Term term;
    if (const std::size_t at = text.find(" at "); at != std::string_view::npos) {
      term.at = reader_.parse_date(trim(text.substr(at + 4)), mark_, path_);
      text = trim(text.substr(0, at));
    }
    const std::size_t open = text.find('(');
    const bool called = open != std::string_view::npos && text.back() == ')';
    const std::string name(trim(called ? text.substr(0, open) : text));
    std::vector<std::string> arguments;
    if (called) arguments = split(text.substr(open + 1, text.size() - open - 2));
    return resolve(name, arguments, term) ? std::optional<Term>(term) : std::nullopt;
  }

 private:
  static std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!trim(text).empty()) {
      const std::size_t comma = text.find(',');
      parts.emplace_back(trim(text.substr(0, comma)));
      if (comma == std::string_view::npos) break;
      text = text.substr(comma + 1);
    }
    return parts;
  }

  void error(std::string problem, std::string reason, std::string suggestion) {
    reader_.error(mark_, path_, std::move(problem), std::move(reason), std::move(suggestion));
  }

  bool resolve(const std::string& name, std::vector<std::string> arguments, Term& term) {
    const auto& declared = reader_.scenario().metrics;
    const auto own = std::find_if(declared.begin(), declared.end(), [&](const DeclaredMetric& m) { return m.name == name; });
    std::vector<Axis> required, optional;
    if (own != declared.end()) {
      term.metric = Metric::declared;
      term.declared = static_cast<std::uint32_t>(own - declared.begin());
      optional = {Axis::segment};
    } else if (const MetricInfo* known = find_metric(name)) {
      term.metric = known->metric;
      required = known->required;
      optional = known->optional;
    } else {
      std::vector<std::string> names;
      for (const MetricInfo& each : metric_catalogue())
        names.emplace_back(each.name);
      for (const DeclaredMetric& each : declared)
        names.push_back(each.name);
      error(fmt::format("unknown metric '{}'", name), "it is neither built in nor declared under 'metrics:'", suggest(name, names));
      return false;
    }
    for (const Axis axis : required)
      if (!take(axis, arguments, term)) {
        error(fmt::format("'{}' needs {}", name, name_of(axis)), arguments.empty() ? "none is given" : fmt::format("'{}' is none", arguments.front()), suggestion(axis, arguments));
        return false;
      }
    for (const Axis axis : optional)
      take(axis, arguments, term);
    if (!arguments.empty()) {
      std::vector<Axis> axes = required;
      axes.insert(axes.end(), optional.begin(), optional.end());
      error(fmt::format("'{}' means nothing to '{}'", arguments.front(), name), "it is no name of a kind that the metric takes",
            axes.empty() ? "remove it" : suggestion(axes.back(), arguments));
      return false;
    }
    return true;
  }

  std::string suggestion(Axis axis, const std::vector<std::string>& arguments) {
    const auto names = names_of(axis);
    return arguments.empty() ? "known: " + enumerate(names) : suggest(arguments.front(), names);
  }

  std::vector<std::string> names_of(Axis axis) const {
    switch (axis) {
      case Axis::segment: return reader_.segment_names.all();
      case Axis::channel: return reader_.channel_names.all();
      case Axis::channel_or_outside: {
        auto names = reader_.channel_names.all();
        names.emplace_back("outside");
        return names;
      }
      case Axis::actor: return reader_.actor_names.all();
      case Axis::contract: return reader_.contract_names.all();
      case Axis::jurisdiction: break;
    }
    std::set<std::string> jurisdictions;
    for (const Actor& actor : reader_.scenario().actors)
      jurisdictions.insert(actor.jurisdiction);
    return {jurisdictions.begin(), jurisdictions.end()};
  }

  /// Removes the first argument that is a name of this kind and stores it.
  bool take(Axis axis, std::vector<std::string>& arguments, Term& term) {
    const auto names = names_of(axis);
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
      const auto found = std::find(names.begin(), names.end(), *argument);
      if (found == names.end()) continue;
      const auto index = static_cast<std::size_t>(found - names.begin());
      switch (axis) {
        case Axis::segment: term.segment = SegmentId::of(index); break;
        case Axis::channel: term.channel = ChannelId::of(index); break;
        case Axis::channel_or_outside:
          if (*argument == "outside") term.outside = true;
          else term.channel = ChannelId::of(index);
          break;
        case Axis::actor: term.actor = ActorId::of(index); break;
        case Axis::contract: term.contract = ContractId::of(index); break;
        case Axis::jurisdiction: term.jurisdiction = *argument; break;
      }
      arguments.erase(argument);
      return true;
    }
    return false;
  }

  Reader& reader_;
  Mark mark_;
  const Path& path_;
};

/// Finds a word that stands alone, outside brackets; npos when it is not there.
std::size_t find_word(std::string_view text, std::string_view word) {
  int depth = 0;
  for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    const bool starts = i == 0 || text[i - 1] == ' ';
    const bool ends = i + word.size() == text.size() || text[i + word.size()] == ' ';
    if (depth == 0 && starts && ends && text.substr(i, word.size()) == word) return i;
  }
  return std::string_view::npos;
}

}  // namespace

DeclaredMetric read_metric(Reader& reader, const Member& member, const Path& path) {
  DeclaredMetric metric;
  metric.name = member.key;
  metric.mark = member.mark;
  if (find_metric(member.key)) reader.error(member.mark, path, fmt::format("'{}' is built in", member.key), "a declared metric needs a name of its own", "rename it");
  Fields fields(reader, member.value, path, "a metric");
  fields.text("label", metric.label);
  fields.with_required("of", "use", [&](const Node& node, const Path& at) {
    metric.of = static_cast<DeclaredMetric::Of>(reader.one_of(node, at, {"use", "spend", "firms", "sellers"}));
  });
  fields.with_required("where", "{ intermediated: yes }", [&](const Node& node, const Path& at) { metric.where = read_predicate(reader, node, at); });
  fields.with("over", [&](const Node& node, const Path& at) { metric.over = read_predicate(reader, node, at); });
  fields.with("status", [&](const Node& node, const Path& at) {
    const std::vector<std::string> words{"gap", "leak", "licensed", "closed"};
    reader.each(node, at, [&](const Node& item, const Path& where) { metric.statuses.push_back(words[reader.one_of(item, where, words)]); });
  });
  if (metric.statuses.empty()) metric.statuses = {"gap", "licensed"};
  return metric;
}

Outcome read_outcome(Reader& reader, const Member& member, const Path& path) {
  const Reader::Settings quiet(reader);
  Outcome outcome;
  outcome.name = member.key;
  outcome.mark = member.mark;
  Fields fields(reader, member.value, path, "an outcome");
  fields.text("label", outcome.label);
  fields.text("unit", outcome.unit);
  fields.text("to_whom", outcome.to_whom);
  fields.with("prefer", [&](const Node& node, const Path& at) { outcome.prefer = reader.one_of(node, at, {"more", "less"}) == 0 ? "more" : "less"; });
  int kinds = 0;
  Mark term_mark = member.mark;
  const auto read_term = [&](const char* key, Outcome::Kind kind) {
    fields.with(key, [&](const Node& node, const Path& at) {
      ++kinds;
      outcome.kind = kind;
      term_mark = node.mark;
      if (auto term = TermReader(reader, node.mark, at).read(reader.text(node, at))) outcome.term = *term;
      else kinds = 2;  // already reported
    });
  };
  read_term("sum", Outcome::Kind::sum);
  read_term("mean", Outcome::Kind::mean);
  read_term("value", Outcome::Kind::at);
  fields.with("from", [&](const Node& node, const Path& at) { outcome.from = reader.date(node, at); });
  fields.with("to", [&](const Node& node, const Path& at) { outcome.to = reader.date(node, at); });
  fields.with("at", [&](const Node& node, const Path& at) { outcome.from = reader.date(node, at); });
  if (fields.ok() && kinds == 0) reader.error(member.mark, path, "no 'sum', 'mean' or 'value'", "an outcome is one number", "write for example sum: flows(CONTRACT)");
  if (kinds != 1) return outcome;
  if (outcome.term.metric != Metric::declared) {
    const MetricInfo& metric = info(outcome.term.metric);
    const bool additive = metric.kind == MetricInfo::Kind::flow && metric.unit != MetricInfo::Unit::hhi;
    if (outcome.kind == Outcome::Kind::sum && !additive)
      reader.error(term_mark, path, fmt::format("'{}' cannot be summed over time", metric.name), "only flows add up", "use mean: or value:");
    const bool averaged = outcome.term.metric == Metric::share || outcome.term.metric == Metric::stranded;
    if (outcome.kind == Outcome::Kind::mean && !averaged)
      reader.error(term_mark, path, fmt::format("'{}' has no mean over time here", metric.name), "share and stranded have", "use value: with at: DATE, or sum: of a flow");
    if (outcome.kind == Outcome::Kind::at && metric.kind != MetricInfo::Kind::stock)
      reader.error(term_mark, path, fmt::format("'{}' has no value at an instant", metric.name), "it is not a stock", "use sum: with from: and to:");
  } else if (outcome.kind == Outcome::Kind::mean) {
    reader.error(term_mark, path, "a declared metric has no mean over time", "a part is taken over the whole interval", "use sum: or value:");
  }
  return outcome;
}

Expectation read_expectation(Reader& reader, const Node& node, const Path& path) {
  const Reader::Settings quiet(reader);
  Expectation expectation;
  expectation.mark = node.mark;
  expectation.text = reader.text(node, path);
  expectation.when = reader.scenario().horizon;
  std::string_view text = expectation.text;
  const auto date_after = [&](std::size_t at, std::string_view word) {
    const auto date = reader.parse_date(trim(text.substr(at + word.size())), node.mark, path);
    text = trim(text.substr(0, at));
    return date;
  };
  if (const std::size_t to = find_word(text, "to"); to != std::string_view::npos) {
    if (const auto date = date_after(to, "to")) expectation.when.to = *date;
  }
  if (const std::size_t from = find_word(text, "from"); from != std::string_view::npos) {
    if (const auto date = date_after(from, "from")) expectation.when.from = *date;
  }
  if (const std::size_t within = find_word(text, "within"); within != std::string_view::npos) {
    const auto tolerance = reader.scenario().units.parse(trim(text.substr(within + 6)));
    text = trim(text.substr(0, within));
    if (const auto* quantity = std::get_if<Quantity>(&tolerance)) expectation.tolerance = quantity->value;
    else reader.error(node.mark, path, std::get<UnitProblem>(tolerance).problem, "after 'within' stands a number", "write for example within 1 %");
  }
  static constexpr std::array<std::string_view, 6> signs{"<=", ">=", "!=", "=", "<", ">"};
  std::size_t where = std::string_view::npos;
  for (const std::string_view sign : signs) {
    where = find_word(text, sign);
    if (where == std::string_view::npos) continue;
    expectation.comparison = sign;
    break;
  }
  if (where == std::string_view::npos) {
    if (node.is_scalar())
      reader.error(node.mark, path, fmt::format("'{}' compares nothing", expectation.text), "an expectation has =, !=, <, <=, > or >= with spaces around it",
                   "write for example availability(CHANNEL, SEGMENT) = 0 from 2024-07-09");
    return expectation;
  }
  std::string_view left = trim(text.substr(0, where));
  std::string_view right = trim(text.substr(where + expectation.comparison.size()));
  // "… at DATE" at the very end, after a value, is the time of the whole sentence.
  if (const std::size_t at = find_word(right, "at"); at != std::string_view::npos && right.find('(') == std::string_view::npos) {
    if (const auto date = reader.parse_date(trim(right.substr(at + 2)), node.mark, path)) {
      expectation.when = {*date, Time{date->seconds + 1}};
      expectation.at_instant = true;
    }
    right = trim(right.substr(0, at));
  }
  TermReader terms(reader, node.mark, path);
  if (const std::size_t slash = find_word(left, "/"); slash != std::string_view::npos) {
    expectation.divided_by = terms.read(left.substr(slash + 1));
    left = trim(left.substr(0, slash));
  }
  const auto term = terms.read(left);
  if (!term) return expectation;
  expectation.left = *term;
  if (term->at && !expectation.at_instant) {
    expectation.when = {*term->at, Time{term->at->seconds + 1}};
    expectation.at_instant = true;
  }
  const bool is_word = term->metric == Metric::status;
  if (is_word) {
    const std::vector<std::string> words{"gap", "leak", "licensed", "closed"};
    if (std::find(words.begin(), words.end(), right) == words.end())
      reader.error(node.mark, path, fmt::format("'{}' is no status", right), enumerate(words), suggest(right, words));
    expectation.right = std::string(right);
    return expectation;
  }
  const auto parsed = reader.scenario().units.parse(right);
  if (const auto* quantity = std::get_if<Quantity>(&parsed)) expectation.right = quantity->value;
  else if (const auto other = terms.read(right)) expectation.right = *other;
  return expectation;
}

}  // namespace loophole::scenario
