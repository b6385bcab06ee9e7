#include "sbatch.hpp"
#include "study_of.hpp"
#include <loophole/base/ranges.hpp>
#include <loophole/base/shell.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/study/shards_left.hpp>
#include <loophole/study/slurm_script.hpp>
#include <loophole/study/status.hpp>
#include <loophole/study/sweep.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>

namespace loophole::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

struct Words {
  std::string shards, threads, at_most, time, memory, idle;
};

/// The shards asked for, or those that the study was begun with; never more than Slurm takes or there are units.
std::optional<std::uint32_t> shards_of(const study::Plan& plan, const std::string& folder, const std::string& asked,
                                       const Console& console, Diagnostics& problems) {
  std::optional<std::uint32_t> shards;
  if (!asked.empty()) {
    shards = count_of("--shards", asked, "shards", study::most_shards, "100", problems);
    if (*shards == 0) return std::nullopt;
  } else {
    shards = study::shard_count(plan, folder);
  }
  if (!shards) {
    problems.add(refusal("--shards", "nothing says into how many shards the work is cut",
                         "no part is there yet, or the parts differ",
                         "give a number, for example --shards 100; 'loophole sweep STUDY --dry-run' tells the cost"));
    return std::nullopt;
  }
  const std::uint32_t before = *shards;
  if (const auto most = most_tasks_here(); most && *shards > *most) {
    fmt::print(console.err,
               "loophole: note: {} shards instead of {}: Slurm takes no larger array here (MaxArraySize); each has "
               "more to do\n",
               *most, before);
    shards = *most;
  }
  if (*shards > plan.units()) {
    fmt::print(console.err, "loophole: note: {} shards instead of {}: the work has no more pieces\n", plan.units(),
               *shards);
    shards = static_cast<std::uint32_t>(plan.units());
  }
  return shards;
}

void show(const study::SlurmJobs& jobs, std::ostream& out) {
  const fs::path folder = study::slurm_folder(jobs.folder);
  fmt::print(out, "\n{}:\n{}\n{}:\n{}\n{}\n{}\n", (folder / study::sweep_script_name).string(),
             study::sweep_script(jobs), (folder / study::merge_script_name).string(), study::merge_script(jobs),
             study::submit_sweep(jobs), study::submit_merge(jobs, "NUMBER-OF-THE-FIRST"));
}

int submit_jobs(const study::SlurmJobs& jobs, const Console& console) {
  const std::string folder = study::slurm_folder(jobs.folder);
  record::write_if_other(folder, {std::string(study::sweep_script_name), study::sweep_script(jobs)}, jobs.durability);
  record::write_if_other(folder, {std::string(study::merge_script_name), study::merge_script(jobs)}, jobs.durability);
  const auto sweep = job_number(study::submit_sweep(jobs));
  if (!sweep) {
    fmt::print(console.err, "loophole: Slurm did not take the array; nothing runs\n");
    return failed;
  }
  fmt::print(console.out, "job {}: shards {} of {}; logs are {}/shard-*.log\n", *sweep, ranges(jobs.left, ","),
             jobs.shards, folder);
  const auto merge = job_number(study::submit_merge(jobs, *sweep));
  if (!merge) {
    fmt::print(
        console.err,
        "loophole: Slurm did not take the job that merges; when all tasks have ended, run\n  loophole merge {}\n",
        shell_word(jobs.folder));
    return failed;
  }
  fmt::print(console.out, "job {}: the tables, when all of them have ended; its log is {}/merge.log\n", *merge, folder);
  fmt::print(console.out, "\n  loophole status {}    tells how far they are\n  scancel {} {}    stops them\n",
             shell_word(jobs.folder), *sweep, *merge);
  return ok;
}

/// The arguments before "--", and those behind it: they are not ours.
std::vector<std::string> split(std::vector<std::string>& arguments) {
  const auto at = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> site(at == arguments.end() ? at : at + 1, arguments.end());
  arguments.erase(at, arguments.end());
  return site;
}

}  // namespace

