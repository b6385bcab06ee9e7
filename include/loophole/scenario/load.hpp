/// Reading YAML text into a Node, and strictly: what YAML readers disagree about is an error here.
#pragma once

#include <loophole/base/diagnostics.hpp>
#include <loophole/scenario/node.hpp>

#include <optional>

namespace loophole::scenario {

/// Bounds on what is read, so that no input can exhaust the machine.
struct Limits {
  std::size_t bytes = std::size_t{64} << 20;
  std::size_t depth = 64;
  std::size_t nodes = 2'000'000;  ///< after aliases are expanded
};

/// Reads `files[file].content`. Nothing, with diagnostics, when it is not one well-formed document;
/// duplicate keys are diagnosed and the rest is read on.
[[nodiscard]] std::optional<Node> parse_yaml(const Files& files, std::uint32_t file, Diagnostics& diagnostics,
                                             const Limits& limits = {});

}  // namespace loophole::scenario
