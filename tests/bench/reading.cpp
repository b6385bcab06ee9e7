// What a large scenario costs to read: one iteration parses, validates and compiles a file of so many events, or parses
// it with yaml-cpp alone.
#include "support.hpp"
#include <loophole/engine/setup.hpp>
#include <loophole/scenario/load.hpp>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace {

using namespace loophole;

constexpr const char* market = R"(schema: 1
title: many events
horizon: { from: 2024-01-01, to: 2025-01-01 }
as_of: 2025-01-01
record: { every: 1 month }
currency: { base: USD }
units: { tok: tokens }
unit_of_use: tok
sources:
  guess: { title: a guess, confidence: assumption }
actors:
  maker: { jurisdiction: US, kind: developer }
  home-maker: { jurisdiction: CN, kind: developer }
products:
  model: { developer: maker }
  home-model: { developer: home-maker }
channels:
  direct: { product: model, path: [maker], price: 5 USD/Mtok @guess }
  home: { product: home-model, path: [home-maker], price: 1 USD/Mtok @guess }
segments:
  firms:
    jurisdiction: CN
    source: guess
    firms: 1000
    initial_spend: 1 MUSD/month
    shares: { direct: 60 %, home: 30 %, outside: 10 % }
    tastes: { price: -1.1, price_offset: 0.05 USD/Mtok }
    switching: { voluntary: 1 %/month }
    reviews: { every: 12 months }
rules:
  terms: { kind: provider-terms, issuer: maker, binds: { seller: maker }, in_force: yes, enforcement: 0 % @guess }
events:
)";

/// A file of a small market with `events` dated changes of one rule; gone when the benchmark ends.
class ManyEvents {
 public:
  explicit ManyEvents(std::int64_t events)
      : path_(std::filesystem::temp_directory_path() / fmt::format("loophole-{}-events.{}.yaml", events, ::getpid())) {
    std::ofstream file(path_);
    file << market;
    for (std::int64_t i = 0; i < events; ++i)
      file << fmt::format(
          "  step-{}: {{ at: 2024-{:02}-{:02} @guess, effects: [ {{ set: {{ rule: terms, enforcement: {} %, source: "
          "guess }} }} ] "
          "}}\n",
          i, 1 + i / 28 % 12, 1 + i % 28, i % 50);
  }
  ~ManyEvents() { std::filesystem::remove(path_); }
  ManyEvents(const ManyEvents&) = delete;
  ManyEvents& operator=(const ManyEvents&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

void yaml_cpp(benchmark::State& state) {
  const ManyEvents file(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(YAML::LoadFile(file.path()));
}

void ours(benchmark::State& state) {
  const ManyEvents file(state.range(0));
  for (auto _ : state) {
    const auto loaded = scenario::load_scenario(file.path());
    if (!loaded) std::abort();
    const auto setup = engine::prepare(*loaded);
    if (!setup) std::abort();
  }
}

BENCHMARK(yaml_cpp)->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(ours)->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  return loophole::bench::run(argc, argv,
                              {{"ours/100", "yaml_cpp/100"},
                               {"ours/1000", "yaml_cpp/1000"},
                               {"ours/10000", "yaml_cpp/10000"},
                               {"ours/10000", "ours/1000"}});
}
