#include <loophole/record/csv.hpp>
#include <loophole/record/judgement.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::record {

using scenario::Expectation;
using scenario::Quota;

std::vector<Judgement> judge(const std::vector<Expectation>& expectations,
                             const std::vector<engine::ExpectationResult>& results) {
  std::vector<Judgement> judgements;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (expectations[i].quota)
      judgements.push_back({results[i].text, Verdict::not_judged, "needs --replications"});
    else
      judgements.push_back({results[i].text, results[i].held ? Verdict::held : Verdict::failed, results[i].detail});
  }
  return judgements;
}

std::vector<Judgement> leave_unjudged(const std::vector<Expectation>& expectations, const std::string& why) {
  std::vector<Judgement> judgements;
  judgements.reserve(expectations.size());
  for (const Expectation& expectation : expectations)
    judgements.push_back({expectation.text, Verdict::not_judged, why});
  return judgements;
}

bool any_failed(const std::vector<Judgement>& judgements) {
  return std::any_of(judgements.begin(), judgements.end(),
                     [](const Judgement& judgement) { return judgement.verdict == Verdict::failed; });
}

void Tally::add(std::uint64_t replication, const std::vector<engine::ExpectationResult>& results) {
  ++replications_;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].held)
      ++counts_[i].held;
    else if (counts_[i].first_failure.empty())
      counts_[i].first_failure = fmt::format("replication {}: {}", replication, results[i].detail);
  }
}

std::vector<Judgement> Tally::judgements() const {
  std::vector<Judgement> judgements;
  for (std::size_t i = 0; i < expectations_.size(); ++i) {
    const Expectation& expectation = expectations_[i];
    const Count& count = counts_[i];
    const auto held = static_cast<double>(count.held), all = static_cast<double>(replications_);
    // Counts are compared, so that 80 % of 5 replications are 4 of them in spite of rounding.
    bool is_met = count.held == replications_;
    if (expectation.quota) {
      const double wanted = expectation.quota->part * all;
      is_met = expectation.quota->bound == Quota::Bound::at_least ? held >= wanted - 1e-9 : held <= wanted + 1e-9;
    }
    std::string detail = fmt::format("true in {} of {} replications", count.held, replications_);
    if (!is_met && !expectation.quota) detail += "; first not in " + count.first_failure;
    judgements.push_back({expectation.text, is_met ? Verdict::held : Verdict::failed, std::move(detail)});
  }
  return judgements;
}

std::string expectations_table(const std::string& scenario, const std::vector<Judgement>& judgements) {
  Csv csv("scenario,expectation,held,detail");
  for (const Judgement& judgement : judgements) {
    csv.cell(scenario).cell(judgement.text);
    judgement.verdict == Verdict::not_judged ? csv.empty()
                                             : csv.cell(judgement.verdict == Verdict::held ? "yes" : "no");
    csv.cell(judgement.detail).end_row();
  }
  return csv.take();
}

std::string expectations_text(const std::vector<Judgement>& judgements) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(judgements.begin(), judgements.end(),
                         [&](const Judgement& j) { return j.verdict == verdict; });
  };
  std::string text;
  const auto held = count(Verdict::held), judged = held + count(Verdict::failed);
  if (judged > 0) text += fmt::format("\nExpectations: {} of {} held\n", held, judged);
  for (const Judgement& judgement : judgements)
    if (judgement.verdict == Verdict::failed)
      text += fmt::format("  not held: {}\n            {}\n", judgement.text, judgement.detail);
  if (const auto open = count(Verdict::not_judged); open > 0)
    text += fmt::format("{}Expectations not judged: {} ({})\n", judged > 0 ? "" : "\n", open,
                        std::find_if(judgements.begin(), judgements.end(), [](const Judgement& j) {
                          return j.verdict == Verdict::not_judged;
                        })->detail);
  return text;
}

}  // namespace loophole::record
