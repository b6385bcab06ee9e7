/// Hazards that scenario variables shift: how much risk gathers over a time.
#pragma once

#include <loophole/world/state.hpp>

namespace loophole::policy {

/// Whether the trigger's hazard changes by itself as time goes by.
[[nodiscard]] bool drifts(const scenario::Trigger& trigger, const world::Model& model);

/// ∫ h(t) dt over [from, to], h = hazard·exp(Σ per_unit·variable(t)), by Gauss-Legendre with three points: exact where
/// the variables are constant, and for times short against their half-lives nearly so (a day, 30 days, an exponent of
/// 3: 9e-13). Throws std::logic_error when the trigger has no hazard.
[[nodiscard]] double integrated_hazard(const scenario::Trigger& trigger, const world::Model& model,
                                       const world::State& state, Time from, Time to);

}  // namespace loophole::policy
