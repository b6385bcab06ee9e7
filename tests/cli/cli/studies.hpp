/// Small studies, written for a test and run by the real program.
#pragma once

#include "../../unit/study/markets.hpp"
#include "program.hpp"

namespace loophole::test {

/// A case of two scenarios, base.yaml and late.yaml, and studies of them.
class StudyCase {
 public:
  StudyCase() {
    static_cast<void>(folder_.write("base.yaml", uncertain_market()));
    static_cast<void>(folder_.write("late.yaml", "extends: base.yaml\nevents: { announcement: { at: 2024-05-01 } }\n"));
  }

  [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }
  /// Writes a study and gives its path, in quotes for a shell.
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    return quoted(folder_.write(name, "schema: 1\ntitle: a test\n" + text));
  }
  [[nodiscard]] static std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

 private:
  TemporaryFolder folder_;
};

/// The merged files of a study's folder: those that have no name of a process in them.
inline std::map<std::string, std::string> merged(const fs::path& folder) {
  auto files = contents(folder);
  for (auto file = files.begin(); file != files.end();)
    file = file->first.find(".tmp") != std::string::npos ? files.erase(file) : ++file;
  return files;
}

/// Parts of a folder, by name.
inline std::vector<fs::path> parts(const fs::path& folder) {
  std::vector<fs::path> found;
  if (fs::exists(folder / "parts"))
    for (const auto& entry : fs::directory_iterator(folder / "parts"))
      found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

inline void overwrite(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

}  // namespace loophole::test
