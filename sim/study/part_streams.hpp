/// Part streams: all parts of a study at once, unit after unit in the plan's order.
#pragma once

#include <loophole/study/coverage.hpp>
#include <loophole/study/part.hpp>
#include <loophole/study/plan.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loophole::study {

/// A part, and its next unit that is one of the plan.
class PartCursor {
 public:
  /// `window`: how many bytes are read at once. Throws std::runtime_error as PartReader does, and where units are not
  /// in the plan's order.
  PartCursor(const Plan& plan, std::filesystem::path path, std::size_t window);

  void forward();

  PartReader reader;
  UnitFinder finder;
  std::optional<UnitResult> unit;  ///< none at the end
  std::uint64_t number = 0;        ///< of the unit
};

class PartStreams {
 public:
  PartStreams(const Plan& plan, const std::string& folder);

  /// The next unit of this number, the one that begins first; null when there is none.
  [[nodiscard]] std::unique_ptr<PartCursor> pop(std::uint64_t number);
  void push(std::unique_ptr<PartCursor> cursor);

  /// Parts that were left because of what they hold, so far.
  [[nodiscard]] const std::vector<std::string>& damaged() const { return damaged_; }

 private:
  std::vector<std::unique_ptr<PartCursor>> waiting_;  ///< a heap, the earliest unit first
  std::vector<std::string> damaged_;
};

}  // namespace loophole::study
