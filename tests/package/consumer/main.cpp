#include <loophole/base/time.hpp>
#include <loophole/base/version.hpp>

#include <iostream>

int main() {
  const auto cut_off = loophole::parse_time("2024-07-09");
  std::cout << "loophole " << loophole::version() << ": " << loophole::to_string(cut_off.value()) << '\n';
  return loophole::to_string(*cut_off) == "2024-07-09" ? 0 : 1;
}
