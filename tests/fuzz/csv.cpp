/// CSV text: read in pieces of any size it is the same as read at once.
#include "fuzzing.hpp"
#include <loophole/base/csv.hpp>

#include <algorithm>
#include <cstring>

using namespace loophole;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0] % 17;
  const std::string text = fuzzing::text_of(data + 1, size - 1);
  const auto whole = read_csv(text);
  const auto cells = read_csv_cells(text);
  fuzzing::require(whole.has_value() == cells.has_value(), "with places it is a table, and without it is none");
  std::size_t place = 0;
  CsvRows rows([&](char* memory, std::size_t room) {
    const std::size_t taken = std::min({piece, room, text.size() - place});
    std::memcpy(memory, text.data() + place, taken);
    place += taken;
    return taken;
  });
  std::vector<std::string_view> row;
  std::size_t count = 0;
  while (rows.next(row)) {
    if (whole) {
      fuzzing::require(count < whole->size() && row.size() == (*whole)[count].size(), "another row in pieces");
      for (std::size_t i = 0; i < row.size(); ++i) {
        fuzzing::require(row[i] == (*whole)[count][i], "another cell in pieces");
        fuzzing::require((*cells)[count][i].text == row[i], "another cell with its place");
      }
    }
    ++count;
  }
  fuzzing::require(rows.is_damaged() == !whole.has_value(), "damaged in pieces only, or at once only");
  if (whole) fuzzing::require(count == whole->size(), "another number of rows in pieces");
  return 0;
}
