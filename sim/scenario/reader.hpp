/// The tools that turn Nodes into values: typed reading of scalars, and maps whose unknown keys are errors.
///
/// Names resolve while reading, because the names of all tables are listed before any entry is read; so a
/// misspelt name is reported where it stands, with the nearest known one.
#pragma once

#include "shapes.hpp"
#include "suggestions.hpp"
#include <loophole/scenario/scenario.hpp>

#include <functional>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loophole::scenario {

/// A step of the path to a value; the text is made only when somebody asks for it.
struct Path {
  const Path* parent = nullptr;
  std::string_view step;
  std::size_t index = 0;  ///< shown instead of an empty step

  [[nodiscard]] std::string text() const;
};

/// A node as a diagnostic names it: "a list", "nothing", "'text'".
[[nodiscard]] std::string quoted_kind(const Node& node);

/// What a number must be in this scenario: its dimension, its bounds, and an example for those who got it wrong.
struct Expected {
  const char* what;     ///< "a share"
  const char* example;  ///< "20 %"
  Dimension dimension;
  bool percent = false;  ///< must be written with %
  double low = -language::infinity;
  double high = language::infinity;
};

/// The names of one table, in the order written.
class Names {
 public:
  explicit Names(std::string table = {}) : table_(std::move(table)) {}
  void list(const Node* entries);
  void add(const std::string& name);
  [[nodiscard]] std::uint32_t find(std::string_view name) const;
  /// The table is written, but as no table: nothing can be said about a name that is not in it.
  [[nodiscard]] bool unreadable() const { return unreadable_; }
  [[nodiscard]] const std::vector<std::string>& all() const { return names_; }
  [[nodiscard]] const std::string& table() const { return table_; }

 private:
  std::string table_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> index_;
  bool unreadable_ = false;
};

class Fields;

class Reader {
 public:
  Reader(const Files& files, const std::vector<Removal>& removed, Diagnostics& diagnostics, Scenario& scenario)
      : files_(files), removed_(removed), diagnostics_(diagnostics), scenario_(scenario) {}

  void error(Mark mark, const Path& path, std::string problem, std::string reason = {}, std::string suggestion = {});
  void warning(Mark mark, const Path& path, std::string problem, std::string reason = {}, std::string suggestion = {});

