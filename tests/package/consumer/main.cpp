#include <loophole/base/time.hpp>
#include <loophole/base/version.hpp>
#include <loophole/kernel/simulator.hpp>

#include <iostream>
#include <string_view>

int main() {
  loophole::kernel::Simulator<std::string_view> simulator{loophole::parse_time("2024-06-25").value()};
  simulator.after(14 * loophole::seconds_per_day, {}, "cut-off");
  std::cout << "loophole " << loophole::version() << '\n';
  bool expected = false;
  simulator.step([&](const auto& occurrence) {
    std::cout << loophole::to_string(occurrence.time) << ' ' << occurrence.event << '\n';
    expected = loophole::to_string(occurrence.time) == "2024-07-09";
  });
  return expected ? 0 : 1;
}
