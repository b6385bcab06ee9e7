/// Work of several threads, taken in order.
#include <loophole/study/in_order.hpp>

#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>

using loophole::study::in_order;

namespace {

/// A result that takes the longer to make the earlier it is wanted.
std::uint64_t slowly(std::uint64_t piece) {
  std::this_thread::sleep_for(std::chrono::microseconds(piece % 7 == 0 ? 300 : 10));
  return piece * piece;
}

const auto squares = [] { return slowly; };

}  // namespace

TEST_CASE("results are taken once each, in order, whoever was faster") {
  for (const unsigned threads : {1U, 2U, 3U, 16U}) {
    CAPTURE(threads);
    std::vector<std::uint64_t> taken;
    in_order(200, threads, squares, [&](std::uint64_t result) {
      taken.push_back(result);
      return true;
    });
    REQUIRE(taken.size() == 200);
    for (std::uint64_t i = 0; i < taken.size(); ++i)
      CHECK(taken[i] == i * i);
  }
}

TEST_CASE("work does not run far ahead of what was taken") {
  std::atomic<std::uint64_t> made = 0;
  std::uint64_t taken = 0, farthest = 0;
  in_order(
      300, 4,
      [&] {
        return [&](std::uint64_t piece) {
          ++made;
          return piece;
        };
      },
      [&](std::uint64_t) {
        std::this_thread::sleep_for(std::chrono::microseconds(50));
        farthest = std::max(farthest, made.load() - taken);
        ++taken;
        return true;
      });
  CHECK(taken == 300);
  CHECK(farthest <= 4 * 4 + 1);
}

TEST_CASE("whoever takes may stop, and nothing is taken after it") {
  for (const unsigned threads : {1U, 4U}) {
    std::uint64_t taken = 0;
    in_order(1000, threads, squares, [&](std::uint64_t) { return ++taken < 10; });
    CHECK(taken == 10);
  }
}

TEST_CASE("what is thrown at the earliest piece is thrown, after all before it were taken") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    CAPTURE(threads);
    std::uint64_t taken = 0;
    const auto run = [&] {
      in_order(
          100, threads,
          [] {
            return [](std::uint64_t piece) {
              if (piece == 23 || piece == 21) throw std::runtime_error("piece " + std::to_string(piece));
              return slowly(piece);
            };
          },
          [&](std::uint64_t) { return ++taken > 0; });
    };
    CHECK_THROWS_WITH(run(), "piece 21");
    CHECK(taken == 21);
  }
  CHECK_THROWS_WITH(in_order(10, 3, squares,
                             [](std::uint64_t result) -> bool {
                               if (result == 16) throw std::logic_error("no more");
                               return true;
                             }),
                    "no more");
}
