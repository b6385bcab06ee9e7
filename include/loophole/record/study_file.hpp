/// study.json: a study with all its scenarios as they were read, in the folder of its results.
///
/// Shards run on other machines, days later, when somebody may have changed the files the study was read from. What
/// they run is this. It also holds the tables of its inputs and metrics, for the merge: earlier results in the folder
/// keep theirs until then.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/record/files.hpp>
#include <loophole/record/manifest.hpp>
#include <loophole/scenario/study.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

/// The same bytes for the same study, whatever folder it was read from.
[[nodiscard]] OutputFile study_file(const scenario::Study& study);

/// The study that a folder of results is of. Diagnostics when there is none, or it is damaged or of another program.
[[nodiscard]] Result<scenario::Study> read_study_file(const std::string& folder);

/// values.csv and metrics.csv of all its scenarios together.
[[nodiscard]] std::vector<OutputFile> tables_within(const OutputFile& study_file);

/// The design of the study that a folder holds, by whatever program: factors by name, and what analysis needs of the
/// method. Nothing where the folder has none, or it is damaged.
[[nodiscard]] std::optional<scenario::Design> design_of(const std::string& folder);

/// What the scenarios of the study that a folder holds prefer of their outcomes, "more" or "less", by outcome's name;
/// by whatever program. Empty where the folder has none.
[[nodiscard]] std::map<std::string, std::string> preferences_of(const std::string& folder);

/// The manifest of a study's merged results.
[[nodiscard]] OutputFile manifest_of_study(const OutputFile& study_file, const RunDescription& description,
                                           const std::vector<WrittenFile>& outputs);

/// What a folder's tables are, by its manifest.
enum class StudyTables { none, whole, with_gaps, of_another_study };
[[nodiscard]] StudyTables study_tables(const std::string& folder);

/// 16 digits that tell the scenario, with its root, from any other.
[[nodiscard]] std::string identity_of(const scenario::ScenarioFile& file);

}  // namespace loophole::record
