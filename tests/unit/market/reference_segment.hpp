/// A second implementation of migration, as plain as possible, to test the first one against: a dense matrix written
/// down from the definition for each of a fixed set of rank slices, and fine Runge-Kutta steps with Richardson
/// extrapolation.
#pragma once

#include <loophole/market/conditions.hpp>
#include <loophole/market/rank_class.hpp>

#include <cmath>
#include <cstddef>
#include <set>
#include <vector>

namespace loophole::market::test {

class ReferenceSegment {
 public:
  /// `all` are the conditions that will ever hold: their levels cut the slices once and for all.
  ReferenceSegment(const Distribution& initial, const std::vector<Conditions>& all) {
    std::set<double> cuts{1.0};
    for (const Conditions& c : all) {
      for (const Alternative& a : c.alternatives) {
        for (const double level : {a.available, a.foreseen}) {
          if (level > 0 && level < 1) cuts.insert(level);
        }
      }
    }
    for (const RankClass& part : initial)
      cuts.insert(part.upper);
    n_ = all.front().alternatives.size();
    double lower = 0;
    for (const double upper : cuts) {
      Slice slice{lower, upper, std::vector<double>(2 * n_ + 2), {}};
      for (const RankClass& part : initial) {
        if (part.lower <= lower && upper <= part.upper) {
          for (std::size_t i = 0; i < n_; ++i)
            slice.x[i] = part.users[i];
          slice.x[2 * n_] = part.outside;
          slice.x[2 * n_ + 1] = part.stranded;
        }
      }
      slices_.push_back(slice);
      lower = upper;
    }
    use.assign(n_, 0);
    spend.assign(n_, 0);
    days.assign(n_, 0);
    adopt(all.front());
  }

  void adopt(const Conditions& conditions) {
    c_ = conditions;
    for (Slice& s : slices_) {
      for (std::size_t i = 0; i < n_; ++i) {
        const Alternative& a = c_.alternatives[i];
        if (!a.allowance) {
          s.x[i] += s.x[n_ + i];
          s.x[n_ + i] = 0;
        }
        if (s.lower >= a.available) {
          s.x[2 * n_ + 1] += s.x[i] + s.x[n_ + i];
          s.x[i] = s.x[n_ + i] = 0;
        }
      }
      s.q = generator(s);
    }
  }

  void advance(double time, int steps) {
    for (Slice& s : slices_) {
      // y = (x, integral of x, integral of x e^{gs})
      const std::vector<double> coarse = integrate(s, time, steps);
      std::vector<double> fine = integrate(s, time, 2 * steps);
      for (std::size_t k = 0; k < fine.size(); ++k)
        fine[k] += (fine[k] - coarse[k]) / 15;
      const std::size_t m = s.x.size();
      const double width = s.upper - s.lower;
      for (std::size_t j = 0; j < m; ++j)
        s.x[j] = fine[j];
      for (std::size_t i = 0; i < n_; ++i) {
        const Alternative& a = c_.alternatives[i];
        days[i] += width * (fine[m + i] + fine[m + n_ + i]);
        use[i] += demand * width * (fine[2 * m + i] * a.use + fine[2 * m + n_ + i] * a.joined_use);
        spend[i] +=
            demand * width * (fine[2 * m + i] * a.use * a.price + fine[2 * m + n_ + i] * a.joined_use * a.joined_price);
      }
      outside_days += width * fine[m + 2 * n_];
      stranded_days += width * fine[m + 2 * n_ + 1];
    }
    demand *= std::exp(c_.growth * time);
  }

  double share(std::size_t i) const { return sum(i) + sum(n_ + i); }
  double joined(std::size_t i) const { return sum(n_ + i); }
  double outside() const { return sum(2 * n_); }
  double stranded() const { return sum(2 * n_ + 1); }
  double under_notice(std::size_t i) const {
    double total = 0;
    for (const Slice& s : slices_) {
      if (noticed(s, i)) total += (s.upper - s.lower) * (s.x[i] + s.x[n_ + i]);
    }
    return total;
  }

  std::vector<double> use, spend, days;
  double outside_days = 0, stranded_days = 0, demand = 1;

 private:
  using Matrix = std::vector<std::vector<double>>;
  struct Slice {
    double lower, upper;
    std::vector<double> x;
    Matrix q;
  };

  double sum(std::size_t state) const {
    double total = 0;
    for (const Slice& s : slices_)
      total += (s.upper - s.lower) * s.x[state];
    return total;
  }
  bool usable(const Slice& s, std::size_t i) const { return s.lower < c_.alternatives[i].available; }
  bool noticed(const Slice& s, std::size_t i) const { return usable(s, i) && s.lower >= c_.alternatives[i].foreseen; }
  bool chosen(const Slice& s, std::size_t i) const {
    return i == n_ ? c_.outside_considered : usable(s, i) && !noticed(s, i);
  }

