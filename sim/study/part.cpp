#include <loophole/random/hash.hpp>
#include <loophole/study/part.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <numeric>
#include <random>
#include <system_error>
#include <unistd.h>

namespace loophole::study {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "loophole part 1\n";
constexpr std::string_view suffix = ".part";
/// Longer than any line that begins a unit.
constexpr std::size_t longest_line = 256;
/// What a lost machine may cost.
constexpr std::chrono::seconds between_syncs{5};

struct Sizes {
  std::size_t name = 0;
  std::array<std::size_t, unit_tables.size()> rows{};

  [[nodiscard]] std::size_t sum() const { return std::accumulate(rows.begin(), rows.end(), name); }
};

/// "unit ID FROM TO FINGERPRINT NAME ROWS ROWS ROWS ROWS ", the last five being numbers of bytes.
std::string line_of(const UnitResult& unit) {
  const UnitKey& key = unit.key;
  std::string line =
      fmt::format("unit {} {} {} {} {} ", key.id, key.from, key.to, key.fingerprint, key.scenario.size());
  for (const std::string& rows : unit.rows)
    line += fmt::format("{} ", rows.size());
  return line;
}

/// Takes numbers and words off the front of a line.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}

  std::string_view word() {
    const std::size_t end = std::min(rest_.find(' '), rest_.size());
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return found;
  }
  template <class Number>
  Number number() {
    const std::string_view text = word();
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    is_good_ = is_good_ && error == std::errc{} && end == text.data() + text.size();
    return value;
  }
  [[nodiscard]] bool is_good() const { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

/// Of the line without its last word, and all that follows it.
std::uint64_t checksum(std::string_view line, std::string_view content) {
  return random::hash_of(content, random::hash_of(line));
}

std::string file_name(const PartName& name) {
  std::random_device chance;  // never what results depend on
  return fmt::format("{}-of-{}-{}-{:08x}{}", name.shard.index, name.shard.count, name.plan, chance(), suffix);
}

}  // namespace

std::optional<PartName> PartName::parse(const std::string& file) {
  if (file.size() < suffix.size() || file.compare(file.size() - suffix.size(), suffix.size(), suffix) != 0)
    return std::nullopt;
  std::string words = file.substr(0, file.size() - suffix.size());
  std::replace(words.begin(), words.end(), '-', ' ');
  Words reader(words);
  PartName name;
  name.shard.index = reader.number<std::uint32_t>();
  const bool is_of = reader.word() == "of";
  name.shard.count = reader.number<std::uint32_t>();
  name.plan = reader.word();
  static_cast<void>(reader.word());
  if (!is_of || !reader.is_good() || name.plan.size() != 16 || name.shard.index >= name.shard.count ||
      name.shard.count > most_shards)
    return std::nullopt;
  return name;
}

fs::path parts_folder(const std::string& folder) { return fs::path(folder) / "parts"; }

std::vector<fs::path> parts_in(const std::string& folder) {
  std::vector<fs::path> parts;
  std::error_code error;
  for (fs::directory_iterator entry(parts_folder(folder), error), end; !error && entry != end; entry.increment(error))
    if (PartName::parse(entry->path().filename().string())) parts.push_back(entry->path());
  if (error && error != std::errc::no_such_file_or_directory) record::fail("list", parts_folder(folder), error.value());
  std::sort(parts.begin(), parts.end());
  return parts;
}

PartWriter::PartWriter(const std::string& folder, const PartName& name, record::Durability durability)
    : folder_(parts_folder(folder)), name_(name), durability_(durability) {}

void PartWriter::open() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) record::fail("make the folder", folder_, error.value());
  while (!file_) {
    path_ = folder_ / file_name(name_);
    const int opened = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
    if (opened >= 0)
      file_.emplace(opened);
    else if (errno != EEXIST)
      record::fail("create", path_, errno);
  }
  record::write_all(*file_, first_line, path_);
  size_ = first_line.size();
  if (durability_ == record::Durability::synced) record::sync_folder(folder_);
  synced_ = std::chrono::steady_clock::now();
}

