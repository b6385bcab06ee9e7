#include <loophole/record/files.hpp>

#include <fmt/format.h>
#include <nettle/sha2.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <unistd.h>

namespace loophole::record {
namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int error) {
  throw std::runtime_error(fmt::format("cannot {} '{}': {}", what, path.string(), std::strerror(error)));
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

std::filesystem::path write_temporary(const std::filesystem::path& path, const std::string& content,
                                      Durability durability) {
  std::filesystem::path temporary = path;
  temporary += fmt::format(".{}.tmp", ::getpid());
  const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) fail("create", temporary, errno);
  const auto give_up = [&](const char* what) {
    const int error = errno;
    ::unlink(temporary.c_str());
    fail(what, temporary, error);
  };
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t written = ::write(file.get(), content.data() + done, content.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) give_up("write");
    done += static_cast<std::size_t>(written);
  }
  if (durability == Durability::synced && ::fsync(file.get()) != 0) give_up("sync");
  return temporary;
}

/// Tables that an earlier run of another kind left would be taken for this one's.
void remove_others(const std::filesystem::path& root, const std::vector<OutputFile>& files) {
  for (const char* table : {"timeseries.csv", "flows.csv", "quantiles.csv", "samples.csv", "scores.csv"}) {
    const bool is_written =
        std::any_of(files.begin(), files.end(), [&](const OutputFile& file) { return file.name == table; });
    std::error_code error;
    if (!is_written) std::filesystem::remove(root / table, error);
  }
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() < 0 || ::fsync(descriptor.get()) != 0) fail("sync", folder, errno);
}

}  // namespace

void write_files(const std::string& folder, const std::vector<OutputFile>& files, Durability durability) {
  const std::filesystem::path root(folder);
  std::error_code error;
  std::filesystem::create_directories(root, error);
  if (error) throw std::runtime_error(fmt::format("cannot make the folder '{}': {}", folder, error.message()));
  if (!files.empty()) std::filesystem::remove(root / files.back().name, error);
  remove_others(root, files);
  std::vector<std::filesystem::path> temporaries;
  try {
    for (const OutputFile& file : files)
      temporaries.push_back(write_temporary(root / file.name, file.content, durability));
    for (std::size_t i = 0; i < files.size(); ++i) {
      // The last file vouches for the others: they must be on the disk before it appears.
      if (i + 1 == files.size() && durability == Durability::synced) sync_folder(root);
      if (::rename(temporaries[i].c_str(), (root / files[i].name).c_str()) != 0)
        fail("rename to", root / files[i].name, errno);
    }
    if (durability == Durability::synced) sync_folder(root);
  } catch (...) {
    for (const auto& temporary : temporaries)
      std::filesystem::remove(temporary, error);
    throw;
  }
}

std::string sha256(const std::string& bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));  // NOLINT: C interface
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string text;
  for (const std::uint8_t byte : digest)
    text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace loophole::record
