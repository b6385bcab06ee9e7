/// Sizes of causes: the run again, under the same luck, without each event in turn.
///
/// What is left out takes along whatever follows only from it. Single differences need not add up to what all events
/// together did; the remainder is shown as interaction, and not spread over the events.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/engine/trace.hpp>
#include <loophole/engine/without.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

/// The value of the metric asked about in a run; nothing where it is undefined then.
using Valuation = std::function<std::optional<double>(const engine::Without&)>;

struct SizeRow {
  enum class Kind { root, follower };
  Kind kind = Kind::root;
  std::string name;
  std::size_t followers = 0;  ///< how many others do not happen without it
  std::optional<double> without;
  std::optional<double> difference;  ///< with less without
};

struct Sizes {
  std::string unit;
  std::optional<double> with;         ///< everything that happened
  std::optional<double> nothing;      ///< nothing of it
  std::vector<SizeRow> rows;          ///< each root with its followers behind it, in the order of time
  std::optional<double> interaction;  ///< total less the differences of the roots

  /// What all of them did together.
  [[nodiscard]] std::optional<double> total() const {
    return with && nothing ? std::optional<double>(*with - *nothing) : std::nullopt;
  }
};

/// Measures all that happened before `end`: events, and dated changes of rules, channels, prices and rates (growth
/// belongs to the world as it is). Diagnostics when more than 40 would have to be left out.
[[nodiscard]] Result<Sizes> sizes(const engine::Trace& trace, const world::Model& model, Time end,
                                  const Valuation& value);

}  // namespace loophole::record
