/// What each number that somebody wrote does to a quantity: the same runs, under the same luck, with that number a
/// tenth higher.
///
/// A scenario declares the uncertainties that its author thought of. The numbers held fixed are uncertain too, and the
/// one that matters may be among them.
#pragma once

#include <loophole/study/quantity_of_interest.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace loophole::study {

struct InputEffectsRequest {
  QuantityOfInterest quantity;
  std::uint64_t seed = 1;
  std::uint32_t replications = 32;
  record::Uncertainties uncertainties = record::Uncertainties::sampled;
  unsigned threads = 1;
};

struct InputEffect {
  double factor = 0;                ///< the number was multiplied by: 1.1, or 0.9 where it cannot be more; 0: neither
  std::vector<double> differences;  ///< by replication that is defined in both: with the change, less without
};

/// Whether an input is one that is looked at: a number that no uncertainty or lever stands for.
[[nodiscard]] bool is_fixed(const scenario::InputValue& input);

/// `take` gets the effects of the fixed inputs of `quantity.of`, in their order. Diagnostics where the scenario as it
/// is cannot be calibrated.
[[nodiscard]] Diagnostics input_effects(const InputEffectsRequest& request,
                                        const std::function<void(const scenario::InputValue&, InputEffect)>& take);

}  // namespace loophole::study
