/// Which shard a task is, by what it is told or by what its scheduler says.
#include "studies.hpp"
#include <loophole/study/shard.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

using Variables = std::map<std::string, std::string>;

/// "2/7", or the diagnostics.
std::string shard(const std::string& word, const Variables& variables = {}) {
  const auto parsed = study::parse_shard(word, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
  if (!parsed) return text_of(parsed.diagnostics());
  CHECK(parsed->index < parsed->count);
  return std::to_string(parsed->index) + "/" + std::to_string(parsed->count);
}

}  // namespace

TEST_CASE("a shard is what is written") {
  CHECK(shard("0/1") == "0/1");
  CHECK(shard("6/7") == "6/7");
  CHECK(shard("0/1000000") == "0/1000000");
  for (const char* wrong : {"", "/", "7", "7/7", "-1/7", "1/0", "1/", "/7", "1/7/2", "+1/7", "1.0/7", " 1/7", "a/7",
                            "automatic/7", "auto/0", "auto/x", "1/1000001", "4294967296/4294967297"}) {
    CAPTURE(wrong);
    CHECK_THAT(shard(wrong), Contains("--shard: error:"));
  }
}

TEST_CASE("each scheduler's task finds its shard") {
  struct Case {
    const char* about;
    const char* word;
    Variables variables;
    const char* expected;
  };
  const std::vector<Case> cases{
      {"Slurm",
       "auto",
       {{"SLURM_ARRAY_TASK_ID", "2"}, {"SLURM_ARRAY_TASK_COUNT", "7"}, {"SLURM_ARRAY_TASK_MAX", "6"}},
       "2/7"},
      {"Slurm, some tasks again",
       "auto/7",
       {{"SLURM_ARRAY_TASK_ID", "5"}, {"SLURM_ARRAY_TASK_COUNT", "2"}, {"SLURM_ARRAY_TASK_MAX", "5"}},
       "5/7"},
      {"PBS", "auto/7", {{"PBS_ARRAY_INDEX", "3"}}, "3/7"},
      {"Torque", "auto/7", {{"PBS_ARRAYID", "3"}}, "3/7"},
      {"Grid Engine", "auto", {{"SGE_TASK_ID", "7"}, {"SGE_TASK_LAST", "7"}}, "6/7"},
      {"Grid Engine, some tasks", "auto/9", {{"SGE_TASK_ID", "7"}, {"SGE_TASK_LAST", "7"}}, "6/9"},
      {"LSF", "auto", {{"LSB_JOBINDEX", "1"}, {"LSB_JOBINDEX_END", "4"}}, "0/4"},
      {"AWS Batch", "auto", {{"AWS_BATCH_JOB_ARRAY_INDEX", "0"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "3"}}, "0/3"},
      {"Kubernetes", "auto/3", {{"JOB_COMPLETION_INDEX", "2"}}, "2/3"},
      {"Slurm within a job of Grid Engine that is no array",
       "auto",
       {{"SGE_TASK_ID", "undefined"}, {"SLURM_ARRAY_TASK_ID", "0"}, {"SLURM_ARRAY_TASK_COUNT", "1"}},
       "0/1"}};
  for (const Case& each : cases) {
    CAPTURE(each.about);
    CHECK(shard(each.word, each.variables) == each.expected);
  }
}

TEST_CASE("a task that no shard can be found for says why, and what to write") {
  struct Case {
    const char* about;
    const char* word;
    Variables variables;
    const char* said;
  };
  const std::vector<Case> cases{
      {"no scheduler", "auto", {}, "no scheduler says which task this is"},
      {"no array, of Grid Engine",
       "auto/4",
       {{"SGE_TASK_ID", "undefined"}, {"SGE_TASK_LAST", "undefined"}},
       "no scheduler says"},
      {"no array, of LSF", "auto/4", {{"LSB_JOBINDEX", "0"}}, "no scheduler says"},
      {"nobody knows how many", "auto", {{"PBS_ARRAY_INDEX", "3"}}, "--shard auto/N"},
      {"nobody knows how many", "auto", {{"JOB_COMPLETION_INDEX", "3"}}, "--shard auto/N"},
      {"a part of an array",
       "auto",
       {{"SLURM_ARRAY_TASK_ID", "5"}, {"SLURM_ARRAY_TASK_COUNT", "2"}, {"SLURM_ARRAY_TASK_MAX", "5"}},
       "an array of 2 tasks up to number 5"},
      {"counted from one", "auto/7", {{"SLURM_ARRAY_TASK_ID", "7"}}, "its tasks are numbered from 0 to 6"},
      {"counted from zero", "auto/7", {{"SGE_TASK_ID", "8"}}, "its tasks are numbered from 1 to 7"},
      {"nonsense", "auto", {{"SLURM_ARRAY_TASK_ID", "2"}, {"SLURM_ARRAY_TASK_MAX", "many"}}, "does not say how many"},
      {"nonsense", "auto", {{"SGE_TASK_ID", "2"}, {"SGE_TASK_LAST", "0"}}, "no shard"},
      {"empty", "auto/2", {{"SLURM_ARRAY_TASK_ID", ""}}, "no scheduler says"}};
  for (const Case& each : cases) {
    CAPTURE(each.about);
    CHECK_THAT(shard(each.word, each.variables), Contains(each.said));
  }
}
