#include <loophole/study/course.hpp>

#include <boost/math/tools/toms748_solve.hpp>

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
      if (is_above(course.means[i - 1]) == is_above(course.means[i])) continue;
      course.flips.push_back(flip(course, i));
      if (problems_.has_errors()) return problems_;
    }
    course.above = probability_above(course);
    return course;
  }

 private:
  [[nodiscard]] bool is_discrete() const { return std::holds_alternative<random::Discrete>(uncertainty_.distribution); }
  [[nodiscard]] bool is_above(double mean) const { return mean > request_.threshold; }

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

  /// Between the scanned values `i` - 1 and `i`.
  Flip flip(const Course& course, std::size_t i) {
    const double a = course.values[i - 1], b = course.values[i];
    const double below = course.means[i - 1] - request_.threshold, above = course.means[i] - request_.threshold;
    // Nothing lies between two values of a discrete law.
    if (is_discrete()) return {b, b, b};
    constexpr double part = 1e-4;  // of the range, to which a flip is found
    const double exact = part * (course.values.back() - course.values.front());
    std::uintmax_t most = 40;
    const auto [low, high] = boost::math::tools::toms748_solve(
        [&](double value) {
          const double mean = at(value).mean;
          // What is undefined here ends the search: the bracket so far is what is known.
          return problems_.has_errors() || std::isnan(mean) ? 0.0 : mean - request_.threshold;
        },
        a, b, below, above, [&](double from, double to) { return to - from <= exact; }, most);
    const double root = (low + high) / 2;
    const double slope = std::abs(above - below) / (b - a);
    const double half = 1.959963984540054 * at(root).error / slope;
    return {root, std::max(course.values.front(), root - half), std::min(course.values.back(), root + half)};
  }

  [[nodiscard]] double probability_above(const Course& course) const {
    if (course.values.empty()) return 0;
    double above = 0, from = 0;
    bool is_up = is_above(course.means.front());
    for (const Flip& each : course.flips) {
      const double below = is_discrete() ? std::nextafter(each.at, -std::numeric_limits<double>::infinity()) : each.at;
      const double to = random::cdf(uncertainty_.distribution, below);
      if (is_up) above += to - from;
      from = to;
      is_up = !is_up;
    }
    return is_up ? above + 1 - from : above;
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
