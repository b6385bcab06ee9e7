#include <loophole/record/file_descriptor.hpp>
#include <loophole/record/text_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <zlib.h>

namespace loophole::record {

struct TextFile::Stream {
  explicit Stream(const std::string& path) : file(gzopen(path.c_str(), "rb")) {}
  ~Stream() {
    if (file) gzclose(file);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  gzFile file;
};

TextFile::TextFile(const std::string& path) : path_(path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) fail("read", path, EISDIR);
  errno = 0;
  stream_ = std::make_unique<Stream>(path);
  if (!stream_->file) fail("read", path, errno == 0 ? ENOMEM : errno);
  constexpr unsigned window = 1U << 18;
  gzbuffer(stream_->file, window);
}

TextFile::TextFile(TextFile&& other) noexcept = default;
TextFile& TextFile::operator=(TextFile&& other) noexcept = default;
TextFile::~TextFile() = default;

std::size_t TextFile::read(char* memory, std::size_t size) {
  const auto most = static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
  const int got = gzread(stream_->file, memory, most);
  int number = Z_OK;
  const char* const problem = gzerror(stream_->file, &number);
  // A compressed file that ends too early is said only by the error of the last read.
  if (got < 0 || (number != Z_OK && number != Z_STREAM_END))
    throw std::runtime_error(
        fmt::format("cannot read '{}': {}", path_, number == Z_ERRNO ? "the system refuses" : problem));
  return static_cast<std::size_t>(got);
}

std::string plain_or_packed(const std::filesystem::path& file) {
  std::string packed = file.string() + ".gz";
  std::error_code error;
  return !std::filesystem::exists(file, error) && std::filesystem::exists(packed, error) ? packed : file.string();
}

}  // namespace loophole::record
