#include <loophole/record/statistics.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::record {

double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double between = place - static_cast<double>(below);
  // Not a weighted sum of both: that would blur two equal values.
  return sorted[below] + between * (sorted[below + 1] - sorted[below]);
}

void Sample::add(double value) {
  ++count_;
  const double distance = value - mean_;
  mean_ += distance / static_cast<double>(count_);
  squares_ += distance * (value - mean_);
  if (!sketch_ && count_ > most_) {
    sketch_ = std::make_unique<QuantileSketch>();
    for (const double kept : values_)
      sketch_->add(kept);
    values_ = {};
  }
  if (sketch_)
    sketch_->add(value);
  else
    values_.push_back(value);
}

std::optional<Spread> Sample::spread() const {
  if (count_ == 0) return std::nullopt;
  Spread result;
  result.n = count_;
  result.mean = mean_;
  if (count_ > 1) result.sd = std::sqrt(squares_ / static_cast<double>(count_ - 1));
  const auto fill = [&](const auto& quantile_at) {
    result.q05 = quantile_at(0.05);
    result.q25 = quantile_at(0.25);
    result.q50 = quantile_at(0.50);
    result.q75 = quantile_at(0.75);
    result.q95 = quantile_at(0.95);
  };
  if (sketch_) {
    fill([&](double p) { return sketch_->quantile(p); });
  } else {
    std::vector<double> sorted = values_;
    std::sort(sorted.begin(), sorted.end());
    fill([&](double p) { return quantile(sorted, p); });
  }
  return result;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value - values.front();
  return values.front() + sum / static_cast<double>(values.size());
}

std::optional<Spread> spread(const std::vector<double>& values) {
  Sample sample(values.size());
  for (const double value : values)
    sample.add(value);
  return sample.spread();
}

}  // namespace loophole::record
