#include <loophole/base/units.hpp>
#include <loophole/engine/expectation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::engine {

using namespace scenario;

namespace {

constexpr double least_tolerance = 1e-9;

bool compare(double left, const std::string& comparison, double right, double tolerance) {
  if (comparison == "=") return std::abs(left - right) <= tolerance;
  if (comparison == "!=") return std::abs(left - right) > tolerance;
  if (comparison == "<") return left < right;
  if (comparison == "<=") return left <= right + tolerance;
  if (comparison == ">") return left > right;
  return left >= right - tolerance;
}

}  // namespace

ExpectationObserver::ExpectationObserver(const Setup& setup)
    : ExpectationObserver(setup, setup.model.scenario().expectations) {}

ExpectationObserver::ExpectationObserver(const Setup& setup, const std::vector<Expectation>& expectations)
    : scenario_(setup.model.scenario()), expectations_(expectations), measure_(setup), progress_(expectations.size()) {
  for (const Expectation& expectation : expectations_) {
    if (expectation.at_instant || expectation.when.from > scenario_.horizon.from)
      dates_.push_back(expectation.when.from);
    if (expectation.left.at) dates_.push_back(*expectation.left.at);
    if (const auto* other = std::get_if<Term>(&expectation.right); other && other->at) dates_.push_back(*other->at);
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

/// A comparison of one date with another is judged once, when the run is over.
bool ExpectationObserver::is_between_dates(const Expectation& expectation) const {
  const auto* other = std::get_if<Term>(&expectation.right);
  return other && (other->at || expectation.left.at);
}

void ExpectationObserver::judge(std::size_t index, Time at, std::optional<double> left, std::optional<double> right) {
  const Expectation& expectation = expectations_[index];
  Progress& progress = progress_[index];
  ++progress.looked;
  if (progress.failure) return;
  const double tolerance = std::max(expectation.tolerance, least_tolerance);
  if (left && right && compare(*left, expectation.comparison, *right, tolerance)) return;
  progress.failure = fmt::format("{}: {}", to_string(at), say(expectation, left));
  if (right && std::holds_alternative<Term>(expectation.right))
    *progress.failure += fmt::format(" against {}", say(expectation, right));
}

std::optional<double> ExpectationObserver::value(const Term& term, const Snapshot& at) const {
  if (!term.at || *term.at == at.at) return measure_.stock(term, at);
  const auto found = std::lower_bound(dates_.begin(), dates_.end(), *term.at);
  const Snapshot& view = views_[static_cast<std::size_t>(found - dates_.begin())];
  return view.segments.empty() ? std::nullopt : measure_.stock(term, view);
}

std::optional<double> ExpectationObserver::right_of(const Expectation& expectation, const Snapshot& at) const {
  if (const auto* number = std::get_if<double>(&expectation.right)) return *number;
  if (const auto* term = std::get_if<Term>(&expectation.right)) return value(*term, at);
  return std::nullopt;
}

void ExpectationObserver::look(const Snapshot& at) {
  for (std::size_t i = 0; i < expectations_.size(); ++i) {
    const Expectation& expectation = expectations_[i];
    if (!expectation.when.contains(at.at) || is_flow(expectation) || is_between_dates(expectation)) continue;
    if (const auto& words = words_of(expectation.left.metric); !words.empty()) {
      Progress& progress = progress_[i];
      ++progress.looked;
      const std::string& word = words[Measure::word(expectation.left, at)];
      const bool same = word == std::get<std::string>(expectation.right);
      if (!progress.failure && same != (expectation.comparison == "="))
        progress.failure = fmt::format("{}: {}", to_string(at.at), word);
    } else {
      auto left = value(expectation.left, at);
      if (expectation.divided_by && left) {
        const auto divisor = value(*expectation.divided_by, at);
        left = divisor ? std::optional<double>(*left / *divisor) : std::nullopt;
      }
      judge(i, at.at, left, right_of(expectation, at));
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
      if (expectation.divided_by && left) {
        const auto divisor = measure_.flow(*expectation.divided_by, *last_record_, at);
        left = divisor && *divisor != 0 ? std::optional<double>(*left / *divisor) : std::nullopt;
      }
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
  look(at);
}

std::vector<ExpectationResult> ExpectationObserver::results() const {
  std::vector<ExpectationResult> results;
  for (std::size_t i = 0; i < expectations_.size(); ++i) {
    const Expectation& expectation = expectations_[i];
    Progress progress = progress_[i];
    if (is_between_dates(expectation)) {
      const Snapshot& last = *last_record_;
      const auto left = value(expectation.left, last);
      const auto right = right_of(expectation, last);
      const double tolerance = std::max(expectation.tolerance, least_tolerance);
      const bool holds = left && right && compare(*left, expectation.comparison, *right, tolerance);
      results.push_back(
          {expectation.text, holds, fmt::format("{} against {}", say(expectation, left), say(expectation, right))});
    } else if (progress.failure) {
      results.push_back({expectation.text, false, *progress.failure});
    } else if (progress.looked == 0) {
      results.push_back({expectation.text, false, "its time has no record"});
    } else {
      results.push_back({expectation.text, true, fmt::format("looked at {} times", progress.looked)});
    }
  }
  return results;
}

}  // namespace loophole::engine
