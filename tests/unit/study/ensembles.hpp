/// Ensembles of small scenarios, for tests.
#pragma once

#include "markets.hpp"
#include <loophole/study/ensemble.hpp>
#include <loophole/study/ensemble_record.hpp>

#include <map>

namespace loophole::test {

struct Ran {
  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;
  std::unique_ptr<study::Ensemble> ensemble;
  std::unique_ptr<study::EnsembleRecord> record;
  std::unique_ptr<std::map<std::string, std::string>> tables;  ///< the record writes into it
  std::string summary;
};

inline Ran run_ensemble(scenario::ScenarioFile file, study::EnsembleRequest request, unsigned threads = 1) {
  Ran ran;
  ran.file = std::move(file);
  auto setup = engine::prepare(ran.file);
  if (!setup) throw std::runtime_error(text_of(setup.diagnostics()));
  ran.setup = std::move(*setup);
  if (request.name.empty()) request.name = "base";
  ran.ensemble = std::make_unique<study::Ensemble>(ran.file, *ran.setup, request);
  ran.tables = std::make_unique<std::map<std::string, std::string>>();
  ran.record = std::make_unique<study::EnsembleRecord>(
      *ran.ensemble,
      [&tables = *ran.tables](std::string_view table, std::string_view text) { tables[std::string(table)] += text; });
  study::run_in_order(*ran.ensemble, threads, [&](const Result<study::ReplicationResult>& result) {
    if (!result) throw std::runtime_error(text_of(result.diagnostics()));
    ran.record->add(*result);
    return true;
  });
  ran.record->finish();
  ran.summary = ran.record->summary();
  return ran;
}

}  // namespace loophole::test
