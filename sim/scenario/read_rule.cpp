#include "read.hpp"
#include "term_reader.hpp"

#include <fmt/format.h>

namespace loophole::scenario {
namespace {

struct ReadCase {
  EnforcementCase entry;
  bool is_else = false;
};

ReadCase read_case(Reader& reader, const Node& node, const Path& path) {
  EnforcementCase entry;
  Fields fields(reader, node, path, language::enforcement_case);
  const bool otherwise = fields.dated("else", entry.is);
  const bool where =
      fields.with("where", [&](const Node& value, const Path& at) { entry.where = read_predicate(reader, value, at); });
  const bool is = fields.dated("is", entry.is);
  fields.with("then", [&](const Node& value, const Path& at) {
    Fields later(reader, value, at, language::later_steps);
    reader.steps(later, entry.is.steps, reader.expected(language::share));
  });
  if (fields.ok() && !fields.has_unknown() && otherwise == (where || is))
    reader.error(
        node.mark, path, otherwise ? "'else' together with 'where' or 'is'" : "neither 'where' with 'is', nor 'else'",
        "a case says for whom, and how much is enforced", "write { where: { tag: vpn }, is: 90 % } or { else: 100 % }");
  else if (fields.ok() && !fields.has_unknown() && where != is)
    reader.error(node.mark, path, where ? "'where' without 'is'" : "'is' without 'where'",
                 "a case says for whom, and how much is enforced", "write { where: { tag: vpn }, is: 90 % }");
  return {std::move(entry), otherwise};
}

void read_in_force(Reader& reader, const Node& node, const Path& path, Rule& rule) {
  if (!node.is_map() && !node.is_sequence()) {
    const std::string_view date = trimmed(std::string_view(node.scalar).substr(0, node.scalar.find('@')));
    if (node.is_scalar() && parse_time(date))
      reader.error(node.mark, path, fmt::format("'{}' is neither yes nor no", node.scalar),
                   "a rule is in force from some date, perhaps to another",
                   fmt::format("write {{ from: {} }}", node.scalar));
    else if (reader.truth(node, path))
      rule.in_force.emplace_back();
    return;
  }
  reader.each(node, path, [&](const Node& item, const Path& at) {
    rule.in_force.push_back(reader.period(item, at, language::time_in_force));
    if (item.is_map() && !item.find("from"))
      reader.error(item.mark, at, "'from' is missing", "a time in force needs it", "add from: 2024-07-09");
  });
}

}  // namespace

Enforcement read_enforcement(Reader& reader, const Node& node, const Path& path) {
  Enforcement enforcement;
  if (!node.is_sequence()) {
    enforcement.push_back({std::nullopt, reader.dated(node, path, reader.expected(language::share))});
    return enforcement;
  }
  const Reader::Watch watch(reader);
  bool ended = false;
  reader.each(node, path, [&](const Node& item, const Path& at) {
    if (ended)
      reader.error(item.mark, at, "a case after 'else'", "the first case that holds applies, and 'else' always holds",
                   "move 'else' to the end");
    ReadCase read = read_case(reader, item, at);
    ended = ended || read.is_else;
    enforcement.push_back(std::move(read.entry));
  });
  constexpr std::size_t most_cases = 10'000;  // by number, in two bytes
  if (enforcement.size() > most_cases)
    reader.error(node.mark, path, fmt::format("{} cases", enforcement.size()),
                 fmt::format("at most {} are told apart", most_cases), "put those that are alike into one");
  if (!ended && watch.quiet())
    reader.error(node.mark, path, "no 'else'", "every path that the rule binds needs a case",
                 "end with { else: 100 % }");
  return enforcement;
}

Licence read_licence(Reader& reader, const Node& node, const Path& path) {
  Licence licence;
  const Reader::Watch watch(reader);
  Fields fields(reader, node, path, language::licence);
  if (const auto policy = fields.word("policy")) licence.policy = static_cast<Licence::Policy>(*policy);
  licence.probability.value = licence.policy == Licence::Policy::grant ? 1 : 0;
  const bool given = fields.number("probability", licence.probability);
  fields.length("delay", licence.delay);
  if (licence.policy == Licence::Policy::case_by_case && !given && fields.ok() && !fields.has_unknown())
    reader.error(node.mark, path, "'probability' is missing", "case by case, some part is granted",
                 "add probability: 30 %");
  if (licence.policy == Licence::Policy::deny && given && node.find("policy") && watch.quiet())
    reader.error(node.mark, path, "'probability' with 'deny'", "nothing is granted then", "write policy: case-by-case");
  return licence;
}

Rule read_rule(Reader& reader, const Member& member, const Path& path) {
  Rule rule;
  rule.name = member.key;
  rule.mark = member.mark;
  Fields fields(reader, member.value, path, language::rule);
  fields.text("label", rule.label);
  if (const auto kind = fields.word("kind")) rule.kind = static_cast<Rule::Kind>(*kind);
  fields.text("authority", rule.authority);
  fields.text("issuer", rule.issuer);
  fields.text("addressee", rule.addressee);
  fields.with("binds", [&](const Node& node, const Path& at) { rule.binds = read_predicate(reader, node, at); });
  fields.with("exceptions", [&](const Node& node, const Path& at) {
    reader.each(node, at, [&](const Node& item, const Path& where) {
      rule.exceptions.push_back(read_predicate(reader, item, where));
    });
  });
  bool candidate_is_known = true;
  fields.with("candidate", [&](const Node& node, const Path& at) {
    const Reader::Watch truth(reader);
    rule.candidate = reader.truth(node, at);
    candidate_is_known = truth.quiet();
  });
  const bool dated =
      fields.with("in_force", [&](const Node& node, const Path& at) { read_in_force(reader, node, at, rule); });
  if (const auto leakage = fields.word("leakage")) rule.same_leakage = *leakage == 1;
  const bool enforced = fields.with(
      "enforcement", [&](const Node& node, const Path& at) { rule.enforcement = read_enforcement(reader, node, at); });
  if (!enforced) {
    rule.enforcement.emplace_back();
    rule.enforcement.back().is.initially.value = 1;
  }
  fields.with("licence", [&](const Node& node, const Path& at) { rule.licence = read_licence(reader, node, at); });
  if (fields.ok() && candidate_is_known && !fields.has_unknown() && rule.candidate == dated)
    reader.error(member.mark, path, dated ? "a candidate with 'in_force'" : "neither 'in_force' nor 'candidate'",
                 "a rule is in force at some time, or a candidate that an event may put in force",
                 dated ? "keep one of them; over an inherited candidate write candidate: no"
                       : "add in_force: { from: 2024-07-09 } or candidate: yes");
  return rule;
}

}  // namespace loophole::scenario
