/// A scenario's YAML after `extends`, `remove`, `--set` and `like` are resolved, and the root it was extended from.
///
/// A what-if is a few lines over a baseline. The root is kept beside the result because calibration belongs to the
/// root: an arm that changes a price must show migration, not be fitted anew.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/scenario/node.hpp>

#include <string>
#include <vector>

namespace loophole::scenario {

/// A value given on the command line: "events.announcement.at=2024-06-20".
struct Override {
  std::string path;
  std::string value;
};

/// Splits "path=value"; diagnostics when there is no '=' or no path.
[[nodiscard]] Result<Override> parse_override(const std::string& text);

/// An entry that a file took out of what it extends: "channels.azure-individual".
struct Removal {
  std::string path;
  Mark mark;
};

struct Document {
  std::string name;       ///< the file's stem: "baseline"
  std::string case_name;  ///< the folder the file lies in: "openai-china"
  Files files;            ///< the first is the one asked for, then what it extends, nearest first, then overrides
  Node scenario;          ///< merged
  Node root;              ///< the scenario at the root of `extends`; equal to `scenario` when nothing changes it
  std::vector<Removal> removed;  ///< from `scenario`, so that what depended on it can say who took it away
  bool is_arm = false;           ///< whether `scenario` differs from `root` (extends or overrides)
};

/// Reads a file and all that it extends. Every file's syntax errors are reported together.
[[nodiscard]] Result<Document> load_document(const std::string& file, const std::vector<Override>& overrides = {});

/// `over` deep-merged onto `base`: maps by key, anything else replaced. A map that both write carries the mark of
/// `over`: a mistake in their sum is where the sum was changed.
void merge_onto(Node& base, const Node& over);

}  // namespace loophole::scenario
