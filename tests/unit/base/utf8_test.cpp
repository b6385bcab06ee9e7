#include <loophole/base/utf8.hpp>

#include <catch2/catch.hpp>

using namespace loophole;

TEST_CASE("a text is cut by characters, and never within one") {
  CHECK(fit("short", 5) == "short");
  CHECK(fit("longer", 5) == "lon..");
  CHECK(fit("\u043e\u043f\u043b\u0430\u0442\u0430", 6) == "\u043e\u043f\u043b\u0430\u0442\u0430");
  CHECK(fit("\u043e\u043f\u043b\u0430\u0442\u0430", 5) == "\u043e\u043f\u043b..");
  CHECK(fit("\xff\xfe\xfd\xfc", 3) == "\xff..");
  CHECK(fit("", 3).empty());
}

TEST_CASE("a character's size is told only where it is well formed") {
  CHECK(character_size("a") == 1);
  CHECK(character_size("\u00e9") == 2);
  CHECK(character_size("\u20ac") == 3);
  CHECK(character_size("\U0001F600") == 4);
  for (const char* bad : {"", "\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"})
    CHECK(character_size(bad) == 0);
}

TEST_CASE("control characters are found, and those that belong to text are none") {
  CHECK(find_control_character("plain, tabbed\tand\r\nbroken; caf\xC3\xA9") == std::string::npos);
  CHECK(find_control_character("a\x1B[2J") == 1);
  CHECK(find_control_character("ab\x7F") == 2);
  CHECK(find_control_character("\xC2\x9B") == 0);
  CHECK(find_control_character("\xC2\xA0") == std::string::npos);
}

TEST_CASE("a text that is made to fit is on one line") { CHECK(fit("two\nlines", 20) == "two lines"); }