  /// P(j) when those who use `own` (n_: outside, n_ + 1: nothing) choose, staying being worth `stay`.
  std::vector<double> choice(const Slice& s, std::size_t own, double stay) const {
    std::vector<double> v(n_ + 1);
    for (std::size_t j = 0; j <= n_; ++j) {
      const double enter =
          j == n_ ? -c_.outside_switching_cost : c_.alternatives[j].joining_utility - c_.alternatives[j].switching_cost;
      v[j] = j == own ? stay : enter;
    }
    std::vector<double> p(n_ + 1, 0.0);
    double total = 0;
    // Every alternative without a nest is a nest of its own.
    std::vector<std::pair<double, std::vector<std::size_t>>> nests;
    for (const double l : c_.nests)
      nests.push_back({l, {}});
    for (std::size_t j = 0; j <= n_; ++j) {
      if (!chosen(s, j)) continue;
      const int nest = j == n_ ? -1 : c_.alternatives[j].nest;
      if (nest >= 0) {
        nests[static_cast<std::size_t>(nest)].second.push_back(j);
      } else {
        nests.push_back({1.0, {j}});
      }
    }
    for (const auto& [l, members] : nests) {
      double inside = 0;
      for (const std::size_t j : members)
        inside += std::exp(v[j] / l);
      if (members.empty()) continue;
      const double weight = std::pow(inside, l);
      for (const std::size_t j : members)
        p[j] = weight * std::exp(v[j] / l) / inside;
      total += weight;
    }
    for (double& value : p)
      value = total > 0 ? value / total : 0;
    return p;
  }

  Matrix generator(const Slice& s) const {
    const std::size_t m = 2 * n_ + 2;
    Matrix q(m, std::vector<double>(m, 0.0));
    const auto row = [&](std::size_t state, std::size_t own, double stay, double rate) {
      const std::vector<double> p = choice(s, own, stay);
      for (std::size_t j = 0; j <= n_; ++j) {
        if (j == own || p[j] == 0) continue;
        const std::size_t to = j == n_ ? 2 * n_ : (c_.alternatives[j].allowance ? n_ + j : j);
        q[state][to] += rate * p[j];
        q[state][state] -= rate * p[j];
      }
    };
    for (std::size_t i = 0; i < n_; ++i) {
      if (!usable(s, i)) continue;
      const double rate = noticed(s, i) ? c_.noticed_rate : c_.review_rate;
      row(i, i, c_.alternatives[i].utility, rate);
      if (c_.alternatives[i].allowance) row(n_ + i, i, c_.alternatives[i].joining_utility, rate);
    }
    row(2 * n_, n_, 0, c_.review_rate);
    row(2 * n_ + 1, n_ + 1, 0, c_.stranded_rate * (1 - c_.attempt_fails));
    return q;
  }

  std::vector<double> integrate(const Slice& s, double time, int steps) const {
    const std::size_t m = s.x.size();
    std::vector<double> y(3 * m, 0.0);
    for (std::size_t j = 0; j < m; ++j)
      y[j] = s.x[j];
    const double h = time / steps;
    const auto slope = [&](const std::vector<double>& z, double t) {
      std::vector<double> d(3 * m, 0.0);
      for (std::size_t i = 0; i < m; ++i) {
        for (std::size_t j = 0; j < m; ++j)
          d[j] += z[i] * s.q[i][j];
        d[m + i] = z[i];
        d[2 * m + i] = z[i] * std::exp(c_.growth * t);
      }
      return d;
    };
    const auto moved = [](const std::vector<double>& a, const std::vector<double>& d, double by) {
      std::vector<double> b = a;
      for (std::size_t k = 0; k < b.size(); ++k)
        b[k] += by * d[k];
      return b;
    };
    for (int i = 0; i < steps; ++i) {
      const double t = i * h;
      const auto k1 = slope(y, t);
      const auto k2 = slope(moved(y, k1, h / 2), t + h / 2);
      const auto k3 = slope(moved(y, k2, h / 2), t + h / 2);
      const auto k4 = slope(moved(y, k3, h), t + h);
      for (std::size_t k = 0; k < y.size(); ++k)
        y[k] += h / 6 * (k1[k] + 2 * k2[k] + 2 * k3[k] + k4[k]);
    }
    return y;
  }

  std::size_t n_ = 0;
  Conditions c_;
  std::vector<Slice> slices_;
};

}  // namespace loophole::market::test
