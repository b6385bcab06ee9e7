#include "defence_tables.hpp"
#include "sensitivity_words.hpp"
#include <loophole/analysis/defence.hpp>
#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr double told_total = 0.01;  ///< of the variance: who decides less has no sentence of its own

std::string chance(double part) {
  if (part <= 0 || part >= 1) return fmt::format("{:.0f} %", 100 * part);
  if (part < 0.005) return "under 1 %";
  return part > 0.995 ? "over 99 %" : fmt::format("{:.0f} %", 100 * part);
}

/// The sentences of the page.
class Words {
 public:
  Words(const Defence& defence, Finding& finding) : defence_(defence), finding_(finding) {}

  [[nodiscard]] std::string subject() const {
    return defence_.against.empty()
               ? fmt::format("{} in {}", defence_.outcome, defence_.scenario)
               : fmt::format("{} in {} less that in {}", defence_.outcome, defence_.scenario, defence_.against);
  }

  void undefined() { say(fmt::format("{} is not defined in any run.", subject())); }

  void value(const record::Spread& spread) {
    say(fmt::format("It is {} on average over {}; nine runs of ten lie between {} and {}.", amount(spread.mean),
                    defence_.origin, amount(spread.q05), amount(spread.q95)));
    if (defence_.undefined > 0)
      finding_.warnings.push_back(fmt::format("{} runs do not define it, and do not count.", defence_.undefined));
    if (!defence_.conclusion) {
      say("No conclusion is stated, so nothing can flip: --above X or --below X states one, and --against SCENARIO the "
          "difference from another.");
      return;
    }
    say(fmt::format("That it is {} {} on average, and is true in {} of the runs.", claim(),
                    defence_.conclusion->holds(spread.mean) ? "holds" : "does not hold",
                    chance(part_holding(defence_))));
  }

  void uncertainties() {
    std::vector<std::string> others, unlooked;
    // Indices are of means over luck; what luck decides of a run is not theirs.
    const double theirs = 1 - defence_.luck;
    if (defence_.luck >= told_total)
      say(fmt::format("Luck (when things happen, and whether) decides {} of its variance.", percent(defence_.luck)));
    for (const std::size_t i : leading(defence_.uncertainties)) {
      const DefendedUncertainty& each = defence_.uncertainties[i];
      if (theirs * each.total < told_total && (!each.course || each.course->flips.empty())) {
        (each.course || !defence_.conclusion ? others : unlooked).push_back(each.name);
        continue;
      }
      say(fmt::format("{} ({}, now {}) decides {} of its variance{}.", each.name, each.vouched.confidence,
                      with_unit(each.nominal, each.unit), percent(theirs * std::clamp(each.total, 0.0, 1.0)),
                      each.course ? "; " + flip_words(each, *each.course) : ""));
    }
    if (defence_.are_correlated)
      finding_.warnings.emplace_back(
          "some uncertainties go together; effects, and values at which the conclusion flips, are of each by itself.");
    if (!others.empty())
      say(fmt::format("{} {} next to nothing{}.", listed(others), others.size() == 1 ? "decides" : "decide",
                      !defence_.conclusion ? ""
                      : others.size() == 1 ? ", and does not flip the conclusion"
                                           : ", and do not flip the conclusion"));
    if (!unlooked.empty())
      say(fmt::format("{} {} next to nothing; whether {} could flip the conclusion was not looked at.",
                      listed(unlooked), unlooked.size() == 1 ? "decides" : "decide",
                      unlooked.size() == 1 ? "it" : "they"));
  }

  void inputs(const InputsInOrder& inputs) {
    std::vector<std::string> parts;
    for (const std::string& confidence : inputs.confidences)
      parts.push_back(fmt::format("{} {}", inputs.by_confidence.at(confidence).inputs, confidence));
    say(fmt::format("{} inputs stand behind it: {}.", inputs.all.inputs, listed(parts)));
    const auto assumptions = inputs.by_confidence.find("assumption");
    const std::size_t assumed = assumptions == inputs.by_confidence.end() ? 0 : assumptions->second.strong;
    say(
        fmt::format("Of the {} numbers held fixed that can be changed alone, {} move it, and {} move its mean by more "
                    "than 1 % when they are a tenth higher; of these, {}.",
                    inputs.all.changed, inputs.all.moving, inputs.all.strong,
                    assumed == 0   ? "none is an assumption"
                    : assumed == 1 ? "one is an assumption"
                                   : fmt::format("{} are assumptions", assumed)));
    if (!inputs.any_strong) return;
    const DefendedInput& strongest = *inputs.moving.front();
    say(fmt::format("The strongest is {} ({}, {}): a tenth {} makes it {} {}.", strongest.path,
                    strongest.vouched.confidence, with_unit(strongest.value, strongest.unit),
                    strongest.factor > 1 ? "more" : "less", step(std::abs(strongest.change)),
                    strongest.change > 0 ? "higher" : "lower"));
  }

