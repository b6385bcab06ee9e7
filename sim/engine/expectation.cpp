#include <loophole/base/units.hpp>
#include <loophole/engine/expectation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::engine {

using namespace scenario;

namespace {

constexpr double least_tolerance = 1e-9;

bool compares(double left, const std::string& comparison, double right, double tolerance) {
  if (comparison == "=") return std::abs(left - right) <= tolerance;
  if (comparison == "!=") return std::abs(left - right) > tolerance;
  if (comparison == "<") return left < right;
  if (comparison == "<=") return left <= right + tolerance;
  if (comparison == ">") return left > right;
  return left >= right - tolerance;
}

/// The sentence's terms that have a date of their own.
std::vector<const Term*> dated_terms(const Expectation& expectation) {
  std::vector<const Term*> terms;
  const auto add = [&](const Term* term) {
    if (term && term->at) terms.push_back(term);
  };
  add(&expectation.left);
  add(expectation.divided_by ? &*expectation.divided_by : nullptr);
  add(std::get_if<Term>(&expectation.right));
  return terms;
}

/// Whether all of them lie no later than `now`.
bool have_come(const std::vector<const Term*>& dated, Time now) {
  return std::all_of(dated.begin(), dated.end(), [&](const Term* term) { return *term->at <= now; });
}

std::optional<double> ratio(std::optional<double> value, std::optional<double> divisor) {
  return value && divisor && *divisor != 0 ? std::optional<double>(*value / *divisor) : std::nullopt;
}

}  // namespace

ExpectationObserver::ExpectationObserver(const Setup& setup)
    : ExpectationObserver(setup, setup.model.scenario().expectations) {}

ExpectationObserver::ExpectationObserver(const Setup& setup, const std::vector<Expectation>& expectations)
    : scenario_(setup.model.scenario()), expectations_(expectations), measure_(setup), progress_(expectations.size()) {
  for (const Expectation& expectation : expectations_) {
    if (expectation.at_instant || expectation.when.from > scenario_.horizon.from)
      dates_.push_back(expectation.when.from);
    for (const Term* term : dated_terms(expectation))
      dates_.push_back(*term->at);
  }
  std::sort(dates_.begin(), dates_.end());
  dates_.erase(std::unique(dates_.begin(), dates_.end()), dates_.end());
  views_.resize(dates_.size());
}

bool ExpectationObserver::is_flow(const Expectation& expectation) const {
  return words_of(expectation.left.metric).empty() && !Measure::is_stock(expectation.left, scenario_);
}

std::string ExpectationObserver::say(const Expectation& expectation, std::optional<double> value) {
  if (expectation.left.metric != scenario::Metric::date) return value ? to_text(*value) : "undefined";
  return value ? to_string(Time{std::llround(*value * static_cast<double>(seconds_per_day))}) : "it did not happen";
}

void ExpectationObserver::judge(std::size_t index, Time at, std::optional<double> left, std::optional<double> right) {
  const Expectation& expectation = expectations_[index];
  Progress& progress = progress_[index];
  ++progress.looked;
  if (progress.failure) return;
  const double tolerance = std::max(expectation.tolerance, least_tolerance);
  if (left && right && compares(*left, expectation.comparison, *right, tolerance)) return;
  const bool is_between = right && std::holds_alternative<Term>(expectation.right);
  progress.failure = say(expectation, left);
  if (!expectation.left.at) progress.failure = fmt::format("{}: {}", to_string(at), *progress.failure);
  if (is_between) *progress.failure += fmt::format(" against {}", say(expectation, right));
}

std::optional<double> ExpectationObserver::now(const Term& term, const Snapshot& at) const {
  return term.at && *term.at != at.at ? std::nullopt : measure_.stock(term, at);
}

std::optional<double> ExpectationObserver::then(const Term& term) const {
  const auto found = std::lower_bound(dates_.begin(), dates_.end(), *term.at);
  if (found == dates_.end() || *found != *term.at) return std::nullopt;
  const Snapshot& view = views_[static_cast<std::size_t>(found - dates_.begin())];
  return view.segments.empty() ? std::nullopt : measure_.stock(term, view);
}

