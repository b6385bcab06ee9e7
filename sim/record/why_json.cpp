#include <loophole/record/why.hpp>

#include <nlohmann/json.hpp>

namespace loophole::record {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

Json to_json(const Sizes& sizes) {
  Json rows = Json::array();
  for (const SizeRow& row : sizes.rows)
    rows.push_back({{"left_out", row.name},
                    {"kind", row.kind == SizeRow::Kind::root ? "root" : "follower"},
                    {"followers", row.followers},
                    {"without", number(row.without)},
                    {"difference", number(row.difference)}});
  return {{"unit", sizes.unit},
          {"with", number(sizes.with)},
          {"nothing", number(sizes.nothing)},
          {"rows", rows},
          {"interaction", number(sizes.interaction)}};
}

}  // namespace

std::string to_json(const Explanation& explanation) {
  Json json;
  json["title"] = explanation.title;
  json["question"] = {{"metric", explanation.question.metric},
                      {"since", to_string(explanation.question.since)},
                      {"at", to_string(explanation.question.at)},
                      {"changes_since", to_string(explanation.reference)}};
  Json nodes = Json::array();
  for (std::size_t i = 0; i < explanation.graph.nodes().size(); ++i) {
    const CauseNode& node = explanation.graph.nodes()[CauseId::of(i)];
    Json written{{"id", i}, {"kind", to_string(node.kind)}, {"text", node.text}};
    if (node.amount) written["amount"] = *node.amount;
    if (!node.unit.empty()) written["unit"] = node.unit;
    if (node.at) written["date"] = to_string(*node.at);
    if (!node.source.empty()) written["source"] = node.source;
    if (!node.confidence.empty()) written["confidence"] = node.confidence;
    nodes.push_back(std::move(written));
  }
  json["nodes"] = std::move(nodes);
  Json edges = Json::array();
  for (const CauseEdge& edge : explanation.graph.edges())
    edges.push_back({{"of", edge.of.index}, {"because", edge.because.index}});
  json["edges"] = std::move(edges);
  if (explanation.sizes) json["sizes"] = to_json(*explanation.sizes);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace loophole::record
