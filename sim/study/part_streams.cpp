#include "part_streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace loophole::study {
namespace {

/// What is read at once of all parts together, of which there may be ten thousand, and of one.
constexpr std::size_t all_windows = std::size_t{1} << 25, smallest_window = std::size_t{1} << 12,
                      largest_window = std::size_t{1} << 16;

bool later(const std::unique_ptr<PartCursor>& a, const std::unique_ptr<PartCursor>& b) {
  return std::tie(a->number, a->unit->key.from, a->unit->key.to) >
         std::tie(b->number, b->unit->key.from, b->unit->key.to);
}

}  // namespace

PartCursor::PartCursor(const Plan& plan, std::filesystem::path path, std::size_t window)
    : reader(std::move(path), window), finder(plan) {
  forward();
}

void PartCursor::forward() {
  while ((unit = reader.next(PartReader::Content::read))) {
    const auto found = finder.find(unit->key);
    if (!found) continue;
    if (*found < number)
      throw std::runtime_error(
          fmt::format("'{}' is not in the order in which parts are written", reader.path().string()));
    number = *found;
    return;
  }
}

PartStreams::PartStreams(const Plan& plan, const std::string& folder) {
  const auto parts = parts_in(folder);
  const std::size_t window =
      std::clamp(all_windows / std::max<std::size_t>(parts.size(), 1), smallest_window, largest_window);
  for (const auto& part : parts)
    push(std::make_unique<PartCursor>(plan, part, window));
}

std::unique_ptr<PartCursor> PartStreams::pop(std::uint64_t number) {
  if (waiting_.empty() || waiting_.front()->number != number) return nullptr;
  std::pop_heap(waiting_.begin(), waiting_.end(), later);
  std::unique_ptr<PartCursor> first = std::move(waiting_.back());
  waiting_.pop_back();
  return first;
}

void PartStreams::push(std::unique_ptr<PartCursor> cursor) {
  if (!cursor->unit) {
    if (cursor->reader.is_damaged()) damaged_.push_back(cursor->reader.path().string());
    return;
  }
  waiting_.push_back(std::move(cursor));
  std::push_heap(waiting_.begin(), waiting_.end(), later);
}

}  // namespace loophole::study
