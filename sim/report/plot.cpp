#include "analysis_table.hpp"
#include "pictures.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/report/plot.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace loophole::report {
namespace {

/// A kind: its name, the tables it is made from (one of them), and what draws it.
struct Kind {
  PlotKind shown;
  std::vector<const char*> tables;
  Pictures (*draw)(const Given& given);
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {{"availability", "who can use what, and whether it is lawful: a bar a channel, with the events"},
       {"availability"},
       draw_availability},
      {{"shares", "who uses what: shares of firms by segment, the stranded and those outside too"},
       {"quantiles", "timeseries"},
       draw_shares},
      {{"fan", "how uncertain a metric is: median and quantiles through time (--metric M)"},
       {"quantiles", "timeseries"},
       draw_fans},
      {{"money", "who pays whom, by month"}, {"flows"}, draw_money},
      {{"comparison", "what each scenario changes against the first, with its spread and its error"},
       {"comparison"},
       draw_comparison},
      {{"tornado", "which inputs move an outcome most, or what contributes to it (--table FILE)"},
       {"experiments", "samples"},
       draw_tornado},
      {{"prim", "how a box of bad futures becomes denser and smaller (--table FILE)"}, {}, draw_prim},
  };
  return all;
}

std::vector<const Kind*> chosen(const Given& given, Diagnostics& problems) {
  std::vector<std::string> known;
  for (const Kind& kind : kinds())
    known.emplace_back(kind.shown.name);
  std::vector<const Kind*> result;
  for (const std::string& name : given.request.kinds) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      problems.add(refusal("--kind", fmt::format("unknown kind '{}'", name), "", suggest(name, known)));
      continue;
    }
    const Kind* const kind = &kinds()[static_cast<std::size_t>(found - known.begin())];
    if (std::find(result.begin(), result.end(), kind) == result.end()) result.push_back(kind);
  }
  return result;
}

/// Options of kinds that are not drawn would do nothing.
Diagnostics check_options(const PlotRequest& request) {
  Diagnostics problems;
  const auto draws = [&](std::initializer_list<const char*> names) {
    return request.kinds.empty() || std::any_of(names.begin(), names.end(), [&](const char* name) {
             return std::find(request.kinds.begin(), request.kinds.end(), name) != request.kinds.end();
           });
  };
  const auto refuse = [&](const char* option, const char* kinds_words) {
    problems.add(refusal(option, "no kind that is drawn takes it", fmt::format("it is of {}", kinds_words),
                         "leave it out, or name that kind by --kind"));
  };
  if (!draws({"fan"})) {
    if (!request.metric.empty()) refuse("--metric", "fan");
    if (!request.segment.empty()) refuse("--segment", "fan");
    if (!request.channel.empty()) refuse("--channel", "fan");
    if (!request.actor.empty()) refuse("--actor", "fan");
  }
  if (!request.outcomes.empty() && !draws({"comparison", "tornado"})) refuse("--outcome", "comparison and tornado");
  if (!request.table.empty() && !draws({"tornado", "prim"})) refuse("--table", "tornado and prim");
  return problems;
}

}  // namespace

const std::vector<PlotKind>& plot_kinds() {
  static const std::vector<PlotKind> shown = [] {
    std::vector<PlotKind> result;
    for (const Kind& kind : kinds())
      result.push_back(kind.shown);
    return result;
  }();
  return shown;
}

Result<std::vector<Picture>> pictures(const Results& results, const PlotRequest& request,
                                      const std::vector<std::string>& formats) {
  Tables tables(results);
  const Given given{results, request, tables};
  Diagnostics problems;
  std::vector<const Kind*> wanted = chosen(given, problems);
  problems.append(check_options(request));
  const auto has_table = [&](const Kind& kind) {
    return std::any_of(kind.tables.begin(), kind.tables.end(), [&](const char* table) { return results.has(table); });
  };
  const auto is_of_table = [](const Kind& kind) { return kind.draw == draw_tornado || kind.draw == draw_prim; };
  const bool is_usual = request.kinds.empty() && request.table.empty();
  for (const Kind* kind : wanted)
    if (!has_table(*kind) && !kind->tables.empty() && !(is_of_table(*kind) && !request.table.empty()))
      problems.add(refusal(results.folder, fmt::format("no {}.csv", kind->tables.front()),
                           fmt::format("pictures of the kind {} are made from it", kind->shown.name),
                           "give the folder of a run that leaves one"));
  if (problems.has_errors()) return problems;
  for (const Kind& kind : kinds())
    if (is_usual && has_table(kind) && !(kind.draw == draw_fans && !results.has("quantiles") && request.metric.empty()))
      wanted.push_back(&kind);
  if (request.kinds.empty() && !request.table.empty()) {
    const auto kind = kind_of_table(request.table);
    if (!kind) return kind.diagnostics();
    for (const Kind& each : kinds())
      if (each.shown.name == *kind) wanted.push_back(&each);
  }
  std::vector<Picture> all;
  for (const Kind* kind : wanted) {
    auto drawn = kind->draw(given);
    problems.append(drawn.diagnostics());
    if (drawn)
      for (Picture& picture : *drawn)
        all.push_back(std::move(picture));
  }
  if (problems.has_errors()) return problems;
  std::string listed;
  for (const std::string& format : formats)
    listed += (listed.empty() ? "" : " ") + format;
  constexpr std::string_view place = "formats = 'FORMATS'";
  for (Picture& picture : all)
    picture.script.replace(picture.script.find(place), place.size(), fmt::format("formats = '{}'", listed));
  return {std::move(all), problems};
}

}  // namespace loophole::report
