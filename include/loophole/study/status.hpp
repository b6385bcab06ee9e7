/// The status of a study: what its parts say of each shard, while others may be writing them.
#pragma once

#include <loophole/study/plan.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace loophole::study {

enum class ShardState {
  done,
  running,  ///< its newest part was written to a short while ago
  cut_off,  ///< nobody has written to it for longer
  broken,   ///< the same, and a part ends in what is no whole unit
  missing,  ///< no part of this plan is its
};
/// In the order of the enumerators.
inline constexpr std::array<const char*, 5> shard_state_names{"done", "running", "cut off", "broken", "missing"};

struct ShardStatus {
  ShardState state = ShardState::missing;
  std::uint64_t runs = 0;
  std::uint64_t done = 0;                         ///< of them, whoever did them
  std::optional<std::chrono::seconds> written{};  ///< ago
};

struct StudyStatus {
  std::uint64_t runs = 0;
  std::uint64_t done = 0;
  std::uint64_t strangers = 0;  ///< units in parts that are of another version of the study
  std::size_t parts = 0;
  std::size_t torn = 0;             ///< of them, those whose end is no whole unit
  std::vector<ShardStatus> shards;  ///< by index; empty where nothing says how many there are

  [[nodiscard]] std::vector<std::uint32_t> in_state(ShardState state) const;
  /// Those that somebody has to start: neither done nor running; sorted.
  [[nodiscard]] std::vector<std::uint32_t> to_start() const;
};

struct StatusRequest {
  std::string folder;
  std::optional<std::uint32_t> shards;  ///< none: as many as the parts agree on
  std::filesystem::file_time_type now;
  std::chrono::seconds idle{};  ///< how long a shard that runs may write nothing
};

/// Reads the heads of units, not their rows. Throws std::runtime_error when a part cannot be read.
[[nodiscard]] StudyStatus status_of(const Plan& plan, const StatusRequest& request);

}  // namespace loophole::study
