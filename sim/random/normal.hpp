/// The standard normal law, with infinite ends.
#pragma once

namespace loophole::random {

[[nodiscard]] double normal_quantile(double u);
[[nodiscard]] double normal_cdf(double z);

}  // namespace loophole::random
