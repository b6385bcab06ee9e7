#include <loophole/record/csv.hpp>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>

namespace loophole::record {

Csv::Csv(std::string_view header) : text_(header) { text_ += '\n'; }

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void Csv::separate() {
  if (!at_start_) text_ += ',';
  at_start_ = false;
}

Csv& Csv::cell(std::string_view text) {
  separate();
  if (text.find_first_of(",\"\n\r") == std::string_view::npos)
    text_ += text;
  else
    text_ += csv_cell(text);
  return *this;
}

Csv& Csv::cell(double value) {
  separate();
  fmt::format_to(std::back_inserter(text_), FMT_COMPILE("{}"), value == 0 ? 0.0 : value);
  return *this;
}

Csv& Csv::cell(std::optional<double> value) { return value ? cell(*value) : empty(); }

Csv& Csv::cell(std::uint64_t value) {
  separate();
  fmt::format_to(std::back_inserter(text_), FMT_COMPILE("{}"), value);
  return *this;
}

Csv& Csv::cell(Time time) { return cell(std::string_view(to_string(time))); }

Csv& Csv::joined(std::string_view cells) {
  separate();
  text_ += cells;
  return *this;
}

void Csv::end_row() {
  text_ += '\n';
  at_start_ = true;
}

std::string header_of(std::string first, const std::vector<std::string>& columns) {
  for (const std::string& column : columns)
    first += "," + csv_cell(column);
  return first;
}

}  // namespace loophole::record
