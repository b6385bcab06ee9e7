/// Running the real program and reading what it left.
#pragma once

#include "../../unit/world/written.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace loophole::test {

namespace fs = std::filesystem;

inline std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Ran {
  int status = -1;
  std::string out, err;
};

/// `before` is shell text in front of the program: assignments, `ulimit -f 8;`, `cd …;`. Its standard output may be
/// sent elsewhere by `arguments`.
inline Ran program(const std::string& arguments, const std::string& before = {}) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string(), err = (folder.path() / "err").string();
  const std::string command =
      "( " + before + " '" LOOPHOLE_PROGRAM "' " + arguments + " ) >'" + out + "' 2>'" + err + "' </dev/null";
  const int status = std::system(command.c_str());  // NOLINT: the shell is what users have
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, read(out), read(err)};
}

inline const std::string cases = LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/";

/// The files of a folder, by name.
inline std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> found;
  if (!fs::exists(folder)) return found;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) found[entry.path().filename().string()] = read(entry.path());
  return found;
}

/// Rows of cells, strictly after RFC 4180 with LF. Throws where the text is none.
inline std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::size_t i = 0;
  if (text.empty() || text.back() != '\n') throw std::runtime_error("no line break at the end");
  while (i < text.size()) {
    std::string cell;
    if (text[i] == '"') {
      for (++i;; ++i) {
        if (i >= text.size()) throw std::runtime_error("an open quote");
        if (text[i] != '"')
          cell += text[i];
        else if (text[i + 1] == '"')
          cell += text[i++];
        else
          break;
      }
      ++i;
      if (text[i] != ',' && text[i] != '\n') throw std::runtime_error("text behind a quote");
    } else {
      for (; text[i] != ',' && text[i] != '\n'; ++i) {
        if (text[i] == '"' || text[i] == '\r') throw std::runtime_error("a quote or CR in a bare cell");
        cell += text[i];
      }
    }
    row.push_back(std::move(cell));
    if (text[i++] == '\n') {
      if (!rows.empty() && row.size() != rows.front().size()) throw std::runtime_error("a row of another length");
      rows.push_back(std::move(row));
      row.clear();
    }
  }
  return rows;
}

}  // namespace loophole::test
