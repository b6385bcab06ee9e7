/// Result files that appear whole or not at all.
///
/// A run that is killed, or a disk that is full, must not leave a file that looks complete. Each file is written
/// under a temporary name, synced, and renamed; the manifest comes last, so its presence says that all the rest is
/// there.
#pragma once

#include <string>
#include <vector>

namespace loophole::record {

struct OutputFile {
  std::string name;  ///< within the folder
  std::string content;
};

enum class Durability { synced, unsynced };

/// Writes the files into `folder`, which is made if need be; the last one is removed first and written last; tables
/// that only other kinds of runs leave are removed too. Throws std::runtime_error naming the file and the system's
/// reason.
void write_files(const std::string& folder, const std::vector<OutputFile>& files, Durability durability);

/// SHA-256, 64 hexadecimal digits.
[[nodiscard]] std::string sha256(const std::string& bytes);

}  // namespace loophole::record
