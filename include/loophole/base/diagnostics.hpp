/// Diagnostics: what is wrong with an input, where, why, and what to do about it.
///
/// A file's problems are collected and reported all at once, because an analyst who fixes one mistake per run
/// gives up. A diagnostic is data; writing it is the caller's business.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loophole {

/// Where something stands in a text; lines and columns count from 1, 0 means "no place".
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string path;        ///< e.g. "channels.azure-enterprise.price"; empty when there is none
  std::string problem;     ///< what is wrong
  std::string reason;      ///< why that is wrong; may be empty
  std::string suggestion;  ///< what to do; may be empty
};

/// "file:line:column: error: path: problem (why); suggestion"
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);

/// An error of something as a whole: an option of the command line, a file, a folder.
[[nodiscard]] Diagnostic refusal(std::string where, std::string problem, std::string reason, std::string suggestion);
/// An error of a line of a table, from 1; of the whole of it with line 0.
[[nodiscard]] Diagnostic refusal(std::string file, std::uint64_t line, std::string problem, std::string reason,
                                 std::string suggestion);

/// Diagnostics collected in the order found.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  void append(const Diagnostics& other) { items_.insert(items_.end(), other.items_.begin(), other.items_.end()); }

  [[nodiscard]] bool has_errors() const;
  /// How many there are, a diagnostic stated twice (of a scenario and of its root) counted once.
  [[nodiscard]] std::size_t errors() const;
  [[nodiscard]] std::size_t warnings() const;
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }

  /// Sorted by file, line and column, each stated once.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> items_;
};

/// One diagnostic by itself.
[[nodiscard]] Diagnostics only(Diagnostic diagnostic);

}  // namespace loophole
