/// "did you mean …?", as long as comparing names does not take longer than reading them.
#pragma once

#include <loophole/base/suggest.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace loophole::scenario {

class Suggestions {
 public:
  /// `candidates()` gives the names that are known; it is not called, and nothing is suggested, once this was asked
  /// too often.
  template <class Candidates>
  [[nodiscard]] std::string for_word(std::string_view word, const Candidates& candidates) {
    if (left_ == 0) return {};
    --left_;
    return suggest(word, candidates());
  }

 private:
  std::size_t left_ = 500;
};

}  // namespace loophole::scenario
