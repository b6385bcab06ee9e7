/// A file of the system's, for writing that must be known to have worked: streams forget why something failed.
#pragma once

#include <filesystem>
#include <string_view>

namespace loophole::record {

/// Throws std::runtime_error: "cannot write 'results/a.csv': No space left on device". `error` is the system's number.
[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int error);

/// Closes itself.
class FileDescriptor {
 public:
  explicit FileDescriptor(int value) : value_(value) {}
  ~FileDescriptor() { close(); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }
  void close();

 private:
  int value_;
};

/// Writes everything; throws as fail() does.
void write_all(const FileDescriptor& file, std::string_view bytes, const std::filesystem::path& path);
/// Waits for the disk; throws as fail() does.
void sync_file(const FileDescriptor& file, const std::filesystem::path& path);
/// The same of the names in a folder.
void sync_folder(const std::filesystem::path& folder);

}  // namespace loophole::record
