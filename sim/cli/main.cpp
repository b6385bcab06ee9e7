#include <loophole/cli/cli.hpp>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  try {
    std::ios::sync_with_stdio(false);
    const int status = loophole::cli::run({argv + 1, argv + argc}, std::cout, std::cerr);
    std::cout.flush();
    return std::cout ? status : loophole::cli::failed;
  } catch (const std::exception& error) {
    std::cerr << "loophole: " << error.what() << '\n';
    return loophole::cli::failed;
  }
}
