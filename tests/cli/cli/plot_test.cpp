/// The verb plot from outside, with the real gnuplot.
#include "studies.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

std::string in_quotes(const fs::path& path) { return "'" + path.string() + "'"; }

/// Starts and ends as its format does, and is no empty sheet.
void check_picture(const fs::path& file) {
  INFO(file);
  const std::string bytes = read(file);
  CHECK(bytes.size() > 3000);
  if (file.extension() == ".png") {
    CHECK(bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n");
    CHECK(bytes.substr(bytes.size() - 8, 4) == "IEND");
  } else {
    CHECK(bytes.substr(0, 5) == "<?xml");
    CHECK_THAT(bytes, Contains("<svg") && Catch::EndsWith("</svg>\n\n"));
  }
}

/// All pictures of a folder are whole, and the same bytes when their scripts are run again there.
void check_folder(const fs::path& folder, std::size_t scripts) {
  const auto before = contents(folder);
  std::size_t count = 0;
  for (const auto& [name, text] : before) {
    const fs::path file = folder / name;
    if (file.extension() == ".png" || file.extension() == ".svg") {
      check_picture(file);
      fs::remove(file);
    }
    if (file.extension() == ".gp") ++count;
  }
  CHECK(count == scripts);
  for (const auto& [name, text] : before)
    if (fs::path(name).extension() == ".gp")
      REQUIRE(std::system(("cd " + in_quotes(folder) + " && LC_ALL=C.UTF-8 gnuplot -d " + name + " 2>&1").c_str()) ==
              0);
  CHECK(contents(folder) == before);
}

Ran plot(const fs::path& folder, const std::string& options = {}) {
  return program("plot --no-fsync " + options + " " + in_quotes(folder));
}

/// The run of a case into `folder`.
void run_case(const fs::path& folder, const std::string& options = {}) {
  REQUIRE(
      program("run --no-fsync " + options + " --out " + in_quotes(folder) + " '" + cases + "baseline.yaml'").status ==
      0);
}

}  // namespace

TEST_CASE("a run is drawn as access, shares and money, and its scripts draw the same bytes again") {
  const TemporaryFolder folder;
  run_case(folder.path());
  const Ran ran = plot(folder.path());
  CHECK(ran.err.empty());
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.out, Contains("availability.gp, .png, .svg") && Contains("money.gp"));
  check_folder(folder.path() / "plots", 3);
}

TEST_CASE("an ensemble is drawn as access, shares, fans and a tornado, twice the same") {
  const TemporaryFolder folder;
  run_case(folder.path(), "--replications 20");
  REQUIRE(plot(folder.path()).status == 0);
  check_folder(folder.path() / "plots", 4);
  const auto first = contents(folder.path() / "plots");
  REQUIRE(plot(folder.path(), "--out " + in_quotes(folder.path() / "again")).status == 0);
  CHECK(contents(folder.path() / "again") == first);
  const Ran ran = plot(folder.path(), "--kind fan --metric share --segment start-ups --format svg");
  REQUIRE(ran.status == 0);
  CHECK(fs::exists(folder.path() / "plots" / "fan-share-start-ups.svg"));
  CHECK_FALSE(fs::exists(folder.path() / "plots" / "fan-share-start-ups.png"));
}

TEST_CASE("a comparison is drawn, and a study as a tornado and as PRIM's way") {
  const TemporaryFolder folder;
  const fs::path compared = folder.path() / "compared", studied = folder.path() / "studied";
  REQUIRE(program("compare --no-fsync --replications 20 --out " + in_quotes(compared) + " '" + cases +
                  "baseline.yaml' '" + cases + "no-azure.yaml'")
              .status == 0);
  REQUIRE(plot(compared, "--kind comparison").status == 0);
  check_folder(compared / "plots", 1);

  const StudyCase study;
  const std::string file = study.write(
      "s.yaml", "scenarios: [base.yaml]\ndesign: { method: latin-hypercube, points: 80, factors: uncertainties }\n");
  const Ran swept = program("sweep --no-fsync --out " + in_quotes(studied) + " " + file);
  INFO(swept.err);
  REQUIRE(swept.status == 0);
  REQUIRE(plot(studied).status == 0);
  const std::string table = in_quotes(folder.path() / "prim.csv");
  const Ran prim = program("analyze prim " + in_quotes(studied) +
                           " --outcome sales --above q70 --resamples 20 --format csv --table trajectory > " + table);
  INFO(prim.err);
  REQUIRE(prim.status == 0);
  REQUIRE(plot(studied, "--table " + table).status == 0);
  check_folder(studied / "plots", 2);
}

