#include <loophole/cli/cli.hpp>

#include <csignal>
#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  try {
    std::ios::sync_with_stdio(false);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk, with a reason
    const int status = loophole::cli::run({argv + 1, argv + argc}, std::cout, std::cerr);
    std::cout.flush();
    if (std::cout) return status;
    std::cerr << "loophole: cannot write to the standard output\n";
    return loophole::cli::failed;
  } catch (const std::exception& error) {
    std::cerr << "loophole: " << error.what() << '\n';
    return loophole::cli::failed;
  }
}
