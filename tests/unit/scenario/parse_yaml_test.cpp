#include "support.hpp"

using namespace loophole;
using namespace loophole::scenario;
using namespace loophole::scenario::test;

TEST_CASE("a value keeps its line and column, counted from 1") {
  const auto parsed = parse("a: 1\nb: { c: [x, y] }\n");
  REQUIRE(parsed.node);
  const Node* list = parsed.node->find("b")->find("c");
  CHECK(list->items[1].mark.line == 2);
  CHECK(list->items[1].mark.column == 13);
  CHECK(parsed.node->find_member("b")->mark.line == 2);
}

TEST_CASE("a block's own mark is its key") {
  const auto parsed = parse("a:\n  b: 1\n");
  REQUIRE(parsed.node);
  CHECK(parsed.node->find("a")->mark.line == 1);
}

TEST_CASE("a quoted scalar is marked as text") {
  const auto parsed = parse("a: \"yes\"\nb: 'it''s'\nc: yes\n");
  REQUIRE(parsed.node);
  CHECK(parsed.node->find("a")->quoted);
  CHECK(parsed.node->find("b")->scalar == "it's");
  CHECK_FALSE(parsed.node->find("c")->quoted);
}

TEST_CASE("null is nothing, not a word") {
  const auto parsed = parse("a: ~\nb:\nc: null\n");
  REQUIRE(parsed.node);
  for (const Member& member : parsed.node->members)
    CHECK(member.value.kind == Node::Kind::null);
}

TEST_CASE("an alias stands for its anchor's value") {
  const auto parsed = parse("a: &x { k: 1 }\nb: *x\nc: [*x, *x]\n");
  REQUIRE(parsed.node);
  CHECK(parsed.node->find("b")->find("k")->scalar == "1");
  CHECK(parsed.node->find("c")->items.size() == 2);
}

TEST_CASE("a name anchored twice means the last one before the alias") {
  const auto parsed = parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n");
  REQUIRE(parsed.node);
  CHECK(parsed.node->find("b")->scalar == "1");
  CHECK(parsed.node->find("d")->scalar == "2");
}

TEST_CASE("merge keys add what a map lacks, earlier maps first") {
  const auto parsed = parse("x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz: { <<: [*x, *y], a: 0 }\n");
  REQUIRE(parsed.node);
  const Node* z = parsed.node->find("z");
  CHECK(z->find("a")->scalar == "0");
  CHECK(z->find("b")->scalar == "1");
  CHECK(z->find("c")->scalar == "2");
  CHECK(z->members.size() == 3);
}

TEST_CASE("a quoted << is a key like others") {
  const auto parsed = parse("a: { \"<<\": 3 }\n");
  REQUIRE(parsed.node);
  CHECK(parsed.diagnostics.items().empty());
  CHECK(parsed.node->find("a")->find("<<")->scalar == "3");
}

TEST_CASE("a key written twice is reported wherever it stands and the first value kept") {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "k" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  const auto parsed = parse(text + "k3: again\nk99: again\n");
  REQUIRE(parsed.node);
  CHECK(parsed.diagnostics.errors() == 2);
  CHECK(parsed.node->find("k3")->scalar == "3");
}

TEST_CASE("aliases cannot multiply values, text or depth beyond the limits") {
  std::string values = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n", depth = "b0: &b0 [x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    values += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + "," + last + "," + last + "," +
              last + "," + last + "]\n";
  }
  for (int i = 1; i < 100; ++i)
    depth += "b" + std::to_string(i) + ": &b" + std::to_string(i) + " [*b" + std::to_string(i - 1) + "]\n";
  CHECK(say(parse(values).diagnostics).find("more than 2000000 values") != std::string::npos);
  CHECK(say(parse(depth).diagnostics).find("nested more than 64 deep") != std::string::npos);
  std::string text = "a: &a \"" + std::string(100'000, 'x') + "\"\nb: [";
  for (int i = 0; i < 2000; ++i)
    text += "*a, ";
  CHECK(say(parse(text + "*a]\n").diagnostics).find("more than 2000000 values") != std::string::npos);
}

TEST_CASE("nothing nested deeply overflows the stack") {
  const auto repeated = [](std::string_view what, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
      text += what;
    return text;
  };
  for (const char* what :
       {"[",  "{",  "{ a: ", "- ",  "? ",   "[ ? ",   "&a [",   "- - ? ", "!x [", "a: &a\n", "*a ", "[*a,",
        ": ", "\"", "'",     "|\n", "<<: ", "&a *a ", "- &a\n", "---\n",  "%X\n", "\\",      "#",   "[,"})
    CHECK_NOTHROW(parse(repeated(what, 100'000)));
  std::string steps;
  for (int i = 0; i < 2'000; ++i)
    steps += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  CHECK(parse(steps).diagnostics.has_errors());
}

TEST_CASE("a file beyond the limit of size is refused unread") {
  Limits limits;
  limits.bytes = 10;
  CHECK(say(parse("title: too long\n", limits).diagnostics) ==
        "x.yaml: error: 16 bytes (at most 10 are read); split the file\n");
}

TEST_CASE("a byte order mark and Windows line ends are read") {
  CHECK(parse("\xEF\xBB\xBF"
              "a: 1\r\nb: 2\r\n")
            .node->find("b")
            ->scalar == "2");
}
