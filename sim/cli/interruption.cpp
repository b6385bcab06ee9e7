#include "interruption.hpp"

#include <csignal>
#include <ctime>
#include <stdexcept>

namespace loophole::cli {
namespace {

// Signal handlers reach nothing else. NOLINTBEGIN
volatile std::sig_atomic_t asked = 0;
timespec asked_at{};
// NOLINTEND

/// Whether half a second has gone by: coreutils' timeout, say, sends its signal to the process and to its group.
bool is_another_wish() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_sec - asked_at.tv_sec) * 1000 + (now.tv_nsec - asked_at.tv_nsec) / 1'000'000 >= 500;
}

extern "C" void ask(int signal) {
  if (asked == 0) {
    clock_gettime(CLOCK_MONOTONIC, &asked_at);
    asked = 1;
  } else if (signal == SIGINT && is_another_wish()) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

Interruption::Interruption() {
  asked = 0;
  std::signal(SIGTERM, ask);
  std::signal(SIGINT, ask);
}

Interruption::~Interruption() {
  if (is_asked_for()) return;  // what is still to be said is said before the end
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
}

bool Interruption::is_asked_for() { return asked != 0; }

void Interruption::leave_nothing() {
  if (is_asked_for()) throw std::runtime_error("interrupted: nothing is written");
}

}  // namespace loophole::cli
