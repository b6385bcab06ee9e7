#include "file_bytes.hpp"

#include <array>

namespace loophole::scenario {

std::string read_bounded(std::istream& stream) {
  const std::size_t most = Limits{}.bytes + 1;
  std::string bytes;
  std::array<char, 1 << 16> block{};
  while (bytes.size() < most && (stream.read(block.data(), block.size()) || stream.gcount() > 0))
    bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

}  // namespace loophole::scenario
