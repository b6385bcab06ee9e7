#include <loophole/analysis/points.hpp>
#include <loophole/base/rounding.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loophole::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::size_t> rows_of(const Runs& runs, std::uint32_t scenario) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < runs.rows(); ++row)
    if (runs.scenario[row] == scenario) rows.push_back(row);
  return rows;
}

bool are_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

Points points_of(const Runs& runs, std::uint32_t scenario) {
  Points points;
  points.rows = rows_of(runs, scenario);
  const auto before = [&](std::size_t a, std::size_t b) {
    return std::pair(runs.design_id[a], runs.replication[a]) < std::pair(runs.design_id[b], runs.replication[b]);
  };
  if (!std::is_sorted(points.rows.begin(), points.rows.end(), before))
    std::stable_sort(points.rows.begin(), points.rows.end(), before);
  for (std::size_t i = 0; i < points.rows.size(); ++i) {
    const std::uint64_t id = runs.design_id[points.rows[i]];
    if (!points.ids.empty() && points.ids.back() == id) continue;
    points.ids.push_back(id);
    points.begins.push_back(i);
  }
  points.begins.push_back(points.rows.size());
  return points;
}

Points rows_as_points(const Runs& runs, std::uint32_t scenario) {
  Points points;
  points.rows = rows_of(runs, scenario);
  for (std::size_t i = 0; i < points.rows.size(); ++i) {
    points.ids.push_back(i);
    points.begins.push_back(i);
  }
  points.begins.push_back(points.rows.size());
  return points;
}

bool inputs_belong_to_points(const Runs& runs, const Points& points) {
  for (const DataColumn& column : runs.inputs)
    for (std::size_t point = 0; point < points.size(); ++point)
      for (std::size_t i = points.begins[point]; i < points.begins[point + 1]; ++i)
        if (!are_same(column.values[points.rows[i]], column.values[points.row(point)])) return false;
  return true;
}

Points sampled_points_of(const Runs& runs, std::uint32_t scenario) {
  Points points = points_of(runs, scenario);
  return points.size() == 0 || inputs_belong_to_points(runs, points) ? points : rows_as_points(runs, scenario);
}

Points points_in_a_row(std::size_t points, std::size_t runs_of_each) {
  Points result;
  for (std::size_t row = 0; row < points * runs_of_each; ++row)
    result.rows.push_back(row);
  for (std::size_t point = 0; point < points; ++point) {
    result.ids.push_back(point);
    result.begins.push_back(point * runs_of_each);
  }
  result.begins.push_back(result.rows.size());
  return result;
}

double luck_of_runs(const PointMeans& means) {
  return means.within > 0 ? means.within / (means.within + means.variance) : 0;
}

PointMeans means_of(const Points& points, const std::vector<double>& outcome) {
  PointMeans result;
  result.means.reserve(points.size());
  double luck = 0, within = 0;  // variance of the means that comes from within points, and of runs; both summed
  std::size_t repeated = 0;     // points that tell
  for (std::size_t point = 0; point < points.size(); ++point) {
    double sum = 0, first = missing;
    std::size_t count = 0;
    const std::size_t begin = points.begins[point], end = points.begins[point + 1];
    for (std::size_t i = begin; i < end; ++i) {
      const double value = outcome[points.rows[i]];
      if (std::isnan(value)) continue;
      if (count++ == 0) first = value;
      sum += value - first;  // about one of them, so that equal values have exactly their own mean
    }
    result.replications = std::max(result.replications, end - begin);
    if (count == 0) {
      ++result.undefined;
      result.means.push_back(missing);
      continue;
    }
    const auto n = static_cast<double>(count);
    const double mean = first + sum / n;
    result.means.push_back(mean);
    if (count < end - begin) ++result.partly;
    if (count < 2) continue;
    double squares = 0;
    for (std::size_t i = begin; i < end; ++i)
      if (const double value = outcome[points.rows[i]]; !std::isnan(value)) squares += (value - mean) * (value - mean);
    const double sd = without_rounding(std::sqrt(squares / (n - 1)), mean);
    within += sd * sd;
    luck += sd * sd / n;
    ++repeated;
  }
  level_out(result.means);
  double sum = 0, squares = 0, origin = missing;
  for (const double mean : result.means) {
    if (std::isnan(mean)) continue;
    if (std::isnan(origin)) origin = mean;
    sum += mean - origin;
    squares += (mean - origin) * (mean - origin);
  }
  const auto defined = static_cast<double>(points.size() - result.undefined);
  if (defined > 0) result.variance = std::max(0.0, squares / defined - (sum / defined) * (sum / defined));
  if (repeated > 0) result.within = within / static_cast<double>(repeated);
  if (repeated > 0 && result.variance > 0)
    result.luck = std::min(1.0, luck / static_cast<double>(repeated) / result.variance);
  return result;
}

}  // namespace loophole::analysis
