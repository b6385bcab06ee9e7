#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/record/files.hpp>
#include <loophole/report/gnuplot.hpp>
#include <loophole/report/plot.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

struct PlotChoices {
  report::PlotRequest request;
  std::vector<std::string> formats;
  std::string gnuplot;
  FolderChoices folder;
};

std::string about() {
  std::string text =
      "Draws pictures of results by gnuplot, from the CSV files alone. Each picture keeps its script and data beside\n"
      "it (NAME.gp, NAME.dat), so that it can be changed and drawn again by 'gnuplot NAME.gp'. Kinds:\n";
  for (const report::PlotKind& kind : report::plot_kinds())
    text += fmt::format("\n  {:<13} {}", kind.name, kind.summary);
  return text;
}

PlotChoices choices_of(const Options& options, Diagnostics& problems) {
  PlotChoices choices;
  choices.request = {options.words("kind"),    options.word("scenario"), options.word("metric"),
                     options.word("segment"),  options.word("channel"),  options.word("actor"),
                     options.words("outcome"), options.word("table")};
  choices.gnuplot = options.word("gnuplot");
  choices.folder = options.folder_choices();
  const std::vector<std::string> known{"png", "svg"};
  for (const std::string& format : options.words("format")) {
    check_format(format, known, problems);
    if (std::find(choices.formats.begin(), choices.formats.end(), format) == choices.formats.end())
      choices.formats.push_back(format);
  }
  if (choices.formats.empty()) choices.formats = known;
  return choices;
}

/// Draws and writes, and says what. Scripts are written whether or not they can be drawn here.
int draw_all(const std::vector<report::Picture>& pictures, const PlotChoices& choices, const std::string& folder,
             const Console& console) {
  const auto gnuplot = report::find_program(choices.gnuplot.empty() ? "gnuplot" : choices.gnuplot);
  Diagnostics problems;
  if (!gnuplot)
    problems.add(refusal(choices.gnuplot.empty() ? "gnuplot" : choices.gnuplot, "there is no such program",
                         fmt::format("pictures are drawn by it; their scripts are in {}", folder),
                         "install it (Debian: apt install gnuplot-nox) or name it by --gnuplot PATH"));
  for (const report::Picture& picture : pictures) {
    std::vector<record::OutputFile> files{{picture.name + ".dat", picture.data},
                                          {picture.name + ".gp", picture.script}};
    std::string shown = picture.name + ".gp";
    if (gnuplot) {
      report::Drawing drawing = report::draw(*gnuplot, picture, choices.formats);
      if (!drawing.problem.empty())
        problems.add(refusal(picture.name + ".gp", "gnuplot could not draw it", drawing.problem,
                             fmt::format("its script is in {}", folder)));
      for (record::OutputFile& file : drawing.files) {
        shown += ", " + std::filesystem::path(file.name).extension().string();
        files.push_back(std::move(file));
      }
    }
    for (const record::OutputFile& file : files)
      record::ResultFolder::publish_alone(folder, file, choices.folder.durability);
    fmt::print(console.out, "  {:<13} {}\n", picture.kind, shown);
  }
  fmt::print(console.out, "Pictures are in {}\n", folder);
  print(problems, console.err);
  return problems.has_errors() ? failed : ok;
}

}  // namespace

int plot(const Console& console) {
  const std::string description = about();
  Options options("plot DIR [options]", description.c_str(),
                  "  loophole plot results/openai-china/baseline\n"
                  "  loophole plot results/openai-china/baseline --kind shares --format svg\n"
                  "  loophole plot results/openai-china/baseline --kind fan --metric share --segment start-ups\n"
                  "  loophole analyze sobol results/openai-china/sobol --format csv > sobol.csv\n"
                  "  loophole plot results/openai-china/sobol --table sobol.csv\n");
  const auto word = [](const char* value) { return po::value<std::string>()->value_name(value); };
  const auto words = [](const char* value) { return po::value<std::vector<std::string>>()->value_name(value); };
  options.add().add_options()("kind", words("NAME"), "which kind; may be repeated; by default all that apply")(
      "scenario", word("NAME"), "only this scenario")("metric", word("NAME"), "of fan: which metric")(
      "segment", word("NAME"), "of fan: only of this segment")("channel", word("NAME"), "of fan: only of this channel")(
      "actor", word("NAME"), "of fan: only of this actor")("outcome", words("NAME"),
                                                           "of comparison and tornado: which outcome; may be repeated")(
      "table", word("FILE"), "a CSV of 'loophole analyze' or 'attribute', for tornado and prim")(
      "format", words("F"), "png or svg; may be repeated; by default both")(
      "gnuplot", word("PATH"), "the program to draw with, by default gnuplot");
  options.add_folder_choices();
  options.take_one("folder of results");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const PlotChoices choices = choices_of(options, problems);
  if (problems.has_errors()) {
    print(problems, console.err);
    return usage;
  }
  const std::string& given = options.files().front();
  std::vector<report::Picture> drawn;
  const auto results = report::read_results(given);
  problems.append(results.diagnostics());
  if (results) {
    auto pictures = report::pictures(*results, choices.request, choices.formats);
    problems.append(pictures.diagnostics());
    if (pictures) drawn = std::move(*pictures);
    if (pictures && drawn.empty())
      problems.add(refusal(given, "there is nothing to draw", "none of its tables is one of which a picture is made",
                           "'loophole plot --help' lists the kinds"));
  }
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  const std::string folder =
      choices.folder.out.empty() ? (std::filesystem::path(given) / "plots").string() : choices.folder.out;
  return draw_all(drawn, choices, folder, console);
}

}  // namespace loophole::cli
