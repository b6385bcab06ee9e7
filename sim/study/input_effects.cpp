#include <loophole/base/rounding.hpp>
#include <loophole/scenario/scaled.hpp>
#include <loophole/study/in_order.hpp>
#include <loophole/study/input_effects.hpp>

#include <utility>

namespace loophole::study {
namespace {

using Values = std::vector<std::optional<double>>;

/// By replication; diagnostics where the scenario cannot be calibrated.
Result<Values> values_of(const QuantityOfInterest& quantity, const InputEffectsRequest& request) {
  QuantityRunner runner(quantity, request.seed, request.uncertainties);
  Values values;
  for (std::uint32_t replication = 0; replication < request.replications; ++replication) {
    const auto value = runner.run({}, replication);
    if (!value) return value.diagnostics();
    values.push_back(*value);
  }
  return values;
}

/// The quantity with an input changed wherever it is, and nothing where that cannot be.
std::optional<Values> changed(const InputEffectsRequest& request, const std::string& path, double factor) {
  QuantityOfInterest quantity = request.quantity;
  const auto of = scenario::scaled(*quantity.of.file, path, factor);
  if (!of) return std::nullopt;
  quantity.of.file = &*of;
  std::optional<scenario::ScenarioFile> less;
  if (quantity.less) {
    // The other scenario may not have it.
    less = scenario::scaled(*quantity.less->file, path, factor);
    if (less) quantity.less->file = &*less;
  }
  auto values = values_of(quantity, request);
  if (!values) return std::nullopt;
  return std::move(*values);
}

InputEffect effect_of(const InputEffectsRequest& request, const std::string& path, const Values& before) {
  for (const double factor : {1.1, 0.9}) {
    const auto after = changed(request, path, factor);
    if (!after) continue;
    InputEffect effect{factor, {}};
    for (std::size_t i = 0; i < before.size(); ++i)
      if (before[i] && (*after)[i]) effect.differences.push_back(difference(*(*after)[i], *before[i]));
    return effect;
  }
  return {};
}

}  // namespace

bool is_fixed(const scenario::InputValue& input) {
  const auto begins = [&](std::string_view with) { return input.path.compare(0, with.size(), with) == 0; };
  return input.text.empty() && !begins("uncertainties.") && !begins("levers.");
}

Diagnostics input_effects(const InputEffectsRequest& request,
                          const std::function<void(const scenario::InputValue&, InputEffect)>& take) {
  const auto before = values_of(request.quantity, request);
  if (!before) return before.diagnostics();
  std::vector<const scenario::InputValue*> inputs;
  for (const scenario::InputValue& input : request.quantity.of.file->scenario.inputs)
    if (is_fixed(input)) inputs.push_back(&input);
  std::size_t taken = 0;
  in_order(
      inputs.size(), request.threads,
      [&] { return [&](std::uint64_t i) { return effect_of(request, inputs[i]->path, *before); }; },
      [&](InputEffect effect) {
        take(*inputs[taken++], std::move(effect));
        return true;
      });
  return {};
}

}  // namespace loophole::study
