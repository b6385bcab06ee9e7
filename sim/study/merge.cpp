#include "part_streams.hpp"
#include <loophole/base/ranges.hpp>
#include <loophole/random/hash.hpp>
#include <loophole/record/gzip.hpp>
#include <loophole/record/manifest.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/study/merge.hpp>
#include <loophole/study/shards_left.hpp>
#include <loophole/study/unit_runner.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

namespace loophole::study {

using scenario::Study;

namespace {

/// The rows behind the first so many.
std::string_view behind(std::string_view rows, std::uint32_t count) {
  for (; count > 0 && !rows.empty(); --count)
    rows.remove_prefix(std::min(rows.find('\n'), rows.size() - 1) + 1);
  return rows;
}

/// Whether two results of a unit differ where both have one; `second` begins where `first` does, or behind that.
bool differ(const UnitResult& first, const UnitResult& second) {
  if (first.key.from == second.key.from && first.key.to == second.key.to) return first.rows != second.rows;
  if (second.key.from >= first.key.to) return false;
  // Units that may be done in pieces have a row a replication, or none.
  const std::uint32_t both = std::min(first.key.to, second.key.to) - second.key.from;
  for (std::size_t table = 0; table < unit_tables.size(); ++table) {
    const std::string_view a = behind(first.rows[table], second.key.from - first.key.from), b = second.rows[table];
    if (a.substr(0, a.size() - behind(a, both).size()) != b.substr(0, b.size() - behind(b, both).size())) return true;
  }
  return false;
}

/// What to do so that everything is done.
std::string what_to_run(const Plan& plan, const Coverage& coverage, const std::string& folder, const char* why) {
  const auto count = shard_count(plan, folder);
  if (!count || *count < 2) return fmt::format("run 'loophole sweep' again: it does what is {}", why);
  return fmt::format("run shards {} of {} again", ranges(shards_left(plan, coverage, *count), ","), *count);
}

class Merger {
 public:
  Merger(const Plan& plan, const MergeRequest& request)
      : plan_(plan), request_(request), columns_(plan), folder_(request.folder, request.durability) {}

  Result<MergeResult> run(const std::function<bool(std::uint64_t)>& told) {
    const auto study = record::content_of(std::filesystem::path(request_.folder) / "study.json");
    if (!study) return refused(refusal(request_.folder, "there is no study.json", "it was taken away", "sweep again"));
    PartStreams streams(plan_, request_.folder);
    for (std::size_t table = 0; table < unit_tables.size(); ++table)
      if (is_kept(table)) append(unit_tables[table], columns_.header(unit_tables[table]));
    for (std::uint64_t number = 0; number < plan_.units(); ++number) {
      merge_unit(streams, number);
      if (problems_.has_errors()) return problems_;
      result_.is_interrupted = !told(number + 1);
      if (result_.is_interrupted) return result_;
    }
    add_tables_about({"study.json", *study});
    const record::RunDescription description{request_.command,
                                             plan_.study().seed,
                                             plan_.runs(),
                                             result_.runs,
                                             {},
                                             plan_.study().others == Study::Others::sampled
                                                 ? record::Uncertainties::sampled
                                                 : record::Uncertainties::at_point,
                                             {}};
    folder_.publish(record::manifest_of_study({"study.json", *study}, description, folder_.finish()));
    return result_;
  }

 private:
  static Diagnostics refused(Diagnostic diagnostic) {
    Diagnostics diagnostics;
    diagnostics.add(std::move(diagnostic));
    return diagnostics;
  }

  /// Adds to a table that may be long.
  void append(std::string_view table, std::string_view text) {
    if (request_.compression == Compression::none) return folder_.append(table, text);
    const std::string name(table);
    const std::string ready = compressed_[name].add(text);
    folder_.append(name + ".gz", ready);
  }

  [[nodiscard]] bool is_kept(std::size_t table) const {
    const Study& study = plan_.study();
    switch (table) {
      case 0:
        return true;
      case 1:
        return study.others == Study::Others::sampled;
      case 2:
        return study.keep == Study::Keep::quantiles;
      default:
        return study.keep == Study::Keep::timeseries;
    }
  }

