#include "yaml_text.hpp"

#include <loophole/base/utf8.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace loophole::scenario {
namespace {

/// The line's text without its end; empty past the last line.
std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

struct Plain {
  std::string_view complaint, problem, reason, suggestion;
};

/// Complaints of yaml-cpp 0.7 (exceptions.h) by how they begin.
constexpr Plain plain_words[] = {
    {"illegal map value", "a ':' where no key can stand",
     "perhaps the line above lacks its ':' or the space after it, or a text with ': ' lacks quotes",
     "write key: value, and put texts with ': ' in quotes"},
    {"illegal block entry", "a '-' where no list can start", "a list starts on a line of its own",
     "put the list on the next line, indented"},
    {"end of map not found", "this line fits no list or map above it",
     "entries that belong together start in the same column", "indent it like its neighbours"},
    {"end of sequence not found", "this line fits no list or map above it",
     "entries that belong together start in the same column", "indent it like its neighbours"},
    {"the referenced anchor is not defined", "an alias of nothing", "no '&' with this name stands before it",
     "define it first, or write the value out"},
};

}  // namespace

std::optional<Diagnostic> find_bad_byte(const Files& files, std::uint32_t file) {
  const std::string& text = files[file].content;
  Mark mark{file, 1, 1};
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_size(std::string_view(text).substr(i));
    if (length == 0 || text[i] == '\0')
      return Diagnostic{Severity::error,
                        place_of(files, mark),
                        "",
                        fmt::format("byte 0x{:02x}", static_cast<unsigned char>(text[i])),
                        "the file is not UTF-8 text",
                        "save it as UTF-8"};
    if (text[i] == '\n') {
      ++mark.line;
      mark.column = 0;
    }
    ++mark.column;
    i += length;
  }
  return std::nullopt;
}

bool closes_quote(const std::string& text, Mark mark) {
  std::size_t i = 0;
  for (std::uint32_t line = 1; line < mark.line; ++line) {
    i = text.find('\n', i);
    if (i == std::string::npos) return true;
    ++i;
  }
  // Columns count characters; what precedes a quote may hold longer ones.
  for (std::uint32_t column = 1; column < mark.column && i < text.size(); ++column)
    i += std::max<std::size_t>(character_size(std::string_view(text).substr(i)), 1);
  if (i >= text.size() || (text[i] != '"' && text[i] != '\'')) return true;
  const char quote = text[i];
  for (++i; i < text.size(); ++i) {
    const bool doubled = quote == '\'' && text[i] == quote && i + 1 < text.size() && text[i + 1] == quote;
    if (doubled || (quote == '"' && text[i] == '\\'))
      ++i;
    else if (text[i] == quote)
      return true;
  }
  return false;
}

Diagnostic explain_syntax(const Files& files, Mark mark, const std::string& complaint, Mark open_bracket) {
  const auto say = [&](Mark where, std::string_view problem, std::string reason, std::string_view suggestion) {
    return Diagnostic{Severity::error,      place_of(files, where), "",
                      std::string(problem), std::move(reason),      std::string(suggestion)};
  };
  // A tab shows as spaces, and the parser stumbles over it only later in the line.
  for (std::uint32_t line = mark.line; line > 0 && line + 2 > mark.line; --line) {
    const std::string_view text = line_of(files[mark.file].content, line);
    const std::size_t tab = text.find('\t');
    if (tab < text.find_first_not_of(" \t"))
      return say({mark.file, line, static_cast<std::uint32_t>(tab + 1)}, "a tab in the indentation",
                 "YAML indents with spaces only", "replace tabs by spaces");
  }
  if (complaint.find("flow not found") != std::string::npos && open_bracket.line != 0)
    return say(open_bracket, "a bracket that is not closed", fmt::format("line {} cannot stand inside it", mark.line),
               "close it, or separate its entries by commas");
  for (const Plain& each : plain_words)
    if (complaint.compare(0, each.complaint.size(), each.complaint) == 0)
      return say(mark, each.problem, std::string(each.reason), each.suggestion);
  return say(mark, "not valid YAML", complaint, "check indentation, quotes, brackets and colons here");
}

}  // namespace loophole::scenario
