#include "page_parts.hpp"
#include <loophole/record/files.hpp>

#include <fmt/format.h>

namespace loophole::report {
namespace {

bool is_list_of(const Json& json, bool (Json::*is_one)() const noexcept) {
  if (!json.is_array()) return false;
  for (const Json& each : json)
    if (!(each.*is_one)()) return false;
  return true;
}

/// A list of texts; none where the member is missing or something else.
Json texts(const Json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && is_list_of(*found, &Json::is_string) ? *found : Json::array();
}

std::string text(const Json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json cell_of(const Json& json) { return json.is_primitive() ? json : Json(json.dump()); }

/// A list of objects: a column for each key of the first.
Json table_of(const std::string& name, const std::string& title, const Json& objects) {
  Json columns = Json::array(), rows = Json::array();
  if (!objects.empty())
    for (const auto& [key, value] : objects.front().items())
      columns.push_back(key);
  for (const Json& object : objects) {
    Json cells = Json::array();
    for (const Json& column : columns) {
      const auto cell = object.find(column.get_ref<const std::string&>());
      cells.push_back(cell == object.end() ? Json() : cell_of(*cell));
    }
    rows.push_back(std::move(cells));
  }
  return {{"name", name}, {"title", title}, {"columns", columns}, {"rows", rows}};
}

/// Rows that have a cell for each column; cells are words, numbers or nothing.
Json table_of(const Json& json) {
  const Json columns = texts(json, "columns");
  Json rows = Json::array();
  if (const auto found = json.find("rows"); found != json.end() && found->is_array())
    for (const Json& row : *found) {
      if (!row.is_array() || row.size() != columns.size()) continue;
      Json cells = Json::array();
      for (const Json& cell : row)
        cells.push_back(cell_of(cell));
      rows.push_back(std::move(cells));
    }
  return {{"name", text(json, "name")}, {"title", text(json, "title")}, {"columns", columns}, {"rows", rows}};
}

Json finding_of(const Json& json, const std::string& name) {
  Json tables = Json::array();
  const auto found = json.find("tables"), titles = json.find("titles");
  if (found != json.end() && is_list_of(*found, &Json::is_object)) {
    for (const Json& each : *found)
      tables.push_back(table_of(each));
  } else if (found != json.end() && found->is_object()) {
    for (const auto& [table, objects] : found->items())
      if (is_list_of(objects, &Json::is_object))
        tables.push_back(
            table_of(table, titles == json.end() || !titles->is_object() ? "" : text(*titles, table.c_str()), objects));
  }
  return {{"file", name},
          {"method", text(json, "method")},
          {"title", text(json, "title")},
          {"sentences", texts(json, "sentences")},
          {"warnings", texts(json, "warnings")},
          {"tables", tables}};
}

}  // namespace

Result<Json> findings_in(const std::string& path, const std::string& name) {
  const auto refuse = [&](const char* problem, const char* reason) {
    return only(refusal(path, problem, reason, "give what 'loophole analyze METHOD ... --format json' prints"));
  };
  const auto content = record::content_of(path);
  if (!content) return refuse("no finding", "there is no such file");
  Json json = Json::parse(*content, nullptr, false);
  if (json.is_object()) json = Json::array({json});
  if (json.is_discarded() || !is_list_of(json, &Json::is_object)) return refuse("no finding", "it is no JSON object");
  Json findings = Json::array();
  for (const Json& each : json) {
    if (text(each, "title").empty() && texts(each, "sentences").empty())
      return refuse("no finding", "it has neither a title nor sentences");
    findings.push_back(finding_of(each, name));
  }
  return findings;
}

}  // namespace loophole::report
