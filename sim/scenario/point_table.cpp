#include "point_table.hpp"

#include "file_bytes.hpp"
#include <loophole/base/csv.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace loophole::scenario {
namespace {

namespace fs = std::filesystem;

class TableReader {
 public:
  TableReader(Document& study, Node& design) : study_(study), design_(design) {}

  Diagnostics read() {
    const Node& file = *design_.find("file");
    const fs::path folder = fs::path(study_.files.front().name).parent_path();
    const std::string path =
        file.is_scalar() && !file.scalar.empty() ? (folder / file.scalar).lexically_normal().string() : std::string{};
    std::error_code error;
    // What is no plain file is not opened: a pipe would wait for its other end.
    std::ifstream stream;
    if (!path.empty() && fs::is_regular_file(path, error)) stream.open(path, std::ios::binary);
    if (!stream.is_open()) {
      refuse(file.mark, path.empty() ? "the name of a file is expected" : fmt::format("cannot read '{}'", path),
             "it holds the points", "give a CSV file beside the study");
      return diagnostics_;
    }
    InputFile input{path, read_bounded(stream)};
    here_ = static_cast<std::uint32_t>(study_.files.size());
    if (input.content.size() > Limits{}.bytes) {
      refuse(file.mark, fmt::format("'{}' is too large", path),
             fmt::format("at most {} MiB are read", Limits{}.bytes >> 20U), "let a design draw so many points");
      return diagnostics_;
    }
    const auto rows = read_csv_cells(input.content);
    study_.files.push_back(std::move(input));
    if (!rows)
      refuse({here_, 1, 1}, "it is no table", "a quote is left open, or text follows one", "correct its quotes");
    else if (rows->empty())
      refuse({here_, 1, 1}, "it is no table", "it is empty", "give a CSV file with a header");
    else
      take(*rows, file.mark);
    return diagnostics_;
  }

 private:
  using Row = std::vector<CsvCell>;

  [[nodiscard]] Mark mark_of(const CsvCell& cell) const { return {here_, cell.line, cell.column}; }

  void take(const std::vector<Row>& rows, Mark named) {
    Node table;
    table.kind = Node::Kind::sequence;
    table.mark = named;
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const Row& row = rows[r];
      if (row.size() == 1 && row.front().text.empty()) continue;  // a blank line
      if (row.size() == rows.front().size())
        table.items.push_back(point(rows.front(), row));
      else
        refuse(mark_of(row.front()), fmt::format("{} cells under {} columns", row.size(), rows.front().size()),
               "each column has one cell in each row", "add what is missing, or quote cells that hold commas");
    }
    auto& members = design_.members;
    members.erase(std::remove_if(members.begin(), members.end(), [](const Member& m) { return m.key == "file"; }),
                  members.end());
    members.push_back({"table", named, std::move(table)});
  }

  [[nodiscard]] Node point(const Row& header, const Row& cells) const {
    Node row;
    row.kind = Node::Kind::map;
    row.mark = mark_of(cells.front());
    for (std::size_t c = 0; c < header.size(); ++c) {
      Node value;
      value.kind = Node::Kind::scalar;
      value.scalar = cells[c].text;
      value.mark = mark_of(cells[c]);
      row.members.push_back({header[c].text, mark_of(header[c]), std::move(value)});
    }
    return row;
  }

  void refuse(Mark mark, std::string problem, std::string reason, std::string suggestion) {
    diagnostics_.add({Severity::error, place_of(study_.files, mark), "design.file", std::move(problem),
                      std::move(reason), std::move(suggestion)});
  }

  Document& study_;
  Node& design_;
  std::uint32_t here_ = 0;  ///< the table, among the study's files
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics take_in_table(Document& study) {
  Node* const design = study.scenario.find("design");
  const Node* const method = design ? design->find("method") : nullptr;
  if (!method || method->scalar != "list" || !design->find("file")) return {};
  return TableReader(study, *design).read();
}

}  // namespace loophole::scenario
