/// Distribution: any of the laws, as one value.
///
/// The reader of a scenario makes one, the engine draws from it, and neither needs to know which it is.
#pragma once

#include <loophole/random/discrete.hpp>
#include <loophole/random/distributions.hpp>

#include <variant>

namespace loophole::random {

using Distribution =
    std::variant<Fixed, Uniform, Triangular, Pert, Normal, Lognormal, Exponential, Beta, Gamma, Weibull, Discrete>;

/// What is wrong with the parameters, for a user to read; nothing when they make a law.
[[nodiscard]] Problem check(const Distribution& distribution);

[[nodiscard]] double mean(const Distribution& distribution);
/// The least x with cdf(x) ≥ u, for u in [0, 1]; 0 and 1 give the ends of the support, which may be infinite.
[[nodiscard]] double quantile(const Distribution& distribution, double u);
[[nodiscard]] double cdf(const Distribution& distribution, double x);
[[nodiscard]] double survival(const Distribution& distribution, double x);

/// Draws a duration given that it has exceeded `elapsed`: S⁻¹((1 − u)·S(elapsed)), S being the survival function.
///
/// That is the whole duration, not what is left of it. It never is less than `elapsed`, grows with u, and is
/// quantile(u) when nothing of the support has elapsed: a clock keeps its luck when the present moves past its
/// start. When the law says that it should have ended already, it ends now: the result is `elapsed`.
[[nodiscard]] double conditional_quantile(const Distribution& distribution, double u, double elapsed);

}  // namespace loophole::random
