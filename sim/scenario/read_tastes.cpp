#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::scenario {
namespace {

/// "0.58 per 100" or "0.58 per 100 Elo" or "0.0058": utils per unit of the attribute.
Number read_weight(Reader& reader, const Attribute& attribute, const Node& node, const Path& path) {
  if (!node.is_scalar()) return reader.number(node, path, reader.expected(language::plain));
  const std::size_t per = node.scalar.find(" per ");
  if (per == std::string::npos) return reader.number(node, path, reader.expected(language::plain));
  Node above = node, below = node;
  below.scalar = node.scalar.substr(per + 5);
  above.scalar = node.scalar.substr(0, per);
  if (const std::size_t at = below.scalar.rfind('@'); at != std::string::npos) {
    above.scalar += " " + below.scalar.substr(at);
    below.scalar.erase(below.scalar.find_last_not_of(' ', at - 1) + 1);
  }
  Expected expected = reader.expected(language::count);
  const std::string example = fmt::format("0.58 per 100{}{}", attribute.unit.empty() ? "" : " ", attribute.unit);
  expected.example = example.c_str();
  if (!attribute.unit.empty()) expected.what = "an amount of the attribute, in its unit,";
  if (!attribute.unit.empty()) expected.dimension = {0, 0, 0, 1, attribute.unit};
  Number divisor;
  {
    const Reader::Settings quiet(reader);
    divisor = reader.number(below, path, expected);
  }
  Number weight = reader.number(above, path, reader.expected(language::plain));
  if (weight.parameter.exists())
    reader.error(node.mark, path, "a lever or uncertainty cannot be 'per' something", "its values would need the same",
                 "write the values per one unit");
  if (divisor.value > 0) weight.value /= divisor.value;
  return weight;
}

/// One number for all firms, or how it is spread over them; its mean then is what those see who do not tell firms
/// apart.
Taste read_taste(Reader& reader, const Node& node, const Path& path) {
  Taste taste;
  if (!node.is_map()) {
    taste.weight = reader.number(node, path, reader.expected(language::utils));
    return taste;
  }
  const Reader::Watch watch(reader);
  taste.law = reader.distribution(node, path, reader.expected(language::utils));
  taste.weight.mark = node.mark;
  if (!watch.quiet()) return taste;
  taste.weight.value = random::mean(*taste.law);
  if (!(std::abs(taste.weight.value) <= 1e3))
    reader.error(node.mark, path, "a taste without a mean", "its mean stands for it where firms are not told apart",
                 "choose a law with a mean from -1000 to 1000 utils");
  return taste;
}

void check_laws(Reader& reader, const Tastes& tastes, const Node& node, const Path& path) {
  const std::vector<random::Distribution> laws = tastes.laws();
  std::size_t nodes = 1;
  for (const random::Distribution& law : laws)
    nodes = std::min(nodes * taste_points(law, laws.size()), most_taste_nodes + 1);
  if (laws.size() > most_taste_laws)
    reader.error(
        node.mark, path, fmt::format("{} tastes differ between firms", laws.size()),
        fmt::format("firms are spread over all combinations of their values, so at most {} may", most_taste_laws),
        "write the mean for those that matter least");
  else if (nodes > most_taste_nodes)
    reader.error(node.mark, path, fmt::format("more than {} combinations of tastes", most_taste_nodes),
                 "each value of a list is combined with all values of the other tastes",
                 "write a shorter list, or a law such as normal: [mean, standard deviation]");
}

}  // namespace

Tastes read_tastes(Reader& reader, const Node& node, const Path& path) {
  Tastes tastes;
  Fields fields(reader, node, path, language::tastes);
  fields.with("price", [&](const Node& value, const Path& at) { tastes.price = read_taste(reader, value, at); });
  const bool has_offset = fields.number("price_offset", tastes.price_offset);
  if (fields.ok() && !has_offset && node.find("price"))
    reader.error(node.mark, path, "'price_offset' is missing",
                 "utility has ln(price + price_offset), and what is free has price 0",
                 fmt::format("add price_offset: {}", fields.expected("price_offset").example));
  fields.with("compliance",
              [&](const Node& value, const Path& at) { tastes.compliance = read_taste(reader, value, at); });
  fields.each_attribute([&](AttributeId id, const Node& value, const Path& at) {
    const Attribute& attribute = reader.scenario().attributes[id];
    if (!attribute.words.empty())
      reader.error(value.mark, at, fmt::format("'{}' is a word, not a number", attribute.name),
                   "a taste weighs numbers", "declare a numeric attribute for it");
    else
      tastes.attributes.push_back(
          {id, value.is_map() ? read_taste(reader, value, at) : Taste{read_weight(reader, attribute, value, at), {}}});
  });
  check_laws(reader, tastes, node, path);
  return tastes;
}

std::vector<random::Distribution> Tastes::laws() const {
  std::vector<random::Distribution> found;
  const auto add = [&](const Taste& taste) {
    if (taste.law) found.push_back(*taste.law);
  };
  add(price);
  add(compliance);
  for (const AttributeTaste& attribute : attributes)
    add(attribute.taste);
  return found;
}

std::size_t taste_points(const random::Distribution& law, std::size_t laws) {
  if (const auto* list = std::get_if<random::Discrete>(&law)) return list->atoms().size();
  if (std::holds_alternative<random::Fixed>(law)) return 1;
  constexpr std::size_t points[most_taste_laws] = {9, 7, 5, 3};
  return points[std::clamp<std::size_t>(laws, 1, most_taste_laws) - 1];
}

}  // namespace loophole::scenario
