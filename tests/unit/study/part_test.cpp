/// Parts: what is whole in them is read as it was written, and nothing else is.
#include "studies.hpp"
#include <loophole/study/coverage.hpp>

#include <catch2/catch.hpp>

#include <iterator>

using namespace loophole;
using namespace loophole::test;
namespace fs = std::filesystem;

namespace {

const study::PartName name{{1, 3}, "0123456789abcdef"};

std::vector<study::UnitResult> units() {
  std::vector<study::UnitResult> units(3);
  units[0].key = {"base", 0, 0, 2, "00112233445566aa"};
  units[0].rows = {"base,0,0,1.5\nbase,0,1,2\n", "", "", ""};
  units[1].key = {"a name, with spaces\nand more", 7, 100, 101, "00112233445566bb"};
  units[1].rows = {"unit 1 2 3\n", "s\n", std::string(300, 'q') + "\n", "\"t\"\n"};
  units[2].key = {"late", std::uint64_t{1} << 53, 0, 100, "00112233445566cc"};
  units[2].rows = {"", "", "", "x\n"};
  return units;
}

bool equal(const study::UnitResult& a, const study::UnitResult& b) {
  return a.key.scenario == b.key.scenario && a.key.id == b.key.id && a.key.from == b.key.from && a.key.to == b.key.to &&
         a.key.fingerprint == b.key.fingerprint && a.rows == b.rows;
}

fs::path write_part(const TemporaryFolder& folder) {
  study::PartWriter writer(folder.path().string(), name, record::Durability::unsynced);
  for (const study::UnitResult& unit : units())
    writer.add(unit);
  writer.finish();
  return study::parts_in(folder.path().string()).at(0);
}

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void overwrite(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

struct Read {
  std::vector<study::UnitResult> units;
  bool is_torn = false, is_damaged = false;
};

Read read_part(const fs::path& file, study::PartReader::Content content = study::PartReader::Content::read,
               std::size_t window = 1 << 16) {
  Read read;
  study::PartReader reader(file, window);
  while (auto unit = reader.next(content))
    read.units.push_back(std::move(*unit));
  read.is_torn = reader.is_torn();
  read.is_damaged = reader.is_damaged();
  return read;
}

/// How many of the first units are as they were written; throws when one is there that was not written so.
std::size_t whole(const Read& read) {
  const auto written = units();
  for (std::size_t i = 0; i < read.units.size(); ++i)
    if (i >= written.size() || !equal(read.units[i], written[i])) throw std::runtime_error("a unit nobody wrote");
  return read.units.size();
}

}  // namespace

TEST_CASE("units come back from a part as they were written, through a window of any size") {
  const TemporaryFolder folder;
  const fs::path part = write_part(folder);
  for (const std::size_t window : {1U, 7U, 64U, 300U, 4096U}) {
    const Read read = read_part(part, study::PartReader::Content::read, window);
    CHECK(whole(read) == 3);
    CHECK_FALSE(read.is_torn);
    const Read skipped = read_part(part, study::PartReader::Content::skipped, window);
    REQUIRE(skipped.units.size() == 3);
    CHECK(skipped.units[1].key.scenario == units()[1].key.scenario);
    CHECK(skipped.units[1].rows[0].empty());
  }
}

TEST_CASE("a part tells by its name whose it is, and other files in the folder are none") {
  const TemporaryFolder folder;
  const auto parsed = study::PartName::parse(write_part(folder).filename().string());
  REQUIRE(parsed);
  CHECK(parsed->shard.index == 1);
  CHECK(parsed->shard.count == 3);
  CHECK(parsed->plan == name.plan);
  for (const char* other : {"", ".part", "x.part", "1-of-3-0123456789abcdef-00000000", "1-of-3-0123-00000000.part",
                            "3-of-3-0123456789abcdef-00000000.part", "0-of-0-0123456789abcdef-00000000.part",
                            "1-of-3-0123456789abcdef-00000000-1.part", "1-of-4000000000-0123456789abcdef-0.part",
                            "-1-of-3-0123456789abcdef-00000000.part", "1-of-3-0123456789abcdef-00000000.part~"})
    CHECK_FALSE(study::PartName::parse(other).has_value());
}

TEST_CASE("nothing is made before the first unit, and every process makes a part of its own") {
  const TemporaryFolder folder;
  study::PartWriter(folder.path().string(), name, record::Durability::unsynced).finish();
  CHECK_FALSE(fs::exists(study::parts_folder(folder.path().string())));
  write_part(folder);
  write_part(folder);
  CHECK(study::parts_in(folder.path().string()).size() == 2);
}

TEST_CASE("a part cut off at any byte keeps the units before it, and says that something is torn") {
  const TemporaryFolder folder;
  const fs::path part = write_part(folder);
  const std::string all = content(part);
  std::vector<std::size_t> ends;  // of the first line, and of each unit
  for (const char* start : {"unit 0 ", "unit 7 ", "unit 9007"})
    ends.push_back(all.find(start));
  ends.push_back(all.size());
  for (std::size_t size = 0; size < all.size(); ++size) {
    overwrite(part, all.substr(0, size));
    const auto kept = static_cast<std::size_t>(
        std::count_if(ends.begin() + 1, ends.end(), [&](std::size_t end) { return end <= size; }));
    for (const auto how : {study::PartReader::Content::read, study::PartReader::Content::skipped}) {
      const Read read = read_part(part, how);
      CAPTURE(size);
      CHECK(read.units.size() == kept);
      CHECK(read.is_torn == (std::find(ends.begin(), ends.end(), size) == ends.end()));
      CHECK_FALSE(read.is_damaged);
      if (how == study::PartReader::Content::read) CHECK(whole(read) == kept);
    }
  }
}

TEST_CASE("a flipped bit anywhere is found, and the units before it stay") {
  const TemporaryFolder folder;
  const fs::path part = write_part(folder);
  const std::string all = content(part);
  const std::size_t second = all.find("unit 7 "), third = all.find("unit 9007");
  for (std::size_t byte = 0; byte < all.size(); ++byte)
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = all;
      damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << bit));
      overwrite(part, damaged);
      const Read read = read_part(part);
      const std::size_t kept = byte < all.find("unit 0 ") || byte < second ? 0 : byte < third ? 1 : 2;
      if (whole(read) != kept || !read.is_torn) {
        CAPTURE(byte, bit);
        CHECK(whole(read) == kept);
        CHECK(read.is_torn);
      }
    }
  SUCCEED();
}

