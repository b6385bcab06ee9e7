/// A scenario's file: read, checked, and if it is valid compiled and calibrated.
#include "fuzzing.hpp"
#include <loophole/engine/setup.hpp>
#include <loophole/scenario/load.hpp>

using namespace loophole;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scenario::Document document;
  document.name = "fuzz";
  document.files = {{"fuzz.yaml", fuzzing::text_of(data, size)}};
  Diagnostics problems;
  auto tree = scenario::parse_yaml(document.files, 0, problems, {std::size_t{1} << 20, 64, 20'000});
  fuzzing::require(tree.has_value() || problems.has_errors(), "no tree, and no reason");
  if (!tree) return 0;
  document.scenario = document.root = std::move(*tree);
  const auto file = scenario::read_scenario_file(std::move(document));
  fuzzing::require(file.ok() || file.diagnostics().has_errors(), "no scenario, and no reason");
  for (const Diagnostic& each : file.diagnostics().items())
    static_cast<void>(to_string(each));
  // What takes long to calibrate is no mistake of the reader.
  if (!file || file->scenario.segments.size() > 20 || file->scenario.channels.size() > 60) return 0;
  const auto setup = engine::prepare(*file);
  fuzzing::require(setup.ok() || setup.diagnostics().has_errors(), "not prepared, and no reason");
  return 0;
}
