/// Parts: files of finished units, which only ever grow at their end.
///
/// Every process that works on a study writes a part of its own, so two that were started for the same shard do not
/// meet, on a shared disk either. What was finished stays finished: a process that is killed leaves at worst a torn
/// unit at the end of its part, which readers see and leave out.
#pragma once

#include <loophole/record/file_descriptor.hpp>
#include <loophole/record/files.hpp>
#include <loophole/study/plan.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::study {

/// The tables that units have rows of, in the order in which their rows stand in a part.
inline constexpr std::array<std::string_view, 4> unit_tables{"outcomes.csv", "samples.csv", "quantiles.csv",
                                                             "timeseries.csv"};

/// Which unit something is of, as a part says it: by names, because a study may be enlarged later.
struct UnitKey {
  std::string scenario;
  std::uint64_t id = 0;  ///< of the point
  std::uint32_t from = 0, to = 0;
  std::string fingerprint;  ///< 16 digits
};

/// Rows of tables, without headers.
struct UnitResult {
  UnitKey key;
  std::array<std::string, unit_tables.size()> rows;
};

/// Whose part a file is, by its name.
struct PartName {
  Shard shard;
  std::string plan;  ///< its fingerprint

  /// Nothing when the file is no part.
  [[nodiscard]] static std::optional<PartName> parse(const std::string& file);
};

/// The folder of the parts within a study's.
[[nodiscard]] std::filesystem::path parts_folder(const std::string& folder);
/// Sorted by name; none when there is no such folder.
[[nodiscard]] std::vector<std::filesystem::path> parts_in(const std::string& folder);

class PartWriter {
 public:
  /// Makes a file that nobody else writes, when the first unit is added. Every function throws std::runtime_error
  /// naming the file and the system's reason.
  PartWriter(const std::string& folder, const PartName& name, record::Durability durability);

  /// A unit stands in the file whole, or not at all.
  void add(const UnitResult& unit);
  /// Nothing more comes.
  void finish();

 private:
  void open();

  std::filesystem::path folder_;
  PartName name_;
  record::Durability durability_;
  std::filesystem::path path_;
  std::optional<record::FileDescriptor> file_;
  std::uint64_t size_ = 0;  ///< of what is whole
  std::string buffer_;
  std::chrono::steady_clock::time_point synced_;
};

/// Reads a part from its beginning, a unit after the other, without keeping the file open: there may be thousands.
class PartReader {
 public:
  enum class Content { skipped, read };

  /// `window`: bytes that are read at once.
  explicit PartReader(std::filesystem::path path, std::size_t window = std::size_t{1} << 16);

  /// The next unit, with its rows when they are asked for; nothing at the end. A unit whose rows are read is as it was
  /// written; of one whose rows are skipped, they may be damaged.
  [[nodiscard]] std::optional<UnitResult> next(Content content);

  /// Whether something at the end is no whole unit: the process was cut off, or the file is damaged.
  [[nodiscard]] bool is_torn() const { return is_torn_; }
  /// Whether that is a unit which is there as a whole, but not as it was written.
  [[nodiscard]] bool is_damaged() const { return is_damaged_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  /// The bytes from the present place on: `bytes` of them, or fewer at the end.
  [[nodiscard]] std::string_view look(std::size_t bytes);
  void forward(std::uint64_t bytes);

  std::filesystem::path path_;
  std::size_t window_;
  std::uint64_t size_ = 0;    ///< of the file, when it was first looked at
  std::uint64_t offset_ = 0;  ///< of the present place
  std::string buffer_;        ///< from the offset `buffered_` on
  std::uint64_t buffered_ = 0;
  bool is_torn_ = false;
  bool is_damaged_ = false;
};

}  // namespace loophole::study
