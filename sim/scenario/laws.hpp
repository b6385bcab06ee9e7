/// The distributions as the language writes them: a name, and what the numbers behind it mean.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace loophole::scenario::language {

struct Law {
  std::string_view name;
  std::string_view numbers;      ///< for people: "[low, most likely, high]"
  std::array<char, 4> measures;  ///< of each number: 'q' in the quantity's unit, 'n' a plain number
  std::size_t count;
};

inline constexpr Law laws[] = {
    {"fixed", "value", {'q'}, 1},
    {"uniform", "[low, high]", {'q', 'q'}, 2},
    {"triangular", "[low, most likely, high]", {'q', 'q', 'q'}, 3},
    {"pert", "[low, most likely, high]", {'q', 'q', 'q'}, 3},
    {"normal", "[mean, standard deviation]", {'q', 'q'}, 2},
    {"lognormal", "[median, sigma of the logarithm]", {'q', 'n'}, 2},
    {"exponential", "mean", {'q'}, 1},
    {"beta", "[alpha, beta, low, high]", {'n', 'n', 'q', 'q'}, 4},
    {"gamma", "[shape, scale]", {'n', 'q'}, 2},
    {"weibull", "[shape, scale]", {'n', 'q'}, 2},
};

/// Those with a list of any length instead.
inline constexpr std::string_view equally_likely = "empirical";  ///< values
inline constexpr std::string_view weighted = "discrete";         ///< values with their probabilities

}  // namespace loophole::scenario::language
