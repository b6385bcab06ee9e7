/// Text files that may be gzip: read the same way, by whatever name.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace loophole::record {

class TextFile {
 public:
  /// Throws std::runtime_error naming the file and the system's reason.
  explicit TextFile(const std::string& path);
  TextFile(TextFile&& other) noexcept;
  TextFile& operator=(TextFile&& other) noexcept;
  ~TextFile();

  /// Fills `memory` with more text, and says how many bytes; 0 at the end. Throws when the file is damaged.
  [[nodiscard]] std::size_t read(char* memory, std::size_t size);

 private:
  struct Stream;

  std::string path_;
  std::unique_ptr<Stream> stream_;
};

/// The file, or where it is not there and one of its name with ".gz" is, that.
[[nodiscard]] std::string plain_or_packed(const std::filesystem::path& file);

}  // namespace loophole::record
