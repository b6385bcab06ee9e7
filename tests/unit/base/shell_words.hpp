/// What a shell makes of a line.
#pragma once

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace loophole::test {

/// The words that /bin/sh reads in a line, one a line, as "<WORD>".
inline std::string words_of(const std::string& line) {
  const std::string command = "for word in " + line + "; do printf '<%s>\n' \"$word\"; done";
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("no shell");
  std::string words;
  std::array<char, 4096> piece{};
  for (std::size_t got = 1; got > 0; words.append(piece.data(), got))
    got = std::fread(piece.data(), 1, piece.size(), pipe);
  if (::pclose(pipe) != 0) throw std::runtime_error("a shell does not read: " + line);
  return words;
}

}  // namespace loophole::test
