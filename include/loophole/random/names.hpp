/// Names: the names whose hashes stand for them, each hash with one name.
///
/// Two names with one hash would share their luck, and nobody would notice. That is so rare that nothing clever is
/// done about it: the scenario is rejected, and renaming one of the two is the cure.
#pragma once

#include <loophole/base/diagnostics.hpp>
#include <loophole/random/hash.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loophole::random {

class Names {
 public:
  using Hash = std::uint64_t (*)(std::string_view, std::uint64_t);

  explicit Names(Hash hash = hash_of) : hash_(hash) {}

  /// Registers a name; an error when another name has its hash. The same name again is fine. The diagnostic has no
  /// place: the caller knows where the name stands.
  [[nodiscard]] std::optional<Diagnostic> add(std::string_view name);

 private:
  std::unordered_map<std::uint64_t, std::string> name_of_;
  Hash hash_;
};

}  // namespace loophole::random
