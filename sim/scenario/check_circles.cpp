#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace loophole::scenario {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// The circles of a graph whose nodes have at most one successor each; iterative, because a chain may be as long as a
/// file.
std::vector<std::vector<std::uint32_t>> circles(const std::vector<std::uint32_t>& next) {
  std::vector<std::vector<std::uint32_t>> found;
  std::vector<std::uint32_t> walk(next.size(), nobody);  // the walk that first came by
  for (std::uint32_t start = 0; start < next.size(); ++start) {
    std::uint32_t i = start;
    while (i != nobody && walk[i] == nobody) {
      walk[i] = start;
      i = next[i];
    }
    if (i == nobody || walk[i] != start) continue;
    std::vector<std::uint32_t> circle;
    for (std::uint32_t j = i; circle.empty() || j != i; j = next[j])
      circle.push_back(j);
    found.push_back(std::move(circle));
  }
  return found;
}

template <class Entries>
std::string say(const std::vector<std::uint32_t>& circle, const Entries& entries) {
  std::string text;
  constexpr std::size_t most = 8;
  for (std::size_t k = 0; k < std::min(circle.size(), most); ++k)
    text += entries[{circle[k]}].name + " -> ";
  return text + (circle.size() > most ? "... -> " : "") + entries[{circle.front()}].name;
}

/// The entry that closed the circle: of the file nearest to the one asked for, the last.
template <class Entries>
auto closing(const std::vector<std::uint32_t>& circle, const Entries& entries) {
  const auto later = [&](std::uint32_t a, std::uint32_t b) {
    const Mark x = entries[{a}].mark, y = entries[{b}].mark;
    return x.file != y.file ? x.file > y.file : x.line < y.line;
  };
  return entries[{*std::max_element(circle.begin(), circle.end(), later)}];
}

/// For each contract the first one that its payee pays under, among those that can be part of a circle: whoever
/// receives nothing is peeled off until nobody is (Kahn 1962), and each left over is paid by another left over.
std::vector<std::uint32_t> paid_by(const Scenario& scenario) {
  const auto& contracts = scenario.contracts;
  std::vector<std::vector<std::uint32_t>> from(scenario.actors.size());
  std::vector<std::size_t> receives(scenario.actors.size(), 0);
  const auto counts = [&](const Contract& c) {
    return c.payer.index < from.size() && c.payee.index < from.size() && c.payer != c.payee;
  };
  for (std::uint32_t i = 0; i < contracts.size(); ++i)
    if (counts(contracts[{i}])) {
      from[contracts[{i}].payer.index].push_back(i);
      ++receives[contracts[{i}].payee.index];
    }
  std::vector<std::uint32_t> idle;
  for (std::uint32_t actor = 0; actor < receives.size(); ++actor)
    if (receives[actor] == 0) idle.push_back(actor);
  std::vector<bool> peeled(contracts.size(), false);
  while (!idle.empty()) {
    const std::uint32_t actor = idle.back();
    idle.pop_back();
    for (const std::uint32_t i : from[actor]) {
      peeled[i] = true;
      if (--receives[contracts[{i}].payee.index] == 0) idle.push_back(contracts[{i}].payee.index);
    }
  }
  std::vector<std::uint32_t> payer_of(scenario.actors.size(), nobody);
  for (std::uint32_t i = 0; i < contracts.size(); ++i)
    if (counts(contracts[{i}]) && !peeled[i] && payer_of[contracts[{i}].payee.index] == nobody)
      payer_of[contracts[{i}].payee.index] = i;
  std::vector<std::uint32_t> back(contracts.size(), nobody);
  for (std::uint32_t i = 0; i < contracts.size(); ++i)
    if (counts(contracts[{i}]) && !peeled[i]) back[i] = payer_of[contracts[{i}].payer.index];
  return back;
}

}  // namespace

void check_circles(Reader& reader) {
  const Scenario& scenario = reader.scenario();
  const Path contracts{nullptr, "contracts"};
  for (std::vector<std::uint32_t> circle : circles(paid_by(scenario))) {
    std::reverse(circle.begin(), circle.end());  // in the direction of the money
    const Contract last = closing(circle, scenario.contracts);
    reader.error(last.mark, Path{&contracts, last.name}, "a circle of contracts", say(circle, scenario.contracts),
                 "what a contract pays must not come back to its payer");
  }
  const Path events{nullptr, "events"};
  std::vector<std::uint32_t> after(scenario.events.size(), nobody);
  for (std::uint32_t i = 0; i < after.size(); ++i)
    if (const EventId followed = scenario.events[{i}].after; followed.index < after.size()) after[i] = followed.index;
  for (const auto& circle : circles(after)) {
    const Event last = closing(circle, scenario.events);
    reader.error(last.mark, Path{&events, last.name}, "events that wait for each other in a circle",
                 say(circle, scenario.events), "give one of them a date");
  }
}

}  // namespace loophole::scenario
