#include <loophole/random/names.hpp>

#include <fmt/format.h>

namespace loophole::random {

std::optional<Diagnostic> Names::add(std::string_view name) {
  const auto [found, is_new] = name_of_.try_emplace(hash_(name, 0), name);
  if (is_new || found->second == name) return std::nullopt;
  Diagnostic collision;
  collision.path = std::string{name};
  collision.problem = fmt::format("\"{}\" and \"{}\" would share their random numbers", name, found->second);
  collision.reason = "their names have the same 64-bit hash";
  collision.suggestion = "rename one of them";
  return collision;
}

}  // namespace loophole::random
