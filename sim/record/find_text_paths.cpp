// The paths at a date: a block for each channel and status, a line for each rule.
#include "find_text.hpp"
#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace loophole::record {

using world::Status;

namespace {

const char* heading_of(Status status) {
  switch (status) {
    case Status::gap:
      return "GAP: no rule in force binds the path";
    case Status::leak:
      return "LEAK: bound, not fully enforced; prohibited and reachable";
    case Status::licensed:
      return "LICENSED: bound, and some have a licence";
    case Status::closed:
      return "CLOSED: bound, and nobody gets through";
    case Status::not_offered:
      return "NOT OFFERED: by the seller's choice, whatever the rules";
  }
  return "";
}

/// The findings of one channel with one status.
using Block = std::vector<const PathFinding*>;

std::vector<Block> blocks_of(const Findings& findings) {
  std::vector<Block> blocks;
  for (const PathFinding& finding : findings.paths) {
    if (blocks.empty() || blocks.back().front()->path.channel != finding.path.channel ||
        blocks.back().front()->access.status != finding.access.status)
      blocks.emplace_back();
    blocks.back().push_back(&finding);
  }
  return blocks;
}

/// Segments by what is said of them, in the order in which it is first said.
template <class Say>
std::vector<std::pair<std::string, std::vector<SegmentId>>> by_words(const Block& block, Say say) {
  std::vector<std::pair<std::string, std::vector<SegmentId>>> groups;
  for (const PathFinding* finding : block) {
    const std::string words = say(*finding);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& each) { return each.first == words; });
    if (group == groups.end()) group = groups.insert(groups.end(), {words, {}});
    group->second.push_back(finding->path.segment);
  }
  return groups;
}

std::string route_words(const world::Model& model, ChannelId id) {
  const scenario::Scenario& scenario = model.scenario();
  const scenario::Channel& channel = scenario.channels[id];
  std::string words = fmt::format("{} of {}, sold by {}", scenario.products[channel.product].name,
                                  scenario.actors[model.developer(id)].name, scenario.actors[model.seller(id)].name);
  if (channel.operated_by.exists()) words += ", operated by " + scenario.actors[channel.operated_by].name;
  if (!channel.hosted_in.empty()) words += fmt::format(", hosted in {}", fmt::join(channel.hosted_in, ", "));
  return words;
}

/// Where the text behind the rules' names starts.
std::size_t reason_column(const FindReport& report) {
  std::size_t longest = 0;
  for (const RuleId rule : report.findings.rules)
    longest = std::max(longest, report.setup.model.scenario().rules[rule].name.size());
  return std::min<std::size_t>(longest, 30) + 6;
}

void write_rule(Page& page, const Block& block, std::size_t rule, const FindReport& report) {
  const RuleFinding& first = block.front()->rules[rule];
  const auto groups = by_words(block, [&](const PathFinding& finding) {
    const RuleFinding& here = finding.rules[rule];
    if (here.in_force) return here.binds ? here.reason : "misses: " + here.reason;
    return here.binds ? "would bind" + here.reason.substr(std::string("binds").size()) : "would miss: " + here.reason;
  });
  const std::size_t column = reason_column(report);
  std::string start = fmt::format("    {:<{}}", report.setup.model.scenario().rules[first.rule].name, column - 4);
  for (const auto& [words, segments] : groups) {
    const std::string whom = groups.size() > 1 ? segment_words(segments, report) + ": " : "";
    page.line(start, whom + words, column + 2);
    start = std::string(column, ' ');
  }
}

void write_availability(Page& page, const Block& block, const FindReport& report) {
  std::vector<std::string> open;
  const auto availability = [](const PathFinding& finding) { return world::percent(finding.access.available); };
  for (const auto& [part, segments] : by_words(block, availability))
    open.push_back(fmt::format("{} of {}", part, segment_words(segments, report)));
  page.line("    open to ", fmt::format("{}", fmt::join(open, "; ")), 6);
}

void write_block(Page& page, const Block& block, const FindReport& report) {
  const world::Model& model = report.setup.model;
  const ChannelId channel = block.front()->path.channel;
  page.line("  " + model.scenario().channels[channel].name + ": ", route_words(model, channel), 4);
  if (block.front()->access.status == Status::not_offered) return;
  if (block.front()->access.status != Status::closed) write_availability(page, block, report);
  for (std::size_t r = 0; r < block.front()->rules.size(); ++r) {
    const bool first_other = !block.front()->rules[r].in_force && (r == 0 || block.front()->rules[r - 1].in_force);
    if (first_other) page.line("    not in force:");
    write_rule(page, block, r, report);
  }
}

void write_rules(Page& page, const FindReport& report) {
  const scenario::Scenario& scenario = report.setup.model.scenario();
  const std::size_t column = reason_column(report);
  const auto list = [&](const char* heading, auto belongs) {
    bool any = false;
    for (const RuleId id : report.findings.rules) {
      const scenario::Rule& rule = scenario.rules[id];
      if (!belongs(report.outlook.state.rules[id].in_force, rule.candidate)) continue;
      if (!any) page.section(heading);
      any = true;
      page.line(fmt::format("  {:<{}}", rule.name, column - 2), rule_words(rule), column + 2);
    }
    return any;
  };
  if (!list("Rules in force", [](bool in_force, bool) { return in_force; })) page.section("No rule is in force");
  list("Candidates, not in force", [](bool in_force, bool candidate) { return !in_force && candidate; });
  list("Other rules not in force", [](bool in_force, bool candidate) { return !in_force && !candidate; });
}

}  // namespace

void write_paths(Page& page, const FindReport& report) {
  write_rules(page, report);
  std::optional<Status> last;
  for (const Block& block : blocks_of(report.findings)) {
    const Status status = block.front()->access.status;
    if (last != status) page.section(status, heading_of(status));
    last = status;
    write_block(page, block, report);
  }
}

}  // namespace loophole::record
