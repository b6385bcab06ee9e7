#include "command.hpp"
#include "interruption.hpp"
#include "merge_study.hpp"
#include "progress.hpp"
#include "study_of.hpp"
#include <loophole/record/study_file.hpp>

#include <fmt/ostream.h>

namespace loophole::cli {

int merge_study(const study::Plan& plan, study::MergeRequest request, const Console& console) {
  request.command = fmt::format("loophole sweep {}.yaml", plan.study().document.name);
  const auto merged = [&] {
    Progress progress(console.err, "merge", "units", 0);
    return study::merge(plan, request, [&](std::uint64_t units) {
      progress.show(units, plan.units(), units);
      return !Interruption::is_asked_for();
    });
  }();
  print(merged.diagnostics(), console.err);
  if (!merged) return failed;
  if (merged->is_interrupted) {
    fmt::print(console.err, "loophole: interrupted: nothing is merged; run it again\n");
    return failed;
  }
  if (merged->strangers > 0)
    fmt::print(console.err, "loophole: left out: {} units of another version of the study\n", merged->strangers);
  if (merged->missing > 0)
    fmt::print(console.err, "loophole: INCOMPLETE: {} of {} runs are missing; missing.csv and the manifest say which\n",
               merged->missing, plan.runs());
  fmt::print(console.out, "{} runs merged\nResults are in {}\n", merged->runs, request.folder);
  return ok;
}

int merge(const Console& console) {
  Options options("merge DIR [options]",
                  "Puts what the shards of a study have left together into its tables. It refuses gaps, damaged parts\n"
                  "and results that contradict each other, and says which shards to run again.",
                  "  loophole merge results/openai-china/notice\n"
                  "  loophole merge results/openai-china/notice --allow-incomplete\n");
  options.add().add_options()("allow-incomplete", "merge what there is; the tables say what they lack")(
      "gzip", "compress the long tables: outcomes.csv.gz");
  options.add_durability();
  options.take_one("study");
  if (!options.parse(console)) return options.status();
  const std::string& given = options.files().front();
  const Interruption interruption;
  const auto study = record::read_study_file(given);
  if (!study) {  // what a study warns of was said when it was begun
    print(study.diagnostics(), console.err);
    return usage;
  }
  const study::Plan plan(*study, record::this_program());
  return merge_study(plan,
                     {given,
                      {},
                      options.values().count("allow-incomplete") != 0 ? study::Gaps::named : study::Gaps::refused,
                      options.values().count("gzip") != 0 ? study::Compression::gzip : study::Compression::none,
                      options.folder_choices().durability},
                     console);
}

}  // namespace loophole::cli
