/// Tables of several scenarios as one, for a folder that holds them all.
#pragma once

#include <string>
#include <vector>

namespace loophole::record {

enum class Duplicates { kept, dropped };

/// The rows of the first table, then those of the second and so on; columns by name, in the order in which they first
/// appear, and cells that a table has no column for are empty. Tables that have all columns keep their rows' bytes.
/// `Duplicates::dropped`: of equal rows the first only. Throws std::invalid_argument when one is no CSV.
[[nodiscard]] std::string join_tables(const std::vector<std::string>& tables, Duplicates duplicates);

}  // namespace loophole::record
