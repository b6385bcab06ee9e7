/// A manifest, as a folder of results has it: somebody may have edited it, or another version written it.
#include "fuzzing.hpp"
#include <loophole/base/version.hpp>
#include <loophole/record/folder.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/study/plan.hpp>

#include <fstream>

using namespace loophole;

namespace {

/// The program reads only what it wrote itself, so what is kept of other revisions is made its own.
std::string of_this_revision(std::string text) {
  const std::string placeholder = "THIS_REVISION";
  for (std::size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at))
    text.replace(at, placeholder.size(), revision());
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 200'000) return 0;
  for (const char* name : {"manifest.json", "study.json"})
    std::ofstream(name, std::ios::binary) << of_this_revision(fuzzing::text_of(data, size));
  const auto scenarios = record::read_scenarios(".");
  fuzzing::require(scenarios.ok() || scenarios.diagnostics().has_errors(), "no scenarios, and no reason");
  const auto folder = record::read_folder(".");
  fuzzing::require(folder.ok() || folder.diagnostics().has_errors(), "no folder, and no reason");
  const auto study = record::read_study_file(".");
  fuzzing::require(study.ok() || study.diagnostics().has_errors(), "no study, and no reason");
  if (study) fuzzing::require(study::Plan(*study, "fuzz").units() > 0, "a study without work");
  static_cast<void>(record::design_of("."));
  static_cast<void>(record::preferences_of("."));
  static_cast<void>(record::study_tables("."));
  return 0;
}
