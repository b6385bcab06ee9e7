#include <loophole/base/diagnostics.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace loophole {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.place.file;
  if (diagnostic.place.line != 0) text += fmt::format(":{}:{}", diagnostic.place.line, diagnostic.place.column);
  if (!text.empty()) text += ": ";
  text += diagnostic.severity == Severity::error ? "error: " : "warning: ";
  if (!diagnostic.path.empty()) text += diagnostic.path + ": ";
  text += diagnostic.problem;
  if (!diagnostic.reason.empty()) text += " (" + diagnostic.reason + ")";
  if (!diagnostic.suggestion.empty()) text += "; " + diagnostic.suggestion;
  return text;
}

namespace {

bool is_error(const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; }

}  // namespace

bool Diagnostics::has_errors() const { return std::any_of(items_.begin(), items_.end(), is_error); }

std::size_t Diagnostics::errors() const {
  const std::vector<Diagnostic> stated = sorted();
  return static_cast<std::size_t>(std::count_if(stated.begin(), stated.end(), is_error));
}

std::size_t Diagnostics::warnings() const { return sorted().size() - errors(); }

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> sorted = items_;
  const auto key = [](const Diagnostic& d) { return std::tie(d.place, d.path, d.problem, d.reason, d.suggestion); };
  std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  sorted.erase(
      std::unique(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
      sorted.end());
  return sorted;
}

Diagnostic refusal(std::string where, std::string problem, std::string reason, std::string suggestion) {
  return refusal(std::move(where), 0, std::move(problem), std::move(reason), std::move(suggestion));
}

Diagnostic refusal(std::string file, std::uint64_t line, std::string problem, std::string reason,
                   std::string suggestion) {
  return {Severity::error,
          {std::move(file), static_cast<std::uint32_t>(line), line > 0 ? 1U : 0U},
          "",
          std::move(problem),
          std::move(reason),
          std::move(suggestion)};
}

Diagnostics only(Diagnostic diagnostic) {
  Diagnostics diagnostics;
  diagnostics.add(std::move(diagnostic));
  return diagnostics;
}

}  // namespace loophole
