/// Interruption: a wish to stop, from the terminal or from a scheduler that warns before it kills.
#pragma once

namespace loophole::cli {

/// While it lives, SIGTERM and SIGINT ask for an orderly end; a SIGINT half a second or more later ends at once. A
/// second SIGTERM changes nothing, because schedulers send it twice: to the shell of a job and to all its processes.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] static bool is_asked_for();
  /// Throws std::runtime_error when an end was asked for: what is half done is thrown away on the way out.
  static void leave_nothing();
};

}  // namespace loophole::cli
