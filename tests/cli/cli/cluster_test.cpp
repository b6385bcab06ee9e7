/// Studies on clusters from outside: submitting, and saying how far they are. Slurm itself is played by a script;
/// tests/cluster has a real one.
#include "program.hpp"
#include <loophole/study/part.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char c : text)
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// A small study in a folder of its own: 2 scenarios x 6 points x 2 replications.
struct Study {
  explicit Study(const std::string& name = "it's 100 %a of $HOME") : results(folder.path() / name) {
    file = folder.write("small.yaml", text());
  }

  static std::string text(const std::string& points = "6") {
    return "schema: 1\ntitle: A small study\nscenarios: ['" + cases + "baseline.yaml', '" + cases +
           "no-azure.yaml']\ndesign: { method: monte-carlo, points: " + points +
           ", factors: [price_sensitivity] }\nreplications: 2\n";
  }
  [[nodiscard]] std::string place() const { return quoted(results); }
  [[nodiscard]] Ran begin(const std::string& options) const {
    return program("sweep '" + file + "' --no-fsync --out " + place() + " " + options);
  }
  [[nodiscard]] Ran sweep(const std::string& options) const {
    return program("sweep " + place() + " --no-fsync " + options);
  }
  [[nodiscard]] Ran status(const std::string& options = "") const { return program("status " + place() + options); }
  [[nodiscard]] fs::path part(const std::string& shard) const {
    for (const auto& each : study::parts_in(results))
      if (each.filename().string().compare(0, shard.size(), shard) == 0) return each;
    throw std::runtime_error("no part of " + shard);
  }

  TemporaryFolder folder;
  fs::path results;
  std::string file;
};

/// A Slurm that notes what it is given, a word a line, and numbers jobs from 41.
struct FakeSlurm {
  explicit FakeSlurm(const std::string& most_tasks = "1001", const std::string& fails_at = "none") {
    write("sbatch", "#!/bin/sh\nfor word; do printf '<%s>\\n' \"$word\"; done >>\"" + log() +
                        "\"\ncount=$(grep -c parsable \"" + log() + "\")\n[ \"$count\" != " + fails_at +
                        " ] || { echo 'sbatch: error: no' >&2; exit 1; }\necho $((40 + count))\n");
    write("scontrol", "#!/bin/sh\necho Configuration\necho 'MaxArraySize            = " + most_tasks + "'\n");
  }
  void write(const std::string& name, const std::string& text) {
    fs::permissions(folder.write(name, text), fs::perms::owner_all);
  }
  [[nodiscard]] std::string log() const { return (folder.path() / "log").string(); }
  [[nodiscard]] std::string path() const { return "PATH='" + folder.path().string() + "':$PATH"; }

  TemporaryFolder folder;
};

void make_old(const fs::path& file) {
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(3));
}

std::size_t longest_line(const std::string& text) {
  std::istringstream stream(text);
  std::size_t longest = 0;
  for (std::string line; std::getline(stream, line);)
    longest = std::max(longest, line.size());
  return longest;
}

}  // namespace

TEST_CASE("submit shows what it would submit, and neither writes nor submits it") {
  const Study study;
  const FakeSlurm slurm;
  const Ran ran =
      program("submit '" + study.file + "' --shards 3 --at-most 2 --time 10:00 --mem 200M --dry-run --out " +
                  study.place() + " -- --account=policy '--comment=a b'",
              slurm.path());
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Contains("--shard auto/3 --threads 1\n") && Contains("--array=0-2%2 ") &&
                          Contains("--dependency=afterany:") && Contains("--account=policy '--comment=a b' ") &&
                          Contains("--time=10:00 --mem=200M"));
  CHECK_FALSE(fs::exists(study.results));
  CHECK_FALSE(fs::exists(slurm.log()));
}

TEST_CASE("submit gives Slurm an array and a job that waits for it, whatever signs the folder holds") {
  const Study study;
  const FakeSlurm slurm;
  const Ran ran =
      program("submit '" + study.file + "' --no-fsync --shards 3 --out " + study.place() + " -- --account=policy",
              slurm.path());
  CHECK(ran.err.empty());
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.out,
             Contains("job 41: shards 0-2 of 3") && Contains("job 42: the tables") && Contains("scancel 41 42"));
  const std::string words = read(slurm.log());
  const std::string scripts = (study.results / "slurm").string();
  CHECK_THAT(words, Contains("<--chdir=" + scripts + ">") && Contains("<--array=0-2>") &&
                        Contains("<--dependency=afterany:41>") && Contains("<--account=policy>") &&
                        Contains("<" + scripts + "/sweep.sh>") && Contains("<" + scripts + "/merge.sh>"));
  CHECK(fs::exists(study.results / "study.json"));
  // What the jobs would do, done by hand.
  for (const char* task : {"0", "1", "2"}) {
    const std::string command =
        "cd / && SLURM_ARRAY_TASK_ID=" + std::string(task) + " sh " + quoted(scripts + "/sweep.sh") + " >/dev/null";
    CHECK(std::system(command.c_str()) == 0);  // NOLINT: the shell is what is tested
  }
  CHECK_THAT(study.status().out, Contains("24 of 24 runs (100.0 %), in 3 parts") && Contains("loophole merge "));
}

