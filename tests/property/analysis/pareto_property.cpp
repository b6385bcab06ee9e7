/// The Pareto front of random tables, against its definition.
#include <loophole/analysis/robustness.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

using namespace loophole;

namespace {

bool dominates(const std::vector<double>& a, const std::vector<double>& b) {
  int better = 0, worse = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    better += a[i] > b[i] ? 1 : 0;
    worse += a[i] < b[i] ? 1 : 0;
  }
  return worse == 0 && better > 0;
}

}  // namespace

TEST_CASE("an option is on the front exactly if none dominates it, and who dominates another is on it") {
  rc::prop("of few values, so that many are equal", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 4);
    const auto scores = *rc::gen::container<std::vector<std::vector<double>>>(rc::gen::container<std::vector<double>>(
        columns, rc::gen::map(rc::gen::inRange(0, 5), [](int value) { return static_cast<double>(value); })));
    const auto by = analysis::dominated_by(scores);
    RC_ASSERT(by.size() == scores.size());
    for (std::size_t a = 0; a < scores.size(); ++a) {
      bool is_dominated = false;
      for (const auto& other : scores)
        is_dominated = is_dominated || dominates(other, scores[a]);
      RC_ASSERT(by[a].has_value() == is_dominated);
      if (!by[a]) continue;
      RC_ASSERT(dominates(scores[*by[a]], scores[a]));
      RC_ASSERT(!by[*by[a]]);
    }
  });
}