  void merge_unit(PartStreams& streams, std::uint64_t number) {
    const Unit unit = plan_.unit(number);
    std::uint32_t at = unit.from;
    std::optional<UnitResult> last;  // of those that were taken, the one that reaches farthest
    std::string last_part;
    while (auto cursor = streams.pop(number)) {
      const UnitResult& found = *cursor->unit;
      const std::string part = cursor->reader.path().string();
      if (last && differ(*last, found))
        problems_.add(
            refusal(part,
                    fmt::format("another result for scenario '{}', point {}, replications {} to {}, than in "
                                "'{}'",
                                found.key.scenario, found.key.id, found.key.from, found.key.to - 1, last_part),
                    "equal work has equal results, so a machine or a file is broken",
                    "delete the part that is wrong, and sweep again"));
      if (found.key.from <= at && at < found.key.to) {
        for (std::size_t table = 0; table < unit_tables.size(); ++table)
          if (is_kept(table)) append(unit_tables[table], behind(found.rows[table], at - found.key.from));
        at = found.key.to;
        last = std::move(*cursor->unit);
        last_part = part;
      }
      cursor->forward();
      streams.push(std::move(cursor));
    }
    result_.runs += at - unit.from;
    if (at == unit.to) return;
    result_.missing += unit.to - at;
    const std::string& scenario = plan_.scenario(unit.scenario).document.name;
    const std::uint64_t id = plan_.points().id(unit.position);
    if (request_.gaps == Gaps::named)
      name_missing(scenario, id, at, unit.to - 1);
    else
      problems_.add(refusal(
          streams.damaged().empty() ? request_.folder : streams.damaged().front(),
          fmt::format("it is damaged at scenario '{}', point {}, replications {} to {}", scenario, id, at, unit.to - 1),
          "what it holds is not what was written",
          what_to_run(plan_, read_parts(plan_, request_.folder, PartReader::Content::read).coverage, request_.folder,
                      "damaged anew")));
  }

  void name_missing(const std::string& scenario, std::uint64_t id, std::uint32_t first, std::uint32_t last) {
    missing_.cell(scenario).cell(id).cell(std::uint64_t{first}).cell(std::uint64_t{last}).end_row();
    folder_.append("missing.csv", missing_.take());
  }

  void add_tables_about(const record::OutputFile& study) {
    add_experiments();
    for (auto& [table, gzip] : compressed_)
      folder_.append(table + ".gz", gzip.finish());
    for (const record::OutputFile& table : record::tables_within(study))
      folder_.add(table);
  }

  /// A row a scenario and point, a column a parameter: those of all scenarios together.
  void add_experiments() {
    std::vector<std::string> names;
    for (std::size_t s = 0; s < plan_.scenarios(); ++s)
      for (const auto& parameter : plan_.scenario(s).scenario.parameters)
        if (std::find(names.begin(), names.end(), parameter.name) == names.end()) names.push_back(parameter.name);
    record::Csv csv(record::header_of("scenario,design_id", names));
    for (std::size_t s = 0; s < plan_.scenarios(); ++s) {
      const auto& parameters = plan_.scenario(s).scenario.parameters;
      std::vector<ParameterId> ids;
      for (const std::string& name : names) {
        const auto found =
            std::find_if(parameters.begin(), parameters.end(), [&](const auto& p) { return p.name == name; });
        const auto& sampled = columns_.sampled(s);
        const ParameterId id = found == parameters.end()
                                   ? ParameterId::none()
                                   : ParameterId::of(static_cast<std::size_t>(found - parameters.begin()));
        ids.push_back(std::find(sampled.begin(), sampled.end(), id) == sampled.end() ? id : ParameterId::none());
      }
      for (std::uint64_t p = 0; p < plan_.points().size(); ++p) {
        const world::Point point = plan_.point(s, p);
        csv.cell(plan_.scenario(s).document.name).cell(plan_.points().id(p));
        for (const ParameterId id : ids)
          csv.cell(id.exists() ? std::optional<double>(point[id]) : std::nullopt);
        csv.end_row();
        append("experiments.csv", csv.take());
      }
    }
  }

  const Plan& plan_;
  const MergeRequest& request_;
  UnitColumns columns_;
  record::ResultFolder folder_;
  std::map<std::string, record::Gzip> compressed_;  ///< by table
  record::Csv missing_{"scenario,design_id,first_replication,last_replication"};
  Diagnostics problems_;
  MergeResult result_;
};

}  // namespace

Result<MergeResult> merge(const Plan& plan, const MergeRequest& request,
                          const std::function<bool(std::uint64_t)>& told) {
  const PartsRead found = read_parts(plan, request.folder, PartReader::Content::skipped);
  std::uint64_t missing = 0;
  std::string first;
  for (std::uint64_t number = 0; number < plan.units(); ++number) {
    const Unit left = found.coverage.left(number);
    if (left.from == left.to) continue;
    if (missing == 0)
      first = fmt::format("scenario '{}', point {}", plan.scenario(left.scenario).document.name,
                          plan.points().id(left.position));
    missing += left.to - left.from;
  }
  if (missing > 0 && request.gaps == Gaps::refused) {
    return only(refusal(request.folder, fmt::format("{} of {} runs are missing", missing, plan.runs()),
                        fmt::format("the first of {}{}", first,
                                    found.coverage.strangers() > 0
                                        ? fmt::format("; {} units in parts are of another version of the study",
                                                      found.coverage.strangers())
                                        : std::string()),
                        what_to_run(plan, found.coverage, request.folder, "missing")));
  }
  auto result = Merger(plan, request).run(told);
  if (result) result->strangers = found.coverage.strangers();
  return result;
}

}  // namespace loophole::study
