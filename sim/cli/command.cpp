#include "command.hpp"

#include <loophole/base/shell.hpp>

#include <fmt/format.h>

#include <filesystem>

namespace loophole::cli {

std::string words_of(const RunChoices& choices) {
  std::string words = fmt::format(" --seed {}", choices.seed);
  for (const scenario::Override& override : choices.overrides)
    words += " --set " + shell_word(fmt::format("{}={}", override.path, override.value));
  if (choices.as_of) words += " --as-of " + to_string(*choices.as_of);
  if (!choices.resolution.empty()) words += " --resolution " + shell_word(choices.resolution);
  return words;
}

std::string words_of(const EnsembleChoices& choices) {
  if (!choices.replications) return {};
  std::string words = fmt::format(" --replications {}", *choices.replications);
  if (choices.uncertainties == record::Uncertainties::at_point) words += " --at-nominal";
  return words;
}

std::string portable(const std::string& file) { return shell_word(std::filesystem::path(file).filename().string()); }

std::string typed(const char* verb, const Console& console) {
  std::string text = fmt::format("loophole {}", verb);
  for (const std::string& argument : console.arguments)
    text += " " + shell_word(argument);
  return text;
}

}  // namespace loophole::cli