  /// "did you mean …?", see Suggestions.
  [[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string>& candidates) {
    return suggestions_.for_word(word, [&]() -> const std::vector<std::string>& { return candidates; });
  }
  /// The place of `part` within a plain text, when it stands there as written; else the place of the text.
  [[nodiscard]] Mark mark_of(const Node& node, std::string_view part) const;
  /// An unknown name: misspelt, or taken away by the file that says `remove`.
  void unknown_name(const Names& names, std::string_view name, Mark mark, const Path& path, std::string reason,
                    std::vector<std::string> also = {});

  /// Whether anything was wrong since it began: what follows from a mistake need not be said again.
  class Watch {
   public:
    explicit Watch(const Reader& reader) : reader_(reader), before_(reader.errors_) {}
    [[nodiscard]] bool quiet() const { return reader_.errors_ == before_; }

   private:
    const Reader& reader_;
    std::size_t before_;
  };

  [[nodiscard]] std::string text(const Node& node, const Path& path);
  [[nodiscard]] bool truth(const Node& node, const Path& path);
  [[nodiscard]] std::optional<Time> date(const Node& node, const Path& path);
  [[nodiscard]] std::optional<Time> parse_date(std::string_view text, Mark mark, const Path& path);
  [[nodiscard]] Span span(const Node& node, const Path& path);
  /// A span, or a lever or uncertainty.
  [[nodiscard]] Length length(const Node& node, const Path& path);
  /// What numbers of a kind must be, now that the unit of use is known.
  [[nodiscard]] Expected expected(const language::NumberKind& kind) const;
  [[nodiscard]] Number number(const Node& node, const Path& path, const Expected& expected);
  [[nodiscard]] DatedNumber dated(const Node& node, const Path& path, const Expected& expected);
  /// Reads { 2024-10-01: 5 %, ... } behind what a map holds already, and sorts by date.
  void steps(Fields& fields, std::vector<DatedNumber::Step>& steps, const Expected& expected);
  /// Reads { from, to, known }.
  [[nodiscard]] Period period(const Node& node, const Path& path, const language::Shape& shape);
  [[nodiscard]] random::Distribution distribution(const Node& node, const Path& path, const Expected& expected);
  [[nodiscard]] Delay delay(const Node& node, const Path& path);
  /// Whether this is a map with one key that names a distribution.
  [[nodiscard]] static bool is_distribution(const Node& node);

  /// A word out of a few; the first when it is another.
  [[nodiscard]] std::size_t one_of(const Node& node, const Path& path, language::Words words);
  /// One text or a list of texts.
  [[nodiscard]] std::vector<std::string> texts(const Node& node, const Path& path);
  /// Calls `read(item, path of the item)` for the items of a list, or for the one value that is not a list.
  void each(const Node& node, const Path& path, const std::function<void(const Node&, const Path&)>& read);

  template <class IdType>
  [[nodiscard]] IdType reference(const Node& node, const Path& path) {
    return {resolve(names(IdType{}), node, path)};
  }
  template <class IdType>
  [[nodiscard]] std::vector<IdType> references(const Node& node, const Path& path) {
    std::vector<IdType> ids;
    each(node, path, [&](const Node& item, const Path& at) {
      if (const IdType id = reference<IdType>(item, at); id.exists()) ids.push_back(id);
    });
    return ids;
  }

  Names actor_names{"actors"}, product_names{"products"}, channel_names{"channels"}, segment_names{"segments"};
  Names contract_names{"contracts"}, rule_names{"rules"}, event_names{"events"}, attribute_names{"attributes"};
  Names variable_names{"variables"}, bill_names{"bills"};
  Names parameter_names{"uncertainties"};  ///< and the levers behind them
  /// The table of sources is none: nothing can be said about a source.
  void give_up_sources() { sources_unreadable_ = true; }
  bool knows_all_names = true;  ///< false when names led nowhere because their whole table cannot be read
  bool knows_horizon = false;   ///< its dates could be read

  [[nodiscard]] Scenario& scenario() { return scenario_; }
  [[nodiscard]] const Files& files() const { return files_; }

  /// Numbers read while this lives are settings of the run, not facts: they are not listed as inputs.
  class Settings {
   public:
    explicit Settings(Reader& reader) : reader_(reader), before_(std::exchange(reader.lists_inputs_, false)) {}
    ~Settings() { reader_.lists_inputs_ = before_; }
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

   private:
    Reader& reader_;
    bool before_;
  };

 private:
  friend class Fields;

  struct Written {
    std::string text;
    std::string source;
  };
  /// "7.50 USD/Mtok @F28" -> the text and the source; the inherited source when none is written.
  [[nodiscard]] Written split_source(const Node& node, const Path& path);
  [[nodiscard]] const char* in_own_units(const char* example) const;
  [[nodiscard]] std::size_t line_start(std::uint32_t file, std::uint32_t line) const;
  [[nodiscard]] const std::string& confidence_of(const std::string& source);
  void index_sources();
  void check_source(const std::string& source, Mark mark, const Path& path);
  void list_input(const Path& path, double value, std::string text, std::string unit, const std::string& source,
                  Mark mark);
  /// { value: 20 %, source: F9 }; with `known`, when that became known too.
  [[nodiscard]] Number number_in_map(const Node& node, const Path& path, const Expected& expected,
                                     const language::Shape& shape, std::optional<Time>* known);
  [[nodiscard]] Number number_from_text(const Written& written, Mark mark, const Path& path, const Expected& expected);
  [[nodiscard]] Number parameter_value(const std::string& name, Mark mark, const Path& path, const Expected& expected);
  [[nodiscard]] bool fits(const Dimension& dimension, bool percent, const Expected& expected) const;
  [[nodiscard]] std::uint32_t resolve(const Names& names, const Node& node, const Path& path);

  const Names& names(ActorId) const { return actor_names; }
  const Names& names(ProductId) const { return product_names; }
  const Names& names(ChannelId) const { return channel_names; }
  const Names& names(SegmentId) const { return segment_names; }
  const Names& names(ContractId) const { return contract_names; }
  const Names& names(RuleId) const { return rule_names; }
  const Names& names(EventId) const { return event_names; }
  const Names& names(AttributeId) const { return attribute_names; }
  const Names& names(VariableId) const { return variable_names; }

  const Files& files_;
  const std::vector<Removal>& removed_;
  Diagnostics& diagnostics_;
  Scenario& scenario_;
  std::size_t errors_ = 0;
  Suggestions suggestions_;
  mutable std::set<std::string> examples_;                     ///< that stay where they are
  mutable std::vector<std::vector<std::size_t>> line_starts_;  ///< by file, of those that were asked for
  std::vector<std::string> sources_;                           ///< inherited, innermost last
  std::unordered_map<std::string, std::string> confidences_;   ///< of the sources indexed so far
  std::size_t sources_indexed_ = 0;
  bool sources_unreadable_ = false;
  bool lists_inputs_ = true;
};

/// The members of a map of some shape: what nobody asked for is reported when this ends, and so is what is needed and
/// not there. Asking for a key that the shape does not have is a broken invariant: it throws.
class Fields {
 public:
  Fields(Reader& reader, const Node& node, const Path& path, const language::Shape& shape);
  ~Fields();
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  [[nodiscard]] bool ok() const { return is_map_; }