void PartWriter::add(const UnitResult& unit) {
  if (!file_) open();
  const std::string line = line_of(unit);
  const std::size_t head = line.size() + 17;
  buffer_.assign(head, ' ');
  buffer_ += unit.key.scenario;
  for (const std::string& rows : unit.rows)
    buffer_ += rows;
  const std::uint64_t sum = checksum(line, std::string_view(buffer_).substr(head));
  buffer_.replace(0, head, fmt::format("{}{:016x}\n", line, sum));
  try {
    record::write_all(*file_, buffer_, path_);
  } catch (...) {
    // What was begun goes away: readers would leave it out, but the disk may be full because of it.
    static_cast<void>(::ftruncate(file_->get(), static_cast<off_t>(size_)));
    throw;
  }
  size_ += buffer_.size();
  const auto now = std::chrono::steady_clock::now();
  if (durability_ == record::Durability::unsynced || now - synced_ < between_syncs) return;
  record::sync_file(*file_, path_);
  synced_ = now;
}

void PartWriter::finish() {
  if (!file_) return;
  if (durability_ == record::Durability::synced) record::sync_file(*file_, path_);
  file_.reset();
}

PartReader::PartReader(fs::path path, std::size_t window) : path_(std::move(path)), window_(window) {
  std::error_code error;
  size_ = fs::file_size(path_, error);
  if (error) record::fail("read", path_, error.value());
  if (look(first_line.size()) == first_line)
    forward(first_line.size());
  else
    is_torn_ = true;
}

std::string_view PartReader::look(std::size_t bytes) {
  bytes = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, size_ - offset_));
  if (offset_ < buffered_ || offset_ + bytes > buffered_ + buffer_.size()) {
    const record::FileDescriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) record::fail("read", path_, errno);
    buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(std::max(bytes, window_), size_ - offset_)));
    buffered_ = offset_;
    std::size_t have = 0;
    while (have < buffer_.size()) {
      const ssize_t got =
          ::pread(file.get(), buffer_.data() + have, buffer_.size() - have, static_cast<off_t>(offset_ + have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) record::fail("read", path_, errno);
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    if (have < buffer_.size()) size_ = offset_ + have;  // it was cut while it is read
    buffer_.resize(have);
    bytes = std::min(bytes, have);
  }
  return std::string_view(buffer_).substr(static_cast<std::size_t>(offset_ - buffered_), bytes);
}

void PartReader::forward(std::uint64_t bytes) { offset_ += bytes; }

std::optional<UnitResult> PartReader::next(Content content) {
  if (is_torn_ || offset_ >= size_) return std::nullopt;
  is_torn_ = true;  // until it is known better
  const std::string_view start = look(longest_line);
  const std::size_t end = start.find('\n');
  const std::size_t last = end == std::string_view::npos || end < 17 ? 0 : start.rfind(' ', end) + 1;
  if (last == 0) return std::nullopt;
  const std::string line(start.substr(0, last));
  Words words(start.substr(0, end));
  UnitResult unit;
  Sizes sizes;
  const bool is_unit = words.word() == "unit";
  unit.key.id = words.number<std::uint64_t>();
  unit.key.from = words.number<std::uint32_t>();
  unit.key.to = words.number<std::uint32_t>();
  unit.key.fingerprint = words.word();
  sizes.name = words.number<std::size_t>();
  for (std::size_t& rows : sizes.rows)
    rows = words.number<std::size_t>();
  const std::string sum(words.word());
  const std::uint64_t left = size_ - offset_ - (end + 1);
  if (!is_unit || !words.is_good() || sizes.name > left || sizes.sum() > left ||
      std::any_of(sizes.rows.begin(), sizes.rows.end(), [&](std::size_t rows) { return rows > left; }))
    return std::nullopt;
  forward(end + 1);
  std::string_view rest = look(content == Content::read ? sizes.sum() : sizes.name);
  if (content == Content::read && fmt::format("{:016x}", checksum(line, rest)) != sum) {
    is_damaged_ = true;
    return std::nullopt;
  }
  unit.key.scenario = rest.substr(0, sizes.name);
  rest.remove_prefix(std::min(sizes.name, rest.size()));
  if (content == Content::read)
    for (std::size_t i = 0; i < unit.rows.size(); ++i) {
      unit.rows[i] = rest.substr(0, sizes.rows[i]);
      rest.remove_prefix(sizes.rows[i]);
    }
  forward(sizes.sum());
  is_torn_ = false;
  return unit;
}

}  // namespace loophole::study
