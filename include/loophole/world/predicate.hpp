/// Whether a predicate holds for a segment and a channel: how rules bind, contracts apply and metrics select.
#pragma once

#include <loophole/scenario/scenario.hpp>
#include <loophole/world/pairs.hpp>
#include <loophole/world/point.hpp>

namespace loophole::world {

/// Products count with the attributes they start with.
[[nodiscard]] bool holds(const scenario::Predicate& predicate, const scenario::Scenario& scenario, const Point& point,
                         SegmentId segment, ChannelId channel);

/// Whether it may depend on the point for which pairs it holds: it compares a number that is an uncertainty or a lever.
[[nodiscard]] bool reads_point(const scenario::Predicate& predicate, const scenario::Scenario& scenario);

/// `holds` for all pairs.
[[nodiscard]] Pairs<char> where(const scenario::Predicate& predicate, const scenario::Scenario& scenario,
                                const Point& point);

}  // namespace loophole::world
