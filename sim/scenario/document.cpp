#include "file_bytes.hpp"
#include "shapes.hpp"
#include "suggestions.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/scenario/document.hpp>
#include <loophole/scenario/load.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <unordered_map>

namespace loophole::scenario {
namespace {

constexpr std::size_t longest_chain = 16;
constexpr std::size_t longest_override = 32;
constexpr std::size_t longest_like = 1000;
/// Tables whose entries may be `like` another entry of the same table.
std::vector<std::string_view> tables_with_like() {
  using language::Form;
  std::vector<std::string_view> tables;
  for (const language::Key& key : language::scenario.keys) {
    const language::Alternative* table = key.value.find(Form::map);
    const language::Alternative* entry = table ? table->shape->rest.value.find(Form::map) : nullptr;
    if (entry && entry->shape->can_be_like) tables.push_back(key.name);
  }
  return tables;
}

std::vector<std::string> keys_of(const Node& map) {
  std::vector<std::string> keys;
  for (const Member& member : map.members)
    keys.push_back(member.key);
  return keys;
}

std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> steps;
  std::size_t begin = 0;
  while (true) {
    const std::size_t dot = path.find('.', begin);
    steps.push_back(path.substr(begin, dot == std::string::npos ? dot : dot - begin));
    if (dot == std::string::npos) return steps;
    begin = dot + 1;
  }
}

/// The item of a sequence that a step of a path names ("0", "1", …).
Node* item_of(Node& sequence, const std::string& step) {
  if (step.empty() || step.size() > 6 ||
      !std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return nullptr;
  const std::size_t index = std::stoul(step);
  return index < sequence.items.size() ? &sequence.items[index] : nullptr;
}

class Loader {
 public:
  Result<Document> load(const std::string& file, const std::vector<Override>& overrides) {
    std::vector<Node> chain = read_chain(file);
    if (chain.empty() || diagnostics_.has_errors()) return diagnostics_;
    Node root = std::move(chain.back());
    root.members.erase(
        std::remove_if(root.members.begin(), root.members.end(), [](const Member& m) { return m.key == "extends"; }),
        root.members.end());
    if (const Member* remove = root.find_member("remove"))
      add(remove->mark, "remove", "nothing to remove from", "the file extends no other", "delete this key");
    Node scenario = root;
    for (std::size_t i = chain.size() - 1; i-- > 0;)
      extend(scenario, chain[i]);
    for (const Override& override : overrides)
      apply(scenario, override);
    resolve_likes(root);
    copied_ = 0;
    resolve_likes(scenario);
    if (diagnostics_.has_errors()) return diagnostics_;
    const std::filesystem::path path(file);
    const std::filesystem::path folder = std::filesystem::absolute(path).lexically_normal().parent_path();
    return Document{path.stem().string(),
                    folder.filename().string(),
                    std::move(files_),
                    std::move(scenario),
                    std::move(root),
                    std::move(removed_),
                    chain.size() > 1 || !overrides.empty()};
  }

 private:
  void add(Mark mark, std::string path, std::string problem, std::string reason, std::string suggestion) {
    diagnostics_.add({Severity::error, place_of(files_, mark), std::move(path), std::move(problem), std::move(reason),
                      std::move(suggestion)});
  }

  /// The file and all it extends, outermost first.
  std::vector<Node> read_chain(const std::string& file) {
    std::vector<Node> chain;
    std::vector<std::filesystem::path> seen;
    std::filesystem::path path(file);
    Mark asked_at{};
    while (true) {
      std::error_code ignored;
      const auto canonical = std::filesystem::weakly_canonical(path, ignored);
      if (std::find(seen.begin(), seen.end(), canonical) != seen.end()) {
        add(asked_at, "extends", "files that extend each other in a circle",
            fmt::format("'{}' comes back to itself", path.string()), "let one of them extend nothing");
        return chain;
      }
      if (chain.size() >= longest_chain) {
        add(asked_at, "extends", fmt::format("more than {} files that extend each other", longest_chain),
            "nobody could follow them", "merge some of them");
        return chain;
      }
      seen.push_back(canonical);
      auto node = read_file(path, asked_at);
      if (!node) return chain;
      const Node* extends = node->find("extends");
      std::string next;
      if (extends) {
        asked_at = extends->mark;
        if (!extends->is_scalar() || extends->scalar.empty())
          add(asked_at, "extends", "one file name is expected", "a scenario extends one other",
              "write extends: baseline.yaml");
        else
          next = extends->scalar;
      }
      chain.push_back(std::move(*node));
      if (next.empty()) return chain;
      path = path.parent_path() / next;
    }
  }

  std::string suggest_key(const std::string& word, const Node& of) {
    return suggestions_.for_word(word, [&] { return keys_of(of); });
  }

  std::optional<Node> read_file(const std::filesystem::path& path, Mark asked_at) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return refuse_file(path, asked_at, "it is a folder");
    const bool exists = std::filesystem::exists(path, error);
    // A pipe may be given on the command line; a scenario that extends one would wait for it.
    if (exists && !files_.empty() && !std::filesystem::is_regular_file(path, error))
      return refuse_file(path, asked_at, "it is no plain file");
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return refuse_file(path, asked_at, exists ? "no permission to read it" : "no such file");
    files_.push_back({path.string(), read_bounded(stream)});
    auto node = parse_yaml(files_, static_cast<std::uint32_t>(files_.size() - 1), diagnostics_);
    if (node && !node->is_map()) {
      add(node->mark, "", "a scenario is a map of keys", "e.g. title, actors, channels", "start with 'schema: 1'");
      return std::nullopt;
    }
    return node;
  }

  std::optional<Node> refuse_file(const std::filesystem::path& path, Mark asked_at, std::string reason) {
    std::vector<std::string> neighbours;
    std::error_code error;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
      neighbours.push_back(entry.path().filename().string());
    std::sort(neighbours.begin(), neighbours.end());
    const std::string near = nearest(path.filename().string(), neighbours);
    const std::string suggestion = near.empty()
                                       ? "check the name and the folder"
                                       : fmt::format("did you mean '{}'?", (path.parent_path() / near).string());
    const Place place = files_.empty() ? Place{path.string(), 0, 0} : place_of(files_, asked_at);
    diagnostics_.add({Severity::error, place, files_.empty() ? "" : "extends",
                      fmt::format("cannot read '{}'", path.string()), std::move(reason), suggestion});
    return std::nullopt;
  }

  void extend(Node& base, const Node& over) {
    if (const Node* remove = over.find("remove")) remove_all(base, *remove);
    Node changes = over;
    changes.members.erase(std::remove_if(changes.members.begin(), changes.members.end(),
                                         [](const Member& m) { return m.key == "extends" || m.key == "remove"; }),
                          changes.members.end());
    const Mark root = base.mark;  // what the whole lacks, the file lacks that should be whole by itself
    merge_onto(base, changes);
    base.mark = root;
  }

  void remove_all(Node& base, const Node& remove) {
    if (!remove.is_sequence()) {
      add(remove.mark, "remove", "a list of paths is expected", "", "write remove: [channels.azure-individual]");
      return;
    }
    for (const Node& item : remove.items) {
      if (!item.is_scalar() || item.scalar.empty())
        add(item.mark, "remove", "a path is expected", "e.g. channels.azure-individual", "");
      else
        remove_one(base, item);
    }
  }

  void remove_one(Node& base, const Node& item) {
    const auto steps = split_path(item.scalar);
    Node* parent = &base;
    for (std::size_t i = 0; i + 1 < steps.size() && parent; ++i)
      parent = descend(*parent, steps[i], item.mark, "remove");
    if (!parent) return;
    if (parent->is_sequence()) {
      if (const Node* found = item_of(*parent, steps.back()))
        parent->items.erase(parent->items.begin() + (found - parent->items.data()));
      else
        add(item.mark, "remove", fmt::format("nothing at '{}'", item.scalar),
            fmt::format("the list has {} entries, counted from 0", parent->items.size()), "");
      return;
    }
    const auto found = std::find_if(parent->members.begin(), parent->members.end(),
                                    [&](const Member& m) { return m.key == steps.back(); });
    if (found == parent->members.end())
      add(item.mark, "remove", fmt::format("nothing at '{}'", item.scalar), "it cannot be removed",
          suggest_key(steps.back(), *parent));
    else {
      parent->members.erase(found);
      removed_.push_back({item.scalar, item.mark});
    }
  }

  Node* descend(Node& from, const std::string& step, Mark mark, const std::string& path) {
    Node* next = from.is_sequence() ? item_of(from, step) : from.find(step);
    if (!next) add(mark, path, fmt::format("nothing at '{}'", step), "the path leads nowhere", suggest_key(step, from));
    return next;
  }

  void apply(Node& scenario, const Override& override) {
    const auto file = static_cast<std::uint32_t>(files_.size());
    files_.push_back({"--set " + override.path, override.value.empty() ? "~" : override.value});
    auto value = parse_yaml(files_, file, diagnostics_);
    if (!value) return;
    const auto steps = split_path(override.path);
    if (steps.size() > longest_override) {
      add(value->mark, "", fmt::format("a path of {} steps", steps.size()), "nothing lies that deep", "shorten it");
      return;
    }
    Node* parent = &scenario;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
      if (parent->is_map() && !parent->find(steps[i])) {
        // Only the last steps may be new: a misspelt table or entity should not become a new one silently.
        if (i < 2) {
          add(value->mark, override.path, fmt::format("nothing at '{}'", steps[i]), "the path leads nowhere",
              suggest_key(steps[i], *parent));
          return;
        }
        Node empty;
        empty.kind = Node::Kind::map;
        empty.mark = value->mark;
        parent->members.push_back({steps[i], value->mark, empty});
      }
      Node* next = descend(*parent, steps[i], value->mark, override.path);
      if (!next) return;
      if (!next->is_map() && !next->is_sequence()) {
        next->kind = Node::Kind::map;
        next->scalar.clear();
        next->mark = value->mark;
      }
      parent = next;
    }
    if (parent->is_sequence()) {
      if (Node* item = descend(*parent, steps.back(), value->mark, override.path)) *item = std::move(*value);
    } else if (Node* present = parent->find(steps.back())) {
      merge_onto(*present, *value);
    } else {
      parent->members.push_back({steps.back(), value->mark, std::move(*value)});
    }
  }

