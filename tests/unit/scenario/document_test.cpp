#include "support.hpp"

using namespace loophole;
using namespace loophole::scenario;
using namespace loophole::scenario::test;

TEST_CASE("a what-if merges maps by key and replaces the rest") {
  const auto loaded =
      what_if("title: Other\nactors: { openai: { kind: lab } }\nchannels: { vpn: { tags: [vpn, odd] } }\n");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  CHECK(loaded->scenario.title == "Other");
  CHECK(loaded->root->title == "A cut-off with one path left");
  CHECK(loaded->scenario.actors[ActorId{0}].kind == "lab");
  CHECK(loaded->scenario.actors[ActorId{0}].jurisdiction == "US");
  CHECK(loaded->scenario.channels[ChannelId{1}].tags.size() == 2);
}

TEST_CASE("a value's mark names the file that wrote it") {
  const auto loaded = what_if("segments: { start-ups: { firms: 30000 @guess } }\n",
                              {{"segments.start-ups.reviews.every", "6 months @guess"}});
  REQUIRE(loaded);
  const Files& files = loaded->document.files;
  const Scenario& scenario = loaded->scenario;
  CHECK(place_of(files, input(scenario, "segments.start-ups.firms")->mark).file.find("arm.yaml") != std::string::npos);
  CHECK(input(scenario, "segments.start-ups.firms")->mark.line == 2);
  CHECK(place_of(files, input(scenario, "segments.start-ups.initial_spend")->mark).file.find("valid.yaml") !=
        std::string::npos);
  CHECK(place_of(files, input(scenario, "segments.start-ups.reviews.every")->mark).file ==
        "--set segments.start-ups.reviews.every");
}

TEST_CASE("a scenario by itself is its own root") {
  const Folder folder;
  const auto loaded = load_scenario(folder.write("alone.yaml", valid_text()));
  REQUIRE(loaded);
  CHECK_FALSE(loaded->document.is_arm);
  CHECK_FALSE(loaded->root);
  CHECK(loaded->document.name == "alone");
}

TEST_CASE("remove takes entries and items away") {
  const auto loaded = what_if("remove: [events.campaign, expect.0]\n");
  REQUIRE(loaded);
  CHECK(loaded->scenario.events.size() == 2);
  CHECK(loaded->scenario.expectations.size() == 1);
  CHECK(loaded->document.removed.size() == 1);  // entries only: nothing depends on an item by name
}

TEST_CASE("every dependant of what was removed is listed with the file that removed it") {
  const std::string text = say(what_if("remove: [actors.microsoft]\n").diagnostics());
  CHECK(text.find("channels.cloud.path.1: this needs 'actors.microsoft' (removed in") != std::string::npos);
  CHECK(text.find("contracts.cloud-share.payer: this needs 'actors.microsoft' (removed in") != std::string::npos);
}

TEST_CASE("like copies another entry, whatever the order, and keeps what is its own") {
  const auto loaded =
      what_if("actors:\n  c: { like: b, kind: shop }\n  b: { like: a }\n  a: { jurisdiction: FR, kind: bank }\n");
  REQUIRE(loaded);
  CHECK(loaded->scenario.actors[ActorId{4}].jurisdiction == "FR");
  CHECK(loaded->scenario.actors[ActorId{4}].kind == "shop");
  CHECK(loaded->scenario.actors[ActorId{5}].kind == "bank");
}

TEST_CASE("like can neither chain nor multiply without end") {
  std::string chain = "actors:\n",
              many = "channels:\n  big: { product: gpt, path: [openai], price: 1 USD/Mtok @guess, tags: [";
  for (int i = 0; i < 1100; ++i)
    chain += "  a" + std::to_string(i) + ": { like: a" + std::to_string(i + 1) + " }\n";
  for (int i = 0; i < 1500; ++i)
    many += "t" + std::to_string(i) + ", ";
  many += "t]}\n";
  for (int i = 0; i < 1500; ++i)
    many += "  c" + std::to_string(i) + ": { like: big }\n";
  CHECK(
      say(what_if(chain + "  a1100: { jurisdiction: US }\n").diagnostics()).find("a chain of more than 1000 'like'") !=
      std::string::npos);
  CHECK(say(what_if(many).diagnostics()).find("'like' has multiplied them") != std::string::npos);
}

TEST_CASE("an override by --set gives values, lists, maps and new entries") {
  const auto loaded = what_if("", {{"title", "Set"},
                                   {"channels.cloud.tags", "[a, b]"},
                                   {"actors.new", "{ jurisdiction: FR }"},
                                   {"summary.at.0", "2024-07-01"},
                                   {"levers.notice.nominal", "90 days"}});
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  CHECK(loaded->scenario.title == "Set");
  CHECK(loaded->scenario.channels[ChannelId{2}].tags.size() == 2);
  CHECK(loaded->scenario.actors.size() == 5);
  CHECK(to_string(loaded->scenario.summary_dates[0]) == "2024-07-01");
  CHECK(loaded->document.is_arm);
}

TEST_CASE("an override by --set with a misspelt path is refused with the nearest name") {
  CHECK(say(what_if("", {{"chanels.cloud.tags", "[a]"}}).diagnostics()).find("did you mean 'channels'?") !=
        std::string::npos);
  CHECK(say(what_if("", {{"channels.clowd.tags", "[a]"}}).diagnostics()).find("did you mean 'cloud'?") !=
        std::string::npos);
  CHECK(say(what_if("", {{"channels.cloud.tagz", "[a]"}}).diagnostics()).find("did you mean 'tags'?") !=
        std::string::npos);
  CHECK(say(what_if("", {{"title", "[a"}}).diagnostics()).find("--set title:1:1") != std::string::npos);
}

TEST_CASE("an override is a path, an equals sign and a value") {
  CHECK(parse_override("a.b=1 = 2")->value == "1 = 2");
  CHECK_FALSE(parse_override("a.b"));
  CHECK_FALSE(parse_override("=3"));
}
