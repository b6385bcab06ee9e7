#include <loophole/random/names.hpp>

#include <catch2/catch.hpp>

using loophole::random::Names;

TEST_CASE("names are accepted, and accepted again") {
  Names names;
  CHECK_FALSE(names.add("microsoft"));
  CHECK_FALSE(names.add("openai"));
  CHECK_FALSE(names.add("microsoft"));
}

TEST_CASE("two names with one hash are an error that names both") {
  Names names{[](std::string_view text, std::uint64_t) { return std::uint64_t{text.size()}; }};
  CHECK_FALSE(names.add("azure"));
  const auto collision = names.add("baidu");
  REQUIRE(collision);
  CHECK(to_string(*collision) ==
        "error: baidu: \"baidu\" and \"azure\" would share their random numbers (their names have the same 64-bit "
        "hash); rename one of them");
}
