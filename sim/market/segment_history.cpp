// The half of SegmentProcess that remembers: what the firms of any ranks were doing, also after their class was merged
// with its neighbours.
#include <loophole/market/segment_process.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::market {
namespace {

// Past stretches of conditions kept at most; then the classes are taken apart once and remembered one by one.
constexpr std::size_t longest_history = 256;

/// Adds `weight` times a row in one layout to a row in another: c* of an allowance that has ended merges into c.
void add_row(const StateLayout& from, const double* row, double weight, const StateLayout& to, double* sum) {
  for (std::size_t j = 0; j < from.alternatives + 2; ++j)
    sum[j] += weight * row[j];
  for (std::size_t k = 0; k < from.joined.size(); ++k) {
    const std::size_t i = from.joined[k];
    const auto place = std::lower_bound(to.joined.begin(), to.joined.end(), i);
    const bool remains = place != to.joined.end() && *place == i;
    sum[remains ? to.joined_state(static_cast<std::size_t>(place - to.joined.begin())) : i] +=
        weight * row[from.joined_state(k)];
  }
}

}  // namespace

SegmentProcess::History& SegmentProcess::History::operator=(const History& other) {
  if (legs.size() < other.size) legs.resize(other.size);
  std::copy_n(other.legs.begin(), other.size, legs.begin());
  size = other.size;
  return *this;
}

/// Strands the users of channels that a class cannot use.
void SegmentProcess::Leg::strand(std::size_t part, double* row) const {
  const std::size_t n = layout.alternatives;
  const Reach* const reach = reaches.data() + part * n;
  const auto cut_off = [&](std::size_t state) {
    row[layout.stranded()] += row[state];
    row[state] = 0;
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (reach[i] == Reach::closed) cut_off(i);
  }
  for (std::size_t k = 0; k < layout.joined.size(); ++k) {
    if (reach[layout.joined[k]] == Reach::closed) cut_off(layout.joined_state(k));
  }
}

/// Moves a row of a class through the first `time` days of the leg.
void SegmentProcess::Leg::advance(std::size_t part, double time, std::vector<double>& row) const {
  const std::size_t generator = generator_of[part];
  if (generators.rate(generator) == 0) return;
  const std::size_t stride = row.size();
  std::vector<double> powers, sum(stride);
  UniformizationWeights weights;
  const auto move = [&](double stretch) {
    weights.set(generators.rate(generator), 0, stretch);
    if (powers.size() < weights.terms * stride) powers.resize(weights.terms * stride);
    std::copy(row.begin(), row.end(), powers.begin());
    const Generators::Powers wanted{generator, powers.data(), 1, weights.terms};
    generators.extend(std::span(&wanted, 1), layout);
    std::fill(sum.begin(), sum.end(), 0.0);
    for (std::size_t k = 0; k < weights.terms; ++k) {
      for (std::size_t j = 0; j < stride; ++j)
        sum[j] += powers[k * stride + j] * weights.state[k];
    }
    double moved = 0;
    for (std::size_t j = 0; j < stride; ++j)
      moved = std::max(moved, std::abs(sum[j] - row[j]));
    row.swap(sum);
    return moved;
  };
  const double whole = std::floor(time / stretch_days);
  for (double done = 0; done < whole; ++done) {
    if (move(stretch_days) <= settled_within && done >= stretches_before_settling) break;
  }
  if (const double rest = time - (whole == 0 ? 0 : whole * stretch_days); rest > 0) move(rest);
}

