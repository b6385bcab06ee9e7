/// Colours and hatches of pictures, told apart by the colour-blind and on black-and-white prints.
///
/// Colours are those of Okabe and Ito (2008), "Color Universal Design". Neighbours differ in hatching, too.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace loophole::report {

struct Style {
  const char* colour;
  const char* ground;  ///< a tint of it, under the hatching
  int pattern;         ///< of gnuplot; 3 is solid
};

inline constexpr std::size_t styles = 12;
/// Styles are used again after so many.
[[nodiscard]] Style style(std::size_t number);

inline constexpr const char* ink = "#222222";
inline constexpr const char* faint_ink = "#666666";
inline constexpr const char* blue = "#0072B2";
inline constexpr const char* orange = "#E69F00";
inline constexpr const char* green = "#009E73";
inline constexpr const char* vermillion = "#D55E00";

/// How an area is filled, layer by layer: "fc rgb '…' fs solid 1.0 noborder", and a hatching over it.
[[nodiscard]] std::vector<std::string> fills(const Style& style);

}  // namespace loophole::report
