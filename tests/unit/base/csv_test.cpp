#include <loophole/base/csv.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace loophole;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// The same text, given out in pieces of so many bytes.
Rows in_pieces(std::string text, std::size_t piece, bool& is_damaged) {
  CsvRows source([&](char* memory, std::size_t size) {
    const std::size_t bytes = std::min({size, piece, text.size()});
    std::copy_n(text.data(), bytes, memory);
    text.erase(0, bytes);
    return bytes;
  });
  Rows rows;
  for (std::vector<std::string_view> cells; source.next(cells);)
    rows.emplace_back(cells.begin(), cells.end());
  is_damaged = source.is_damaged();
  return rows;
}

}  // namespace

TEST_CASE("a table is read cell by cell") {
  CHECK(*read_csv("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(*read_csv("a,b\r\n1,\r\n") == Rows{{"a", "b"}, {"1", ""}});
  CHECK(*read_csv("a\n1") == Rows{{"a"}, {"1"}});
  CHECK(read_csv("")->empty());
}

TEST_CASE("quotes keep commas, quotes and line breaks in a cell") {
  CHECK(*read_csv("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n3,4,5\n") ==
        Rows{{"a,b", "say \"no\"", "two\nlines"}, {"3", "4", "5"}});
  CHECK(*read_csv("\"\",x\n") == Rows{{"", "x"}});
}

TEST_CASE("a quote that is left open, or followed by text, is damage") {
  CHECK_FALSE(read_csv("a,\"b\n"));
  CHECK_FALSE(read_csv("a,\"b\"c\n"));
  CHECK_FALSE(read_csv("a\n\""));
}

TEST_CASE("a table is the same in pieces of any size") {
  const std::string text = "a,\"b\"\"\n\"\r\n\r\n1,2\n\"x,\",\"\n\n\"\nlast,row";
  const auto whole = *read_csv(text);
  REQUIRE(whole.size() == 4);
  for (std::size_t piece = 1; piece < 12; ++piece) {
    bool is_damaged = true;
    CHECK(in_pieces(text, piece, is_damaged) == whole);
    CHECK_FALSE(is_damaged);
  }
}

TEST_CASE("a row knows the line it began in") {
  std::string text = "h\n\"1\n2\"\n3\n";
  CsvRows source([&](char* memory, std::size_t size) {
    const std::size_t bytes = std::min(size, text.size());
    std::copy_n(text.data(), bytes, memory);
    text.erase(0, bytes);
    return bytes;
  });
  std::vector<std::string_view> cells;
  std::vector<std::uint64_t> lines;
  while (source.next(cells))
    lines.push_back(source.line());
  CHECK(lines == std::vector<std::uint64_t>{1, 2, 4});
}

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

TEST_CASE("a spreadsheet's byte-order mark is no part of the first cell, in pieces of any size") {
  const std::string text = "\xEF\xBB\xBFid,y\n1,2\n";
  CHECK(*read_csv(text) == Rows{{"id", "y"}, {"1", "2"}});
  for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
    bool is_damaged = true;
    CHECK(in_pieces(text, piece, is_damaged) == Rows{{"id", "y"}, {"1", "2"}});
    CHECK_FALSE(is_damaged);
  }
  CHECK(*read_csv("\xEF\xBB") == Rows{{"\xEF\xBB"}});
}
