/// The readers of each part of a scenario, one file a part; read_scenario.cpp calls them in order.
#pragma once

#include "reader.hpp"

namespace loophole::scenario {

/// "schema: 1", which every file starts with.
void read_schema(Reader& reader, Fields& root);
/// Lists the names of all tables of a scenario, and says which cannot be names.
void list_names(Reader& reader, const Node& node);
[[nodiscard]] Source read_source(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Predicate read_predicate(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] Enforcement read_enforcement(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] Licence read_licence(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] Price read_price(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] std::vector<Owner> read_owners(Reader& reader, const Node& node, const Path& path);

/// One quantity like those of the parameter, whose nominal value fixes dimension and period. `example` must outlive it.
[[nodiscard]] Expected like(const Parameter& parameter, const std::string& example);
[[nodiscard]] Parameter read_parameter(Reader& reader, const Member& member, const Path& path, Parameter::Kind kind);
/// Names resolve among the parameters read so far.
[[nodiscard]] Correlation read_correlation(Reader& reader, const Member& member, const Path& path);
/// Whether the correlations are possible all together.
void check_correlations(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] Attribute read_attribute(Reader& reader, const Member& member, const Path& path);
/// Which of the attribute's words.
[[nodiscard]] std::size_t read_attribute_word(Reader& reader, const Attribute& attribute, const Node& node,
                                              const Path& path);
[[nodiscard]] Actor read_actor(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Product read_product(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Channel read_channel(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Contract read_contract(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Nest read_nest(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Tastes read_tastes(Reader& reader, const Node& node, const Path& path);
Resolution read_resolution(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] Segment read_segment(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Rule read_rule(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Variable read_variable(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Event read_event(Reader& reader, const Member& member, const Path& path);
/// The keys that events and triggers have in common: label, delay, probability, effects.
void read_consequences(Reader& reader, Fields& fields, Event& event);
/// Reads the trigger into the scenario's triggers and returns its event.
[[nodiscard]] Event read_trigger(Reader& reader, const Member& member, const Path& path);
/// Reads the bill, and its events into the scenario's events.
[[nodiscard]] Bill read_bill(Reader& reader, const Member& member, const Path& path);
/// A condition over the state; none when it is wrong.
[[nodiscard]] std::optional<Condition> read_condition(Reader& reader, const Node& node, const Path& path);
/// { scrutiny: 1.2 }: how strongly variables shift odds or hazards.
[[nodiscard]] std::vector<Shift> read_shifts(Reader& reader, const Node& node, const Path& path);
[[nodiscard]] DeclaredMetric read_metric(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Outcome read_outcome(Reader& reader, const Member& member, const Path& path);
[[nodiscard]] Expectation read_expectation(Reader& reader, const Node& node, const Path& path);

/// What no single part can see: circles, tags that nothing has, constants that cannot be solved. Entries that
/// `found` already says to be wrong are left out.
void check(Reader& reader, const Diagnostics& found);

/// Contracts that pass money on for ever, and events that wait for each other.
void check_circles(Reader& reader);

}  // namespace loophole::scenario
