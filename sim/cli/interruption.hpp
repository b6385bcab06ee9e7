/// Interruption: a wish to stop, from the terminal or from a scheduler that warns before it kills.
#pragma once

namespace loophole::cli {

/// While it lives, SIGTERM and SIGINT ask for an orderly end; a second one ends at once.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] static bool is_asked_for();
};

}  // namespace loophole::cli
