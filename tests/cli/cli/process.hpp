/// The real program as a process of its own, to be limited and killed.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace loophole::test {

class Process {
 public:
  /// Its output goes to `log`. `file_limit`: bytes that a file of its may have, 0 for no limit.
  Process(const std::vector<std::string>& arguments, const std::string& log, std::uint64_t file_limit = 0) {
    std::vector<char*> words{const_cast<char*>(LOOPHOLE_PROGRAM)};  // NOLINT: the system's interface
    for (const std::string& argument : arguments)
      words.push_back(const_cast<char*>(argument.c_str()));  // NOLINT: the same
    words.push_back(nullptr);
    // A signal that comes before the program is in place finds the system's answer there, not that of these tests.
    sigset_t all, before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    pid_ = ::fork();
    if (pid_ == 0)
      for (const int number : {SIGINT, SIGTERM})
        std::signal(number, SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    if (pid_ < 0) throw std::runtime_error("no process");
    if (pid_ > 0) return;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    if (file_limit > 0) {
      const rlimit limit{file_limit, file_limit};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ::execv(LOOPHOLE_PROGRAM, words.data());
    ::_exit(127);
  }
  ~Process() {
    if (pid_ < 0) return;
    signal(SIGKILL);
    static_cast<void>(wait());
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const { ::kill(pid_, number); }
  /// The exit status, or the negative number of the signal that ended it.
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

}  // namespace loophole::test
