#include <loophole/base/formula.hpp>
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/preparer.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/record/quantiles.hpp>
#include <loophole/study/ensemble.hpp>
#include <loophole/study/in_order.hpp>

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace loophole::study {

using scenario::Observation;
using scenario::ObservedDate;
using scenario::ObservedQuantity;
using scenario::ObservedSentence;
using scenario::Parameter;

Ensemble::Ensemble(const scenario::ScenarioFile& file, const engine::Setup& nominal, EnsembleRequest request)
    : file_(file),
      nominal_(nominal),
      request_(std::move(request)),
      sampler_(file.scenario, request_.seed),
      rows_(record::metric_rows(nominal.model)) {
  for (const Observation& observation : request_.observations) {
    if (const auto* said = std::get_if<ObservedSentence>(&observation.what)) {
      sentences_.push_back(said->that);
    } else if (const auto* dated = std::get_if<ObservedDate>(&observation.what)) {
      scenario::Outcome date;
      date.kind = scenario::Outcome::Kind::at;
      date.term.metric = scenario::Metric::date;
      date.term.event = dated->event;
      date.from = dated->by;
      quantities_.push_back(date);
    } else {
      const auto& measured = std::get<ObservedQuantity>(observation.what);
      quantities_.push_back(measured.value);
      if (measured.over) quantities_.push_back(*measured.over);
    }
  }
}

world::Point Ensemble::point_of(std::uint32_t replication) const {
  const bool sampled = request_.uncertainties == record::Uncertainties::sampled;
  return sampled ? sampler_.point(replication) : nominal_.model.point();
}

Result<ReplicationResult> Ensemble::run(std::uint32_t replication) const {
  if (request_.uncertainties == record::Uncertainties::at_point) return run(nominal_, replication);
  const world::Point point = point_of(replication);
  engine::Preparer preparer(file_);
  const auto setup = preparer.at(point);
  if (!setup) return explain(point, replication, setup.diagnostics());
  return run(**setup, replication);
}

Result<ReplicationResult> Ensemble::run(std::uint32_t replication, OutcomeRunner& runner) const {
  ReplicationResult result;
  result.label = {request_.name, 0, replication};
  result.point = point_of(replication);
  auto outcomes = runner.run(result.point, replication);
  if (!outcomes) return explain(result.point, replication, outcomes.diagnostics());
  result.outcomes = std::move(*outcomes);
  return result;
}

ReplicationResult Ensemble::run(const engine::Setup& setup, std::uint32_t replication) const {
  ReplicationResult result;
  result.label = {request_.name, 0, replication};
  result.point = setup.model.point();
  engine::OutcomeObserver outcomes(setup), quantities(setup, quantities_);
  engine::ExpectationObserver sentences(setup, sentences_);
  std::vector<engine::Observer*> observers{&outcomes};
  if (!request_.observations.empty()) observers.insert(observers.end(), {&quantities, &sentences});
  if (request_.detail == Detail::outcomes) {
    engine::Replication(setup, request_.seed, replication, observers).run();
  } else {
    record::EventTable events(setup, result.label);
    record::AvailabilityTable availability(setup, result.label);
    record::SeriesObserver series(setup, rows_);
    engine::ExpectationObserver expectations(setup);
    observers.insert(observers.end(), {&events, &availability, &series, &expectations});
    engine::Replication(setup, request_.seed, replication, observers).run();
    result.expectations = expectations.results();
    result.events = events.text();
    result.availability = availability.text();
    result.times = series.times();
    result.series = series.take();
  }
  result.outcomes = outcomes.values();
  const auto said = sentences.results();
  const auto values = quantities.values();
  auto sentence = said.begin();
  auto value = values.begin();
  for (const Observation& observation : request_.observations) {
    if (std::holds_alternative<ObservedSentence>(observation.what)) {
      result.forecasts.emplace_back((sentence++)->held ? 1 : 0);
      continue;
    }
    std::optional<double> forecast = *value++;
    if (const auto* measured = std::get_if<ObservedQuantity>(&observation.what); measured && measured->over) {
      const std::optional<double> base = *value++;
      forecast = forecast && base && *base != 0 ? std::optional<double>(*forecast / *base) : std::nullopt;
    }
    result.forecasts.push_back(forecast);
  }
  return result;
}

Diagnostics Ensemble::explain(const world::Point& point, std::uint32_t replication, const Diagnostics& problems) const {
  std::string values;
  for (std::size_t i = 0; i < file_.scenario.parameters.size(); ++i) {
    const Parameter& parameter = file_.scenario.parameters[ParameterId::of(i)];
    if (parameter.kind == Parameter::Kind::uncertainty)
      values += fmt::format("{}{} = {:.6g}", values.empty() ? "" : ", ", parameter.name, point[ParameterId::of(i)]);
  }
  Diagnostics explained;
  explained.add({Severity::error,
                 {file_.document.files.front().name, 0, 0},
                 "uncertainties",
                 fmt::format("replication {} cannot be calibrated at the values sampled", replication),
                 values,
                 "narrow a distribution, or run with --at-nominal"});
  explained.append(problems);
  return explained;
}

namespace {

/// Runs replications in a row, for one thread; in the memory of the one before where nothing but outcomes is wanted.
class Worker {
 public:
  explicit Worker(const Ensemble& ensemble) : ensemble_(ensemble) {
    const EnsembleRequest& request = ensemble.request();
    if (request.detail == Detail::outcomes && request.observations.empty())
      runner_.emplace(ensemble.file(), request.seed);
  }

  [[nodiscard]] Result<ReplicationResult> run(std::uint32_t replication) {
    return runner_ ? ensemble_.run(replication, *runner_) : ensemble_.run(replication);
  }

 private:
  const Ensemble& ensemble_;
  std::optional<OutcomeRunner> runner_;
};

}  // namespace

void run_in_order(const Ensemble& ensemble, unsigned threads,
                  const std::function<bool(const Result<ReplicationResult>&)>& take) {
  in_order(
      ensemble.request().replications, threads,
      [&] {
        return [worker = Worker(ensemble)](std::uint64_t replication) mutable {
          return worker.run(static_cast<std::uint32_t>(replication));
        };
      },
      take);
}

}  // namespace loophole::study
