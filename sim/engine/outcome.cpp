#include <loophole/engine/outcome.hpp>

#include <algorithm>

namespace loophole::engine {

using scenario::Outcome;

OutcomeObserver::OutcomeObserver(const Setup& setup) : OutcomeObserver(setup, setup.model.scenario().outcomes) {}

OutcomeObserver::OutcomeObserver(const Setup& setup, const std::vector<Outcome>& outcomes)
    : outcomes_(outcomes), measure_(setup) {
  const Interval horizon = setup.model.scenario().horizon;
  for (const Outcome& outcome : outcomes_) {
    Interval interval{std::max(outcome.from.value_or(horizon.from), horizon.from),
                      std::min(outcome.to.value_or(horizon.to), horizon.to)};
    if (outcome.kind == Outcome::Kind::at) interval.from = interval.to = outcome.from.value_or(horizon.to);
    const bool is_seen = interval.from >= horizon.from && interval.to <= horizon.to && interval.from <= interval.to;
    intervals_.push_back(is_seen ? std::optional<Interval>(interval) : std::nullopt);
    if (!is_seen) continue;
    dates_.push_back(interval.from);
    dates_.push_back(interval.to);
  }
  std::sort(dates_.begin(), dates_.end());
  dates_.erase(std::unique(dates_.begin(), dates_.end()), dates_.end());
  views_.resize(dates_.size());
}

void OutcomeObserver::on_date(const Snapshot& at) {
  const auto found = std::lower_bound(dates_.begin(), dates_.end(), at.at);
  if (found != dates_.end() && *found == at.at) views_[static_cast<std::size_t>(found - dates_.begin())] = at;
}

bool OutcomeObserver::reads(SegmentId segment, Time date) const {
  for (std::size_t i = 0; i < intervals_.size(); ++i)
    if (intervals_[i] && (date == intervals_[i]->from || date == intervals_[i]->to) &&
        Measure::reads(outcomes_[i].term, segment))
      return true;
  return false;
}

const Snapshot& OutcomeObserver::view(Time at) const {
  return views_[static_cast<std::size_t>(std::lower_bound(dates_.begin(), dates_.end(), at) - dates_.begin())];
}

std::vector<std::optional<double>> OutcomeObserver::values() const {
  std::vector<std::optional<double>> values;
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    const Outcome& outcome = outcomes_[i];
    if (!intervals_[i]) {
      values.emplace_back();
      continue;
    }
    const Snapshot& from = view(intervals_[i]->from);
    const Snapshot& to = view(intervals_[i]->to);
    switch (outcome.kind) {
      case Outcome::Kind::sum:
        values.push_back(measure_.flow(outcome.term, from, to));
        break;
      case Outcome::Kind::mean:
        values.push_back(measure_.mean(outcome.term, from, to));
        break;
      case Outcome::Kind::at:
        values.push_back(measure_.stock(outcome.term, from));
        break;
    }
  }
  return values;
}

}  // namespace loophole::engine
