#include "dry_run.hpp"

#include "progress.hpp"
#include <loophole/study/coverage.hpp>
#include <loophole/study/unit_runner.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <chrono>
#include <cmath>
#include <numeric>
#include <thread>

namespace loophole::cli {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// "about 3 h", of a machine that nobody has measured.
std::string size_text(double bytes) {
  constexpr const char* units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(units); ++unit)
    bytes /= 1000;
  return fmt::format("{:.3g} {}", bytes, units[unit]);
}

struct Trial {
  double seconds = 0;
  double bytes = 0;
  std::uint64_t runs = 0;
};

/// Units of all scenarios in turn, for a second or so.
Result<Trial> try_out(const study::Plan& plan) {
  constexpr double enough = 1.0;
  const study::UnitColumns columns(plan);
  study::UnitRunner runner(plan, columns);
  Trial trial;
  const Clock::time_point start = Clock::now();
  for (std::uint64_t position = 0; position < plan.points().size(); ++position)
    for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
      study::Unit unit = plan.unit(plan.unit_of(scenario, position, 0));
      // A unit may take hours: its first run tells whether it does.
      const double expected =
          trial.runs == 0 ? enough : trial.seconds / static_cast<double>(trial.runs) * (unit.to - unit.from);
      if (seconds_since(start) + expected > enough) unit.to = unit.from + 1;
      const Clock::time_point before = Clock::now();
      const auto result = runner.run(unit);
      if (!result) return result.diagnostics();
      trial.seconds += seconds_since(before);
      for (const std::string& rows : result->rows)
        trial.bytes += static_cast<double>(rows.size());
      trial.runs += unit.to - unit.from;
      const bool each_was_tried = scenario + 1 == plan.scenarios() || position > 0;
      if (each_was_tried && seconds_since(start) > enough) return trial;
    }
  return trial;
}

std::string names_of(const study::Plan& plan) {
  std::string names;
  for (std::size_t s = 0; s < plan.scenarios(); ++s)
    names += (s == 0 ? "" : ", ") + plan.scenario(s).document.name;
  return names;
}

std::string factors_of(const study::Plan& plan) {
  std::string names;
  for (const scenario::Factor& factor : plan.points().factors())
    names += (names.empty() ? "" : ", ") + factor.name;
  return names.empty() ? "none" : names;
}

}  // namespace

int dry_run(const study::Plan& plan, const study::SweepRequest& request, const Console& console) {
  const auto trial = try_out(plan);
  if (!trial) {
    print(trial.diagnostics(), console.err);
    return usage;
  }
  const study::PartsRead found = study::read_parts(plan, request.folder, study::PartReader::Content::skipped);
  std::uint64_t left = 0, units = 0;
  const study::Shard shard = request.shard.value_or(study::Shard{});
  for (std::uint64_t unit = 0; unit < plan.units(); ++unit) {
    if (plan.shard_of(unit, shard.count) != shard.index) continue;
    const study::Unit rest = found.coverage.left(unit);
    left += rest.to - rest.from;
    units += rest.from < rest.to ? 1 : 0;
  }
  const double each = trial->seconds / static_cast<double>(trial->runs);
  const double all = each * static_cast<double>(left);
  const double bytes = trial->bytes / static_cast<double>(trial->runs) * static_cast<double>(left);
  fmt::print(console.out, "{:<10} {}\n", "scenarios", names_of(plan));
  fmt::print(console.out, "{:<10} {}, over {}\n", "points", plan.points().size(), factors_of(plan));
  fmt::print(console.out, "{:<10} {} x {} x {} replications = {}\n", "runs", plan.scenarios(), plan.points().size(),
             plan.study().replications, plan.runs());
  fmt::print(console.out, "{:<10} {}{} in {} units, each of which can be lost when work is cut off\n", "to do", left,
             request.shard ? fmt::format(" in shard {} of {}", shard.index, shard.count) : std::string(), units);
  fmt::print(console.out, "{:<10} {:.3g} ms on this machine, {} runs tried\n", "a run", each * 1000, trial->runs);
  fmt::print(console.out, "{:<10} about {} on one core, {} on {} threads\n", "time", duration_text(all),
             duration_text(all / request.threads), request.threads);
  fmt::print(console.out, "{:<10} {} of parts in {}, and as much again when they are merged\n", "disk",
             size_text(bytes), request.folder);
  if (!request.shard && all > 600)
    fmt::print(console.out, "{:<10} {} tasks of ten minutes each\n", "shards", std::ceil(all / 600));
  return ok;
}

}  // namespace loophole::cli
