#include "laws.hpp"
#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace loophole::scenario {
namespace {

using language::Law;
using language::laws;

const Law* find_law(std::string_view name) {
  const auto* found = std::find_if(std::begin(laws), std::end(laws), [&](const Law& law) { return law.name == name; });
  return found == std::end(laws) ? nullptr : found;
}

bool is_list_law(std::string_view name) { return name == language::equally_likely || name == language::weighted; }

/// The member of a map that names a distribution, or null.
const Member* find_distribution(const Node& node) {
  const auto found = std::find_if(node.members.begin(), node.members.end(),
                                  [](const Member& m) { return find_law(m.key) || is_list_law(m.key); });
  return found == node.members.end() ? nullptr : &*found;
}

random::Distribution make(std::string_view name, const std::array<double, 4>& x) {
  if (name == "uniform") return random::Uniform{x[0], x[1]};
  if (name == "triangular") return random::Triangular{x[0], x[1], x[2]};
  if (name == "pert") return random::Pert{x[0], x[1], x[2]};
  if (name == "normal") return random::Normal{x[0], x[1]};
  if (name == "lognormal") return random::Lognormal{x[0], x[1]};
  if (name == "exponential") return random::Exponential{x[0]};
  if (name == "beta") return random::Beta{x[0], x[1], x[2], x[3]};
  if (name == "gamma") return random::Gamma{x[0], x[1]};
  if (name == "weibull") return random::Weibull{x[0], x[1]};
  return random::Fixed{x[0]};
}

std::vector<std::string_view> distribution_names() {
  std::vector<std::string_view> names;
  for (const Law& law : laws)
    names.push_back(law.name);
  names.insert(names.end(), {language::equally_likely, language::weighted});
  return names;
}

std::string all_names() {
  std::string text = "it is one of";
  for (const std::string_view name : distribution_names())
    text += (text.back() == 'f' ? " " : ", ") + std::string(name);
  return text;
}

void only_one_distribution(Reader& reader, const Node& node, const Path& path) {
  const Member* first = find_distribution(node);
  for (const Member& member : node.members)
    if (&member != first && (find_law(member.key) || is_list_law(member.key)))
      reader.error(member.mark, Path{&path, member.key}, fmt::format("'{}' and '{}' together", first->key, member.key),
                   "one distribution is drawn from", "keep one of them");
}

}  // namespace

Expected like(const Parameter& parameter, const std::string& example) {
  Expected expected;
  expected.what = language::quantity.what;
  expected.example = example.c_str();
  expected.dimension = parameter.dimension;
  expected.percent = parameter.percent;
  return expected;
}

bool Reader::is_distribution(const Node& node) { return node.is_map() && find_distribution(node) != nullptr; }

random::Distribution Reader::distribution(const Node& node, const Path& path, const Expected& expected) {
  random::Distribution result = random::Fixed{};
  const auto plain = [&](const Node& item, const Path& where, const Expected& what) {
    const Number read = number(item, where, what);
    if (read.parameter.exists())
      error(item.mark, where, "a lever or uncertainty inside a distribution", "a distribution is made of plain numbers",
            "write the number");
    return read.value;
  };
  Fields fields(*this, node, path, language::distribution);
  fields.also_known(distribution_names());
  const Member* member = node.is_map() ? find_distribution(node) : nullptr;
  if (!member) {
    if (node.is_map() && !fields.has_unknown())
      error(node.mark, path, "no distribution", all_names(),
            fmt::format("write for example {{ uniform: [{0}, {0}] }}", expected.example));
    return result;
  }
  only_one_distribution(*this, node, path);
  fields.with_named(member->key, [&](const Node& value, const Path& at) {
    const Watch watch(*this);
    if (member->key == language::equally_likely) {
      std::vector<double> values;
      each(value, at, [&](const Node& item, const Path& where) { values.push_back(plain(item, where, expected)); });
      result = random::Discrete::equally_likely(values);
    } else if (member->key == language::weighted) {
      std::vector<random::Discrete::Atom> atoms;
      each(value, at, [&](const Node& item, const Path& where) {
        Fields atom(*this, item, where, language::atom);
        Number amount, probability;
        atom.with("value", expected.example,
                  [&](const Node& given, const Path& place) { amount = number(given, place, expected); });
        atom.number("probability", probability);
        atoms.push_back({amount.value, probability.value});
      });
      random::Discrete law(atoms);
      if (watch.quiet() && !atoms.empty() && (law.total_weight() < 1 - 1e-9 || law.total_weight() > 1 + 1e-9))
        error(value.mark, at, fmt::format("probabilities add up to {:.6g} %", law.total_weight() * 100),
              "they are 100 % together", "correct them");
      result = std::move(law);
    } else {
      const Law& law = *find_law(member->key);
      const Expected plain_number = this->expected(language::plain);
      std::array<double, 4> numbers{};
      std::size_t count = 0;
      each(value, at, [&](const Node& item, const Path& where) {
        if (count < law.count)
          numbers[count] = plain(item, where, law.measures[count] == 'q' ? expected : plain_number);
        ++count;
      });
      if (count != law.count)
        error(value.mark, at, fmt::format("{} numbers instead of {}", count, law.count),
              fmt::format("'{}' takes {}", law.name, law.numbers), fmt::format("write {}: {}", law.name, law.numbers));
      result = make(law.name, numbers);
    }
    if (!watch.quiet()) return;
    if (const auto problem = random::check(result))
      error(value.mark, at, "no such distribution", *problem, "correct its numbers");
  });
  return result;
}