TEST_CASE("tables without a manifest, whose names are commands and markup, are drawn and do nothing else") {
  const TemporaryFolder folder;
  const std::string name = "\"'; system \"\"touch hacked\"\"; # <script>alert(1)</script> `touch hacked` %s %f\"";
  static_cast<void>(
      folder.write("timeseries.csv", "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n" +
                                         name + ",0,0,2024-01-01," + name + "," + name + ",,share,1,0.5\n" + name +
                                         ",0,0,2024-03-01," + name + "," + name + ",,share,1,0.7\n"));
  static_cast<void>(folder.write("events.csv", "scenario,design_id,replication,id,time,event,kind,cause_id,detail\n" +
                                                   name + ",0,0,0,2024-02-01," + name + ",event,,announces " +
                                                   name.substr(1, name.size() - 2) + "\n"));
  const fs::path out = folder.path() / "out";
  const Ran ran = plot(folder.path(), "--out " + in_quotes(out));
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  check_folder(out, 1);
  CHECK_FALSE(fs::exists(out / "hacked"));
  const std::string svg = read(out / "shares.svg");
  CHECK_THAT(svg, Contains("&lt;script>") && !Contains("<script>alert"));
  CHECK_THAT(svg, Contains("%s %f"));
}

TEST_CASE("without gnuplot the scripts are written all the same, and it is said what to install") {
  const TemporaryFolder folder;
  fs::copy(LOOPHOLE_SOURCE_DIR "/results/reference", folder.path() / "run");
  const Ran ran = plot(folder.path() / "run", "--kind shares --gnuplot /nowhere/gnuplot");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("apt install gnuplot-nox"));
  const auto files = contents(folder.path() / "run" / "plots");
  CHECK(files.size() == 2);
  CHECK(files.count("shares.gp") == 1);
  CHECK(files.count("shares.dat") == 1);
}

TEST_CASE("a gnuplot that fails is quoted") {
  const TemporaryFolder folder;
  fs::copy(LOOPHOLE_SOURCE_DIR "/results/reference", folder.path() / "run");
  const std::string fake = folder.write("fake", "#!/bin/sh\necho 'no terminal'\nexit 3\n");
  fs::permissions(fake, fs::perms::owner_all);
  const Ran ran = plot(folder.path() / "run", "--kind shares --gnuplot " + in_quotes(fake));
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("gnuplot could not draw it (no terminal"));
}

TEST_CASE("everything that is wrong with a plot is told at once, and nothing is written") {
  const TemporaryFolder folder;
  fs::copy(LOOPHOLE_SOURCE_DIR "/results/reference", folder.path() / "run");
  const Ran formats = plot(folder.path() / "run", "--format jpg");
  CHECK(formats.status == 2);
  const Ran ran = plot(folder.path() / "run", "--kind avail --kind comparison --kind shares --metric x");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("unknown kind 'avail'") && Contains("no comparison.csv") && Contains("--metric"));
  const Ran metric = plot(folder.path() / "run", "--kind fan --metric shar --segment startups");
  CHECK(metric.status == 2);
  CHECK_THAT(metric.err, Contains("did you mean 'share'?") && Contains("did you mean 'start-ups'?"));
  CHECK(plot(folder.path() / "nowhere").status == 2);
  CHECK_FALSE(fs::exists(folder.path() / "run" / "plots"));
}
