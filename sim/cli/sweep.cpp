#include "dry_run.hpp"
#include "interruption.hpp"
#include "merge_study.hpp"
#include "progress.hpp"
#include "study_of.hpp"
#include <loophole/record/study_file.hpp>
#include <loophole/study/shard.hpp>
#include <loophole/study/sweep.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <cstdlib>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

std::optional<std::string> variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

int run_shard(const study::Plan& plan, const study::SweepRequest& request, const Console& console) {
  study::SweepResult result;
  {
    Progress progress(console.err, plan.study().document.name, "runs", 0);
    result = study::sweep(plan, request, [&](const study::SweepProgress& at) {
      progress.show(at.done, at.runs, at.done - at.earlier);
      return !Interruption::is_asked_for();
    });
  }
  const study::SweepProgress& at = result.progress;
  if (result.failed > 0) {
    print(result.problems, console.err);
    if (result.failed > 1) fmt::print(console.err, "and {} more that cannot be run\n", result.failed - 1);
    return usage;
  }
  const std::string which =
      request.shard ? fmt::format("shard {} of {}", request.shard->index, request.shard->count) : std::string("all");
  if (at.done < at.runs) {
    fmt::print(console.err, "loophole: interrupted: {} of {} runs are done ({}); run it again to go on\n", at.done,
               at.runs, which);
    return failed;
  }
  if (request.shard) fmt::print(console.out, "{}: {} runs done, {} of them before\n", which, at.runs, at.earlier);
  return ok;
}

}  // namespace

int sweep(const Console& console) {
  Options options("sweep STUDY [options]",
                  "Runs a study, or a shard of it, and goes on where it was cut off. Given the folder of a study's\n"
                  "results, it runs what was read when the first shard began. Without --shard it ends with the tables.",
                  "  loophole sweep scenarios/openai-china/studies/notice.yaml --dry-run\n"
                  "  loophole sweep scenarios/openai-china/studies/notice.yaml\n"
                  "  loophole sweep results/openai-china/notice --shard 2/7\n"
                  "  loophole sweep results/openai-china/notice --shard auto/100      # in a job array\n");
  std::string shard;
  options.add().add_options()("shard", po::value(&shard)->value_name("I/N"),
                              "only this part of the work, counted from 0; auto or auto/N: the one of this task")(
      "gzip", "compress the long tables: outcomes.csv.gz")(
      "dry-run", "say what would be run, how long it would take, and how much it would leave");
  options.add_threads();
  options.add_folder_choices();
  options.take_one("study");
  if (!options.parse(console)) return options.status();
  const std::string& given = options.files().front();
  const Interruption interruption;
  Diagnostics problems;
  study::SweepRequest request;
  request.threads = options.threads(problems);
  const FolderChoices choices = options.folder_choices();
  request.durability = choices.durability;
  if (!shard.empty()) {
    const auto parsed = study::parse_shard(shard, variable);
    problems.append(parsed.diagnostics());
    if (parsed) request.shard = *parsed;
  }
  const auto read = study_of(given, choices.out);
  problems.append(read.diagnostics());
  if (problems.has_errors()) {
    print(problems, console.err);
    return usage;
  }
  request.folder = read->folder;
  const study::Plan plan(read->study, record::this_program());
  if (!request.shard || request.shard->index == 0) problems.append(try_out(plan));
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  if (options.values().count("dry-run") != 0) return dry_run(plan, request, console);
  fmt::print(console.out, "{}\n{}\n", plan.study().title, size_of(plan));
  if (!read->is_begun) study::write_study(plan.study(), request.folder, request.durability);
  const int status = run_shard(plan, request, console);
  if (status != ok || request.shard) return status;
  return merge_study(plan,
                     {request.folder,
                      {},
                      study::Gaps::refused,
                      options.values().count("gzip") != 0 ? study::Compression::gzip : study::Compression::none,
                      request.durability},
                     console);
}

}  // namespace loophole::cli
