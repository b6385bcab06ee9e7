/// Reading tables.
#include <loophole/base/csv.hpp>

#include <catch2/catch.hpp>

using namespace loophole;

using Rows = std::vector<std::vector<std::string>>;

TEST_CASE("a table's last row counts without its line break, an empty last cell too") {
  CHECK(read_csv("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_csv("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_csv("a,b\n1,") == Rows{{"a", "b"}, {"1", ""}});
  CHECK(read_csv("a,b\r\n,\r\n") == Rows{{"a", "b"}, {"", ""}});
  CHECK(read_csv("") == Rows{});
  CHECK_FALSE(read_csv("a\n\"1").has_value());
  CHECK_FALSE(read_csv("\"a\"b\n").has_value());
}

TEST_CASE("each cell knows its place, behind quoted line breaks too") {
  const auto rows = read_csv_cells("name,b\n\"two\nlines\",\"x\"\n1,,3\n");
  REQUIRE(rows);
  struct Expected {
    std::string text;
    std::uint32_t line, column;
  };
  const std::vector<std::vector<Expected>> expected{
      {{"name", 1, 1}, {"b", 1, 6}}, {{"two\nlines", 2, 1}, {"x", 3, 8}}, {{"1", 4, 1}, {"", 4, 3}, {"3", 4, 4}}};
  REQUIRE(rows->size() == expected.size());
  for (std::size_t r = 0; r < expected.size(); ++r) {
    REQUIRE((*rows)[r].size() == expected[r].size());
    for (std::size_t c = 0; c < expected[r].size(); ++c) {
      CAPTURE(r, c);
      CHECK((*rows)[r][c].text == expected[r][c].text);
      CHECK((*rows)[r][c].line == expected[r][c].line);
      CHECK((*rows)[r][c].column == expected[r][c].column);
    }
  }
}
