#include "peeling.hpp"

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

struct Count {
  std::uint64_t cases = 0, of_interest = 0;

  void add(std::uint64_t weight, char is_of_interest) {
    cases += weight;
    if (is_of_interest != 0) of_interest += weight;
  }
};

/// A slice that may be peeled off one input.
struct Peel {
  std::size_t input = 0;
  Side side;  ///< what is left
  Count left;
  double score = 0;  ///< gain of density for each case it costs; where there is no gain, the loss of density

  /// The gain first; of equal ones the peel that costs less, then the first input's, low before high.
  [[nodiscard]] bool is_better_than(const Peel& other) const {
    if (score != other.score) return score > other.score;
    return left.cases > other.left.cases;
  }
};

class Peeler {
 public:
  Peeler(const Peelable& given, double part, std::uint64_t least)
      : given_(given),
        part_(part),
        least_(std::max<std::uint64_t>(least, 1)),
        weight_(given.weight),
        sorted_(given.sorted),
        ends_(given.cases.inputs.size()),
        counts_(given.cases.inputs.size()) {
    for (std::size_t i = 0; i < inputs().size(); ++i) {
      sides_.push_back(whole_of(inputs()[i]));
      if (is_counted(i)) counts_[i].resize(inputs()[i].size());
    }
    for (std::uint32_t c = 0; c < weight_.size(); ++c) {
      if (weight_[c] == 0) continue;
      ++alive_;
      box_.add(weight_[c], given_.of_interest[c]);
      for (std::size_t i = 0; i < inputs().size(); ++i)
        if (is_counted(i)) counts_[i][inputs()[i].code[c]].add(weight_[c], given_.of_interest[c]);
    }
    sweep();
  }

  std::vector<PrimStep> peel() {
    std::vector<PrimStep> trajectory{now()};
    while (box_.of_interest > 0 && box_.of_interest < box_.cases) {
      const std::optional<Peel> best = best_peel();
      if (!best) break;
      take_off(*best);
      trajectory.push_back(now());
    }
    return trajectory;
  }

 private:
  /// Few values are counted, one by one, instead of being read again at each peel.
  static constexpr std::uint32_t most_counted = 64;

  [[nodiscard]] const std::vector<CaseInput>& inputs() const { return given_.cases.inputs; }
  [[nodiscard]] bool is_counted(std::size_t i) const {
    return inputs()[i].is_categorical() || inputs()[i].size() <= most_counted;
  }
  [[nodiscard]] PrimStep now() const { return {sides_, box_.cases, box_.of_interest}; }

