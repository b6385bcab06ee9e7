/// The first case, loaded and made ready, for benchmarks of whole replications.
#pragma once

#include <loophole/engine/setup.hpp>
#include <loophole/scenario/load.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace loophole::bench {

inline const std::string baseline_path = LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml";

inline const scenario::ScenarioFile& baseline() {
  static const scenario::ScenarioFile file = [] {
    auto loaded = scenario::load_scenario(baseline_path);
    if (!loaded) {
      std::fprintf(stderr, "cannot load %s\n", baseline_path.c_str());
      std::exit(1);
    }
    return std::move(*loaded);
  }();
  return file;
}

inline const engine::Setup& baseline_setup() {
  static const std::unique_ptr<engine::Setup> made = std::move(*engine::prepare(baseline()));
  return *made;
}

}  // namespace loophole::bench
