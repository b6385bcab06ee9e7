#include <loophole/record/statistics.hpp>
#include <loophole/study/course.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loophole::study {
namespace {

struct MeanAt {
  double mean = std::numeric_limits<double>::quiet_NaN();  ///< NaN where no replication defines it
  double error = 0;                                        ///< its standard error
};

class CourseFinder {
 public:
  CourseFinder(QuantityRunner& runner, const scenario::Parameter& uncertainty, const CourseRequest& request)
      : runner_(runner), uncertainty_(uncertainty), request_(request) {}

  Result<Course> find() {
    Course course;
    for (const double value : scanned()) {
      const double mean = at(value).mean;
      if (problems_.has_errors()) return problems_;
      if (std::isnan(mean)) continue;
      course.values.push_back(value);
      course.means.push_back(mean);
    }
    for (std::size_t i = 1; i < course.values.size(); ++i) {
      if (request_.holds(course.means[i - 1]) == request_.holds(course.means[i])) continue;
      course.flips.push_back(flip(course, i));
      if (problems_.has_errors()) return problems_;
    }
    course.holds_at_first = !course.means.empty() && request_.holds(course.means.front());
    course.holding = probability_of_holding(course);
    return course;
  }

 private:
  [[nodiscard]] bool is_discrete() const { return std::holds_alternative<random::Discrete>(uncertainty_.distribution); }

  [[nodiscard]] std::vector<double> scanned() const {
    constexpr int steps = 1000;  // enough for each value of a discrete law to be met
    std::vector<double> values{uncertainty_.nominal};
    const auto add = [&](double u) { values.push_back(random::quantile(uncertainty_.distribution, u)); };
    add(0.001);
    add(0.999);
    const int parts = is_discrete() ? steps : 12;
    for (int i = 1; i < parts; ++i)
      add(static_cast<double>(i) / parts);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
  }

  MeanAt at(double value) {
    const std::vector<Held> held{{uncertainty_.name, value}};
    double sum = 0, squares = 0, n = 0;
    std::vector<double> all;
    for (std::uint32_t replication = 0; replication < request_.replications; ++replication) {
      const auto found = runner_.run(held, replication);
      if (!found) {
        problems_.append(found.diagnostics());
        return {};
      }
      if (*found) all.push_back(**found);
    }
    if (all.empty()) return {};
    n = static_cast<double>(all.size());
    for (const double each : all)
      sum += each;
    const double mean = sum / n;
    for (const double each : all)
      squares += (each - mean) * (each - mean);
    return {mean, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
  }

  /// Between the scanned values `i` - 1 and `i`. Halved, for a mean may jump, or lie on the threshold along a stretch.
  Flip flip(const Course& course, std::size_t i) {
    double low = course.values[i - 1], high = course.values[i];
    // Nothing lies between two values of a discrete law.
    if (is_discrete()) return {high, high, high};
    constexpr double part = 1e-4;  // of the range, to which a flip is found
    const double first = course.values.front(), last = course.values.back(), exact = part * (last - first);
    const double slope = std::abs(course.means[i] - course.means[i - 1]) / (high - low);
    const bool holds_at_low = request_.holds(course.means[i - 1]);
    double error = 0;
    while (high - low > exact) {
      const double middle = low + (high - low) / 2;
      const MeanAt there = at(middle);
      if (problems_.has_errors() || std::isnan(there.mean)) break;
      error = there.error;
      (request_.holds(there.mean) == holds_at_low ? low : high) = middle;
    }
    const double middle = low + (high - low) / 2;
    const double half = std::max((high - low) / 2, record::normal_975 * error / slope);
    return {middle, std::max(first, middle - half), std::min(last, middle + half)};
  }

  [[nodiscard]] double probability_of_holding(const Course& course) const {
    double holding = 0, from = 0;
    bool holds = course.holds_at_first;
    for (const Flip& each : course.flips) {
      const double below = is_discrete() ? std::nextafter(each.at, -std::numeric_limits<double>::infinity()) : each.at;
      const double to = random::cdf(uncertainty_.distribution, below);
      if (holds) holding += to - from;
      from = to;
      holds = !holds;
    }
    return holds ? holding + 1 - from : holding;
  }

  QuantityRunner& runner_;
  const scenario::Parameter& uncertainty_;
  const CourseRequest& request_;
  Diagnostics problems_;
};

}  // namespace

Result<Course> course(QuantityRunner& runner, const scenario::Parameter& uncertainty, const CourseRequest& request) {
  return CourseFinder(runner, uncertainty, request).find();
}

}  // namespace loophole::study
