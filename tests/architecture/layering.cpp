#include "layering.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

namespace loophole::architecture {
namespace {

struct Layer {
  std::string_view name;
  int rank;
};

// Equal ranks stand side by side: neither includes the other.
constexpr std::array layers{
    Layer{"base", 0},     Layer{"random", 1}, Layer{"kernel", 1}, Layer{"scenario", 2}, Layer{"world", 3},
    Layer{"market", 4},   Layer{"policy", 4}, Layer{"engine", 5}, Layer{"record", 6},   Layer{"study", 7},
    Layer{"analysis", 8}, Layer{"report", 9}, Layer{"cli", 10},
};

const Layer* find(std::string_view name) {
  const auto* layer = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == name; });
  return layer == layers.end() ? nullptr : layer;
}

/// The base layer is `loophole` itself; every other layer has a namespace of its own name.
bool namespace_fits(std::string_view name, std::string_view layer) {
  if (!name.starts_with("loophole")) return true;
  if (layer == "base") {
    if (name == "loophole") return true;
    const std::string_view inner = name.substr(std::string_view{"loophole::"}.size());
    return !is_layer(inner.substr(0, inner.find("::")));
  }
  const std::string own = "loophole::" + std::string{layer};
  return name == own || name.starts_with(own + "::");
}

/// Notes what is wrong with the line, if it is an include; true when it is one of the layer's own headers.
bool check_include(const std::string& line, const std::string& layer, std::vector<std::string>& found) {
  static const std::regex of_layer{R"(^\s*#\s*include\s*[<"]loophole/([^/">]+)/[^">]+[>"])"};
  static const std::regex upwards{R"(^\s*#\s*include\s*"[^"]*\.\./)"};
  static const std::regex beside{R"(^\s*#\s*include\s*"[^"/]+")"};
  std::smatch match;
  if (std::regex_search(line, match, of_layer)) {
    if (!may_include(layer, match[1].str()))
      found.push_back("the layer " + layer + " may not include " + match[1].str());
    return match[1] == layer;
  }
  if (std::regex_search(line, upwards)) found.push_back("an include goes through \"..\": " + line);
  return std::regex_search(line, beside);
}

}  // namespace

bool is_layer(std::string_view name) { return find(name) != nullptr; }

bool may_include(std::string_view from, std::string_view to) {
  const Layer* upper = find(from);
  const Layer* lower = find(to);
  if (upper == nullptr || lower == nullptr) return false;
  // Analysis reads tables, whoever wrote them; it must work without a model.
  if (from == "analysis" && to == "engine") return false;
  return upper == lower || lower->rank < upper->rank;
}

std::string layer_of(std::string_view path) {
  static const std::regex place{R"(^(?:include/loophole|sim)/([^/]+)/.+$)"};
  std::cmatch match;
  if (!std::regex_match(path.begin(), path.end(), match, place) || !is_layer(match[1].str())) return {};
  return match[1].str();
}

std::vector<std::string> violations(const SourceFile& file) {
  std::vector<std::string> found;
  const std::string layer = layer_of(file.path);
  if (layer.empty()) return {"the file is in no layer"};

  static const std::regex opens{R"(^\s*(?:inline\s+)?namespace\s+(loophole[A-Za-z0-9_:]*)\s*\{)"};
  std::istringstream lines{file.text};
  std::string line;
  std::size_t length = 0;
  bool has_namespace = false;
  bool has_header = false;
  while (std::getline(lines, line)) {
    ++length;
    if (check_include(line, layer, found)) has_header = true;
    std::smatch match;
    if (!std::regex_search(line, match, opens)) continue;
    has_namespace = true;
    if (!namespace_fits(match[1].str(), layer))
      found.push_back("the namespace " + match[1].str() + " is not the layer's");
  }
  if (!file.path.ends_with("/main.cpp")) {
    if (!has_namespace) found.emplace_back("no namespace of the layer");
    if (!has_header && file.path.ends_with(".cpp")) found.emplace_back("implements no header of its layer");
  }
  if (length > longest_file) found.push_back(std::to_string(length) + " lines, over " + std::to_string(longest_file));
  return found;
}

}  // namespace loophole::architecture
