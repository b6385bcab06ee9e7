#include "shell_words.hpp"
#include <loophole/base/shell.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

TEST_CASE("a shell reads back every word as it was") {
  for (const std::string word : {"plain", "", "two words", "it's", "''", "$HOME `ls` \"x\" \\ !", "a;b|c&d>e", "~", "*",
                                 "#no comment", "line\nbreak", "-x", "caf\xc3\xa9"}) {
    CAPTURE(word);
    CHECK(words_of(shell_word(word)) == "<" + word + ">\n");
  }
}

TEST_CASE("plain words are left as people write them") {
  CHECK(shell_word("/data/study-1/a_b.c") == "/data/study-1/a_b.c");
  CHECK(shell_word("--account=policy") == "--account=policy");
}
