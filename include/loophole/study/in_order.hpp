/// in_order: work done by several threads at once, whose results are taken one by one, in order.
///
/// Sums of floating-point numbers and rows of tables depend on their order, so whoever takes results must not see which
/// thread was faster. Work runs ahead of what was taken by a bounded distance, so memory does not grow with the number
/// of pieces.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace loophole::study {

/// For each piece from 0 to `count` - 1 a result, made by one of `threads` threads and taken in the order of pieces.
///
/// `worker()` gives a thread its own callable `make(piece)`, which may keep memory from piece to piece. `take(result)`
/// says whether to go on; one thread calls it at a time, any of them. An exception of `make` is rethrown when its
/// piece's turn comes, one of `take` at once: what is thrown does not depend on the threads either.
template <typename Worker, typename Take>
void in_order(std::uint64_t count, unsigned threads, const Worker& worker, Take&& take) {
  using Made = std::decay_t<decltype(worker()(std::uint64_t{}))>;
  if (threads <= 1 || count <= 1) {
    auto make = worker();
    for (std::uint64_t piece = 0; piece < count; ++piece)
      if (!take(make(piece))) return;
    return;
  }

  struct Result {
    std::optional<Made> made;
    std::exception_ptr thrown;
  };
  const std::uint64_t ahead = 4 * std::uint64_t{threads};
  std::mutex mutex;
  std::condition_variable room;
  std::map<std::uint64_t, Result> waiting;  // made, not taken
  std::uint64_t next = 0, taken = 0;
  bool is_taking = false, is_over = false;
  std::exception_ptr thrown;

  // Takes what is next for as long as it is there. Called, and left, with the lock held.
  const auto take_all = [&](std::unique_lock<std::mutex>& lock) {
    is_taking = true;
    for (auto first = waiting.find(taken); !is_over && first != waiting.end(); first = waiting.find(taken)) {
      Result result = std::move(first->second);
      waiting.erase(first);
      lock.unlock();
      bool goes_on = false;
      std::exception_ptr problem = result.thrown;
      if (!problem) {
        try {
          goes_on = take(std::move(*result.made));
        } catch (...) {
          problem = std::current_exception();
        }
      }
      lock.lock();
      ++taken;
      if (problem) thrown = problem;
      is_over = is_over || !goes_on;
      room.notify_all();
    }
    is_taking = false;
  };

  const auto work = [&] {
    std::unique_lock lock(mutex);
    std::optional<std::decay_t<decltype(worker())>> make;
    while (true) {
      room.wait(lock, [&] { return is_over || next >= count || next < taken + ahead; });
      if (is_over || next >= count) return;
      const std::uint64_t piece = next++;
      lock.unlock();
      Result result;
      try {
        if (!make) make.emplace(worker());
        result.made.emplace((*make)(piece));
      } catch (...) {
        result.thrown = std::current_exception();
      }
      lock.lock();
      waiting.emplace(piece, std::move(result));
      if (!is_taking) take_all(lock);
    }
  };

  {
    std::vector<std::jthread> crew;
    for (unsigned i = 0; i < threads; ++i)
      crew.emplace_back(work);
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace loophole::study