  /// Takes groups of equal values, from one end, as long as they fit: one group at least. `next(code, count)` gives the
  /// next group from that end, empty groups left out; false after the last.
  template <class Next>
  void consider(std::size_t input, bool is_low, Next next, std::optional<Peel>& best) const {
    const auto most =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::floor(part_ * static_cast<double>(box_.cases))));
    Count taken, group;
    std::uint32_t code = 0;
    if (!next(code, group)) return;
    taken = group;
    while (next(code, group) && taken.cases + group.cases <= most) {
      taken.cases += group.cases;
      taken.of_interest += group.of_interest;
    }
    if (taken.cases >= box_.cases) return;
    Side side = sides_[input];
    (is_low ? side.low : side.high) = code;
    offer({input, std::move(side), {box_.cases - taken.cases, box_.of_interest - taken.of_interest}, 0}, best);
  }

  void offer(Peel peel, std::optional<Peel>& best) const {
    if (peel.left.cases < least_ || peel.left.cases == box_.cases) return;
    const auto density = [](const Count& count) {
      return static_cast<double>(count.of_interest) / static_cast<double>(count.cases);
    };
    const double gain = density(peel.left) - density(box_);
    peel.score = gain > 0 ? gain / static_cast<double>(box_.cases - peel.left.cases) : gain;
    if (!best || peel.is_better_than(*best)) best = std::move(peel);
  }

  std::optional<Peel> best_peel() const {
    std::optional<Peel> best;
    for (std::size_t i = 0; i < inputs().size(); ++i) {
      if (inputs()[i].is_categorical())
        consider_words(i, best);
      else if (is_counted(i))
        consider_counted(i, best);
      else
        consider_sorted(i, best);
    }
    return best;
  }

  void consider_words(std::size_t i, std::optional<Peel>& best) const {
    for (std::size_t w = 0; w < counts_[i].size(); ++w) {
      const Count& count = counts_[i][w];
      if (count.cases == 0) continue;
      Side side = sides_[i];
      side.words[w] = 0;
      offer({i, std::move(side), {box_.cases - count.cases, box_.of_interest - count.of_interest}, 0}, best);
    }
  }

  void consider_counted(std::size_t i, std::optional<Peel>& best) const {
    const auto from = [&](std::uint32_t begin, std::uint32_t end, int by) {
      return [&counts = counts_[i], at = begin, end, by](std::uint32_t& code, Count& group) mutable {
        while (at != end && counts[at].cases == 0)
          at += static_cast<std::uint32_t>(by);
        if (at == end) return false;
        code = at;
        group = counts[at];
        at += static_cast<std::uint32_t>(by);
        return true;
      };
    };
    const std::uint32_t size = inputs()[i].size();
    consider(i, true, from(0, size, 1), best);
    consider(i, false, from(size - 1, static_cast<std::uint32_t>(-1), -1), best);
  }

  void consider_sorted(std::size_t i, std::optional<Peel>& best) const {
    const auto& order = sorted_[i];
    const auto& codes = inputs()[i].code;
    const auto group_from = [&](auto begin, auto end) {
      return [&, at = begin, end](std::uint32_t& code, Count& group) mutable {
        while (at != end && weight_[*at] == 0)
          ++at;
        if (at == end) return false;
        code = codes[*at];
        group = {};
        for (; at != end && codes[*at] == code; ++at)
          group.add(weight_[*at], given_.of_interest[*at]);
        return true;
      };
    };
    const auto begin = order.begin() + ends_[i].first, end = order.begin() + ends_[i].second;
    consider(i, true, group_from(begin, end), best);
    consider(i, false, group_from(std::make_reverse_iterator(end), std::make_reverse_iterator(begin)), best);
  }

  void take_off(const Peel& peel) {
    const auto& codes = inputs()[peel.input].code;
    auto& order = sorted_[peel.input];
    auto& [begin, end] = ends_[peel.input];
    sides_[peel.input] = peel.side;
    if (inputs()[peel.input].is_categorical()) {
      for (auto at = begin; at < end; ++at)
        if (!peel.side.holds(codes[order[static_cast<std::size_t>(at)]])) remove(order[static_cast<std::size_t>(at)]);
    } else {
      for (; begin < end && codes[order[static_cast<std::size_t>(begin)]] < peel.side.low; ++begin)
        remove(order[static_cast<std::size_t>(begin)]);
      for (; begin < end && codes[order[static_cast<std::size_t>(end - 1)]] > peel.side.high; --end)
        remove(order[static_cast<std::size_t>(end - 1)]);
    }
    if (2 * alive_ < sorted_.front().size()) sweep();
  }

  void remove(std::uint32_t c) {
    if (weight_[c] == 0) return;
    box_.cases -= weight_[c];
    if (given_.of_interest[c] != 0) box_.of_interest -= weight_[c];
    for (std::size_t i = 0; i < inputs().size(); ++i) {
      if (!is_counted(i)) continue;
      Count& count = counts_[i][inputs()[i].code[c]];
      count.cases -= weight_[c];
      if (given_.of_interest[c] != 0) count.of_interest -= weight_[c];
    }
    weight_[c] = 0;
    --alive_;
  }

  void sweep() {
    for (std::size_t i = 0; i < sorted_.size(); ++i) {
      auto& order = sorted_[i];
      order.erase(std::remove_if(order.begin(), order.end(), [&](std::uint32_t c) { return weight_[c] == 0; }),
                  order.end());
      ends_[i] = {0, static_cast<std::ptrdiff_t>(order.size())};
    }
  }

  const Peelable& given_;
  double part_;
  std::uint64_t least_;
  std::vector<std::uint32_t> weight_;  ///< 0 of cases outside the box
  std::vector<std::vector<std::uint32_t>> sorted_;
  std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>> ends_;  ///< of sorted_, by input: within lie all in the box
  std::vector<std::vector<Count>> counts_;                       ///< by counted input and code: cases in the box
  std::vector<Side> sides_;
  Count box_;
  std::size_t alive_ = 0;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> sorted_by_input(const Cases& cases) {
  std::vector<std::vector<std::uint32_t>> sorted;
  for (const CaseInput& input : cases.inputs) {
    std::vector<std::uint32_t> place(input.size() + 1, 0);
    for (const std::uint32_t code : input.code)
      ++place[code + 1];
    for (std::size_t code = 1; code < place.size(); ++code)
      place[code] += place[code - 1];
    std::vector<std::uint32_t>& order = sorted.emplace_back(cases.size());
    for (std::uint32_t c = 0; c < cases.size(); ++c)
      order[place[input.code[c]]++] = c;
  }
  return sorted;
}

std::vector<PrimStep> peel(const Peelable& given, double part, std::uint64_t least) {
  return Peeler(given, part, least).peel();
}

}  // namespace loophole::analysis