  /// The member's value, or null. The absence of a key that the shape needs is an error, reported when this ends: a
  /// misspelt key is not missing too.
  const Node* get(std::string_view key);
  /// The same of a key that is needed now, whatever the shape says.
  const Node* need(std::string_view key);
  /// Whether there are keys that nobody has asked for.
  [[nodiscard]] bool has_unknown() const;
  [[nodiscard]] bool knows(std::string_view key) const;
  /// Keys that may be there too, where the shape leaves some open: names, distributions.
  void also_known(const std::vector<std::string_view>& keys);
  /// Keys nobody asked for are not reported: something else is wrong.
  void forgive() { takes_all_ = true; }

  /// Calls `read(value, path)` when the key is there; true then.
  template <class Read>
  bool with(std::string_view key, Read&& read) {
    return pass_on(key, get(key), std::forward<Read>(read));
  }
  /// The same with another example of what is missing than the shape's.
  template <class Read>
  bool with(std::string_view key, const char* example, Read&& read) {
    return pass_on(key, ask(key, example), std::forward<Read>(read));
  }
  /// The same of a name that the shape leaves open, and that is needed.
  template <class Read>
  bool with_named(std::string_view key, const char* example, Read&& read) {
    expect_open(key);
    return pass_on(key, find(key, example), std::forward<Read>(read));
  }
  /// The same of one that is not needed.
  template <class Read>
  bool with_named(std::string_view key, Read&& read) {
    expect_open(key);
    return pass_on(key, find(key, nullptr), std::forward<Read>(read));
  }

  // Each reads a key as the shape describes it, when it is there; true then.
  bool text(std::string_view key, std::string& value);
  bool texts(std::string_view key, std::vector<std::string>& values);
  bool truth(std::string_view key, bool& value);
  bool date(std::string_view key, std::optional<Time>& value);
  template <class T>
  bool number(std::string_view key, T& value) {
    return with(key, [&](const Node& node, const Path& at) { value = reader_.number(node, at, expected(key)); });
  }
  bool dated(std::string_view key, DatedNumber& value);
  bool delay(std::string_view key, Delay& value);
  template <class T>
  bool length(std::string_view key, T& value) {
    return with(key, [&](const Node& node, const Path& at) { value = reader_.length(node, at); });
  }
  template <class IdType>
  bool reference(std::string_view key, IdType& id) {
    return with(key, [&](const Node& node, const Path& at) { id = reader_.reference<IdType>(node, at); });
  }
  template <class IdType>
  bool references(std::string_view key, std::vector<IdType>& ids) {
    return with(key, [&](const Node& node, const Path& at) { ids = reader_.references<IdType>(node, at); });
  }
  /// Which of the shape's words; nothing when the key is not there.
  std::optional<std::size_t> word(std::string_view key);
  [[nodiscard]] language::Words words(std::string_view key) const;
  /// The shape of the map behind the key.
  [[nodiscard]] const language::Shape& map_shape(std::string_view key) const {
    return *alternative(key, language::Form::map).shape;
  }
  /// What the shape says of the number behind the key.
  [[nodiscard]] Expected expected(std::string_view key) const;

  /// Members not yet asked for, as (key, value): for maps whose keys are names.
  void rest(const std::function<void(const Member&, const Path&)>& read);

  /// Calls `read(attribute, value, path)` for the members whose keys are declared attributes.
  template <class Read>
  void each_attribute(Read&& read) {
    expect_attributes();
    attributes_known_ = true;
    for (const Member& member : node_.members)
      if (const std::uint32_t index = reader_.attribute_names.find(member.key);
          index < reader_.scenario().attributes.size() && !knows_by_itself(member.key))
        read(AttributeId{index}, member.value, Path{&path_, member.key});
  }

  [[nodiscard]] const Path& path() const { return path_; }
  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] Path at(std::string_view key) const { return {&path_, key}; }

 private:
  struct Missing {
    std::string_view key;
    const char* example;
  };

  template <class Read>
  bool pass_on(std::string_view key, const Node* node, Read&& read) {
    if (node) read(*node, Path{&path_, key});
    return node != nullptr;
  }
  [[nodiscard]] const language::Key& declared(std::string_view key) const;
  [[nodiscard]] const language::Alternative& alternative(std::string_view key, language::Form form) const;
  void expect_attributes() const;
  /// The shape leaves names open.
  void expect_open(std::string_view name) const;
  [[nodiscard]] const Node* ask(std::string_view key, const char* example);
  [[nodiscard]] const Node* find(std::string_view key, const char* example_if_needed);
  [[nodiscard]] bool knows_by_itself(std::string_view key) const;

  Reader& reader_;
  const Node& node_;
  const Path& path_;
  const language::Shape& shape_;
  mutable std::size_t last_ = 0;  ///< of the shape's keys, the one asked for last: readers ask in their order
  bool is_map_;
  bool has_source_ = false;
  bool takes_all_ = false;         ///< no key is unknown
  bool attributes_known_ = false;  ///< keys may be attributes' names
  std::vector<std::string_view> known_;
  std::vector<Missing> missing_;
};

}  // namespace loophole::scenario
