#include <loophole/study/coverage.hpp>
#include <loophole/study/shards_left.hpp>
#include <loophole/study/status.hpp>

#include <algorithm>

namespace loophole::study {

namespace {

using Age = std::chrono::seconds;

/// What a shard's own parts say, beside the units in them.
struct Traces {
  std::optional<Age> written;
  bool is_torn = false;
};

ShardState state_of(const ShardStatus& shard, const Traces& traces, Age idle) {
  if (shard.done == shard.runs) return ShardState::done;
  if (!traces.written) return ShardState::missing;
  if (*traces.written < idle) return ShardState::running;
  return traces.is_torn ? ShardState::broken : ShardState::cut_off;
}

}  // namespace

std::vector<std::uint32_t> StudyStatus::in_state(ShardState state) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < shards.size(); ++i)
    if (shards[i].state == state) found.push_back(i);
  return found;
}

std::vector<std::uint32_t> StudyStatus::to_start() const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < shards.size(); ++i)
    if (shards[i].state != ShardState::done && shards[i].state != ShardState::running) found.push_back(i);
  return found;
}

StudyStatus status_of(const Plan& plan, const StatusRequest& request) {
  const PartsRead found = read_parts(plan, request.folder, PartReader::Content::skipped);
  StudyStatus status;
  status.strangers = found.coverage.strangers();
  status.torn = found.torn.size();
  const std::uint32_t count = request.shards.value_or(shard_count(plan, request.folder).value_or(0));
  std::vector<Traces> traces(count);
  const std::string fingerprint = plan.fingerprint();
  for (const auto& part : parts_in(request.folder)) {
    ++status.parts;
    const auto name = PartName::parse(part.filename().string());
    if (name->plan != fingerprint || name->shard.count != count || name->shard.index >= count) continue;
    Traces& of = traces[name->shard.index];
    std::error_code error;
    const auto written = std::filesystem::last_write_time(part, error);
    if (error) continue;  // somebody took it away
    const auto age = std::max(Age{0}, std::chrono::duration_cast<Age>(request.now - written));
    of.written = std::min(of.written.value_or(age), age);
    of.is_torn = of.is_torn || std::binary_search(found.torn.begin(), found.torn.end(), part.string());
  }
  status.shards.resize(count);
  for (std::uint64_t number = 0; number < plan.units(); ++number) {
    const Unit unit = plan.unit(number), left = found.coverage.left(number);
    const std::uint64_t runs = unit.to - unit.from, done = left.from - unit.from;
    status.runs += runs;
    status.done += done;
    if (count == 0) continue;
    ShardStatus& shard = status.shards[plan.shard_of(number, count)];
    shard.runs += runs;
    shard.done += done;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    status.shards[i].written = traces[i].written;
    status.shards[i].state = state_of(status.shards[i], traces[i], request.idle);
  }
  return status;
}

}  // namespace loophole::study
