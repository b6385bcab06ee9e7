/// A scenario's file: read, checked, and if it is valid compiled, calibrated and run once.
#include "document.hpp"
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>

#include <exception>

using namespace loophole;

namespace {

/// Events that bring about each other second by second take long, and that is no mistake of the engine.
class Patience : public engine::Observer {
 public:
  struct Lost : std::exception {};
  void on_event(const engine::Happening&) override {
    if (++events_ > 500) throw Lost();
  }

 private:
  int events_ = 0;
};

/// What takes long to calibrate, or to look at again and again, is no mistake either.
bool is_small(const scenario::Scenario& scenario) {
  constexpr double most_firms = 1000;
  for (const scenario::Segment& segment : scenario.segments)
    if (scenario.resolution_of(segment) != scenario::Resolution::mean_field && !(segment.firms.value <= most_firms))
      return false;
  return scenario.segments.size() <= 20 && scenario.channels.size() <= 60 &&
         days_between(scenario.horizon.from, scenario.horizon.to) <= 20 * 366;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto document = fuzzing::document_of(fuzzing::text_of(data, size));
  if (!document) return 0;
  const auto file = fuzzing::scenario_of(std::move(*document));
  if (!file || !is_small(file->scenario)) return 0;
  const auto setup = engine::prepare(*file);
  fuzzing::require(setup.ok() || setup.diagnostics().has_errors(), "not prepared, and no reason");
  if (!setup) return 0;
  Patience patience;
  engine::OutcomeObserver outcomes(**setup);
  try {
    engine::Replication(**setup, 1, 0, {&patience, &outcomes}).run();
    static_cast<void>(outcomes.values());
  } catch (const Patience::Lost&) {
  } catch (const std::runtime_error&) {
    // Events that bring about each other without end at one instant are refused as they happen.
  }
  return 0;
}
