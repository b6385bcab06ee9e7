/// The parts of the page's data: each the JSON that one section of the page draws from, null where the folder has
/// nothing for it. Numbers are those of the tables, in full.
#pragma once

#include "embedded_json.hpp"
#include "material.hpp"

#include <string>
#include <string_view>

namespace loophole::report {

/// What things are called: labels, and of channels who makes, sells and hosts what.
[[nodiscard]] Json names_part(const Material& material);
/// By scenario, rule, channel and segment: in words, by what a rule misses a path.
[[nodiscard]] Json misses_part(const Material& material);
[[nodiscard]] Json sources_part(const Material& material);

[[nodiscard]] Json events_part(const Material& material);
[[nodiscard]] Json access_part(const Material& material);
/// At fewer dates, and without the most special series, where all would be too much for a page.
[[nodiscard]] Json series_part(const Material& material);
/// By at most sixty periods; of an ensemble, as far as its means tell who paid whom.
[[nodiscard]] Json flows_part(const Material& material);
[[nodiscard]] Json outcomes_part(const Material& material);
[[nodiscard]] Json comparison_part(const Material& material);
[[nodiscard]] Result<Json> expectations_part(const Material& material);

/// values.csv and metrics.csv.
[[nodiscard]] Result<Json> values_part(const Material& material);
[[nodiscard]] Result<Json> metrics_part(const Material& material);
[[nodiscard]] Json provenance_part(const Material& material);

/// The answer in three sentences, each with the tables it was made from.
[[nodiscard]] Json answer_part(const Material& material);

/// The bill that an event is part of by its name, "BILL.STATUS"; null where it is of none.
[[nodiscard]] const scenario::Bill* bill_of(const scenario::Scenario& scenario, std::string_view event);

/// A finding as `analyze --format json` prints it, one or a list of them; `name` is what the page calls its file.
[[nodiscard]] Result<Json> findings_in(const std::string& path, const std::string& name);

}  // namespace loophole::report