TEST_CASE("rows that were changed are damage, which is told from a tail that is missing") {
  const TemporaryFolder folder;
  const fs::path part = write_part(folder);
  std::string all = content(part);
  all[all.find("qqq")] = 'p';
  overwrite(part, all);
  CHECK(read_part(part).is_damaged);
  CHECK(read_part(part).units.size() == 1);
  CHECK(read_part(part, study::PartReader::Content::skipped).units.size() == 3);
}

TEST_CASE("files that hold anything else have no units") {
  const TemporaryFolder folder;
  const fs::path part = write_part(folder);
  const std::string head = "loophole part 1\n";
  for (const std::string& garbage :
       {std::string(), std::string("\n"), std::string("loophole part 2\nunit"), std::string(100000, '\0'),
        head + std::string(100000, 'u'), head + "unit\n", head + "unit 1 0 1 f 4 1 1 1 1 0\nbase",
        head + "unit 1 0 1 0123456789abcdef 18446744073709551615 18446744073709551615 1 1 1 0123456789abcdef\nbase",
        head + "unit 99999999999999999999 0 1 0123456789abcdef 4 0 0 0 0 0123456789abcdef\nbase"}) {
    overwrite(part, garbage);
    const Read read = read_part(part);
    CHECK(read.units.empty());
    CHECK(read.is_torn);
  }
  overwrite(part, head);
  CHECK(read_part(part).units.empty());
  CHECK_FALSE(read_part(part).is_torn);
}

TEST_CASE("coverage counts replications once, in any order, and leaves out what is of another study") {
  const scenario::Study study = study_of(one_scenario + "replications: 250\n");
  const study::Plan plan(study, "p");
  const auto key = [&](std::uint32_t from, std::uint32_t to) {
    return study::UnitKey{"base", 0, from, to, plan.fingerprint(0, 0)};
  };
  study::Coverage coverage(plan);
  coverage.add(key(140, 170));  // ahead of what it follows on
  coverage.add(key(0, 60));
  coverage.add(key(0, 60));
  coverage.add(key(100, 150));
  coverage.add(key(50, 80));
  coverage.add(key(90, 100));  // behind a gap
  auto other = key(200, 250);
  other.fingerprint.back() = other.fingerprint.back() == '0' ? '1' : '0';
  coverage.add(other);
  coverage.add({"nobody", 0, 0, 1, plan.fingerprint(0, 0)});
  coverage.add({"base", 1, 0, 1, plan.fingerprint(0, 0)});
  coverage.add(key(90, 110));   // of two units
  coverage.add(key(200, 251));  // beyond the end
  coverage.add(key(5, 5));
  coverage.finish();
  CHECK(coverage.left(0).from == 80);
  CHECK(coverage.left(1).from == 170);
  CHECK(coverage.left(2).from == 200);
  CHECK(coverage.left(2).to == 250);
  CHECK(coverage.strangers() == 6);
}
