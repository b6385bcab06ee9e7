// Runs a scenario in a program of one's own: when channels close, and the mean of each outcome over a hundred runs.
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>

#include <cstdio>
#include <vector>

using namespace loophole;

namespace {

/// Tells when a channel closes to a segment. Observers see, and change nothing.
class Closings : public engine::Observer {
 public:
  explicit Closings(const scenario::Scenario& scenario) : scenario_(scenario) {}

  void on_access(const engine::AccessChange& change) override {
    const bool is_so_at_the_start = change.cause == world::no_cause;
    if (is_so_at_the_start || change.after.status != world::Status::closed) return;
    std::printf("%s  %s closes to %s\n", to_string(change.at).c_str(), scenario_.channels[change.channel].name.c_str(),
                scenario_.segments[change.segment].name.c_str());
  }

 private:
  const scenario::Scenario& scenario_;
};

void print(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    std::fprintf(stderr, "%s\n", to_string(diagnostic).c_str());
}

}  // namespace

int main(int argc, char** argv) {
  const Result<scenario::ScenarioFile> file = scenario::load_scenario(argc > 1 ? argv[1] : "scenario.yaml");
  print(file.diagnostics());
  if (!file) return 2;
  const auto prepared = engine::prepare(*file);  // compiled and calibrated, once
  print(prepared.diagnostics());
  if (!prepared) return 2;
  const engine::Setup& setup = **prepared;

  constexpr std::uint64_t seed = 1;
  Closings closings(file->scenario);
  engine::Replication(setup, seed, 0, {&closings}).run();

  constexpr std::uint32_t replications = 100;
  engine::OutcomeObserver observer(setup);
  engine::Replication replication(setup, seed, 0, {&observer});
  std::vector<double> sums(file->scenario.outcomes.size());
  for (std::uint32_t number = 0; number < replications; ++number) {
    replication.restart(number);
    replication.run();
    const auto values = observer.values();
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] += values[i].value_or(0);
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const scenario::Outcome& outcome = file->scenario.outcomes[i];
    std::printf("%-28s %12.5g %s\n", outcome.name.c_str(), sums[i] / replications, outcome.unit.c_str());
  }
}
