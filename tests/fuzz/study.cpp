/// A study's file, about a scenario that is valid: read, checked, and its plan asked for points.
#include "../unit/study/markets.hpp"
#include "document.hpp"
#include <loophole/scenario/study.hpp>
#include <loophole/study/plan.hpp>

using namespace loophole;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const scenario::ScenarioFile market = test::written(test::uncertain_market());
  auto document = fuzzing::document_of(fuzzing::text_of(data, size));
  if (!document) return 0;
  const auto study = scenario::read_study(std::move(*document), {market});
  fuzzing::require(study.ok() || study.diagnostics().has_errors(), "no study, and no reason");
  if (!study) return 0;
  // A table of points is read with the study's file, which is not here.
  const auto* const list = std::get_if<scenario::PointList>(&study->design.method);
  if (list && list->ids.empty()) return 0;
  const study::Plan plan(*study, "fuzz");
  const std::uint64_t points = plan.points().size();
  fuzzing::require(points > 0, "a valid study without points");
  for (const std::uint64_t position : {std::uint64_t{0}, points / 2, points - 1}) {
    const std::uint64_t id = plan.points().id(position);
    fuzzing::require(plan.points().position(id) == position, "a point is not found by its id");
    static_cast<void>(plan.fingerprint(0, position));
  }
  return 0;
}
