/// A scenario's file: read, checked, and if it is valid compiled and calibrated.
#include "document.hpp"
#include <loophole/engine/setup.hpp>

using namespace loophole;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto document = fuzzing::document_of(fuzzing::text_of(data, size));
  if (!document) return 0;
  const auto file = fuzzing::scenario_of(std::move(*document));
  // What takes long to calibrate is no mistake of the reader.
  if (!file || file->scenario.segments.size() > 20 || file->scenario.channels.size() > 60) return 0;
  const auto setup = engine::prepare(*file);
  fuzzing::require(setup.ok() || setup.diagnostics().has_errors(), "not prepared, and no reason");
  return 0;
}
