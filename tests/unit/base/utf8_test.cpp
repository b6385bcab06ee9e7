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
