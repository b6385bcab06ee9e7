/// Ensembles of small scenarios, for tests.
#pragma once

#include "../engine/observed.hpp"
#include <loophole/study/ensemble.hpp>
#include <loophole/study/ensemble_record.hpp>

#include <map>

namespace loophole::test {

/// Two uncertainties, one of a taste and one of a delay; an event that may not happen; two outcomes.
inline std::string uncertain_market(const std::string& more = {}) {
  std::string text = small_market(R"(uncertainties:
  sensitivity: { triangular: [-2.0, -1.1, -0.6], nominal: -1.1, source: assumption }
  wait: { uniform: [5 days, 40 days], nominal: 14 days, source: assumption }
levers:
  unused: { values: [1, 2], nominal: 2, source: assumption }
rules:
  terms: { kind: provider-terms, issuer: maker, binds: { seller: maker }, in_force: yes, enforcement: 0 % @assumption }
events:
  announcement: { at: 2024-03-01 }
  cut-off:
    after: announcement
    delay: $wait
    effects: [ { set: { rule: terms, source: assumption, enforcement: [ { where: { tag: vpn }, is: 70 % }, { else: 100 % } ] } } ]
  hearing: { after: announcement, delay: { exponential: 100 days }, probability: 50 %, source: assumption }
outcomes:
  moved: { value: 'share(home, firms)', at: 2024-12-01 }
  sales: { sum: sales(cloud), unit: USD }
)" + more);
  const std::string fixed = "tastes: { price: -1.1";
  return text.replace(text.find(fixed), fixed.size(), "tastes: { price: $sensitivity");
}

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
