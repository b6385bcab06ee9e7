#include <loophole/scenario/scaled.hpp>

#include <fast_float/fast_float.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace loophole::scenario {
namespace {

/// What stands at the end of a path such as "segments.start-ups.firms" or "bills.act.stages.0.passes"; null where
/// nothing does.
Node* at(Node& root, std::string_view path) {
  Node* node = &root;
  while (node && !path.empty()) {
    const std::string_view step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    if (node->is_sequence()) {
      std::size_t index = node->items.size();
      std::from_chars(step.data(), step.data() + step.size(), index);
      node = index < node->items.size() ? &node->items[index] : nullptr;
    } else {
      node = node->find(step);
    }
  }
  // "{ value: 60 %, source: … }" is listed by the path of the whole.
  if (node && node->is_map()) node = node->find("value");
  return node;
}

/// "60 %" with its number times `factor`; nothing where no number is in front.
std::optional<std::string> times(const std::string& text, double factor) {
  double number = 0;
  const auto [end, error] = fast_float::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return to_text(number * factor) + std::string(end, text.data() + text.size());
}

const InputValue* input_at(const Scenario& scenario, const std::string& path) {
  const auto found =
      std::find_if(scenario.inputs.begin(), scenario.inputs.end(), [&](const auto& each) { return each.path == path; });
  return found == scenario.inputs.end() ? nullptr : &*found;
}

}  // namespace

std::optional<ScenarioFile> scaled(const ScenarioFile& file, const std::string& path, double factor) {
  const InputValue* const before = input_at(file.scenario, path);
  if (!before || !before->text.empty() || before->value == 0) return std::nullopt;
  Document document = file.document;
  Node* const node = at(document.scenario, path);
  if (!node || !node->is_scalar() || node->quoted) return std::nullopt;
  const std::optional<std::string> text = times(node->scalar, factor);
  if (!text) return std::nullopt;
  if (Node* const in_root = at(document.root, path); in_root && in_root->scalar == node->scalar)
    in_root->scalar = *text;
  node->scalar = *text;
  auto changed = read_scenario_file(std::move(document));
  if (!changed) return std::nullopt;
  // A text such as "1..3 days" has more than one number: what was changed is judged by what was read.
  const InputValue* const after = input_at(changed->scenario, path);
  const double wanted = before->value * factor;
  if (!after || std::abs(after->value - wanted) > 1e-9 * std::abs(wanted)) return std::nullopt;
  changed->own_as_of = file.own_as_of;
  return std::move(*changed);
}

}  // namespace loophole::scenario
