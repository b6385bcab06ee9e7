/// Reading CSV text (RFC 4180). It lies this low because tables come in as well as out: a study's points may be one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole {

struct CsvCell {
  std::string text;
  std::uint32_t line = 0, column = 0;  ///< of its first character, from 1
};

/// As read_csv, with the places of the cells.
[[nodiscard]] std::optional<std::vector<std::vector<CsvCell>>> read_csv_cells(std::string_view text);

/// The cells of a table, row by row, its header first; nothing where a quote is left open or text follows one.
[[nodiscard]] std::optional<std::vector<std::vector<std::string>>> read_csv(std::string_view text);

}  // namespace loophole
