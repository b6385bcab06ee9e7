/// `loophole why`, from outside: the baseline explained, runs made again from their folders, and wrong usage.
#include "../../flat.hpp"
#include "program.hpp"
#include <loophole/record/files.hpp>
#include <loophole/record/folder.hpp>
#include <loophole/record/run.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

const std::string quarterly = " --set record.every='3 months' --no-fsync ";

/// A run of a scenario of the case, and its folder.
struct Run {
  explicit Run(const std::string& scenario, const std::string& options = {}) {
    const Ran ran = program("run " + cases + scenario + quarterly + options + " --out '" + path() + "'");
    if (ran.status == 2) throw std::runtime_error(ran.err);
  }
  [[nodiscard]] std::string path() const { return (folder.path() / "out").string(); }
  [[nodiscard]] Ran why(const std::string& question) const { return program("why '" + path() + "' " + question); }

  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("why explains OpenAI's receipts of August 2024 down to the cut-off and the announcement, with sizes") {
  const Run run("baseline.yaml");
  const std::string question = "--metric receipts --actor openai --since 2024-08-01 --at 2024-09-01";
  const Ran asked = run.why(question + " --sizes");
  CAPTURE(asked.err);
  REQUIRE(asked.status == 0);
  const std::string text = flat(asked.out);
  for (const char* part :
       {"receipts(openai) from 2024-08-01 to 2024-09-01: 6.509 M USD",
        "contract azure-share: microsoft pays openai 20.0 % [seed] of the 32.55 M USD",
        "internet-giants by azure-enterprise: 5.943 M USD (91.3 %) = 6 firms (assumption) x",
        "2024-07-09 cut-off: OpenAI blocks traffic from China; follows announcement after 14 days [F6]",
        "2024-06-25 announcement: OpenAI announces the cut-off [F6]", "offer on azure-enterprise to newcomers",
        "announcement, with the 6 that follow from it", "wechat-campaign alone", "interaction", "all of them"})
    CHECK_THAT(text, Contains(part));
  std::istringstream lines(asked.out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 100);
  }
  CHECK(run.why(question + " --sizes").out == asked.out);

  const auto json = nlohmann::json::parse(run.why(question + " --format json").out);
  double sum = 0;
  for (const auto& node : json.at("nodes"))
    if (node.at("kind") == "sale") sum += node.at("amount").get<double>();
  CHECK(sum == Approx(json.at("nodes")[0].at("amount").get<double>()).epsilon(1e-14));
  for (const auto& edge : json.at("edges"))
    CHECK(edge.at("because").get<std::size_t>() < json.at("nodes").size());
  const std::string dot = run.why(question + " --format dot").out;
  CHECK(dot.substr(0, 14) == "digraph why {\n");
  CHECK_THAT(dot, Contains("rankdir=LR") && Contains(" -> n0;"));
}

TEST_CASE("why takes a metric with its arguments in brackets, or apart") {
  const Run run("baseline.yaml");
  const Ran whole = run.why("--metric 'share(glm, start-ups)' --since 2024-06-24 --at 2024-12-31");
  REQUIRE(whole.status == 0);
  CHECK(whole.out ==
        run.why("--metric share --channel glm --segment start-ups --since 2024-06-24 --at 2024-12-31").out);
  CHECK_THAT(flat(whole.out), Contains("share(glm, start-ups) on 2024-12-31: 8.6 %; on 2024-06-24: 3.2 %") &&
                                  Contains("offer on glm to newcomers, 50 Mtok a firm free [F22]"));
  const Ran status = run.why("--metric status --channel openai-direct --segment start-ups --at 2024-07-10");
  CHECK_THAT(flat(status.out), Contains("closed; on 2024-06-01: leak") && Contains("rule openai-territories binds") &&
                                   Contains("enforcement 100 % [F6]"));
}

