/// Judgements: whether a scenario's expectations held, over one run or over many replications of it.
#pragma once

#include <loophole/engine/expectation.hpp>
#include <loophole/scenario/scenario.hpp>

#include <string>
#include <vector>

namespace loophole::record {

enum class Verdict { held, failed, not_judged };

struct Judgement {
  std::string text;
  Verdict verdict = Verdict::not_judged;
  std::string detail;
};

/// Of one run. A sentence about many replications cannot be judged by it.
[[nodiscard]] std::vector<Judgement> judge(const std::vector<scenario::Expectation>& expectations,
                                           const std::vector<engine::ExpectationResult>& results);
/// Of none: `why` not.
[[nodiscard]] std::vector<Judgement> leave_unjudged(const std::vector<scenario::Expectation>& expectations,
                                                    const std::string& why);
/// Expectations speak of what is known at the file's own as_of; a run may look from another one.
[[nodiscard]] inline bool is_moved(const scenario::ScenarioFile& file) { return file.scenario.as_of != file.own_as_of; }
inline constexpr const char* not_at_own_as_of = "judged at the scenario's own as_of only";
[[nodiscard]] bool any_failed(const std::vector<Judgement>& judgements);

/// Of many replications: a plain sentence must hold in all of them, one with a quota in so many as it says.
class Tally {
 public:
  /// `expectations` must outlive the tally.
  explicit Tally(const std::vector<scenario::Expectation>& expectations)
      : expectations_(expectations), counts_(expectations.size()) {}

  void add(std::uint64_t replication, const std::vector<engine::ExpectationResult>& results);
  [[nodiscard]] std::vector<Judgement> judgements() const;

 private:
  struct Count {
    std::uint64_t held = 0;
    std::string first_failure;  ///< which replication, and what was there
  };

  const std::vector<scenario::Expectation>& expectations_;
  std::vector<Count> counts_;
  std::uint64_t replications_ = 0;
};

/// expectations.csv; `held` is empty where nothing was judged.
[[nodiscard]] std::string expectations_table(const std::string& scenario, const std::vector<Judgement>& judgements);
/// The lines of the summary: how many held, and each that did not.
[[nodiscard]] std::string expectations_text(const std::vector<Judgement>& judgements);

}  // namespace loophole::record
