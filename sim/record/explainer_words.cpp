#include "explainer.hpp"
#include "why_words.hpp"
#include <loophole/record/metrics.hpp>

#include <fmt/format.h>

namespace loophole::record {

/// The input at a path, or the first below it.
const scenario::InputValue* Explainer::input(const std::string& path) const {
  if (const auto exact = inputs_.find(path); exact != inputs_.end()) return exact->second;
  const auto below = inputs_.lower_bound(path + ".");
  return below != inputs_.end() && below->first.compare(0, path.size() + 1, path + ".") == 0 ? below->second : nullptr;
}

std::string Explainer::source_mark(const std::string& source, const std::string& confidence) {
  if (confidence == "assumption") return " (assumption)";
  return source.empty() ? " (no source)" : " [" + source + "]";
}

std::string Explainer::cited(const scenario::InputValue* value) const {
  return value ? source_mark(value->source, value->confidence) : "";
}

std::string Explainer::cited(const std::string& path) const { return cited(input(path)); }

void Explainer::cite(CauseNode& node, const std::string& path) const {
  if (const scenario::InputValue* value = input(path)) {
    node.source = value->source;
    node.confidence = value->confidence;
  }
}

std::string Explainer::amount_text(std::optional<double> amount, const std::string& unit) const {
  if (!amount) return "undefined";
  if (unit == "1") return percent(*amount);
  if (unit.empty()) return short_number(*amount);
  const bool is_price = unit.find('/') != std::string::npos;
  if (is_price && *amount < 1)
    return short_number(*amount * 1e6) + " " + unit.substr(0, unit.find('/')) + "/M" + unit.substr(unit.find('/') + 1);
  return short_number(*amount) + " " + unit;
}

std::string Explainer::name(SegmentId segment) const { return scenario_.segments[segment].name; }
std::string Explainer::name(ChannelId channel) const { return scenario_.channels[channel].name; }
std::string Explainer::name(RuleId rule) const { return scenario_.rules[rule].name; }

}  // namespace loophole::record
