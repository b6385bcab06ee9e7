/// A study's results are those of one process that did all at once, however the work was cut, stopped and grown.
#include "../../unit/study/studies.hpp"
#include <loophole/study/coverage.hpp>
#include <loophole/study/merge.hpp>
#include <loophole/study/sweep.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>

using namespace loophole;
using namespace loophole::test;
namespace fs = std::filesystem;

namespace {

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  /// From `low` to `high`, both included. std::uniform_int_distribution differs between libraries.
  unsigned from(unsigned low, unsigned high) { return low + static_cast<unsigned>(engine_() % (high - low + 1)); }
  bool one_in(unsigned n) { return from(1, n) == 1; }

 private:
  std::mt19937 engine_;
};

/// A study and one that it grows into.
struct Growing {
  std::string small, large;
};

std::string design(unsigned method, unsigned size) {
  const auto text = [&](const char* format) { return fmt::format(fmt::runtime(format), size); };
  const std::vector<std::string> waits{"5 days", "6 days", "9 days", "30 days", "12 days", "7 days"};
  switch (method) {
    case 0:
      return text("method: monte-carlo, points: {}, factors: all");
    case 1:
      return text("method: sobol, points: {}, factors: uncertainties");
    case 2:
      return text("method: latin-hypercube, points: 2, hypercubes: {}, factors: [wait, unused]");
    case 3:
      return text("method: morris, trajectories: {}, factors: [wait]");
    case 4:
      return text("method: saltelli, base: {}, factors: [wait]");
    default: {
      std::string values, rows;
      for (unsigned i = 0; i < std::min(size, 6U); ++i) {
        values += (i == 0 ? "" : ", ") + waits[i];
        rows += fmt::format("{}{{ design_id: {}, wait: {} }}", i == 0 ? "" : ", ", 3 * i + 1, waits[i]);
      }
      return method == 5 ? "method: grid, factors: { wait: [" + values + "], unused: [1] }"
                         : "method: list, rows: [ " + rows + " ]";
    }
  }
}

Growing random_study(Chance& chance) {
  const unsigned method = chance.from(0, 6), size = chance.from(1, 4), more = chance.from(0, 2);
  const unsigned replications = chance.one_in(3) ? chance.from(90, 130) : chance.from(1, 6);
  const unsigned more_replications = chance.one_in(2) ? chance.from(1, 120) : 0;
  const char* keeps[] = {"outcomes", "outcomes", "quantiles", "timeseries"};
  const unsigned keep = chance.from(0, 3);
  const bool is_long = keep == 3;
  const char* const others = chance.one_in(2) ? "nominal" : "sampled";
  const std::string both =
      fmt::format("keep: {}\nuncertainties: {}\nseed: {}\n", keeps[keep], others, chance.from(0, 5));
  const bool more_scenarios = chance.one_in(3);
  const auto text = [&](bool large) {
    const char* scenarios = large && more_scenarios ? "[base.yaml, late.yaml, early.yaml]" : "[base.yaml, late.yaml]";
    return fmt::format("scenarios: {}\ndesign: {{ {} }}\nreplications: {}\n{}", scenarios,
                       design(method, large ? size + more : size),
                       is_long ? std::min(replications, 3U) + (large && more_replications > 0 ? 1 : 0)
                               : replications + (large ? more_replications : 0),
                       both);
  };
  return {text(false), text(true)};
}

scenario::Study read(const std::string& text) {
  return study_of(text, {{"late.yaml", late_arm},
                         {"early.yaml", "extends: base.yaml\nevents: { announcement: { at: 2024-02-01 } }\n"}});
}

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) files[entry.path().filename().string()] = content(entry.path());
  return files;
}

/// Replications that parts hold, doubles too.
std::uint64_t runs_in(const std::string& folder) {
  std::uint64_t runs = 0;
  for (const auto& part : study::parts_in(folder)) {
    study::PartReader reader(part);
    while (const auto unit = reader.next(study::PartReader::Content::read))
      runs += unit->key.to - unit->key.from;
  }
  return runs;
}

class Work {
 public:
  Work(const scenario::Study& study, std::string folder) : plan(study, "p"), folder_(std::move(folder)) {
    study::write_study(study, folder_, record::Durability::unsynced);
  }

  /// Does a shard, or what it can of it before it is stopped.
  study::SweepProgress sweep(std::optional<study::Shard> shard, unsigned threads,
                             std::uint64_t units = ~std::uint64_t{0}) const {
    const auto result = study::sweep(plan, {folder_, shard, threads, record::Durability::unsynced},
                                     [&](const study::SweepProgress&) { return --units > 0; });
    if (result.failed > 0) throw std::runtime_error(text_of(result.problems));
    return result.progress;
  }

  [[nodiscard]] std::map<std::string, std::string> merge() const {
    study::MergeRequest request;
    request.folder = folder_;
    request.durability = record::Durability::unsynced;
    const auto merged = study::merge(plan, request, [](std::uint64_t) { return true; });
    if (!merged) throw std::runtime_error(text_of(merged.diagnostics()));
    return files_of(folder_);
  }

  study::Plan plan;

 private:
  std::string folder_;
};

/// All shards in random order, some of them stopped and taken up again, some of them twice.
void sweep_in_pieces(const Work& work, Chance& chance, bool all) {
  const std::uint32_t count = chance.from(1, 9);
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[chance.from(0, static_cast<unsigned>(i) - 1)]);
  for (const std::uint32_t index : order) {
    if (!all && chance.one_in(3)) continue;
    const study::Shard shard{index, count};
    if (chance.one_in(3)) work.sweep(shard, chance.from(1, 3), chance.from(1, 4));
    const auto done = work.sweep(shard, chance.from(1, 3));
    CHECK(done.done == done.runs);
    if (chance.one_in(3)) CHECK(work.sweep(shard, 2).earlier == done.runs);
  }
}

}  // namespace

TEST_CASE(
    "however a study is cut, ordered, stopped, repeated and enlarged, its merged bytes are those of one process") {
  std::uint64_t taken_over = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    Chance chance(seed);
    const Growing texts = random_study(chance);
    CAPTURE(seed, texts.small, texts.large);
    const scenario::Study small = read(texts.small), large = read(texts.large);
    const TemporaryFolder one, cut;
    const Work serial(large, one.path().string());
    serial.sweep(std::nullopt, 1);
    const auto expected = serial.merge();
    REQUIRE(expected.count("manifest.json") == 1);

    const bool begins_small = chance.one_in(2);
    std::uint64_t before = 0, useful = 0;
    if (begins_small) {
      const Work begun(small, cut.path().string());
      const bool all = chance.one_in(2);
      sweep_in_pieces(begun, chance, all);
      if (all) static_cast<void>(begun.merge());
      before = runs_in(cut.path().string());
      study::UnitFinder finder(serial.plan);
      for (const auto& part : study::parts_in(cut.path().string())) {
        study::PartReader reader(part);
        while (const auto unit = reader.next(study::PartReader::Content::skipped))
          if (finder.find(unit->key)) useful += unit->key.to - unit->key.from;
      }
    }
    const Work pieces(large, cut.path().string());
    sweep_in_pieces(pieces, chance, true);
    const auto found = pieces.merge();
    CHECK(found == expected);
    // Nothing was run twice, and nothing that could be taken over was run again.
    CHECK(runs_in(cut.path().string()) == before + pieces.plan.runs() - useful);
    taken_over += useful;
  }
  CHECK(taken_over > 1000);
}
