#include <loophole/analysis/backtest.hpp>
#include <loophole/base/utf8.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <cmath>

namespace loophole::analysis {

using scenario::ObservedDate;
using scenario::ObservedQuantity;
using scenario::ObservedSentence;

namespace {

/// The day, or "later" when it does not come by the date up to which it is forecast.
std::string date_of(double days, const ObservedDate& dated) {
  const Time time{std::llround(std::floor(days)) * seconds_per_day};
  return days >= days_between(Time{0}, dated.by) ? "later" : to_string(time);
}

std::string percent(double part) {
  // "100 %" and "0 %" are kept for what all replications say.
  if (part > 0 && part < 0.005) return "< 1 %";
  if (part < 1 && part > 0.995) return "> 99 %";
  return fmt::format("{:.0f} %", 100 * part);
}

std::string amount(const ObservedQuantity& measured, double value, const scenario::Scenario& scenario) {
  return measured.over ? record::three_digits(value)
                       : record::short_amount(value, record::unit_of(measured.value.term, scenario));
}

std::string forecast_text(const Score& score, const scenario::Scenario& scenario) {
  if (score.n == 0) return "undefined in every replication";
  if (score.kind == Score::Kind::sentence) return percent(*score.probability) + " that it is true";
  if (score.kind == Score::Kind::date) {
    const auto& dated = std::get<ObservedDate>(score.observation->what);
    return fmt::format("{} ({} to {})", date_of(*score.q50, dated), date_of(*score.q05, dated),
                       date_of(*score.q95, dated));
  }
  const auto& measured = std::get<ObservedQuantity>(score.observation->what);
  if (score.kind == Score::Kind::range) return percent(*score.probability) + " that it is in the range";
  return fmt::format("{} ({} to {})", amount(measured, *score.q50, scenario), amount(measured, *score.q05, scenario),
                     amount(measured, *score.q95, scenario));
}

std::string outcome_text(const Score& score, const scenario::Scenario& scenario) {
  if (const auto* said = std::get_if<ObservedSentence>(&score.observation->what)) return said->held ? "true" : "false";
  if (const auto* dated = std::get_if<ObservedDate>(&score.observation->what)) return to_string(dated->happened);
  const auto& measured = std::get<ObservedQuantity>(score.observation->what);
  if (!measured.is_range) return amount(measured, measured.low, scenario);
  return amount(measured, measured.low, scenario) + " to " + amount(measured, measured.high, scenario);
}

std::string score_text(const Score& score, const scenario::Scenario& scenario) {
  if (score.brier) return fmt::format("Brier {:.3f}", *score.brier);
  if (!score.crps) return "-";
  if (score.kind == Score::Kind::date) return fmt::format("CRPS {:.0f} days", *score.crps);
  return "CRPS " + amount(std::get<ObservedQuantity>(score.observation->what), *score.crps, scenario);
}

/// Words in lines of at most 100 columns.
std::string wrapped(const std::string& text) {
  std::string lines, line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && line.size() + 1 + word.size() > 100) {
      lines += line + '\n';
      line = "  ";
    }
    line += (line.empty() || line == "  " ? "" : " ") + word;
    at = end + 1;
  }
  return lines + line + '\n';
}

/// What the scores mean together, in sentences.
std::string verdict(const Backtest& backtest) {
  double brier = 0, given = 0;
  std::size_t probabilities = 0, intervals = 0, within = 0;
  std::string excluded, known;
  const auto add = [](std::string& list, const std::string& name) { list += (list.empty() ? "" : ", ") + name; };
  for (const Score& score : backtest.scores) {
    if (score.is_known) add(known, score.observation->name);
    if (score.within_90) {
      ++intervals;
      if (*score.within_90) ++within;
    }
    const auto to_it = score.given_to_what_happened();
    if (!to_it) continue;
    ++probabilities;
    brier += *score.brier;
    given += *to_it;
    if (*to_it == 0) add(excluded, score.observation->name);
  }
  std::string text;
  if (probabilities > 0) {
    const auto n = static_cast<double>(probabilities);
    text +=
        wrapped(fmt::format("The model gave {} to what happened, on average over {} {}; a coin would have given 50 %.",
                            percent(given / n), probabilities, probabilities == 1 ? "question" : "questions"));
    text +=
        wrapped(fmt::format("Mean Brier score {:.3f} (a coin has {}), so a skill of {:.2f}: 1 is perfect, 0 a coin's.",
                            brier / n, coin_brier, 1 - brier / n / coin_brier));
  }
  if (intervals > 0)
    text += wrapped(
        fmt::format("Of dates and quantities, {} of {} lay between the 5 % and 95 % quantiles; nine of ten should.",
                    within, intervals));
  if (!excluded.empty()) text += wrapped("Log score infinite, the model had excluded what happened: " + excluded);
  if (probabilities + intervals == 0)
    text += wrapped(fmt::format("Nothing to score: all was known on {}. Look from an earlier date, with --as-of DATE.",
                                to_string(backtest.about->as_of)));
  if (!known.empty()) text += wrapped("Known at as_of, not scored: " + known);
  return text;
}

}  // namespace

std::string scores_text(const Backtest& backtest) {
  const scenario::Scenario& scenario = *backtest.about;
  std::string text = fmt::format("\nBacktest: {} replications that know nothing later than {}\n", backtest.replications,
                                 to_string(scenario.as_of));
  std::string rows;
  for (const Score& score : backtest.scores) {
    if (score.is_known) continue;
    rows += fmt::format("  {:<24} {:<36} {:<18} {}\n", fit(score.observation->name, 24),
                        fit(forecast_text(score, scenario), 36), fit(outcome_text(score, scenario), 18),
                        fit(score_text(score, scenario), 16));
  }
  if (!rows.empty())
    text +=
        fmt::format("  {:<24} {:<36} {:<18} {}\n", "observation", "forecast (5 % to 95 %)", "what happened", "score") +
        rows + "\n";
  return text + verdict(backtest);
}

}  // namespace loophole::analysis
