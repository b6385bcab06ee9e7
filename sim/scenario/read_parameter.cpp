#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace loophole::scenario {
namespace {

/// The distributions by name: what a list of numbers after the name means.
struct Form {
  std::string_view name;
  std::string_view numbers;      ///< for the reader: "[low, most likely, high]"
  std::array<char, 4> measures;  ///< of each number: 'q' in the quantity's unit, 'n' a plain number
  std::size_t count;
};

constexpr Form forms[] = {
    {"fixed", "value", {'q'}, 1},
    {"uniform", "[low, high]", {'q', 'q'}, 2},
    {"triangular", "[low, most likely, high]", {'q', 'q', 'q'}, 3},
    {"pert", "[low, most likely, high]", {'q', 'q', 'q'}, 3},
    {"normal", "[mean, standard deviation]", {'q', 'q'}, 2},
    {"lognormal", "[median, sigma of the logarithm]", {'q', 'n'}, 2},
    {"exponential", "mean", {'q'}, 1},
    {"beta", "[alpha, beta, low, high]", {'n', 'n', 'q', 'q'}, 4},
    {"gamma", "[shape, scale]", {'n', 'q'}, 2},
    {"weibull", "[shape, scale]", {'n', 'q'}, 2},
};

const Form* find_form(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(forms), std::end(forms), [&](const Form& form) { return form.name == name; });
  return found == std::end(forms) ? nullptr : found;
}

bool is_list_form(std::string_view name) { return name == "empirical" || name == "discrete"; }

/// The member of a map that names a distribution, or null.
const Member* find_distribution(const Node& node) {
  const auto found = std::find_if(node.members.begin(), node.members.end(),
                                  [](const Member& m) { return find_form(m.key) || is_list_form(m.key); });
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
  for (const Form& form : forms)
    names.push_back(form.name);
  names.insert(names.end(), {"empirical", "discrete"});
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
    if (&member != first && (find_form(member.key) || is_list_form(member.key)))
      reader.error(member.mark, Path{&path, member.key}, fmt::format("'{}' and '{}' together", first->key, member.key),
                   "one distribution is drawn from", "keep one of them");
}

}  // namespace

Expected like(const Parameter& parameter, const std::string& example) {
  Expected expected;
  expected.what = "a value in the unit of the nominal one";
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
  Fields fields(*this, node, path, "a distribution");
  fields.also_known(distribution_names());
  const Member* member = node.is_map() ? find_distribution(node) : nullptr;
  if (!member) {
    if (node.is_map() && !fields.has_unknown())
      error(node.mark, path, "no distribution", all_names(),
            fmt::format("write for example {{ uniform: [{0}, {0}] }}", expected.example));
    return result;
  }
  only_one_distribution(*this, node, path);
  fields.with(member->key, [&](const Node& value, const Path& at) {
    const Watch watch(*this);
    if (member->key == "empirical") {
      std::vector<double> values;
      each(value, at, [&](const Node& item, const Path& where) { values.push_back(plain(item, where, expected)); });
      result = random::Discrete::equally_likely(values);
    } else if (member->key == "discrete") {
      std::vector<random::Discrete::Atom> atoms;
      each(value, at, [&](const Node& item, const Path& where) {
        Fields atom(*this, item, where, "a value with its probability");
        Number amount, probability;
        atom.required_number("value", expected.example, amount, expected);
        atom.required_number("probability", "40 %", probability, expect::share());
        atoms.push_back({amount.value, probability.value});
      });
      random::Discrete law(atoms);
      if (watch.quiet() && !atoms.empty() && (law.total_weight() < 1 - 1e-9 || law.total_weight() > 1 + 1e-9))
        error(value.mark, at, fmt::format("probabilities add up to {:.6g} %", law.total_weight() * 100),
              "they are 100 % together", "correct them");
      result = std::move(law);
    } else {
      const Form& form = *find_form(member->key);
      std::array<double, 4> numbers{};
      std::size_t count = 0;
      each(value, at, [&](const Node& item, const Path& where) {
        if (count < form.count)
          numbers[count] = plain(item, where, form.measures[count] == 'q' ? expected : expect::plain());
        ++count;
      });
      if (count != form.count)
        error(value.mark, at, fmt::format("{} numbers instead of {}", count, form.count),
              fmt::format("'{}' takes {}", form.name, form.numbers),
              fmt::format("write {}: {}", form.name, form.numbers));
      result = make(form.name, numbers);
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
  Fields fields(reader, member.value, path, kind == Parameter::Kind::lever ? "a lever" : "an uncertainty");
  fields.text("label", parameter.label);
  if (kind == Parameter::Kind::uncertainty) fields.also_known(distribution_names());
  std::string example = "14 days";
  fields.with_required("nominal", "-1.1", [&](const Node& node, const Path& at) {
    // The nominal value says in which unit the parameter is; everything else must agree with it.
    Node plain = node;
    plain.scalar = node.scalar.substr(0, node.scalar.find('@'));
    const auto parsed = reader.scenario().units.parse(plain.scalar);
    if (const auto* quantity = std::get_if<Quantity>(&parsed)) {
      parameter.dimension = quantity->dimension;
      parameter.percent = quantity->percent;
      parameter.period_days = quantity->period_days;
      parameter.unit = quantity->unit;
      example = plain.scalar;
    }
    parameter.nominal = reader.number(node, at, like(parameter, example)).value;
  });
  parameter.distribution = random::Fixed{parameter.nominal};
  if (kind == Parameter::Kind::lever) {
    fields.with_required("values", "[0 days, 14 days]", [&](const Node& node, const Path& at) {
      reader.each(node, at, [&](const Node& item, const Path& where) {
        parameter.values.push_back(reader.number(item, where, like(parameter, example)).value);
      });
      if (parameter.values.empty())
        reader.error(node.mark, at, "no values", "a lever can be set to some", "write for example [0 days, 14 days]");
    });
    return parameter;
  }
  if (const Member* law = member.value.is_map() ? find_distribution(member.value) : nullptr) {
    fields.with(law->key, [&](const Node&, const Path&) {
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
