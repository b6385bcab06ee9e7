#include "interruption.hpp"

#include <csignal>
#include <stdexcept>

namespace loophole::cli {
namespace {

volatile std::sig_atomic_t asked = 0;  // NOLINT: signal handlers reach nothing else

extern "C" void ask(int signal) {
  asked = 1;
  if (signal == SIGINT) std::signal(signal, SIG_DFL);
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
