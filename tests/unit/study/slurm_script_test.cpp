/// Slurm's scripts and commands as text; a shell says how it reads them.
#include "../base/shell_words.hpp"
#include <loophole/study/slurm_script.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::study;
using namespace loophole::test;
using Catch::Contains;

namespace {

SlurmJobs jobs() {
  SlurmJobs jobs;
  jobs.program = "/opt/loophole";
  jobs.folder = "/data/study";
  jobs.study = "notice";
  jobs.shards = 100;
  jobs.left = {0, 1, 2, 7};
  return jobs;
}

}  // namespace

TEST_CASE("a task runs the shard of its number, in the place of the shell") {
  const std::string script = sweep_script(jobs());
  CHECK_THAT(script, Contains("#!/bin/sh\n") &&
                         Contains("\nexec /opt/loophole sweep /data/study --shard auto/100 --threads 1\n"));
  SlurmJobs odd = jobs();
  odd.folder = "/data/it's here";
  odd.threads = 4;
  odd.durability = record::Durability::unsynced;
  CHECK_THAT(sweep_script(odd),
             Contains("exec /opt/loophole sweep '/data/it'\\''s here' --shard auto/100 --threads 4 --no-fsync\n"));
  CHECK_THAT(merge_script(odd), Contains("exec /opt/loophole merge '/data/it'\\''s here' --no-fsync\n"));
  odd.compression = Compression::gzip;
  CHECK_THAT(merge_script(odd), Contains("s here' --gzip --no-fsync\n"));
}

TEST_CASE("only the shards that are left are submitted, and no more at once than asked for") {
  SlurmJobs some = jobs();
  CHECK_THAT(submit_sweep(some), Contains(" --array=0-2,7 "));
  some.at_most = 3;
  CHECK_THAT(submit_sweep(some), Contains(" --array=0-2,7%3 "));
}

TEST_CASE("a task is told to stop before its time is over, and is run again when its node is lost") {
  CHECK_THAT(submit_sweep(jobs()), Contains(" --signal=B:TERM@60") && Contains(" --requeue"));
}

TEST_CASE("the merge job waits for the end of all tasks, not for their success") {
  CHECK_THAT(submit_merge(jobs(), "123"), Contains(" --dependency=afterany:123 "));
}

TEST_CASE("time and memory are said only where they are given") {
  CHECK_THAT(submit_sweep(jobs()), !Contains("--time") && !Contains("--mem"));
  SlurmJobs given = jobs();
  given.time = "1-12:00";
  given.memory = "500M";
  CHECK_THAT(submit_sweep(given), Contains(" --time=1-12:00 --mem=500M "));
  CHECK_THAT(submit_merge(given, "1"), Contains(" --time=1-12:00 --mem=500M "));
}

TEST_CASE("a site's options come behind ours, so that they win, and before the script") {
  SlurmJobs sited = jobs();
  sited.site = {"--account=policy", "--comment=it's ours"};
  const std::string end = "<--account=policy>\n<--comment=it's ours>\n</data/study/slurm/";
  CHECK_THAT(words_of(submit_sweep(sited)), Catch::EndsWith(end + "sweep.sh>\n"));
  CHECK_THAT(words_of(submit_merge(sited, "1")), Catch::EndsWith(end + "merge.sh>\n"));
}

TEST_CASE("logs are one a shard however often it runs, and Slurm reads no sign in the folder's name") {
  SlurmJobs odd = jobs();
  odd.folder = "/data/100 %a";
  CHECK_THAT(words_of(submit_sweep(odd)),
             Contains("<--output=/data/100 %%a/slurm/shard-%a.log>") && Contains("<--open-mode=append>"));
}

TEST_CASE("the largest array is found in what Slurm says of itself") {
  CHECK(most_tasks("Configuration data as of now\nMaxArraySize            = 1001\nMaxDBDMsgs = 2\n") == 1001U);
  CHECK_FALSE(most_tasks("").has_value());
  CHECK_FALSE(most_tasks("\nMaxArraySize = (null)\n").has_value());
  CHECK_FALSE(most_tasks("\nMaxArraySize = 0\n").has_value());
  CHECK_FALSE(most_tasks("\nMaxArraySize").has_value());
}
