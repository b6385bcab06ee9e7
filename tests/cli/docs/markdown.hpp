/// What a manual holds besides prose: commands, files that the reader is asked to save, links and headings.
#pragma once

#include <cctype>
#include <regex>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

namespace loophole::test {

/// A line of shell that starts with the program's name, continued lines put together.
struct Command {
  std::string text;
};

/// A YAML block behind "Save this as `PATH`".
struct SavedFile {
  std::string path, content;
};

using Step = std::variant<Command, SavedFile>;

/// Commands and files in the order of the text. Commands stand in blocks, fenced or indented by four spaces.
inline std::vector<Step> steps_of(const std::string& markdown) {
  static const std::regex starts{R"(^\s*(?:build/release/sim/cli/)?(loophole( .*|$)))"};
  static const std::regex saves{R"(Save this as `([^`]+)`)"};
  std::vector<Step> steps;
  std::istringstream lines(markdown);
  std::string line, fence, save_as, body;
  while (std::getline(lines, line)) {
    std::smatch match;
    if (line.rfind("```", 0) == 0) {
      if (fence.empty()) {
        fence = line;
        body.clear();
      } else {
        if (fence == "```yaml" && !save_as.empty()) {
          steps.emplace_back(SavedFile{save_as, body});
          save_as.clear();
        }
        fence.clear();
      }
      continue;
    }
    if (!fence.empty()) body += line + "\n";
    if (fence.empty() && std::regex_search(line, match, saves)) save_as = match[1];
    const bool is_shell = fence == "```sh" || (fence.empty() && line.rfind("    ", 0) == 0);
    if (!is_shell || !std::regex_match(line, match, starts)) continue;
    std::string text = match[1];
    while (!text.empty() && text.back() == '\\' && std::getline(lines, line))
      text = text.substr(0, text.size() - 1) + line;
    if (const std::size_t comment = text.find("  # "); comment != std::string::npos) text.resize(comment);
    while (!text.empty() && text.back() == ' ')
      text.pop_back();
    steps.emplace_back(Command{text});
  }
  return steps;
}

/// Whether the reader is to fill something in: FILE, [--seed S], …
inline bool has_placeholder(const std::string& command) {
  static const std::regex placeholder{R"((^|[ \[=/])[A-Z]{3,}[A-Z0-9]*($|[ \].=]))"};
  return std::regex_search(command, placeholder) || command.find("[-") != std::string::npos ||
         command.find("…") != std::string::npos;
}

/// The targets of links, without those of other sites.
inline std::vector<std::string> links_of(const std::string& markdown) {
  static const std::regex link{R"(\]\(([^()\s]+)(?: "[^"]*")?\))"};
  std::vector<std::string> links;
  for (std::sregex_iterator found(markdown.begin(), markdown.end(), link), end; found != end; ++found)
    if (const std::string target = (*found)[1]; target.find("://") == std::string::npos) links.push_back(target);
  return links;
}

/// The anchors of headings, as GitHub makes them: lower case, words joined by '-', signs left out.
inline std::vector<std::string> anchors_of(const std::string& markdown) {
  std::vector<std::string> anchors;
  std::istringstream lines(markdown);
  bool in_fence = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) in_fence = !in_fence;
    if (in_fence || line.empty() || line.front() != '#') continue;
    std::string anchor;
    for (const char c : line.substr(std::min(line.size(), line.find_first_not_of('#') + 1))) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == ' ')
        anchor += '-';
      else if (std::isalnum(byte) != 0 || c == '-' || c == '_' || byte >= 0x80)
        anchor += static_cast<char>(std::tolower(byte));
    }
    anchors.push_back(anchor);
  }
  return anchors;
}

}  // namespace loophole::test
