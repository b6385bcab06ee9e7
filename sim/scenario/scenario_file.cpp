#include "read.hpp"
#include "term_reader.hpp"
#include <loophole/scenario/scenario.hpp>

namespace loophole::scenario {
namespace {

/// What an option of the command line says, as a node.
Node given(Document& document, const char* option, std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.scalar = std::move(text);
  node.mark = {static_cast<std::uint32_t>(document.files.size()), 1, 1};
  document.files.push_back({option, node.scalar});
  return node;
}

void set(Node& map, const char* key, const Node& value) {
  if (Node* written = map.find(key))
    *written = value;
  else
    map.members.push_back({key, value.mark, value});
}

/// Writes a date of knowledge into the trees, so that they alone tell what was run.
void set_as_of(Document& document, Time as_of) {
  const Node date = given(document, "--as-of", to_string(as_of));
  for (Node* tree : {&document.scenario, &document.root})
    set(*tree, "as_of", date);
}

/// The same with a resolution; how often whole firms are brought up to date stays.
void set_resolution(Document& document, const std::string& resolution) {
  const Node word = given(document, "--resolution", resolution);
  for (Node* tree : {&document.scenario, &document.root}) {
    Node* const written = tree->find("resolution");
    if (written && written->is_map())
      set(*written, "is", word);
    else
      set(*tree, "resolution", word);
  }
}

template <class Table>
void add_all(Names& names, const Table& table) {
  for (const auto& entry : table)
    names.add(entry.name);
}

}  // namespace

Result<ScenarioFile> read_scenario_file(Document document) {
  Result<Scenario> scenario = read_scenario(document.scenario, document.files, document.removed);
  Diagnostics diagnostics = scenario.diagnostics();
  std::optional<Scenario> root;
  if (document.is_arm) {
    Result<Scenario> read_root = read_scenario(document.root, document.files);
    if (!read_root)
      diagnostics.append(read_root.diagnostics());
    else
      root = std::move(*read_root);
  }
  if (diagnostics.has_errors()) return diagnostics;
  const Time as_of = scenario->as_of;
  return {ScenarioFile{std::move(document), std::move(*scenario), std::move(root), as_of}, std::move(diagnostics)};
}

Result<ScenarioFile> load_scenario(const std::string& file, const std::vector<Override>& overrides,
                                   std::optional<Time> as_of, const std::string& resolution) {
  Result<Document> document = load_document(file, overrides);
  if (!document) return document.diagnostics();
  if (!resolution.empty()) set_resolution(*document, resolution);
  if (!as_of) return read_scenario_file(std::move(*document));
  const Node* written = document->scenario.find("as_of");
  // "2026-11-01 @source" may stand there.
  const std::optional<Time> own =
      written ? parse_time(trimmed(std::string_view(written->scalar).substr(0, written->scalar.find('@'))))
              : std::nullopt;
  set_as_of(*document, *as_of);
  Result<ScenarioFile> result = read_scenario_file(std::move(*document));
  if (result) result->own_as_of = own.value_or(result->scenario.horizon.to);
  return result;
}

Result<Term> read_term(const ScenarioFile& file, const std::string& text, const std::string& origin) {
  const Files files{{origin, text}};
  Node node;
  node.kind = Node::Kind::scalar;
  node.scalar = text;
  node.mark = {0, 1, 1};
  Diagnostics diagnostics;
  Scenario scenario = file.scenario;
  const std::vector<Removal> removed;
  Reader reader(files, removed, diagnostics, scenario);
  add_all(reader.actor_names, scenario.actors);
  add_all(reader.channel_names, scenario.channels);
  add_all(reader.segment_names, scenario.segments);
  add_all(reader.contract_names, scenario.contracts);
  add_all(reader.variable_names, scenario.variables);
  add_all(reader.event_names, scenario.events);
  add_all(reader.bill_names, scenario.bills);
  const Path path;
  const std::optional<Term> term = TermReader(reader, node, path).read(node.scalar);
  if (!term || diagnostics.has_errors()) return diagnostics;
  return *term;
}

}  // namespace loophole::scenario
