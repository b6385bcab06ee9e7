#include <loophole/record/sketch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loophole::record {
namespace {

// A cell ends at this times its start: 2 ends / (ends + starts) - 1 is then the accuracy.
constexpr double ratio = (1 + QuantileSketch::accuracy) / (1 - QuantileSketch::accuracy);
const double log_of_ratio = std::log(ratio);
constexpr double nothing = 1e-300;
// Places of positive values lie around this, those of negative ones around its opposite; 0 is that of nothing.
constexpr std::int32_t far = 1 << 20;

}  // namespace

std::int32_t QuantileSketch::place_of(double value) {
  const double size = std::abs(value);
  if (size < nothing) return 0;
  const auto cell = far + static_cast<std::int32_t>(std::ceil(std::log(size) / log_of_ratio));
  return value > 0 ? cell : -cell;
}

double QuantileSketch::middle_of(std::int32_t place) {
  if (place == 0) return 0;
  const double size = std::exp((std::abs(place) - far) * log_of_ratio) * 2 / (ratio + 1);
  return place > 0 ? size : -size;
}

void QuantileSketch::add(double value) {
  least_ = count_ == 0 ? value : std::min(least_, value);
  greatest_ = count_ == 0 ? value : std::max(greatest_, value);
  ++count_;
  const std::int32_t place = place_of(value);
  const auto at = std::lower_bound(cells_.begin(), cells_.end(), place,
                                   [](const Cell& cell, std::int32_t wanted) { return cell.place < wanted; });
  if (at != cells_.end() && at->place == place)
    ++at->count;
  else
    cells_.insert(at, {place, 1});
}

void QuantileSketch::merge(const QuantileSketch& other) {
  if (other.count_ == 0) return;
  least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
  greatest_ = count_ == 0 ? other.greatest_ : std::max(greatest_, other.greatest_);
  count_ += other.count_;
  std::vector<Cell> merged;
  merged.reserve(cells_.size() + other.cells_.size());
  auto mine = cells_.begin();
  for (const Cell& theirs : other.cells_) {
    while (mine != cells_.end() && mine->place < theirs.place)
      merged.push_back(*mine++);
    merged.push_back(theirs);
    if (mine != cells_.end() && mine->place == theirs.place) merged.back().count += (mine++)->count;
  }
  merged.insert(merged.end(), mine, cells_.end());
  cells_ = std::move(merged);
}

double QuantileSketch::order_statistic(std::uint64_t k) const {
  if (k == 0) return least_;
  if (k + 1 >= count_) return greatest_;
  std::uint64_t up_to = 0;
  for (const Cell& cell : cells_) {
    up_to += cell.count;
    if (k < up_to) return std::clamp(middle_of(cell.place), least_, greatest_);
  }
  return greatest_;
}

double QuantileSketch::quantile(double p) const {
  const double place = p * static_cast<double>(count_ - 1);
  const auto below = static_cast<std::uint64_t>(place);
  const double low = order_statistic(below);
  return low + (place - static_cast<double>(below)) * (order_statistic(below + 1) - low);
}

}  // namespace loophole::record
