#include "study_of.hpp"

#include <loophole/engine/setup.hpp>
#include <loophole/record/study_file.hpp>

#include <fmt/format.h>

#include <filesystem>

namespace loophole::cli {

namespace fs = std::filesystem;

Result<GivenStudy> study_of(const std::string& given, const std::string& out) {
  std::error_code error;
  const bool is_folder = fs::is_directory(given, error);
  auto study = is_folder ? record::read_study_file(given) : scenario::load_study(given);
  if (!study) return study.diagnostics();
  if (is_folder && !out.empty()) {
    return only(refusal("--out", "a folder of results is given already", "what it lacks goes into it",
                        "leave --out away, or give the study's file"));
  }
  const fs::path usual = fs::path("results") / study->scenarios.front().document.case_name / study->document.name;
  const std::string folder = !out.empty() ? out : is_folder ? given : usual.string();
  // What a folder's study warns of was said when it was begun.
  const Diagnostics warnings = is_folder ? Diagnostics{} : study.diagnostics();
  return {GivenStudy{std::move(*study), folder, is_folder}, warnings};
}

Diagnostics try_out(const study::Plan& plan) {
  Diagnostics problems;
  for (std::size_t s = 0; s < plan.scenarios(); ++s)
    problems.append(engine::prepare(plan.scenario(s), plan.point(s, 0)).diagnostics());
  return problems;
}

std::string size_of(const study::Plan& plan) {
  return fmt::format("{} scenarios x {} points x {} replications = {} runs", plan.scenarios(), plan.points().size(),
                     plan.study().replications, plan.runs());
}

std::chrono::minutes minutes_of(const char* option, const std::string& text, Diagnostics& problems) {
  constexpr std::uint64_t most = 100'000;
  const auto minutes = whole_number(text);
  if (minutes && *minutes <= most) return std::chrono::minutes(*minutes);
  problems.add(refusal(option, fmt::format("'{}' is not a number of minutes", text),
                       fmt::format("it is a whole number from 0 to {}", most),
                       fmt::format("write for example {} 30", option)));
  return {};
}

}  // namespace loophole::cli