int submit(const Console& console) {
  Options options(
      "submit STUDY --shards N [options] [-- OPTIONS OF SBATCH]",
      "Submits a study to Slurm: an array with a task a shard, and a job that merges when all tasks have ended. Given\n"
      "the folder of a study's results, it goes on: shards that are done, or running by what 'status' says, are left "
      "out.\n"
      "What a site asks for (account, partition, ...) stands behind '--' and goes to sbatch as it is, for both jobs;\n"
      "it wins over what is said here. Scripts and logs are in DIR/slurm/. Program and folder must be on a disk that\n"
      "all nodes share.",
      "  loophole submit scenarios/openai-china/studies/notice.yaml --shards 100 --dry-run\n"
      "  loophole submit scenarios/openai-china/studies/notice.yaml --shards 100 --time 1:00:00 --mem 500M\n"
      "  loophole submit results/openai-china/notice -- --account=policy --partition=short\n");
  Words words;
  options.add().add_options()("shards", po::value(&words.shards)->value_name("N"),
                              "into how many tasks the work is cut; by default as the study was begun")(
      "at-most", po::value(&words.at_most)->value_name("M"), "tasks that run at the same time, by default all")(
      "threads", po::value(&words.threads)->value_name("T")->default_value("1"), "threads, and processors, of a task")(
      "time", po::value(&words.time)->value_name("TIME"),
      "as sbatch takes it, by default the partition's; a minute before its end a task stops in order, and what it has "
      "done stays")("mem", po::value(&words.memory)->value_name("SIZE"),
                    "as sbatch takes it, by default the partition's; 200M is plenty for most studies")(
      "idle", po::value(&words.idle)->value_name("MINUTES")->default_value(usual_idle),
      "how long a running shard may write nothing; 0 submits all that is not done")(
      "gzip", "compress the long tables: outcomes.csv.gz")(
      "dry-run", "show the scripts and the commands, submit nothing, write nothing");
  options.add_folder_choices();
  Console own = console;
  const std::vector<std::string> site = split(own.arguments);
  options.take_one("study");
  if (!options.parse(own)) return options.status();
  const std::string& given = options.files().front();
  const FolderChoices choices = options.folder_choices();
  Diagnostics problems;
  study::SlurmJobs jobs;
  jobs.threads = count_of("--threads", words.threads, "threads", most_threads, "2", problems);
  if (!words.at_most.empty())
    jobs.at_most = count_of("--at-most", words.at_most, "tasks", study::most_shards, "50", problems);
  const auto idle = minutes_of("--idle", words.idle, problems);
  const auto read = study_of(given, choices.out);
  problems.append(read.diagnostics());
  if (problems.has_errors()) {
    print(problems, own.err);
    return usage;
  }
  const std::string folder = fs::absolute(read->folder).lexically_normal().string();
  if (std::any_of(folder.begin(), folder.end(), [](unsigned char c) { return c == '\\' || c < ' '; })) {
    fmt::print(own.err, "loophole: the folder '{}' holds a sign that Slurm does not take in the name of a log\n",
               folder);
    return usage;
  }
  const study::Plan plan(read->study, record::this_program());
  const auto shards = shards_of(plan, read->folder, words.shards, own, problems);
  problems.append(try_out(plan));
  print(problems, own.err);
  if (!shards || problems.has_errors()) return usage;

  const study::StudyStatus status =
      study::status_of(plan, {read->folder, *shards, fs::file_time_type::clock::now(), idle});
  const auto running = status.in_state(study::ShardState::running);
  fmt::print(own.out, "{}\n{}, {} of them done\n", plan.study().title, size_of(plan), status.done);
  if (!running.empty())
    fmt::print(own.out, "left out, because somebody wrote to them within {} minutes: shards {} of {}\n", words.idle,
               ranges(running, ","), *shards);
  jobs.left = status.to_start();
  if (jobs.left.empty()) {
    fmt::print(own.out, "nothing is left to submit{}\n",
               running.empty() ? fmt::format("; 'loophole merge {}' writes the tables", shell_word(read->folder))
                               : std::string());
    return ok;
  }
  jobs.program = fs::read_symlink("/proc/self/exe").string();
  jobs.folder = folder;
  jobs.study = plan.study().document.name;
  jobs.shards = *shards;
  jobs.time = words.time;
  jobs.memory = words.memory;
  if (options.values().count("gzip") != 0) jobs.compression = study::Compression::gzip;
  jobs.durability = choices.durability;
  jobs.site = site;
  if (options.values().count("dry-run") != 0) {
    show(jobs, own.out);
    return ok;
  }
  if (!has_slurm()) {
    fmt::print(own.err,
               "loophole: there is no Slurm on this machine: no program 'sbatch' is found\n"
               "--dry-run shows what would be submitted. Under another scheduler, let each of {} tasks run\n"
               "  loophole sweep {} --shard auto/{}\nand then 'loophole merge' with the same folder\n",
               *shards, shell_word(given), *shards);
    return failed;
  }
  if (!read->is_begun) study::write_study(plan.study(), read->folder, choices.durability);
  return submit_jobs(jobs, own);
}

}  // namespace loophole::cli
