/// Result files that appear whole or not at all.
///
/// A run that is killed, or a disk that is full, must not leave a file that looks complete. Each file is written
/// under a temporary name, synced, and renamed; the manifest comes last, so its presence says that all the rest is
/// there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::record {

struct OutputFile {
  std::string name;  ///< within the folder
  std::string content;
};

/// What a manifest says of a file.
struct WrittenFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
};

enum class Durability { synced, unsynced };

/// A folder of results in the making. Until `publish` it shows nothing: what was in the folder before is still there,
/// and whatever was written goes away if it never comes to that. Every function throws std::runtime_error naming the
/// file and the system's reason.
class ResultFolder {
 public:
  ResultFolder(std::string folder, Durability durability);
  ~ResultFolder();
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;

  /// Adds to a file, which is made at the first call: a table may be longer than memory.
  void append(std::string_view name, std::string_view text);
  /// A file as a whole.
  void add(const OutputFile& file) { append(file.name, file.content); }

  /// Ends the files, in the order in which they were made, and says what they are.
  [[nodiscard]] std::vector<WrittenFile> finish();
  /// Lets all files appear, `last` at the very end; it is `last`, when there is one of an earlier run, that
  /// disappears first. Tables that only other kinds of runs leave are removed.
  void publish(const OutputFile& last);

  /// One file, beside whatever the folder holds.
  static void publish_alone(const std::string& folder, const OutputFile& file, Durability durability);

 private:
  class Draft;

  Draft& draft(std::string_view name);

  std::filesystem::path folder_;
  Durability durability_;
  bool is_new_folder_ = false;
  std::vector<std::unique_ptr<Draft>> drafts_;
};

/// Writes a file by itself, whole or not at all, unless it is there with the same content. Many processes may do so at
/// once, on machines that share the disk. Throws as ResultFolder does.
void write_if_other(const std::string& folder, const OutputFile& file, Durability durability);

/// A file's content; nothing when there is no such file.
[[nodiscard]] std::optional<std::string> content_of(const std::filesystem::path& path);

/// SHA-256, 64 hexadecimal digits.
[[nodiscard]] std::string sha256(const std::string& bytes);

}  // namespace loophole::record
