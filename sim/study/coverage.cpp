#include <loophole/study/coverage.hpp>

#include <algorithm>

namespace loophole::study {

Coverage::Coverage(const Plan& plan) : plan_(plan), finder_(plan), done_(plan.units(), 0) {}

bool Coverage::extend(std::uint64_t unit, std::uint32_t from, std::uint32_t to) {
  const std::uint32_t first = plan_.unit(unit).from;
  if (from > first + done_[unit]) return false;
  done_[unit] = std::max(done_[unit], to - first);
  return true;
}

void Coverage::add(const UnitKey& key) {
  const auto unit = finder_.find(key);
  if (!unit)
    ++strangers_;
  else if (!extend(*unit, key.from, key.to))
    ahead_.push_back({*unit, key.from, key.to});
}

void Coverage::finish() {
  std::sort(ahead_.begin(), ahead_.end(), [](const Ahead& a, const Ahead& b) { return a.from < b.from; });
  for (const Ahead& each : ahead_)
    static_cast<void>(extend(each.unit, each.from, each.to));
  ahead_.clear();
}

Unit Coverage::left(std::uint64_t number) const {
  Unit unit = plan_.unit(number);
  unit.from += done_[number];
  return unit;
}

std::optional<std::uint64_t> UnitFinder::find(const UnitKey& key) {
  const bool is_same = !fingerprint_.empty() && key.id == id_ && key.scenario == scenario_name_;
  if (!is_same) {
    fingerprint_.clear();
    const auto scenario = plan_.find(key.scenario);
    const auto position = plan_.points().position(key.id);
    if (!scenario || !position) return std::nullopt;
    scenario_ = *scenario;
    position_ = *position;
    id_ = key.id;
    scenario_name_ = key.scenario;
    fingerprint_ = plan_.fingerprint(scenario_, position_);
  }
  if (key.fingerprint != fingerprint_ || key.from >= key.to || key.to > plan_.study().replications) return std::nullopt;
  const std::uint64_t unit = plan_.unit_of(scenario_, position_, key.from);
  return unit == plan_.unit_of(scenario_, position_, key.to - 1) ? std::optional(unit) : std::nullopt;
}

PartsRead read_parts(const Plan& plan, const std::string& folder, PartReader::Content content,
                     std::optional<Shard> shard) {
  PartsRead found{Coverage(plan), {}};
  const std::string fingerprint = plan.fingerprint();
  const auto parts = parts_in(folder);
  const auto name_of = [](const std::filesystem::path& part) { return *PartName::parse(part.filename().string()); };
  const bool all_alike = shard && std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
                           const PartName name = name_of(part);
                           return name.shard.count == shard->count && name.plan == fingerprint;
                         });
  for (const auto& part : parts) {
    if (all_alike && name_of(part).shard.index != shard->index) continue;
    PartReader reader(part);
    while (const auto unit = reader.next(content))
      found.coverage.add(unit->key);
    if (reader.is_torn()) found.torn.push_back(part.string());
  }
  found.coverage.finish();
  return found;
}

}  // namespace loophole::study