/// Where the firms with ranks in [lower, upper), within class `part` of `leg`, are as it begins; `past` legs came
/// before it. Returns whether they are all alike.
bool SegmentProcess::begin(const Leg& leg, std::size_t part, std::size_t past, double lower, double upper,
                           double* row) const {
  const Leg& before = history_.legs[past - 1];
  const std::size_t stride = before.layout.stride();
  std::fill_n(row, leg.layout.stride(), 0.0);
  std::size_t pieces = 0;
  bool alike = true;
  auto c = static_cast<std::size_t>(std::upper_bound(before.uppers.begin(), before.uppers.end(), lower) -
                                    before.uppers.begin());
  for (; c < before.uppers.size() && before.lower(c) < upper; ++c) {
    const double from = std::max(lower, before.lower(c));
    const double to = std::min(upper, before.uppers[c]);
    const double weight = (to - from) / (upper - lower);
    const double* const end = before.ends.data() + c * stride;
    bool piece_alike = before.alike[c] != 0;
    if (piece_alike || (from == before.lower(c) && to == before.uppers[c])) {
      add_row(before.layout, end, weight, leg.layout, row);
    } else {
      std::vector<double> piece(stride);
      piece_alike = begin(before, c, past - 1, from, to, piece.data());
      before.advance(c, before.days, piece);
      add_row(before.layout, piece.data(), weight, leg.layout, row);
    }
    alike = alike && piece_alike;
    ++pieces;
  }
  leg.strand(part, row);
  return alike && pieces == 1;
}

/// The ranks at which firms may differ, in the present or in what is remembered; the last is 1.
std::vector<double> SegmentProcess::all_uppers() const {
  std::vector<double> uppers = now_.uppers;
  for (std::size_t i = 0; i < history_.size; ++i)
    uppers.insert(uppers.end(), history_.legs[i].uppers.begin(), history_.legs[i].uppers.end());
  std::sort(uppers.begin(), uppers.end());
  uppers.erase(std::unique(uppers.begin(), uppers.end()), uppers.end());
  return uppers;
}

/// The firms between neighbouring ranks of `uppers`, `days` into the present leg, a row each.
std::vector<double> SegmentProcess::taken_apart(const std::vector<double>& uppers, double days) const {
  const std::size_t stride = now_.layout.stride();
  std::vector<double> rows, row(stride);
  double lower = 0;
  for (const double upper : uppers) {
    const auto part =
        static_cast<std::size_t>(std::lower_bound(now_.uppers.begin(), now_.uppers.end(), upper) - now_.uppers.begin());
    if (now_.alike[part] != 0) {
      std::copy_n(state_.data() + part * stride, stride, row.begin());
    } else {
      begin(now_, part, history_.size, lower, upper, row.data());
    }
    now_.advance(part, days, row);
    rows.insert(rows.end(), row.begin(), row.end());
    lower = upper;
  }
  return rows;
}

/// Ends the present leg, `days` long, its classes being in the states `ends`; swaps memory with what is forgotten.
void SegmentProcess::remember(double days, std::vector<double>& ends) {
  if (history_.size == longest_history) {
    std::vector<double> uppers = all_uppers();
    std::vector<double> rows = taken_apart(uppers, days);
    history_.size = 0;
    now_.uppers.swap(uppers);
    now_.alike.assign(now_.uppers.size(), 1);
    ends.swap(rows);
  }
  if (history_.legs.size() == history_.size) history_.legs.emplace_back();
  Leg& leg = history_.legs[history_.size++];
  now_.days = days;
  now_.ends.swap(ends);
  leg.swap(now_);
}

/// Puts the firms into the classes that the conditions make, and strands those cut off. Neighbours that choose alike
/// become one class, which moves as a whole; what they did apart stays in the history for as long as they differ.
void SegmentProcess::divide() {
  const std::size_t n = now_.layout.alternatives;
  const std::size_t stride = now_.layout.stride();
  rank_levels(conditions_, now_.uppers);
  now_.uppers.push_back(1);
  const std::size_t classes = now_.uppers.size();
  now_.reaches.resize(classes * n);
  now_.alike.resize(classes);
  state_.resize(classes * stride);
  bool all_alike = true;
  for (std::size_t c = 0; c < classes; ++c) {
    for (std::size_t i = 0; i < n; ++i)
      now_.reaches[c * n + i] = reach(conditions_.alternatives[i], now_.lower(c), now_.uppers[c]);
    const bool alike = begin(now_, c, history_.size, now_.lower(c), now_.uppers[c], state_.data() + c * stride);
    now_.alike[c] = alike ? 1 : 0;
    all_alike = all_alike && alike;
  }
  if (all_alike) history_.size = 0;
}

}  // namespace loophole::market
