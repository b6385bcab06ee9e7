/// The language of scenarios, studies and observations as data: which keys a map may have, and what stands behind each.
///
/// Readers construct Fields with a shape, and the JSON Schema is made from the same shapes: so an editor completes what
/// the reader takes, and neither can know a key that the other does not.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace loophole::scenario::language {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double above_zero = std::numeric_limits<double>::min();

/// What a number is counted in.
enum class Unit {
  none,
  time,
  per_time,
  money,
  money_per_time,
  money_per_use,
  use_per_time,
  use_per_firm,
  factor,     ///< "x0.5" or "50 %"
  attribute,  ///< of the attribute it belongs to, which the scenario declares
  any,
};

/// A kind of number: its unit, its bounds, and how to say so to those who got it wrong.
struct NumberKind {
  std::string_view id;
  const char* what;     ///< "a share from 0 % to 100 %"
  const char* example;  ///< "20 %"
  Unit unit = Unit::none;
  bool percent = false;  ///< must be written with %
  double low = -infinity;
  double high = infinity;
  const char* fee = nullptr;  ///< what a price is where use is itself money
  const char* fee_example = nullptr;
};

struct Shape;

enum class Form { nothing, text, word, truth, date, span, length, number, dated, distribution, name, whole, map };
enum class Many { one, some, list };  ///< some: one, or a list

using Words = std::span<const std::string_view>;

/// One of the things that may stand behind a key.
struct Alternative {
  Form form = Form::text;
  Many many = Many::one;
  std::size_t least = 0, most = 0;     ///< of a list's items; most 0: any number
  const NumberKind* number = nullptr;  ///< of numbers, dated numbers and distributions
  const Shape* shape = nullptr;        ///< of maps
  Words words{};
  std::string_view table{};       ///< of names
  double low = 0, high = 0;       ///< of whole numbers
  const char* pattern = nullptr;  ///< of texts: a regular expression
  std::string_view contains{};    ///< of a list of maps: one of them has this key
};

/// What may stand behind a key: any of its alternatives.
struct Value {
  std::array<Alternative, 5> alternatives{};
  std::size_t count = 0;

  [[nodiscard]] constexpr const Alternative* begin() const { return alternatives.data(); }
  [[nodiscard]] constexpr const Alternative* end() const { return alternatives.data() + count; }
  /// The alternative of this form, or null.
  [[nodiscard]] constexpr const Alternative* find(Form form) const {
    for (const Alternative& each : *this)
      if (each.form == form) return &each;
    return nullptr;
  }
};

constexpr Value only(const Alternative& alternative) {
  Value value;
  value.alternatives[0] = alternative;
  value.count = 1;
  return value;
}
constexpr Value operator|(Value a, const Value& b) {
  for (const Alternative& each : b)
    a.alternatives[a.count++] = each;  // constant evaluation refuses a sixth
  return a;
}

constexpr Value as(Form form, const NumberKind& kind) {
  Alternative made;
  made.form = form;
  made.number = &kind;
  return only(made);
}
constexpr Value simple(Form form) {
  Alternative made;
  made.form = form;
  return only(made);
}
inline constexpr Value text = simple(Form::text);
inline constexpr Value truth = simple(Form::truth);
inline constexpr Value date = simple(Form::date);
inline constexpr Value span_of_time = simple(Form::span);
/// A span, or a lever or uncertainty.
inline constexpr Value length = simple(Form::length);
inline constexpr Value nothing = simple(Form::nothing);

constexpr Value number(const NumberKind& kind) { return as(Form::number, kind); }
/// One number, or numbers by date.
constexpr Value dated(const NumberKind& kind) { return as(Form::dated, kind); }
constexpr Value drawn(const NumberKind& kind) { return as(Form::distribution, kind); }
/// A text that fits the regular expression.
constexpr Value sentence(const char* pattern) {
  Alternative made;
  made.pattern = pattern;
  return only(made);
}
constexpr Value word(Words words) {
  Alternative made;
  made.form = Form::word;
  made.words = words;
  return only(made);
}
/// A name out of a table.
constexpr Value name(std::string_view table) {
  Alternative made;
  made.form = Form::name;
  made.table = table;
  return only(made);
}
constexpr Value whole(double low, double high) {
  Alternative made;
  made.form = Form::whole;
  made.low = low;
  made.high = high;
  return only(made);
}
constexpr Value map(const Shape& shape) {
  Alternative made;
  made.form = Form::map;
  made.shape = &shape;
  return only(made);
}
/// A map of named entries, which may be left empty.
constexpr Value table(const Shape& shape) { return map(shape) | nothing; }
/// One such, or a list of such.
constexpr Value some(Value value, std::size_t least = 0) {
  for (std::size_t i = 0; i < value.count; ++i) {
    value.alternatives[i].many = Many::some;
    value.alternatives[i].least = least;
  }
  return value;
}
constexpr Value list(Value value, std::size_t least = 0, std::size_t most = 0) {
  for (std::size_t i = 0; i < value.count; ++i) {
    value.alternatives[i].many = Many::list;
    value.alternatives[i].least = least;
    value.alternatives[i].most = most;
  }
  return value;
}

/// A list of maps of which one has the key.
constexpr Value list_with(std::string_view key, const Shape& shape) {
  Value value = list(map(shape), 1);
  value.alternatives[0].contains = key;
  return value;
}

enum class Need {
  no,
  yes,
  in_own_words,  ///< needed, and the reader says so itself
  if_alone,      ///< the reader decides
  hidden,        ///< known only so that the reader can say why it cannot stand here
};

struct Key {
  std::string_view name;
  Value value;
  const char* about;    ///< one sentence
  const char* example;  ///< YAML, as it would stand behind the key
  Need need = Need::no;
};

/// Which names may be keys, beside those that a shape lists.
enum class Names {
  none,
  declared,  ///< named here: letters, digits, '-' and '_'
  named,     ///< a name out of a table
  dates,
  units,
  statuses,  ///< of bills
  anything,
};

struct Rest {
  Names names = Names::none;
  const char* of = "";  ///< "a channel's name"
  Value value{};
};

/// A rule about which keys stand together.
struct Choice {
  enum class How { exactly_one, at_least_one, at_most_one };
  How how;
  std::array<std::string_view, 6> keys;
};

/// Where `key` stands, so do the others.
struct Dependency {
  std::string_view key;
  std::array<std::string_view, 2> needs;
};

/// Where the word behind `key` is `word`, there are these keys beside it, of which some are needed.
struct Case {
  std::string_view key, word;
  std::array<std::string_view, 4> keys;
  std::array<std::string_view, 3> needed{};
  std::array<std::string_view, 2> one_of{};  ///< exactly one of these is needed
};

/// A kind of map. Keys stand in the order in which they are read and suggested.
struct Shape {
  std::string_view id;
  const char* what;   ///< "a channel"
  const char* about;  ///< one sentence
  std::span<const Key> keys{};
  Rest rest{};
  const Value* attributes = nullptr;  ///< what stands behind the name of a declared attribute, which may be a key
  const NumberKind* law = nullptr;    ///< a key may name a distribution of such numbers
  std::span<const Choice> choices{};
  std::span<const Dependency> dependencies{};
  std::span<const Case> cases{};
  bool can_be_like = false;  ///< `like: NAME` copies another entry of its table
  bool has_scratch = false;  ///< keys that start with x- are ignored
  std::size_t least = 0;     ///< entries
};

}  // namespace loophole::scenario::language
