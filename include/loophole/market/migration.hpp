/// The migration of one segment, at whatever resolution it was given: mean-field, whole firms counted, or each firm.
///
/// Whoever runs a segment changes its conditions and looks at it; how its firms are counted is chosen once, in the
/// scenario. Another resolution is another alternative of the variant, with the same members.
#pragma once

#include <loophole/market/cohort_process.hpp>
#include <loophole/market/firm_process.hpp>
#include <loophole/market/segment_process.hpp>

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

namespace loophole::market {

class Migration {
 public:
  using Process = std::variant<SegmentProcess, CohortProcess, FirmProcess>;

  /// Of a process that has been started, or will be before anything else.
  explicit Migration(Process started) : process_(std::move(started)) {}

  /// The process as a mean-field one, to be started anew: in its memory, if it is one.
  [[nodiscard]] SegmentProcess& mean_field() {
    SegmentProcess* const present = std::get_if<SegmentProcess>(&process_);
    return present ? *present : process_.emplace<SegmentProcess>();
  }

  /// Makes a copy of a started prototype that of a replication: where nothing is drawn, it does nothing.
  void begin(std::uint64_t seed, std::uint32_t replication) {
    std::visit(
        [&](auto& process) {
          if constexpr (requires { process.begin(seed, replication); }) process.begin(seed, replication);
        },
        process_);
  }

  /// Lets the processes of one replication use each other's weights, where they have any.
  void share(const std::shared_ptr<WeightsTable>& weights) {
    if (auto* mean_field = std::get_if<SegmentProcess>(&process_)) mean_field->share(weights);
  }

  /// From `at` on, `conditions` hold. Conditions equal to the present ones change nothing, not even a byte later.
  void change(Time at, const Conditions& conditions) {
    std::visit([&](auto& process) { process.change(at, conditions); }, process_);
  }

  /// Nobody will look before `at` any more: what has been drawn until then need not be kept ready to be drawn again. No
  /// result depends on it.
  void advance(Time at) {
    std::visit(
        [&](auto& process) {
          if constexpr (requires { process.advance(at); }) process.advance(at);
        },
        process_);
  }

  /// The segment at `at`, not before the last change or advance. Looking changes nothing, not even a byte later.
  void observe(Time at, SegmentState& state) const {
    std::visit([&](const auto& process) { process.observe(at, state); }, process_);
  }

  /// The demand index at `at`, not before the last change: cheaper than looking.
  [[nodiscard]] double demand(Time at) const {
    return std::visit([at](const auto& process) { return process.demand(at); }, process_);
  }

  [[nodiscard]] const Conditions& conditions() const {
    return std::visit([](const auto& process) -> const Conditions& { return process.conditions(); }, process_);
  }

 private:
  Process process_;
};

}  // namespace loophole::market
