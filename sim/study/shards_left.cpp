#include <loophole/study/part.hpp>
#include <loophole/study/shards_left.hpp>

#include <set>

namespace loophole::study {

std::vector<std::uint32_t> shards_left(const Plan& plan, const Coverage& coverage, std::uint32_t count) {
  std::vector<char> is_left(count, 0);
  for (std::uint64_t unit = 0; unit < plan.units(); ++unit)
    if (!coverage.is_done(unit)) is_left[plan.shard_of(unit, count)] = 1;
  std::vector<std::uint32_t> left;
  for (std::uint32_t i = 0; i < count; ++i)
    if (is_left[i] != 0) left.push_back(i);
  return left;
}

std::optional<std::uint32_t> shard_count(const Plan& plan, const std::string& folder) {
  const std::string fingerprint = plan.fingerprint();
  std::set<std::uint32_t> now, earlier;
  for (const auto& part : parts_in(folder)) {
    const auto name = PartName::parse(part.filename().string());
    (name->plan == fingerprint ? now : earlier).insert(name->shard.count);
  }
  const auto& counts = now.empty() ? earlier : now;
  return counts.size() == 1 ? std::optional(*counts.begin()) : std::nullopt;
}

}  // namespace loophole::study
