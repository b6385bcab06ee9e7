/// Predicates and explanations in words: "binds the seller openai; the seller here is microsoft".
///
/// The only place that puts conditions into words, so that a text, a table and a page say the same.
#pragma once

#include <loophole/world/explanation.hpp>

#include <string>
#include <vector>

namespace loophole::world {

/// What a predicate asks for: "channels tagged vpn and the segment start-ups"; "everything" when it asks for nothing.
[[nodiscard]] std::string requirement(const scenario::Predicate& predicate, const Model& model);

/// What lets the path through: one phrase for each failing condition and each exception, in their order. Where numbers
/// decide, the confidence of the input stands behind. Empty when the rule binds.
[[nodiscard]] std::vector<std::string> misses(const RuleExplanation& explanation, const Model& model, SegmentId segment,
                                              ChannelId channel);

/// By what a rule binds: "the seller openai and customers in CN, HK, MO"; of alternatives, those that hold.
[[nodiscard]] std::string bindings(const RuleExplanation& explanation, const Model& model, SegmentId segment,
                                   ChannelId channel);

/// "98.4375 %", from a part in [0, 1].
[[nodiscard]] std::string percent(double part);

}  // namespace loophole::world
