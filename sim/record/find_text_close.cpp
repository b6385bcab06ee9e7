// The sets of candidates that close the gaps, what they leave, and why others do not.
#include "find_text.hpp"
#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace loophole::record {

using world::Path;
using world::Status;

namespace {

constexpr std::size_t most_printed = 20;

/// Paths by why a rule misses them.
void write_misses(Page& page, RuleId rule, const std::vector<Path>& missed, const FindReport& report) {
  std::vector<std::pair<std::string, std::vector<Path>>> groups;
  for (const Path& path : missed) {
    const std::string reason = find_rule(report.setup, report.outlook, rule, path).reason;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& each) { return each.first == reason; });
    if (group == groups.end()) group = groups.insert(groups.end(), {reason, {}});
    group->second.push_back(path);
  }
  page.line("  ", report.setup.model.scenario().rules[rule].name + " misses", 4);
  for (const auto& [reason, paths] : groups)
    page.line("    ", path_words(paths, report) + ": " + reason, 6);
}

std::vector<Path> missed_by(RuleId rule, const std::vector<Path>& paths, const world::Model& model) {
  std::vector<Path> missed;
  for (const Path& path : paths)
    if (!model.binds(rule, path.segment, path.channel)) missed.push_back(path);
  return missed;
}

std::vector<std::string> names_of(const std::vector<RuleId>& rules, const world::Model& model) {
  std::vector<std::string> names;
  names.reserve(rules.size());
  for (const RuleId rule : rules)
    names.push_back(model.scenario().rules[rule].name);
  return names;
}

/// "openai-vpn: 10 % of start-ups; 1 % of enterprises, internet-giants", a line a channel.
void write_left(Page& page, Status status, const world::Pairs<world::Access>& access, const FindReport& report) {
  struct Part {
    double available;
    std::vector<SegmentId> segments;
  };
  const std::vector<Path>& considered = report.findings.considered;
  for (std::size_t i = 0; i < considered.size();) {
    const ChannelId channel = considered[i].channel;
    std::vector<Part> parts;
    for (; i < considered.size() && considered[i].channel == channel; ++i) {
      const world::Access& here = access(considered[i].segment, channel);
      if (here.status != status) continue;
      auto same =
          std::find_if(parts.begin(), parts.end(), [&](const Part& each) { return each.available == here.available; });
      if (same == parts.end()) same = parts.insert(parts.end(), {here.available, {}});
      same->segments.push_back(considered[i].segment);
    }
    std::vector<std::string> words;
    words.reserve(parts.size());
    for (const Part& part : parts)
      words.push_back(fmt::format("{} of {}", world::percent(part.available), segment_words(part.segments, report)));
    if (!words.empty())
      page.line(fmt::format("     {:<9}", world::to_string(status)),
                fmt::format("{}: {}", report.setup.model.scenario().channels[channel].name, fmt::join(words, "; ")),
                16);
  }
}

void write_set(Page& page, std::size_t number, const world::ClosingSet& set, const FindReport& report) {
  const world::Model& model = report.setup.model;
  const std::string names = fmt::format("{}", fmt::join(names_of(set.rules, model), " + "));
  page.line(fmt::format("{:>3}. ", number), set.rules.empty() ? "none is needed" : names, 5);
  for (const RuleId rule : set.rules) {
    const std::string whose = set.rules.size() > 1 ? model.scenario().rules[rule].name + ": " : "";
    page.line("     ",
              whose + rule_words(model.scenario().rules[rule]) +
                  licence_words(report.outlook.state.rules[rule], model.point()),
              7);
  }
  page.line("     then open:");
  const std::size_t before = page.size();
  for (const Status status : {Status::leak, Status::licensed})
    write_left(page, status, set.access, report);
  if (!report.closure->beyond.empty()) page.line("     gap      those that no candidate binds");
  if (page.size() == before) page.line("     nothing");
}

void write_sets(Page& page, const FindReport& report) {
  const world::Closure& closure = *report.closure;
  const char* whose = closure.beyond.empty() ? "leave no gap" : "close the other gaps";
  page.section(closure.complete
                   ? fmt::format("Minimal sets of candidates that {}: {}", whose, closure.sets.size())
                   : fmt::format("Minimal sets of candidates that {}: more than {}", whose, closure.sets.size()));
  for (std::size_t i = 0; i < std::min(closure.sets.size(), most_printed); ++i)
    write_set(page, i + 1, closure.sets[i], report);
  if (closure.sets.size() > most_printed)
    page.line("  ",
              fmt::format("The {} smallest are shown; --format csv or json lists {}.", most_printed,
                          closure.complete ? "all" : fmt::format("{}", closure.sets.size())),
              2);
}

}  // namespace

void write_closure(Page& page, const FindReport& report) {
  const world::Closure& closure = *report.closure;
  const world::Model& model = report.setup.model;
  page.section(fmt::format("Closing the gaps on {}", to_string(report.findings.question.at)));
  if (report.findings.question.developer_from.empty())
    page.line("  ",
              "Products of all developers are considered, those of the customers' own country too. To ask about one "
              "country's developers add --developer-from.",
              2);
  if (closure.gaps.empty()) return page.line("  No path asked for is a gap.");
  page.line("  Gaps: ", path_words(closure.gaps, report), 4);
  if (closure.candidates.empty())
    return page.line("  ", "Nothing declared closes them: the scenario has no candidate rule that is not in force.", 2);
  page.line("  Candidates: ", fmt::format("{}", fmt::join(names_of(closure.candidates, model), ", ")), 4);
  if (!closure.beyond.empty()) {
    page.section("No candidate binds these gaps; nothing declared closes them");
    page.line("  ", path_words(closure.beyond, report), 4);
    for (const RuleId rule : closure.candidates)
      write_misses(page, rule, closure.beyond, report);
  }
  std::vector<Path> closable;
  for (const Path& path : closure.gaps)
    if (std::find(closure.beyond.begin(), closure.beyond.end(), path) == closure.beyond.end()) closable.push_back(path);
  if (closable.empty()) return;
  write_sets(page, report);
  bool any = false;
  for (const RuleId rule : closure.candidates) {
    const std::vector<Path> missed = missed_by(rule, closable, model);
    if (missed.empty()) continue;
    if (!any) page.section("Not enough alone");
    any = true;
    write_misses(page, rule, missed, report);
  }
}

}  // namespace loophole::record
