/// Resolutions: how finely the firms of a segment are told apart. They are one model, looked at more or less closely.
#pragma once

namespace loophole::scenario {

enum class Resolution {
  mean_field,  ///< shares: expectations, given the events
  cohort,      ///< whole firms, counted
  firms,       ///< each firm by itself
};

/// Whole firms are brought up to date every week unless the scenario says otherwise.
inline constexpr int days_between_updates = 7;

/// Beyond this, following each firm would take gigabytes.
inline constexpr int most_followed_firms = 20'000'000;

}  // namespace loophole::scenario
