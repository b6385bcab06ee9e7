/// The three sentences of the answer: what stays open, what it comes to, what it hinges on. Each is empty where the
/// tables do not tell.
#pragma once

#include "material.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace loophole::report {

struct Sentence {
  std::string text;
  std::vector<std::string> from;  ///< tables
};

[[nodiscard]] Sentence access_sentence(const Material& material);
[[nodiscard]] Sentence outcome_sentence(const Material& material);
[[nodiscard]] Sentence hinge_sentence(const Material& material);

/// A path that no rule in force binds, though one keeps its segment from products of the same developer elsewhere.
struct Loophole {
  std::string channel, segment, rule;
};

/// Of the base, at a date.
[[nodiscard]] std::vector<Loophole> loopholes_at(const Material& material, Time at);
/// When the page looks: at what is known, or just before the end.
[[nodiscard]] Time date_of_interest(const Material& material);

/// What the base's scenario calls an entity; its name where it has no label, or no more than 40 characters would do.
[[nodiscard]] std::string called(const Material& material, std::string_view kind, const std::string& name);
/// An outcome as the middle of a sentence names it.
[[nodiscard]] std::string outcome_called(const Material& material, const std::string& outcome);
[[nodiscard]] std::string outcome_unit(const Material& material, const std::string& outcome);

}  // namespace loophole::report