  void backtest() {
    if (!defence_.backtest) {
      say("No backtest is given, so nothing says how well the scenario would have foretold what happened: 'loophole "
          "run "
          "--as-of DATE --score OBSERVATIONS' makes one, and --backtest DIR shows it here.");
      return;
    }
    const ScoresSummary& score = *defence_.backtest;
    std::string text = fmt::format("Looking from {}, {} later observations were scored", score.as_of, score.scored);
    if (score.probabilities > 0)
      text += fmt::format(": the mean Brier score of {} is {:.2f} (0 is perfect, 0.25 a coin's)", score.probabilities,
                          score.brier);
    if (score.intervals > 0)
      text += fmt::format("{} {} of {} dates and quantities lay within their nine-of-ten ranges",
                          score.probabilities > 0 ? "," : ":", score.within_90, score.intervals);
    say(text + ".");
    if (score.excluded > 0)
      finding_.warnings.push_back(
          fmt::format("{} of what was observed had been given no chance at all.", score.excluded));
  }

 private:
  [[nodiscard]] std::string amount(double value) const { return record::short_amount(value, defence_.unit); }
  /// A change: of a part in percentage points.
  [[nodiscard]] std::string step(double change) const {
    return defence_.unit == "1" ? fmt::format("{:.3g} percentage points", 100 * change) : amount(change);
  }
  void say(std::string sentence) { finding_.sentences.push_back(std::move(sentence)); }

  /// "above 50 M USD", "greater in baseline than in no-azure".
  [[nodiscard]] std::string claim() const {
    const bool above = defence_.conclusion->side == Conclusion::Side::above;
    if (defence_.against.empty() || defence_.conclusion->threshold != 0)
      return fmt::format("{} {}", above ? "above" : "below", amount(defence_.conclusion->threshold));
    return fmt::format("{} in {} than in {}", above ? "greater" : "smaller", defence_.scenario, defence_.against);
  }

  [[nodiscard]] static std::string flip_words(const DefendedUncertainty& each, const DefendedCourse& course) {
    const std::string range =
        fmt::format("{} to {}", record::three_digits(course.low),
                    record::three_digits(course.high) + (each.unit.empty() ? "" : " " + each.unit));
    if (course.flips.empty())
      return fmt::format("the conclusion {} all the way from {}", course.holds_at_low ? "holds" : "fails", range);
    const std::string first = with_unit(course.flips.front().at, each.unit);
    if (course.flips.size() > 1)
      return fmt::format("the conclusion flips {} times from {}, first at {}; it fails with a probability of {}",
                         course.flips.size(), range, first, chance(course.failing));
    return fmt::format("the conclusion fails {} {}, which has a probability of {}",
                       course.holds_at_low ? "above" : "below", first, chance(course.failing));
  }

  const Defence& defence_;
  Finding& finding_;
};

}  // namespace

std::vector<std::size_t> leading(const std::vector<DefendedUncertainty>& uncertainties) {
  std::vector<double> totals;
  totals.reserve(uncertainties.size());
  for (const DefendedUncertainty& each : uncertainties)
    totals.push_back(each.total);
  std::vector<std::size_t> order = largest_first(totals);
  order.resize(std::min(order.size(), leading_uncertainties));
  return order;
}

Finding defence_finding(const Defence& defence) {
  const auto spread = record::spread(defence.values);
  const InputsInOrder inputs(defence.inputs, spread ? spread->mean : 0);
  Finding finding;
  Words words(defence, finding);
  finding.method = "defend";
  finding.title = words.subject() + (defence.label.empty() ? "" : ": " + defence.label);
  if (spread) {
    words.value(*spread);
    words.uncertainties();
    words.inputs(inputs);
    words.backtest();
  } else {
    words.undefined();
  }
  finding.tables = defence_tables(defence, spread, inputs);
  return finding;
}

}  // namespace loophole::analysis
