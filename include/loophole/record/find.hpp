/// What stays open: every path of interest at a date, and for every rule how it binds the path or by what it misses.
#pragma once

#include <loophole/engine/outlook.hpp>
#include <loophole/engine/setup.hpp>
#include <loophole/world/closure.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

struct FindQuestion {
  std::vector<SegmentId> segments;
  std::string developer_from;  ///< a jurisdiction; empty: products of all developers
  Time at;
  std::string at_reason;  ///< who chose the date, in words
};

/// A rule and a path.
struct RuleFinding {
  RuleId rule;
  bool in_force = false;
  bool binds = false;
  double enforced = 0;  ///< if it binds: the part of those bound that is stopped
  std::string reason;   ///< the predicate by which it binds or misses, its enforcement and licences
};

struct PathFinding {
  world::Path path;
  world::Access access;
  std::vector<RuleFinding> rules;  ///< in force first, then as in the scenario
};

struct Findings {
  FindQuestion question;
  std::vector<world::Path> considered;  ///< by channel, then by segment, as in the scenario
  std::vector<RuleId> rules;            ///< in force first, then as in the scenario
  std::vector<PathFinding> paths;       ///< gaps first, then leaks, licensed, closed, not offered
};

[[nodiscard]] Findings find_paths(const engine::Setup& setup, const engine::Outlook& outlook,
                                  const FindQuestion& question);

/// What a rule says of a path, were it in force.
[[nodiscard]] RuleFinding find_rule(const engine::Setup& setup, const engine::Outlook& outlook, RuleId rule,
                                    const world::Path& path);

/// "provider-terms by openai: OpenAI's terms of use"
[[nodiscard]] std::string rule_words(const scenario::Rule& rule);
/// "; licences are denied" and the like; nothing for a rule that knows none.
[[nodiscard]] std::string licence_words(const world::RuleState& rule, const world::Point& point);
[[nodiscard]] std::string_view kind_word(scenario::Rule::Kind kind);

/// How many minimal sets of rules are looked for.
inline constexpr std::size_t most_closing_sets = 1000;

/// Who reads the text.
enum class Display { plain, colours };

/// All that `find` shows; what is absent was not asked for. References must outlive it.
struct FindReport {
  const engine::Setup& setup;
  const engine::Outlook& outlook;
  const Findings& findings;
  bool shows_paths = true;
  std::optional<world::Closure> closure;
  bool shows_timeline = false;
};

/// For people, at most 100 columns.
[[nodiscard]] std::string find_text(const FindReport& report, Display display);
/// One table: the timeline, the closing sets or the paths, whichever is asked for first in this order.
[[nodiscard]] std::string find_csv(const FindReport& report);
[[nodiscard]] std::string find_json(const FindReport& report);

}  // namespace loophole::record
