#include <loophole/record/file_descriptor.hpp>
#include <loophole/record/files.hpp>

#include <fmt/format.h>
#include <nettle/sha2.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <stdexcept>
#include <unistd.h>

namespace loophole::record {
namespace {

/// What is gathered before it goes to the system.
constexpr std::size_t buffer_bytes = 1 << 18;

class Hash {
 public:
  Hash() { sha256_init(&context_); }
  void add(std::string_view bytes) {
    sha256_update(&context_, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));  // NOLINT: C interface
  }
  [[nodiscard]] std::string digits() {
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    sha256_digest(&context_, digest.size(), digest.data());
    std::string text;
    for (const std::uint8_t byte : digest)
      text += fmt::format("{:02x}", byte);
    return text;
  }

 private:
  sha256_ctx context_{};
};

/// Tables that an earlier run of another kind left would be taken for this one's.
constexpr std::string_view tables_of_some_runs[] = {
    "timeseries.csv",  "flows.csv",         "quantiles.csv",     "samples.csv",      "scores.csv",
    "events.csv",      "availability.csv",  "expectations.csv",  "comparison.csv",   "missing.csv",
    "outcomes.csv",    "experiments.csv",   "timeseries.csv.gz", "quantiles.csv.gz", "samples.csv.gz",
    "outcomes.csv.gz", "experiments.csv.gz"};

void remove_if_there(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) fail("remove", file, error.value());
}

}  // namespace

/// A file under its temporary name.
class ResultFolder::Draft {
 public:
  Draft(const std::filesystem::path& folder, std::string_view name)
      : name_(name),
        path_(folder / fmt::format("{}.{}-{:08x}.tmp", name, ::getpid(), std::random_device{}())),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (!file_.is_open()) fail("create", path_, errno);
  }
  ~Draft() {
    if (!is_published_) ::unlink(path_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  void append(std::string_view text) {
    hash_.add(text);
    bytes_ += text.size();
    if (waiting_.empty() && text.size() >= buffer_bytes) {
      write(text);
      return;
    }
    waiting_ += text;
    if (waiting_.size() < buffer_bytes) return;
    write(waiting_);
    waiting_.clear();
  }

  const WrittenFile& finish(Durability durability) {
    if (finished_) return *finished_;
    write(waiting_);
    waiting_ = {};
    if (durability == Durability::synced) sync_file(file_, path_);
    file_.close();
    return finished_.emplace(WrittenFile{name_, bytes_, hash_.digits()});
  }

  void publish(const std::filesystem::path& folder) {
    if (::rename(path_.c_str(), (folder / name_).c_str()) != 0) fail("rename to", folder / name_, errno);
    is_published_ = true;
  }

 private:
  void write(std::string_view text) const { write_all(file_, text, path_); }

  std::string name_;
  std::filesystem::path path_;
  FileDescriptor file_;
  std::string waiting_;
  std::uint64_t bytes_ = 0;
  Hash hash_;
  std::optional<WrittenFile> finished_;
  bool is_published_ = false;
};

ResultFolder::ResultFolder(std::string folder, Durability durability)
    : folder_(std::move(folder)), durability_(durability) {}

ResultFolder::~ResultFolder() {
  drafts_.clear();
  std::error_code ignored;
  if (is_new_folder_) std::filesystem::remove(folder_, ignored);  // only when nothing is in it
}

ResultFolder::Draft& ResultFolder::draft(std::string_view name) {
  for (const auto& draft : drafts_)
    if (draft->name() == name) return *draft;
  if (drafts_.empty()) {
    std::error_code error;
    is_new_folder_ = std::filesystem::create_directories(folder_, error);
    if (error)
      throw std::runtime_error(fmt::format("cannot make the folder '{}': {}", folder_.string(), error.message()));
  }
  return *drafts_.emplace_back(std::make_unique<Draft>(folder_, name));
}

void ResultFolder::append(std::string_view name, std::string_view text) { draft(name).append(text); }

void ResultFolder::publish_alone(const std::string& folder, const OutputFile& file, Durability durability) {
  ResultFolder alone(folder, durability);
  alone.add(file);
  static_cast<void>(alone.finish());
  alone.is_new_folder_ = false;
  alone.drafts_.front()->publish(alone.folder_);
  if (durability == Durability::synced) sync_folder(alone.folder_);
}

std::vector<WrittenFile> ResultFolder::finish() {
  std::vector<WrittenFile> files;
  files.reserve(drafts_.size());
  for (const auto& draft : drafts_)
    files.push_back(draft->finish(durability_));
  return files;
}

void ResultFolder::publish(const OutputFile& last) {
  add(last);
  static_cast<void>(finish());
  // What an earlier run left must be gone before anything new appears: an old last file would vouch for it.
  remove_if_there(folder_ / last.name);
  for (const std::string_view table : tables_of_some_runs) {
    const bool is_written =
        std::any_of(drafts_.begin(), drafts_.end(), [&](const auto& draft) { return draft->name() == table; });
    if (!is_written) remove_if_there(folder_ / table);
  }
  is_new_folder_ = false;
  for (const auto& draft : drafts_) {
    // The last file vouches for the others: they must be on the disk before it appears.
    if (draft == drafts_.back() && durability_ == Durability::synced) sync_folder(folder_);
    draft->publish(folder_);
  }
  if (durability_ == Durability::synced) sync_folder(folder_);
}

void write_if_other(const std::string& folder, const OutputFile& file, Durability durability) {
  if (content_of(std::filesystem::path(folder) / file.name) == file.content) return;
  ResultFolder::publish_alone(folder, file, durability);
}

std::optional<std::string> content_of(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) fail("read", path, errno);
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

std::string sha256(const std::string& bytes) {
  Hash hash;
  hash.add(bytes);
  return hash.digits();
}

}  // namespace loophole::record
