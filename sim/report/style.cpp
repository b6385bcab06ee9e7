#include "style.hpp"

#include <fmt/format.h>

#include <array>

namespace loophole::report {

Style style(std::size_t number) {
  static constexpr std::array all{
      Style{blue, blue, 3},           Style{orange, "#FAE3B0", 4},     Style{green, "#B5E3D5", 2},
      Style{"#56B4E9", "#56B4E9", 3}, Style{vermillion, "#F7CDB0", 5}, Style{"#CC79A7", "#F1DCE8", 1},
      Style{"#F0E442", "#F0E442", 3}, Style{"#7A4E9E", "#E0D3EA", 6},  Style{"#8C6D31", "#E9DFC8", 7},
      Style{"#3B7EA1", "#D6E8F2", 4}, Style{"#B2DF8A", "#B2DF8A", 3},  Style{"#B03060", "#F6D5DF", 6}};
  static_assert(all.size() == styles);
  return all[number % styles];
}

std::vector<std::string> fills(const Style& style) {
  std::vector<std::string> layers{fmt::format("fc rgb '{}' fs solid 1.0 noborder", style.ground)};
  if (style.pattern != 3)
    layers.push_back(fmt::format("fc rgb '{}' fs transparent pattern {} noborder", style.colour, style.pattern));
  return layers;
}

}  // namespace loophole::report
