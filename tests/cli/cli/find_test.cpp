#include "program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

const std::string azure = "find " + cases + "baseline.yaml --at 2024-07-10 --developer-from US";

/// The text as one line, however it was wrapped.
std::string unwrapped(const std::string& text) {
  std::istringstream words(text);
  std::string joined, word;
  while (words >> word)
    joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

/// The rows of a table as maps from its header's names.
std::vector<std::map<std::string, std::string>> table(const std::string& text) {
  const auto rows = parse_csv(text);
  std::vector<std::map<std::string, std::string>> named;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    named.emplace_back();
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      named.back()[rows[0][c]] = rows[r][c];
  }
  return named;
}

}  // namespace

TEST_CASE("find names the Azure paths as gaps, why OpenAI's terms miss them, and the VPN as a leak") {
  const Ran ran = program(azure);
  REQUIRE(ran.status == 0);
  CHECK(ran.err.empty());
  const std::string text = unwrapped(ran.out);
  const std::size_t gap = text.find("GAP: no rule in force binds the path");
  const std::size_t leak = text.find("LEAK: bound, not fully enforced");
  const std::size_t closed = text.find("CLOSED: bound, and nobody gets through");
  REQUIRE(gap != std::string::npos);
  REQUIRE(gap < leak);
  REQUIRE(leak < closed);
  CHECK_THAT(text.substr(0, gap), Contains("hypothetical rule under the Remote Access Security Act"));
  const std::string gaps = text.substr(gap, leak - gap), leaks = text.substr(leak, closed - leak);
  for (const char* channel : {"azure-enterprise: gpt-4o", "azure-individual: gpt-4o"}) {
    REQUIRE_THAT(gaps, Contains(channel));
    CHECK_THAT(gaps.substr(gaps.find(channel)),
               Contains("openai-territories misses: binds the seller openai; the seller here is microsoft"));
  }
  CHECK_THAT(gaps, Contains("weights-licensing would miss: binds training_compute > 1e26 flop; 3.8e25 flop here, an "
                            "assumption"));
  CHECK_THAT(leaks, Contains("openai-vpn") && Contains("25 % of individual-developers; 10 % of start-ups"));
  CHECK_THAT(leaks, !Contains("azure"));
  CHECK_THAT(text.substr(closed), Contains("openai-direct") && Contains("claude-direct"));
  CHECK_THAT(text, !Contains("glm"));
  CHECK_THAT(text, Contains("not what the law is"));
}

TEST_CASE("what find prints fits 100 columns and has no colours in a file") {
  for (const std::string& more : {std::string(), std::string(" --close"), std::string(" --timeline")}) {
    std::istringstream lines(program("find " + cases + "baseline.yaml" + more).out);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      CHECK(line.size() <= 100);
      CHECK(line.find('\033') == std::string::npos);
    }
    CHECK(count > 10);
  }
}

TEST_CASE("find --close finds the remote-access rule alone, and why the others are not enough") {
  const Ran ran = program(azure + " --close");
  REQUIRE(ran.status == 0);
  const std::string text = unwrapped(ran.out);
  CHECK_THAT(text, Contains("leave no gap: 1 1. remote-access-licensing regulation by us-bis: hypothetical rule"));
  CHECK_THAT(text, Contains("leak openai-vpn: 2.5 % of individual-developers; 1 % of start-ups"));
  CHECK_THAT(text, Contains("weights-licensing misses azure-enterprise, azure-individual (all 4 segments): binds "
                            "training_compute > 1e26 flop; 3.8e25 flop here, an assumption"));
  CHECK_THAT(text, Contains("microsoft-individual-accounts misses azure-enterprise (all 4 segments): binds channels "
                            "tagged individual-account; this one has no tags"));
}

TEST_CASE("a gap that no candidate binds is named, and the rest is closed") {
  const Ran ran = program("find " + cases + "baseline.yaml --at 2024-07-10 --segment start-ups --close");
  REQUIRE(ran.status == 0);
  const std::string text = unwrapped(ran.out);
  CHECK_THAT(text, Contains("To ask about one country's developers add --developer-from"));
  CHECK_THAT(text, Contains("nothing declared closes them glm, ernie, qwen"));
  CHECK_THAT(text, Contains("glm (start-ups): binds products of developers from US; this one is of zhipu (CN)"));
  CHECK_THAT(text, Contains("close the other gaps: 1 1. remote-access-licensing"));
}

TEST_CASE("the date is as_of unless another is asked for, or the horizon's end when as_of lies outside") {
  CHECK_THAT(program("find " + cases + "baseline.yaml").out,
             Contains("What is open on 2026-11-01 (the scenario's as_of"));
  CHECK_THAT(program("find " + cases + "baseline.yaml --as-of 2024-06-24").out,
             Contains("What is open on 2024-06-24") && Contains("as known on 2024-06-24"));
  CHECK_THAT(program("find " + cases + "baseline.yaml --set as_of=2030-01-01").out,
             Contains("What is open on 2028-01-01 (the end of the horizon"));
}