TEST_CASE("without Slurm, submit says what to do and writes nothing") {
  const Study study;
  const Ran ran = program("submit '" + study.file + "' --shards 3 --out " + study.place(), "PATH=/nowhere");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err,
             Contains("there is no Slurm on this machine") && Contains("--dry-run") && Contains("--shard auto/3"));
  CHECK_FALSE(fs::exists(study.results));
}

TEST_CASE("shards are no more than Slurm takes, or than there is work") {
  const Study study;
  const FakeSlurm small("2"), large("1001");
  const std::string command = "submit '" + study.file + "' --dry-run --shards 50 --out " + study.place();
  const Ran few = program(command, small.path());
  CHECK_THAT(few.err, Contains("2 shards instead of 50") && Contains("MaxArraySize"));
  CHECK_THAT(few.out, Contains("--array=0-1 ") && Contains("auto/2 "));
  const Ran many = program(command, large.path());
  CHECK_THAT(many.err, Contains("12 shards instead of 50"));
  CHECK_THAT(many.out, Contains("--array=0-11 "));
}

TEST_CASE("a number of shards is needed until parts say one") {
  const Study study;
  const Ran ran = program("submit '" + study.file + "' --out " + study.place());
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("nothing says into how many shards the work is cut"));
  REQUIRE(study.begin("--shard 1/4").status == 0);
  const Ran again = program("submit " + study.place() + " --dry-run");
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Contains("--array=0,2-3 ") && Contains("auto/4 "));
}

TEST_CASE("submit leaves out shards that somebody may be running") {
  const Study study;
  REQUIRE(study.begin("--shard 1/4").status == 0);
  const fs::path part = study.part("1-of-4");
  fs::resize_file(part, 20);
  const Ran ran = program("submit " + study.place() + " --dry-run");
  CHECK_THAT(ran.out, Contains("within 10 minutes: shards 1 of 4") && Contains("--array=0,2-3 "));
  const Ran all = program("submit " + study.place() + " --dry-run --idle 0");
  CHECK_THAT(all.out, Contains("--array=0-3 "));
}

TEST_CASE("nothing is submitted of a study that is done") {
  const Study study;
  const FakeSlurm slurm;
  REQUIRE(study.begin("").status == 0);
  const Ran ran = program("submit " + study.place(), slurm.path());
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Contains("nothing is left to submit; 'loophole merge "));
  CHECK_FALSE(fs::exists(slurm.log()));
}

TEST_CASE("what Slurm refuses is an error, with what runs already") {
  const Study study;
  const std::string command = "submit '" + study.file + "' --no-fsync --shards 3 --out " + study.place();
  const FakeSlurm first("1001", "1"), second("1001", "2");
  const Ran none = program(command, first.path());
  CHECK(none.status == 1);
  CHECK_THAT(none.err, Contains("sbatch: error: no") && Contains("nothing runs"));
  const Ran half = program(command, second.path());
  CHECK(half.status == 1);
  CHECK_THAT(half.out, Contains("job 41"));
  CHECK_THAT(half.err, Contains("when all tasks have ended, run\n  loophole merge "));
}

TEST_CASE("what is wrong with submit's arguments is said before anything is done") {
  const Study study;
  const std::string command = "submit '" + study.file + "' --out " + study.place();
  for (const char* wrong : {" --shards 0", " --shards many", " --shards 3 --threads 0", " --shards 3 --at-most x",
                            " --shards 3 --idle -1", " --shards 3000000"}) {
    CAPTURE(wrong);
    const Ran ran = program(command + wrong);
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Contains("error: '"));
  }
  CHECK(program("submit '" + study.file + "' --shards 3 --out 'a\\b'").status == 2);
  CHECK(program("submit nowhere --shards 3").status == 2);
  CHECK_FALSE(fs::exists(study.results));
}

