#include <loophole/record/study_file.hpp>
#include <loophole/study/coverage.hpp>
#include <loophole/study/in_order.hpp>
#include <loophole/study/sweep.hpp>
#include <loophole/study/unit_runner.hpp>

#include <vector>

namespace loophole::study {

void write_study(const scenario::Study& study, const std::string& folder, record::Durability durability) {
  record::write_if_other(folder, record::study_file(study), durability);
}

SweepResult sweep(const Plan& plan, const SweepRequest& request,
                  const std::function<bool(const SweepProgress&)>& told) {
  const Shard shard = request.shard.value_or(Shard{});
  std::vector<Unit> work;
  SweepResult result;
  {
    const PartsRead found = read_parts(plan, request.folder, PartReader::Content::read, request.shard);
    for (std::uint64_t number = 0; number < plan.units(); ++number) {
      if (plan.shard_of(number, shard.count) != shard.index) continue;
      const Unit unit = plan.unit(number), left = found.coverage.left(number);
      result.progress.runs += unit.to - unit.from;
      result.progress.earlier += left.from - unit.from;
      if (left.from < left.to) work.push_back(left);
    }
  }
  result.progress.done = result.progress.earlier;
  const UnitColumns columns(plan);
  PartWriter part(request.folder, {shard, plan.fingerprint()}, request.durability);
  in_order(
      work.size(), request.threads,
      [&] {
        return [&, runner = UnitRunner(plan, columns)](std::uint64_t piece) mutable { return runner.run(work[piece]); };
      },
      [&](const Result<UnitResult>& unit) {
        if (unit) {
          part.add(*unit);
          result.progress.done += unit->key.to - unit->key.from;
        } else if (result.failed++ == 0) {
          result.problems = unit.diagnostics();
        }
        result.is_interrupted = !told(result.progress);
        return !result.is_interrupted;
      });
  part.finish();
  return result;
}

}  // namespace loophole::study