  void resolve_likes(Node& scenario) {
    for (const std::string_view table : tables_with_like()) {
      Node* entries = scenario.find(table);
      if (!entries || !entries->is_map()) continue;
      std::unordered_map<std::string, std::size_t> index;
      for (std::size_t i = 0; i < entries->members.size(); ++i)
        index.emplace(entries->members[i].key, i);
      std::vector<int> state(entries->members.size(), 0);
      for (std::size_t i = 0; i < entries->members.size(); ++i)
        resolve_like({*entries, index, state, table}, i, 0);
    }
  }

  struct LikeTable {
    Node& entries;
    const std::unordered_map<std::string, std::size_t>& index;
    std::vector<int>&
        state;  ///< of each entry: 0 not looked at, 1 being resolved (seeing it again is a circle), 2 done
    std::string_view name;
  };

  void resolve_like(const LikeTable& table, std::size_t i, std::size_t depth) {
    if (table.state[i] == 2) return;
    Member& entry = table.entries.members[i];
    const Node* like = entry.value.is_map() ? entry.value.find("like") : nullptr;
    if (!like) {
      table.state[i] = 2;
      return;
    }
    const std::string path = fmt::format("{}.{}.like", table.name, entry.key);
    const Mark mark = like->mark;
    const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
      add(mark, path, std::move(problem), std::move(reason), std::move(suggestion));
      table.state[i] = 2;
    };
    if (table.state[i] == 1)
      return refuse("a circle of 'like'", fmt::format("'{}' would be like itself", entry.key), "write one of them out");
    if (!like->is_scalar())
      return refuse("a name is expected", fmt::format("'like' copies one other entry of {}", table.name),
                    "write like: NAME");
    if (depth > longest_like)
      return refuse(fmt::format("a chain of more than {} 'like'", longest_like), "nobody could follow it",
                    "let it be like an earlier one");
    const auto found = table.index.find(like->scalar);
    if (found == table.index.end())
      return refuse(fmt::format("no entry '{}' in {}", like->scalar, table.name), "'like' copies another entry",
                    suggest_key(like->scalar, table.entries));
    table.state[i] = 1;
    resolve_like(table, found->second, depth + 1);
    if (table.state[i] == 2) return;  // the circle was reported
    const Node& model = table.entries.members[found->second].value;
    copied_ += measure(model).values;
    if (copied_ > Limits{}.nodes)
      return refuse(fmt::format("more than {} values", Limits{}.nodes), "'like' has multiplied them",
                    "split the scenario");
    Node copy = model;
    Node own = std::move(table.entries.members[i].value);
    own.members.erase(
        std::remove_if(own.members.begin(), own.members.end(), [](const Member& m) { return m.key == "like"; }),
        own.members.end());
    merge_onto(copy, own);
    table.entries.members[i].value = std::move(copy);
    table.state[i] = 2;
  }

  Files files_;
  Diagnostics diagnostics_;
  std::vector<Removal> removed_;
  std::size_t copied_ = 0;  ///< by 'like'
  Suggestions suggestions_;
};

}  // namespace

void merge_onto(Node& base, const Node& over) {
  if (!base.is_map() || !over.is_map()) {
    base = over;
    return;
  }
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < base.members.size(); ++i)
    index.emplace(base.members[i].key, i);
  base.mark = over.mark;
  for (const Member& member : over.members) {
    if (const auto found = index.find(member.key); found != index.end()) {
      base.members[found->second].mark = member.mark;
      merge_onto(base.members[found->second].value, member.value);
    } else {
      base.members.push_back(member);
    }
  }
}

Result<Override> parse_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return only(refusal("--set", fmt::format("'{}' is not path=value", text),
                        "an override names a value in the scenario",
                        "write for example --set events.announcement.at=2024-06-20"));
  }
  return Override{text.substr(0, equals), text.substr(equals + 1)};
}

Result<Document> load_document(const std::string& file, const std::vector<Override>& overrides) {
  return Loader{}.load(file, overrides);
}

}  // namespace loophole::scenario
