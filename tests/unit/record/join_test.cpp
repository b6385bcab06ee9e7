#include <loophole/record/join.hpp>

#include <catch2/catch.hpp>

#include <stdexcept>

using loophole::record::Duplicates;
using loophole::record::join_tables;

TEST_CASE("tables of equal columns are put below each other, byte by byte") {
  CHECK(join_tables({"a,b\n1,\"x, y\"\n", "a,b\n2,\n1,\"x, y\"\n"}, Duplicates::kept) ==
        "a,b\n1,\"x, y\"\n2,\n1,\"x, y\"\n");
}

TEST_CASE("columns are joined by name, and what a table lacks is empty") {
  CHECK(join_tables({"a,b\n1,2\n", "b,c\n3,4\n"}, Duplicates::kept) == "a,b,c\n1,2,\n,3,4\n");
}

TEST_CASE("equal rows can be dropped") {
  CHECK(join_tables({"a,b\n1,2\n3,4\n", "a,b\n3,4\n3,5\n"}, Duplicates::dropped) == "a,b\n1,2\n3,4\n3,5\n");
}

TEST_CASE("what is no table is refused") {
  CHECK_THROWS_AS(join_tables({"a,b\n1,\"2\n"}, Duplicates::kept), std::invalid_argument);
  CHECK_THROWS_AS(join_tables({""}, Duplicates::kept), std::invalid_argument);
}
