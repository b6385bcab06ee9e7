/// Scenarios as texts: written to files of their own in the working folder, loaded, and asked.
#pragma once

#include <loophole/scenario/load.hpp>
#include <loophole/scenario/scenario.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

namespace loophole::scenario::test {

/// A folder that is gone with the test.
class Folder {
 public:
  Folder() : path_(std::filesystem::current_path() / ("scenario-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    const auto file = path_ / name;
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string valid_text() {
  std::ifstream stream(std::filesystem::path(LOOPHOLE_SOURCE_DIR) / "tests/wrong/valid.yaml", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::string say(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& each : diagnostics.sorted())
    text += to_string(each) + "\n";
  return text;
}

struct Parsed {
  std::optional<Node> node;
  Diagnostics diagnostics;
};

inline Parsed parse(const std::string& text, const Limits& limits = {}) {
  Parsed parsed;
  const Files files{{"x.yaml", text}};
  parsed.node = parse_yaml(files, 0, parsed.diagnostics, limits);
  return parsed;
}

/// The valid scenario, and a what-if over it.
inline Result<ScenarioFile> what_if(const std::string& text, const std::vector<Override>& overrides = {}) {
  const Folder folder;
  folder.write("valid.yaml", valid_text());
  return load_scenario(folder.write("arm.yaml", "extends: valid.yaml\n" + text), overrides);
}

inline const InputValue* input(const Scenario& scenario, const std::string& path) {
  for (const InputValue& each : scenario.inputs)
    if (each.path == path) return &each;
  return nullptr;
}

}  // namespace loophole::scenario::test
