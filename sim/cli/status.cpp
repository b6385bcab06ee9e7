#include "progress.hpp"
#include "study_of.hpp"
#include <loophole/base/ranges.hpp>
#include <loophole/base/shell.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/study/slurm_script.hpp>
#include <loophole/study/status.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

using study::ShardState;
using study::ShardStatus;
using study::StudyStatus;

constexpr std::size_t most_lines = 20;

const char* name_of(ShardState state) { return study::shard_state_names[static_cast<std::size_t>(state)]; }

void print_counts(const StudyStatus& status, const std::string& idle, std::ostream& out) {
  fmt::print(out, "\n{} shards\n", status.shards.size());
  const std::string meanings[] = {"", fmt::format("written to within {} minutes", idle),
                                  fmt::format("nothing written for {} minutes", idle),
                                  "cut off, with a torn or damaged unit", "no part: not begun"};
  for (std::size_t i = 0; i < study::shard_state_names.size(); ++i)
    if (const std::size_t count = status.in_state(static_cast<ShardState>(i)).size(); count > 0)
      fmt::print(out, "{:>9} {}\n", count,
                 meanings[i].empty() ? study::shard_state_names[i]
                                     : fmt::format("{:<9} {}", study::shard_state_names[i], meanings[i]));
}

void print_shards(const StudyStatus& status, std::ostream& out) {
  std::size_t lines = 0, not_done = 0;
  for (std::size_t i = 0; i < status.shards.size(); ++i) {
    const ShardStatus& shard = status.shards[i];
    if (shard.state == ShardState::done || ++not_done > most_lines) continue;
    if (lines++ == 0) fmt::print(out, "\n{:>9} {:<9} {:>12} {:>12}  {}\n", "shard", "state", "done", "of", "written");
    fmt::print(out, "{:>9} {:<9} {:>12} {:>12}  {}\n", i, name_of(shard.state), shard.done, shard.runs,
               shard.written ? duration_text(static_cast<double>(shard.written->count())) + " ago" : "never");
  }
  if (not_done > lines) fmt::print(out, "and {} more that are not done\n", not_done - lines);
}

const char* text_of(record::StudyTables tables) {
  switch (tables) {
    case record::StudyTables::whole:
      return "merged, all runs";
    case record::StudyTables::with_gaps:
      return "INCOMPLETE: merged with gaps, which missing.csv names";
    case record::StudyTables::of_another_study:
      return "of another run or version of the study";
    case record::StudyTables::none:
      break;
  }
  return "not merged yet";
}

void print_next(const StudyStatus& status, const std::string& folder, std::ostream& out) {
  const std::string place = shell_word(folder);
  fmt::print(out, "\nto go on\n");
  const auto to_start = status.to_start();
  if (status.done == status.runs) {
    fmt::print(out, "  loophole merge {}\n", place);
  } else if (status.shards.empty()) {
    fmt::print(out, "  loophole sweep {}                on this machine\n  loophole submit {} --shards N    by Slurm\n",
               place, place);
  } else if (to_start.empty()) {
    fmt::print(out, "  nothing to start: all that is left is running\n");
  } else {
    fmt::print(
        out, "  loophole submit {}    by Slurm, with --array={}\n  loophole sweep {}     on this machine, all of it\n",
        place, ranges(to_start, ","), place);
  }
}

}  // namespace

int status(const Console& console) {
  Options options(
      "status DIR [options]",
      "How far a study is, by what its tasks have left in the folder of its results: which shards are done,\n"
      "running, cut off, broken or missing, and how to go on. It may be asked while they run.\n"
      "Exit status 0 when all runs are done and merged, 1 when something is left to do.",
      "  loophole status results/openai-china/notice\n"
      "  until loophole status results/openai-china/notice >/dev/null; do sleep 60; done\n");
  std::string idle;
  options.add().add_options()("idle", po::value(&idle)->value_name("MINUTES")->default_value(usual_idle),
                              "how long a running shard may write nothing before it counts as cut off");
  options.take_one("study");
  if (!options.parse(console)) return options.status();
  const std::string& given = options.files().front();
  Diagnostics problems;
  const auto minutes = minutes_of("--idle", idle, problems);
  const auto read = record::read_study_file(given);
  if (!read) problems.append(read.diagnostics());
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  const study::Plan plan(*read, record::this_program());
  const StudyStatus status =
      study::status_of(plan, {given, std::nullopt, std::filesystem::file_time_type::clock::now(), minutes});
  const record::StudyTables tables = record::study_tables(given);

  fmt::print(console.out, "{}\n{}\n", plan.study().title, size_of(plan));
  fmt::print(console.out, "{:<8} {} of {} runs ({:.1f} %), in {} parts\n", "done", status.done, status.runs,
             100.0 * static_cast<double>(status.done) / static_cast<double>(status.runs), status.parts);
  fmt::print(console.out, "{:<8} {}\n", "tables", text_of(tables));
  if (status.torn > 0)
    fmt::print(console.out, "{:<8} {} parts end in what is no whole unit, which is left out\n", "torn", status.torn);
  if (status.strangers > 0)
    fmt::print(console.out, "{:<8} {} units of another version of the study\n", "left out", status.strangers);
  if (status.done < status.runs) {
    if (!status.shards.empty()) {
      print_counts(status, idle, console.out);
      print_shards(status, console.out);
    } else if (status.parts > 0) {
      fmt::print(console.out, "\nThe parts do not agree on a number of shards, so none are listed.\n");
    }
  }
  if (status.done == status.runs && tables == record::StudyTables::whole) return ok;
  print_next(status, given, console.out);
  return failed;
}

}  // namespace loophole::cli