TEST_CASE("a folder alone is enough to run again, to the byte: a baseline, what-ifs, --set and --as-of") {
  for (const auto& [scenario, options] :
       std::vector<std::pair<std::string, std::string>>{{"baseline.yaml", "--seed 7"},
                                                        {"no-azure.yaml", ""},
                                                        {"azure-shut.yaml", "--set levers.notice.nominal='4 days'"},
                                                        {"baseline.yaml", "--as-of 2024-06-01"}}) {
    CAPTURE(scenario, options);
    const Run run(scenario, options);
    const auto folder = record::read_folder(run.path());
    CAPTURE(text_of(folder.diagnostics()));
    REQUIRE(folder);
    const auto setup = engine::prepare(folder->file);
    REQUIRE(setup);
    std::size_t compared = 0;
    for (const auto& table : record::record_run(folder->file, **setup, folder->seed, folder->label).tables) {
      CAPTURE(table.name);
      REQUIRE(folder->hashes.count(table.name) == 1);
      CHECK(record::sha256(table.content) == folder->hashes.at(table.name));
      ++compared;
    }
    CHECK(compared == folder->hashes.size());
  }
}

TEST_CASE("why refuses what is no folder of results, or a damaged one, with status 2") {
  const std::string question = "--metric receipts --actor openai --at 2024-09-01";
  const Ran missing = program("why /nowhere/at/all " + question);
  CHECK(missing.status == 2);
  CHECK_THAT(missing.err, Contains("is no folder of results (no such folder)"));
  const Ran foreign = program("why '" + cases + "' " + question);
  CHECK(foreign.status == 2);
  CHECK_THAT(foreign.err, Contains("there is no manifest"));
  const Run run("baseline.yaml");
  const fs::path folder = run.path();
  const std::string manifest = read(folder / "manifest.json"), values = read(folder / "values.csv"),
                    series = read(folder / "timeseries.csv");
  const auto spoilt = [&](const char* file, const std::string& content, const char* message) {
    const std::string before = read(folder / file);
    std::ofstream(folder / file, std::ios::binary) << content;
    const Ran ran = run.why(question);
    CAPTURE(file, ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains(message));
    std::ofstream(folder / file, std::ios::binary) << before;
  };
  spoilt("manifest.json", manifest.substr(0, manifest.size() / 2), "it is damaged (it is no JSON)");
  spoilt("manifest.json", "{}", "it is no manifest of a run");
  spoilt("manifest.json", "[1]", "it is damaged");
  auto json = nlohmann::ordered_json::parse(manifest);
  json["resolved"]["horizon"] = "tomorrow";
  spoilt("manifest.json", json.dump(), "this program cannot read its scenario");
  json = nlohmann::ordered_json::parse(manifest);
  json["resolved"]["segments"]["start-ups"]["firms"] = 3;
  spoilt("manifest.json", json.dump(), "it is damaged");
  json = nlohmann::ordered_json::parse(manifest);
  json["resolved"]["segments"]["start-ups"]["firms"] = "10000";
  spoilt("manifest.json", json.dump(), "running the folder's scenario again gives other numbers");
  spoilt("values.csv", values + "x", "it is damaged");
  spoilt("timeseries.csv", series.substr(0, series.size() / 2), "it is damaged");
  CHECK(run.why(question).status == 0);
}

TEST_CASE("why names what it does not know, with status 2") {
  const Run run("baseline.yaml");
  struct Case {
    const char* question;
    const char* message;
  };
  for (const Case& each :
       {Case{"--metric share --channel glm --segment start-up --at 2024-12-31", "did you mean 'start-ups'?"},
        Case{"--metric recepts --actor openai --at 2024-12-31", "did you mean 'receipts'?"},
        Case{"--metric receipts --actor openia --at 2024-12-31", "did you mean 'openai'?"},
        Case{"--metric 'receipts(openai)' --actor openai --at 2024-12-31", "has its arguments already"},
        Case{"--metric receipts --actor openai --at 2034-12-31", "lies outside the horizon"},
        Case{"--metric receipts --actor openai --at soon", "'soon' is not a date"},
        Case{"--metric receipts --actor openai", "no date is given"}, Case{"--at 2024-12-31", "no metric is given"},
        Case{"--metric receipts --actor openai --at 2024-12-31 --replication 3", "there is no replication '3'"},
        Case{"--metric receipts --actor openai --at 2024-12-31 --format svg", "unknown format 'svg'"},
        Case{"--metric receipts --actor openai --at 2024-06-10 --since 2024-07-10", "is not before"}}) {
    const Ran ran = run.why(each.question);
    CAPTURE(each.question, ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains(each.message));
  }
}