TEST_CASE("status tells the states of shards, and how to go on") {
  const Study study;
  CHECK(study.begin("--shard 0/5").status == 0);
  for (const char* shard : {"1/5", "2/5", "3/5"})
    CHECK(study.sweep(std::string("--shard ") + shard).status == 0);
  // 1 is at work, 2 was killed between units, 3 within one; 4 was never begun.
  fs::resize_file(study.part("1-of-5"), 16);
  fs::resize_file(study.part("2-of-5"), 16);
  fs::resize_file(study.part("3-of-5"), 40);
  for (const char* part : {"0-of-5", "2-of-5", "3-of-5"})
    make_old(study.part(part));
  const Ran ran = study.status();
  CHECK(ran.status == 1);
  CHECK(ran.err.empty());
  for (const char* line : {"\n        1 done\n", "\n        1 running   written", "\n        1 cut off   nothing",
                           "\n        1 broken    cut off", "\n        1 missing   no part", "\n        1 running  ",
                           "\n        2 cut off  ", "\n        3 broken  ", "\n        4 missing  ", "3.0 h ago",
                           "torn     1 parts", "not merged yet", "with --array=2-4\n"})
    CHECK_THAT(ran.out, Contains(line));
  CHECK(longest_line(ran.out.substr(0, ran.out.find("to go on"))) <= 100);
  CHECK_THAT(study.status(" --idle 1000").out, Contains("with --array=4\n"));
}

TEST_CASE("status ends well when all is done and merged, and says what is left before") {
  const Study study("plain");
  REQUIRE(study.begin("--shard 0/1").status == 0);
  const Ran done = program("status '" + study.results.string() + "'");
  CHECK(done.status == 1);
  CHECK_THAT(done.out, Contains("24 of 24 runs (100.0 %)") && Contains("\nto go on\n  loophole merge "));
  REQUIRE(program("merge --no-fsync '" + study.results.string() + "'").status == 0);
  const Ran merged = program("status '" + study.results.string() + "'");
  CHECK(merged.status == 0);
  CHECK_THAT(merged.out, Contains("tables   merged, all runs\n") && !Contains("to go on"));
}

TEST_CASE("status knows tables with gaps, and tables and units of another version of the study") {
  const Study study("plain");
  const std::string place = " '" + study.results.string() + "'";
  REQUIRE(study.begin("--shard 0/2").status == 0);
  REQUIRE(program("merge --no-fsync --allow-incomplete" + place).status == 0);
  CHECK_THAT(program("status" + place).out, Contains("INCOMPLETE: merged with gaps"));
  const std::string other = study.folder.write("small.yaml", Study::text("6") + "seed: 2\n");
  REQUIRE(program("sweep --no-fsync '" + other + "' --shard 0/3 --out" + place).status == 0);
  const Ran ran = program("status" + place);
  CHECK(ran.status == 1);
  CHECK_THAT(ran.out, Contains("of another run or version of the study") &&
                          Contains("6 units of another version of the study") && Contains("\n3 shards\n"));
}

TEST_CASE("status lists twenty shards and counts the others, and parts that do not agree are not told by shard") {
  const Study study("plain");
  const std::string place = " '" + study.results.string() + "'";
  const std::string larger = study.folder.write("small.yaml", Study::text("200"));
  REQUIRE(program("sweep --no-fsync '" + larger + "' --shard 0/100 --out" + place).status == 0);
  CHECK_THAT(program("status" + place).out, Contains("\n       20 missing") && !Contains("\n       21 missing") &&
                                                Contains("and 79 more that are not done"));
  REQUIRE(program("sweep --no-fsync --shard 0/50" + place).status == 0);
  const Ran ran = program("status" + place);
  CHECK(ran.status == 1);
  CHECK_THAT(ran.out, Contains("do not agree on a number of shards") && Contains("--shards N"));
}

TEST_CASE("status of what is no study is an error") {
  const TemporaryFolder folder;
  CHECK(program("status '" + folder.path().string() + "'").status == 2);
  CHECK(program("status /nowhere").status == 2);
  CHECK(program("status").status == 2);
  CHECK(program("status a b").status == 2);
  const Study study("plain");
  REQUIRE(study.begin("--shard 0/2").status == 0);
  CHECK(study.status(" --idle soon").status == 2);
}

TEST_CASE("a scheduler's second warning does not end a sweep out of order") {
  const Study study("plain");
  const std::string larger = study.folder.write("small.yaml", Study::text("100000"));
  const std::string command = "'" LOOPHOLE_PROGRAM "' sweep --threads 1 --no-fsync '" + larger +
                              "' --shard 0/2 --out '" + study.results.string() +
                              "' >/dev/null 2>&1 & p=$!; until ls '" + study.results.string() +
                              "'/parts/*.part >/dev/null 2>&1; do sleep 0.05; done; kill -TERM $p; sleep 0.001; "
                              "kill -TERM $p 2>/dev/null; wait $p; exit $?";
  const int status = std::system(command.c_str());  // NOLINT: the shell is what users have
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 1));
}

TEST_CASE("shards of a size that nobody can mean are refused") {
  const Study study("plain");
  const Ran ran = study.begin("--shard 0/4000000000");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("at most 1000000"));
}
