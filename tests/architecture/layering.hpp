/// The order of the layers, and what a source file does against it.
///
/// Links between libraries keep objects apart, but headers can still be included upwards; once that happens unseen,
/// no layer can be tested or reused alone. So the rules are checked on the text of every file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loophole::architecture {

/// A file under include/loophole or sim, by its path from the top of the repository.
struct SourceFile {
  std::string path;
  std::string text;
};

inline constexpr std::size_t longest_file = 400;

/// True for the name of a layer: "base", "market", …
[[nodiscard]] bool is_layer(std::string_view name);

/// Whether a file of the layer `from` may include a header of the layer `to`.
[[nodiscard]] bool may_include(std::string_view from, std::string_view to);

/// The layer of "include/loophole/market/choice.hpp" or "sim/market/choice.cpp"; empty when it is in none.
[[nodiscard]] std::string layer_of(std::string_view path);

/// What is wrong with one file: its place, its includes, its namespaces, its length. A phrase each.
[[nodiscard]] std::vector<std::string> violations(const SourceFile& file);

}  // namespace loophole::architecture
