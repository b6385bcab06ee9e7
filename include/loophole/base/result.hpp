/// A value, or the diagnostics that say why there is none.
///
/// User input can be wrong in many places at once, so the alternative to a value is a list. Warnings may
/// accompany a value. A broken invariant of the program is an exception instead.
#pragma once

#include <loophole/base/diagnostics.hpp>

#include <optional>
#include <utility>

namespace loophole {

template <class T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor): reads as the value
  Result(Diagnostics diagnostics) : diagnostics_(std::move(diagnostics)) {}  // NOLINT(google-explicit-constructor)
  Result(T value, Diagnostics warnings) : value_(std::move(value)), diagnostics_(std::move(warnings)) {}

  [[nodiscard]] bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] T& value() { return value_.value(); }
  [[nodiscard]] const T& value() const { return value_.value(); }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

  T& operator*() { return value_.value(); }
  const T& operator*() const { return value_.value(); }
  T* operator->() { return &value_.value(); }
  const T* operator->() const { return &value_.value(); }

 private:
  std::optional<T> value_;
  Diagnostics diagnostics_;
};

}  // namespace loophole
