/// What parameters must satisfy, said so that the first failure reads as a sentence.
#pragma once

#include <loophole/random/distributions.hpp>

#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>

namespace loophole::random {

inline Problem required(bool holds, std::string_view otherwise) {
  return holds ? std::nullopt : Problem{std::string{otherwise}};
}
inline Problem finite(double x, std::string_view what) {
  return required(std::isfinite(x), std::string{what} + " is not a finite number");
}
inline Problem positive(double x, std::string_view what) {
  return required(std::isfinite(x) && x > 0, std::string{what} + " is not a positive number");
}
inline Problem first_problem(std::initializer_list<Problem> problems) {
  for (const Problem& problem : problems)
    if (problem) return problem;
  return std::nullopt;
}

}  // namespace loophole::random
