/// Reading CSV text (RFC 4180). It lies this low because tables come in as well as out: a study's points may be one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole {

/// The cells of a table, row by row, its header first; nothing where a quote is left open or text follows one.
[[nodiscard]] std::optional<std::vector<std::vector<std::string>>> read_csv(std::string_view text);

}  // namespace loophole