/// The dates of all its terms have come.
void ExpectationObserver::compare(Compared compared) {
  const Expectation& expectation = expectations_[compared.expectation];
  const auto complete = [&](std::optional<double>& value, const Term& term) {
    if (!value && term.at) value = then(term);
  };
  complete(compared.left, expectation.left);
  if (expectation.divided_by) {
    complete(compared.divisor, *expectation.divided_by);
    compared.left = ratio(compared.left, compared.divisor);
  }
  if (const auto* other = std::get_if<Term>(&expectation.right); other && (other->at || expectation.left.at)) {
    complete(compared.right, *other);
    progress_[compared.expectation].said =
        fmt::format("{} against {}", say(expectation, compared.left), say(expectation, compared.right));
  }
  judge(compared.expectation, compared.at, compared.left, compared.right);
}

void ExpectationObserver::look(const Snapshot& at) {
  for (std::size_t i = 0; i < expectations_.size(); ++i) {
    const Expectation& expectation = expectations_[i];
    if (!expectation.when.contains(at.at) || is_flow(expectation)) continue;
    if (const auto& words = words_of(expectation.left.metric); !words.empty()) {
      Progress& progress = progress_[i];
      ++progress.looked;
      const std::string& word = words[Measure::word(expectation.left, at)];
      const bool same = word == std::get<std::string>(expectation.right);
      if (!progress.failure && same != (expectation.comparison == "="))
        progress.failure = fmt::format("{}: {}", to_string(at.at), word);
    } else {
      Compared compared{i, at.at, now(expectation.left, at), {}, {}};
      if (expectation.divided_by) compared.divisor = now(*expectation.divided_by, at);
      if (const auto* number = std::get_if<double>(&expectation.right)) compared.right = *number;
      if (const auto* term = std::get_if<Term>(&expectation.right)) compared.right = now(*term, at);
      if (have_come(dated_terms(expectation), at.at))
        compare(compared);
      else
        waiting_.push_back(compared);
    }
  }
}

void ExpectationObserver::on_record(const Snapshot& at) {
  look(at);
  if (last_record_) {
    for (std::size_t i = 0; i < expectations_.size(); ++i) {
      const Expectation& expectation = expectations_[i];
      if (!is_flow(expectation) || last_record_->at < expectation.when.from || at.at > expectation.when.to) continue;
      auto left = measure_.flow(expectation.left, *last_record_, at);
      if (expectation.divided_by) left = ratio(left, measure_.flow(*expectation.divided_by, *last_record_, at));
      std::optional<double> right;
      if (const auto* number = std::get_if<double>(&expectation.right)) right = *number;
      if (const auto* term = std::get_if<Term>(&expectation.right)) right = measure_.flow(*term, *last_record_, at);
      judge(i, last_record_->at, left, right);
    }
  }
  last_record_ = at;
}

void ExpectationObserver::on_date(const Snapshot& at) {
  const auto found = std::lower_bound(dates_.begin(), dates_.end(), at.at);
  if (found == dates_.end() || *found != at.at) return;
  views_[static_cast<std::size_t>(found - dates_.begin())] = at;
  const auto still = std::stable_partition(waiting_.begin(), waiting_.end(), [&](const Compared& compared) {
    return !have_come(dated_terms(expectations_[compared.expectation]), at.at);
  });
  std::for_each(still, waiting_.end(), [this](const Compared& compared) { compare(compared); });
  waiting_.erase(still, waiting_.end());
  look(at);
}

std::vector<ExpectationResult> ExpectationObserver::results() const {
  std::vector<ExpectationResult> results;
  for (std::size_t i = 0; i < expectations_.size(); ++i) {
    const Expectation& expectation = expectations_[i];
    const Progress& progress = progress_[i];
    const bool waits =
        std::any_of(waiting_.begin(), waiting_.end(), [&](const Compared& each) { return each.expectation == i; });
    if (waits && !progress.failure) {
      results.push_back({expectation.text, false, "a date in it lies outside the horizon"});
    } else if (progress.failure) {
      results.push_back({expectation.text, false, *progress.failure});
    } else if (progress.looked == 0) {
      results.push_back({expectation.text, false, "its time has no record"});
    } else {
      results.push_back({expectation.text, true,
                         progress.said.empty() ? fmt::format("looked at {} times", progress.looked) : progress.said});
    }
  }
  return results;
}

}  // namespace loophole::engine
