/// Tables for analysis: inputs and outcomes, with a line "---" between them, put together and summarized.
#include "fuzzing.hpp"
#include <loophole/analysis/data.hpp>
#include <loophole/analysis/scores_summary.hpp>
#include <loophole/analysis/summary.hpp>

#include <fstream>

using namespace loophole;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzzing::text_of(data, size);
  const std::size_t cut = text.find("---\n");
  if (cut == std::string::npos) return 0;
  std::ofstream("x.csv", std::ios::binary) << text.substr(0, cut);
  std::ofstream("y.csv", std::ios::binary) << text.substr(cut + 4);
  const auto runs = analysis::read_runs({"x.csv", "y.csv", {}, {}});
  fuzzing::require(runs.ok() || runs.diagnostics().has_errors(), "no runs, and no reason");
  static_cast<void>(analysis::summary_of_scores(text));
  if (!runs || runs->rows() == 0) return 0;
  analysis::SummaryRequest request;
  request.above = 0.5;
  for (const auto by : {analysis::SummaryRequest::By::scenario, analysis::SummaryRequest::By::point}) {
    request.by = by;
    const analysis::Finding finding = analysis::summarize(*runs, request);
    for (const char* format : {"text", "csv", "json"})
      static_cast<void>(analysis::written({finding}, format));
  }
  return 0;
}
