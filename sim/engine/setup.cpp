#include <loophole/engine/preparer.hpp>
#include <loophole/engine/setup.hpp>

namespace loophole::engine {

Result<std::unique_ptr<Setup>> prepare(const scenario::ScenarioFile& file) {
  return prepare(file, world::Point::nominal(file.scenario));
}

Result<std::unique_ptr<Setup>> prepare(const scenario::ScenarioFile& file, const world::Point& point) {
  Preparer preparer(file, Preparer::Says::warnings_too);
  const Result<const Setup*> prepared = preparer.at(point);
  if (!prepared) return prepared.diagnostics();
  return {preparer.take(), prepared.diagnostics()};
}

}  // namespace loophole::engine
