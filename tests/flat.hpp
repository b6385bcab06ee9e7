/// Text with all its spaces and line breaks made one space, so that tests need not know where lines end.
#pragma once

#include <sstream>
#include <string>

namespace loophole::test {

inline std::string flat(const std::string& text) {
  std::istringstream words(text);
  std::string word, all;
  while (words >> word)
    all += (all.empty() ? "" : " ") + word;
  return all;
}

}  // namespace loophole::test