Parameter read_parameter(Reader& reader, const Member& member, const Path& path, Parameter::Kind kind) {
  Parameter parameter;
  parameter.name = member.key;
  parameter.kind = kind;
  parameter.mark = member.mark;
  Fields fields(reader, member.value, path, kind == Parameter::Kind::lever ? language::lever : language::uncertainty);
  fields.text("label", parameter.label);
  if (kind == Parameter::Kind::uncertainty) fields.also_known(distribution_names());
  std::string example = "14 days";
  fields.with("nominal", [&](const Node& node, const Path& at) {
    // The nominal value says in which unit the parameter is; everything else must agree with it.
    const Node* const value = node.is_map() ? node.find("value") : &node;
    const std::string plain = value ? value->scalar.substr(0, value->scalar.find('@')) : std::string();
    const auto parsed = reader.scenario().units.parse(plain);
    if (const auto* quantity = std::get_if<Quantity>(&parsed)) {
      parameter.dimension = quantity->dimension;
      parameter.percent = quantity->percent;
      parameter.period_days = quantity->period_days;
      parameter.unit = quantity->unit;
      example = plain;
    }
    parameter.nominal = reader.number(node, at, like(parameter, example)).value;
  });
  parameter.distribution = random::Fixed{parameter.nominal};
  if (kind == Parameter::Kind::lever) {
    fields.with("values", [&](const Node& node, const Path& at) {
      reader.each(node, at, [&](const Node& item, const Path& where) {
        parameter.values.push_back(reader.number(item, where, like(parameter, example)).value);
      });
      if (parameter.values.empty())
        reader.error(node.mark, at, "no values", "a lever can be set to some", "write for example [0 days, 14 days]");
    });
    return parameter;
  }
  if (const Member* law = member.value.is_map() ? find_distribution(member.value) : nullptr) {
    fields.with_named(law->key, [&](const Node&, const Path&) {
      Node alone = member.value;
      alone.members = {*law};
      only_one_distribution(reader, member.value, path);
      const Reader::Watch watch(reader);
      parameter.distribution = reader.distribution(alone, path, like(parameter, example));
      const double low = random::quantile(parameter.distribution, 0),
                   high = random::quantile(parameter.distribution, 1);
      if (watch.quiet() && (parameter.nominal < low || parameter.nominal > high))
        reader.warning(member.mark, path, "the nominal value is never drawn",
                       "it lies outside the distribution, so replications tell of other worlds than a single run",
                       "widen the distribution or correct the nominal value");
    });
  } else if (fields.ok() && !fields.has_unknown()) {
    reader.error(member.mark, path, "no distribution", "an uncertainty has a range of values",
                 "add for example triangular: [low, most likely, high]");
  }
  return parameter;
}

}  // namespace loophole::scenario