TEST_CASE("the table of paths has a row a path and rule") {
  const Ran ran = program(azure + " --format csv");
  REQUIRE(ran.status == 0);
  const auto rows = table(ran.out);
  CHECK(rows.size() == 5 * 4 * 6);
  const auto found = std::find_if(rows.begin(), rows.end(), [](const auto& row) {
    return row.at("segment") == "start-ups" && row.at("channel") == "azure-enterprise" &&
           row.at("rule") == "openai-territories";
  });
  REQUIRE(found != rows.end());
  CHECK(found->at("date") == "2024-07-10");
  CHECK(found->at("developer") == "openai");
  CHECK(found->at("seller") == "microsoft");
  CHECK(found->at("status") == "gap");
  CHECK(found->at("availability") == "1");
  CHECK(found->at("rule_in_force") == "yes");
  CHECK(found->at("binds") == "no");
  CHECK(found->at("enforcement").empty());
  CHECK(found->at("reason") == "binds the seller openai; the seller here is microsoft");
}

TEST_CASE("the table of closing sets gives what is left of each path") {
  const auto rows = table(program(azure + " --close --format csv").out);
  std::size_t vpn = 0, gaps = 0;
  for (const auto& row : rows) {
    if (row.at("set") != "1") continue;
    CHECK(row.at("rules") == "remote-access-licensing");
    CHECK(row.at("status") != "gap");
    if (row.at("status_before") == "gap") ++gaps;
    if (row.at("channel") == "openai-vpn" && row.at("segment") == "start-ups") {
      ++vpn;
      CHECK(row.at("status") == "leak");
      CHECK(std::stod(row.at("availability")) == Approx(.01));
    }
  }
  CHECK(vpn == 1);
  CHECK(gaps == 8);
}

TEST_CASE("the timeline says when a path narrowed and by which event and rule") {
  const auto rows = table(program("find " + cases + "baseline.yaml --timeline --developer-from US --format csv").out);
  const auto row = [&](const char* time, const char* channel) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& each) {
      return each.at("time") == time && each.at("channel") == channel && each.at("segment") == "start-ups";
    });
    REQUIRE(found != rows.end());
    return *found;
  };
  CHECK(row("2024-06-01", "openai-vpn").at("change") == "start");
  auto cut_off = row("2024-07-09", "openai-vpn");
  CHECK(cut_off["change"] == "narrows");
  CHECK(cut_off["event"] == "cut-off");
  CHECK(cut_off["rule"] == "openai-territories");
  auto ended = row("2024-10-21", "azure-individual");
  CHECK(ended["status_before"] == "gap");
  CHECK(ended["status"] == "closed");
  CHECK(ended["event"] == "individual-accounts-end");
  CHECK_THAT(
      unwrapped(program("find " + cases + "baseline.yaml --timeline").out),
      Contains("azure-individual: all 4 segments 2024-06-01 gap 100 % (as the horizon starts) 2024-10-21 shuts to "
               "closed, event individual-accounts-end, rule microsoft-individual-accounts"));
}

TEST_CASE("the JSON holds the paths, the sets and the timeline") {
  const auto json = nlohmann::json::parse(program(azure + " --format json").out);
  CHECK(json["paths"].size() == 20);
  CHECK(json["paths"][0]["status"] == "gap");
  CHECK(json["paths"][0]["rules"].size() == 6);
  CHECK_FALSE(json.contains("closure"));
  const auto both = nlohmann::json::parse(program(azure + " --close --timeline --format json").out);
  CHECK(both["closure"]["sets"].size() == 1);
  CHECK(both["closure"]["sets"][0]["rules"] == nlohmann::json{"remote-access-licensing"});
  CHECK(both["closure"]["complete"] == true);
  CHECK(both["timeline"].size() == 20);
  CHECK_FALSE(both.contains("paths"));
}

TEST_CASE("what find cannot do with its arguments it says, with status 2 and nothing on stdout") {
  struct Wrong {
    std::string arguments, message;
  };
  const std::string file = cases + "baseline.yaml";
  for (const Wrong& wrong :
       {Wrong{file + " --segment startups", "unknown segment 'startups'; did you mean 'start-ups'?"},
        Wrong{file + " --at 2031-01-01", "2031-01-01 is outside the horizon (the scenario runs from 2024-06-01"},
        Wrong{file + " --at yesterday", "'yesterday' is not a date"},
        Wrong{file + " --developer-from USA", "no product's developer is from 'USA'; did you mean 'US'?"},
        Wrong{file + " --format yaml", "unknown format 'yaml'"}, Wrong{file + " --seed many", "'many' is not a seed"},
        Wrong{file + " --close --timeline --format csv", "a CSV is one table"},
        Wrong{file + " " + cases + "no-azure.yaml", "one scenario is taken at a time, and 2 are given"},
        Wrong{file + " --shut", "unknown option '--shut'"}, Wrong{"", "no file is given"},
        Wrong{"nowhere.yaml", "nowhere.yaml"}}) {
    CAPTURE(wrong.arguments);
    const Ran ran = program("find " + wrong.arguments);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains(wrong.message));
  }
}
