#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

namespace {

void read_pair(Reader& reader, const Node& node, const Path& path, std::vector<ParameterId>& pair) {
  const Reader::Watch watch(reader);
  if (!node.is_sequence() || node.items.size() != 2) {
    reader.error(node.mark, path,
                 node.is_sequence() ? fmt::format("{} names", node.items.size())
                                    : quoted_kind(node) + " where two names are expected",
                 "a correlation is between two uncertainties", "write for example between: [A, B]");
    return;
  }
  const auto& parameters = reader.scenario().parameters;
  reader.each(node, path, [&](const Node& item, const Path& at) {
    const ParameterId id{reader.parameter_names.find(item.scalar)};
    if (!item.is_scalar())
      reader.error(item.mark, at, fmt::format("{} where a name is expected", quoted_kind(item)),
                   "a name out of uncertainties");
    else if (!id.exists() || id.index >= parameters.size())
      reader.unknown_name(reader.parameter_names, item.scalar, item.mark, at, "it is not in uncertainties");
    else if (parameters[id].kind == Parameter::Kind::lever)
      reader.error(item.mark, at, fmt::format("'{}' is a lever", item.scalar),
                   "somebody sets it; it is not drawn, so nothing can go together with it",
                   "name an uncertainty, or remove the correlation");
    else
      pair.push_back(id);
  });
  if (watch.quiet() && pair[0] == pair[1])
    reader.error(node.mark, path, fmt::format("'{}' with itself", parameters[pair[0]].name),
                 "that correlation is 1 and need not be said", "name two uncertainties");
}

}  // namespace

Correlation read_correlation(Reader& reader, const Member& member, const Path& path) {
  Correlation correlation;
  correlation.name = member.key;
  correlation.mark = member.mark;
  Fields fields(reader, member.value, path, language::correlation);
  const Reader::Watch watch(reader);
  fields.with("between", [&](const Node& node, const Path& at) {
    std::vector<ParameterId> pair;
    read_pair(reader, node, at, pair);
    if (!watch.quiet()) return;
    correlation.first = pair[0];
    correlation.second = pair[1];
    const auto& others = reader.scenario().correlations;
    const auto same = std::find_if(others.begin(), others.end(), [&](const Correlation& other) {
      return (other.first == pair[0] && other.second == pair[1]) || (other.first == pair[1] && other.second == pair[0]);
    });
    if (same != others.end())
      reader.error(node.mark, at, fmt::format("'{}' is between these two already", same->name),
                   "two uncertainties have one correlation", "keep one of them");
  });
  fields.with("rank", [&](const Node& node, const Path& at) {
    const Reader::Watch number(reader);
    const Number rank = reader.number(node, at, fields.expected("rank"));
    correlation.rank = rank.value;
    if (rank.parameter.exists())
      reader.error(node.mark, at, "a lever or uncertainty inside a correlation", "it is a plain number",
                   "write the number");
    else if (number.quiet() && std::abs(rank.value) >= 1)
      reader.error(node.mark, at, fmt::format("{} is not between -1 and 1", to_text(rank.value)),
                   "at -1 or 1 two uncertainties would be one",
                   "write for example 0.6, or use one uncertainty in both places");
  });
  return correlation;
}

void check_correlations(Reader& reader, const Node& node, const Path& path) {
  const Scenario& scenario = reader.scenario();
  for (const CorrelatedGroup& group : correlated_groups(scenario.parameters, scenario.correlations)) {
    if (random::GaussianCopula::make(group.members.size(), group.correlations)) continue;
    std::string names;
    for (const ParameterId id : group.members)
      names += (names.empty() ? "" : ", ") + scenario.parameters[id].name;
    const double part = random::possible_part(group.members.size(), group.correlations);
    reader.error(
        node.mark, path, fmt::format("{} cannot go together so", names),
        "what goes with the same thing goes together, and pairs that are not listed count as 0",
        fmt::format("list the other pairs of the group, or bring the ranks nearer to 0: {} times these would do",
                    part));
  }
}

}  // namespace loophole::scenario
