/// A YAML value as written: text, not yet meaning, with the place it came from.
///
/// yaml-cpp's own tree forgets duplicate keys, merge keys and where an alias stood, so loading builds this one from
/// the parser's events. Merging keeps each value's place: that is how `show` can say which file a value is from.
#pragma once

#include <loophole/base/diagnostics.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::scenario {

/// A place in one of the loaded files; lines and columns count from 1.
struct Mark {
  std::uint32_t file = 0;  ///< index into Files
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A file that was read: its name as diagnostics show it, and its bytes.
struct InputFile {
  std::string name;
  std::string content;
};
using Files = std::vector<InputFile>;

[[nodiscard]] Place place_of(const Files& files, Mark mark);

struct Member;

struct Node {
  enum class Kind { null, scalar, sequence, map };

  Kind kind = Kind::null;
  bool quoted = false;  ///< of a scalar: then it is text, never a number, a truth value or a source
  std::string scalar;
  std::vector<Node> items;      ///< of a sequence
  std::vector<Member> members;  ///< of a map, in the order written
  Mark mark;

  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }

  /// The member with this key, or null. Linear: for keys of one entity; tables keep an index.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] Node* find(std::string_view key);
  [[nodiscard]] const Member* find_member(std::string_view key) const;
};

struct Member {
  std::string key;
  Mark mark;  ///< of the key
  Node value;
};

/// What a copy of a value costs: its values, each 64 bytes of text counting as one more, and how deep it is nested.
struct Size {
  std::size_t values = 1;
  std::size_t depth = 0;
};
[[nodiscard]] Size measure(const Node& node);

}  // namespace loophole::scenario
