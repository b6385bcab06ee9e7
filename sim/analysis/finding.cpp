#include <loophole/analysis/finding.hpp>
#include <loophole/base/units.hpp>
#include <loophole/base/utf8.hpp>
#include <loophole/record/csv.hpp>
#include <loophole/record/short_text.hpp>
#include <loophole/record/wrap.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::size_t width = 100, widest_word = 48;

/// Four digits, and no more zeros than a reader counts.
std::string short_number(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "" : value > 0 ? "inf" : "-inf";
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size >= 1e5 || size < 1e-4) return fmt::format("{:.3e}", value);
  if (value == std::floor(value)) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

std::string text_of(const Cell& cell) {
  if (const auto* word = std::get_if<std::string>(&cell)) return fit(*word, widest_word);
  if (const auto* number = std::get_if<double>(&cell)) return short_number(*number);
  return {};
}

bool is_word(const Cell& cell) { return std::holds_alternative<std::string>(cell); }

/// The table without columns that hold one and the same word in every row: that is said once, above it.
FindingTable without_constants(const FindingTable& table) {
  FindingTable shown{table.name, table.title, {}, {}};
  shown.rows.resize(table.rows.size());
  std::string said;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool is_constant =
        c > 0 && table.rows.size() > 1 && is_word(table.rows[0][c]) &&
        std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return row[c] == table.rows[0][c]; });
    if (is_constant) {
      if (!std::get<std::string>(table.rows[0][c]).empty())
        said +=
            fmt::format("{}{} {}", said.empty() ? "" : ", ", table.columns[c], std::get<std::string>(table.rows[0][c]));
      continue;
    }
    shown.columns.push_back(table.columns[c]);
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      shown.rows[r].push_back(table.rows[r][c]);
  }
  if (!said.empty()) shown.title += (shown.title.empty() ? "" : "; ") + said;
  return shown;
}

/// The columns that fit side by side; a table that is wider goes on below, where its first words are repeated.
std::string table_text(const FindingTable& table) {
  std::vector<std::size_t> widths;
  std::vector<char> are_words;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t most = table.columns[c].size();
    bool words = false;
    for (const auto& row : table.rows) {
      most = std::max(most, text_of(row[c]).size());
      words = words || is_word(row[c]);
    }
    widths.push_back(most);
    are_words.push_back(words ? 1 : 0);
  }
  std::string text;
  for (const std::string& line : record::wrapped(table.title, width))
    text += line.empty() ? "" : line + "\n";
  std::size_t names = 0, names_width = 0;  // columns of words in front: what a row is about
  for (; names < widths.size() && are_words[names] != 0; ++names)
    names_width += widths[names] + 2;
  std::size_t begin = names;
  do {
    std::size_t end = begin, used = names_width;
    while (end < widths.size() && (end == begin || used + 2 + widths[end] <= width))
      used += 2 + widths[end++];
    const auto line = [&](const auto& cell) {
      std::string out;
      for (std::size_t c = 0; c < end; ++c) {
        if (c >= names && c < begin) continue;
        out += "  ";
        out +=
            are_words[c] != 0 ? fmt::format("{:<{}}", cell(c), widths[c]) : fmt::format("{:>{}}", cell(c), widths[c]);
      }
      out.erase(out.find_last_not_of(' ') + 1);
      text += out + "\n";
    };
    line([&](std::size_t c) { return table.columns[c]; });
    for (const auto& row : table.rows)
      line([&](std::size_t c) { return text_of(row[c]); });
    begin = end;
    if (begin < widths.size()) text += "\n";
  } while (begin < widths.size());
  return text;
}

using Json = nlohmann::ordered_json;

Json json_of(const Cell& cell) {
  if (const auto* word = std::get_if<std::string>(&cell)) return *word;
  if (const auto* number = std::get_if<double>(&cell)) return std::isfinite(*number) ? Json(*number) : Json();
  return {};
}

}  // namespace

std::string finding_text(const Finding& finding) {
  std::string text = finding.title + "\n";
  const auto say = [&](const std::string& sentence) {
    for (const std::string& line : record::wrapped(sentence, width))
      text += line + "\n";
  };
  if (!finding.sentences.empty()) text += "\n";
  for (const std::string& sentence : finding.sentences)
    say(sentence);
  if (!finding.warnings.empty()) text += "\n";
  for (const std::string& warning : finding.warnings)
    say("Mind: " + warning);
  for (const FindingTable& table : finding.tables)
    text += "\n" + table_text(without_constants(table));
  return text;
}

std::string written(const std::vector<Finding>& findings, const std::string& format, const std::string& table) {
  if (format == "csv") return finding_csv(findings, table);
  if (format == "json") return finding_json(findings);
  std::string text;
  for (const Finding& finding : findings)
    text += (text.empty() ? "" : "\n") + finding_text(finding);
  return text;
}

std::string finding_csv(const std::vector<Finding>& findings, const std::string& table) {
  if (findings.empty() || findings.front().tables.empty()) return {};
  const std::vector<FindingTable>& tables = findings.front().tables;
  std::size_t chosen = 0;
  while (!table.empty() && chosen < tables.size() && tables[chosen].name != table)
    ++chosen;
  if (chosen == tables.size()) return {};
  std::string header = chosen > 0 ? "title" : "";
  for (const std::string& column : tables[chosen].columns)
    header += (header.empty() ? "" : ",") + record::csv_cell(column);
  record::Csv csv(header);
  for (const Finding& finding : findings) {
    if (chosen >= finding.tables.size()) continue;
    for (const auto& row : finding.tables[chosen].rows) {
      if (chosen > 0) csv.cell(finding.title);
      for (const Cell& cell : row)
        if (const auto* word = std::get_if<std::string>(&cell))
          csv.cell(*word);
        else if (const auto* number = std::get_if<double>(&cell))
          csv.cell(std::isnan(*number) ? std::optional<double>() : std::optional<double>(*number));
        else
          csv.empty();
      csv.end_row();
    }
  }
  return csv.take();
}

std::string finding_json(const std::vector<Finding>& findings) {
  Json all = Json::array();
  for (const Finding& finding : findings) {
    Json json = {{"method", finding.method},
                 {"title", finding.title},
                 {"sentences", finding.sentences},
                 {"warnings", finding.warnings}};
    for (const FindingTable& table : finding.tables) {
      Json rows = Json::array();
      for (const auto& row : table.rows) {
        Json object = Json::object();
        for (std::size_t c = 0; c < row.size(); ++c)
          object[table.columns[c]] = json_of(row[c]);
        rows.push_back(std::move(object));
      }
      json["titles"][table.name] = table.title;
      json["tables"][table.name] = std::move(rows);
    }
    all.push_back(std::move(json));
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace loophole::analysis
