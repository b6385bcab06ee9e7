#include "read_design.hpp"

#include "read.hpp"
#include <loophole/base/units.hpp>
#include <loophole/scenario/design_check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace loophole::scenario {
namespace {

constexpr std::uint64_t most_levels = 1000;
/// Whole numbers up to here are exact wherever they are read as doubles, as in R.
constexpr std::uint64_t greatest_id = std::uint64_t{1} << 53;

class DesignReader {
 public:
  DesignReader(Reader& reader, const Node& node, const Path& path)
      : reader_(reader), node_(node), path_(path), fields_(reader, node, path, language::design) {}

  Design read() {
    design_.mark = node_.mark;
    if (!fields_.ok()) return std::move(design_);
    const language::Words methods = fields_.words("method");
    fields_.with("method", [&](const Node& method, const Path& at) {
      const Reader::Watch watch(reader_);
      const std::size_t chosen = reader_.one_of(method, at, methods);
      if (watch.quiet()) read_method(methods[chosen]);
    });
    if (fields_.has_unknown() && !is_read_) fields_.forgive();
    return std::move(design_);
  }

 private:
  [[nodiscard]] const Parameter& parameter(const Factor& factor) const {
    return reader_.scenario().parameters[factor.parameter];
  }

  void read_method(std::string_view method) {
    is_read_ = true;
    const Reader::Watch watch(reader_);
    if (method == "grid") {
      const bool named = read_grid();
      std::vector<FactorValues> sizes;
      for (const Factor& factor : design_.factors)
        sizes.push_back({factor.name, factor.values.size()});
      if (named && watch.quiet()) judge(check(Grid{}, sizes));
      return;
    }
    if (method == "list") return read_list();
    UnitMethod chosen;
    if (method == "monte-carlo") {
      chosen = MonteCarlo{count("points", "1000")};
    } else if (method == "latin-hypercube") {
      chosen = LatinHypercube{count("points", "200"), count_if_given("hypercubes", 1, most_design_points)};
    } else if (method == "sobol") {
      Sobol sobol{count("points", "256")};
      if (fields_.word("scrambling") == 1U) sobol.scrambling = Sobol::Scrambling::none;
      chosen = sobol;
    } else if (method == "saltelli") {
      Saltelli saltelli{count("base", "256")};
      if (fields_.word("order") == 1U) saltelli.order = Saltelli::Order::second;
      chosen = saltelli;
    } else {
      chosen =
          Morris{count("trajectories", "20"), static_cast<std::uint32_t>(count_if_given("levels", 4, most_levels))};
    }
    const bool named = fields_.with("factors", [&](const Node& node, const Path& at) { name_factors(node, at); });
    if (named && watch.quiet()) judge(check(chosen, design_.factors.size()));
    design_.method = chosen;
  }

  std::uint64_t count(const char* key, const char* example) {
    std::uint64_t number = 1;
    fields_.with(key, example, [&](const Node& node, const Path& at) {
      number = read_count(reader_, node, at, {1, most_design_points}, example);
    });
    return number;
  }
  std::uint64_t count_if_given(const char* key, std::uint64_t usual, std::uint64_t most) {
    const std::string example = fmt::format("{}", usual);
    fields_.with(key, [&](const Node& node, const Path& at) {
      usual = read_count(reader_, node, at, {1, most}, example.c_str());
    });
    return usual;
  }

  /// What is wrong with the numbers all together, each said where it is written.
  void judge(const Diagnostics& found) {
    for (const Diagnostic& each : found.items()) {
      const Node* const member = node_.find(each.path);
      const Path at{&path_, each.path};
      const auto say = each.severity == Severity::error ? &Reader::error : &Reader::warning;
      (reader_.*say)(member ? member->mark : node_.mark, member ? at : path_, each.problem, each.reason,
                     each.suggestion);
    }
  }

  /// Nothing where the name is none, or is there already.
  Factor* add_factor(const std::string& name, Mark mark, const Path& at) {
    const std::uint32_t index = reader_.parameter_names.find(name);
    if (index == Id<void>::none_value) {
      reader_.unknown_name(reader_.parameter_names, name, mark, at, "it is no uncertainty or lever");
      return nullptr;
    }
    const auto same = [&](const Factor& factor) { return factor.name == name; };
    if (std::any_of(design_.factors.begin(), design_.factors.end(), same)) {
      reader_.error(mark, at, fmt::format("'{}' is a factor already", name), "each is varied once", "delete it");
      return nullptr;
    }
    return &design_.factors.emplace_back(Factor{name, {index}, {}});
  }

  void name_factors(const Node& node, const Path& at) {
    const auto add_all = [&](Parameter::Kind kind) {
      const auto& parameters = reader_.scenario().parameters;
      for (std::size_t i = 0; i < parameters.size(); ++i)
        if (const Parameter& each = parameters[ParameterId::of(i)]; each.kind == kind)
          design_.factors.push_back({each.name, ParameterId::of(i), {}});
    };
    const std::string word = node.is_scalar() ? node.scalar : std::string{};
    if (word == "all" || word == "uncertainties") add_all(Parameter::Kind::uncertainty);
    if (word == "all" || word == "levers") add_all(Parameter::Kind::lever);
    if (word == "all" || word == "uncertainties" || word == "levers") {
      if (design_.factors.empty())
        reader_.error(node.mark, at, "no factors",
                      fmt::format("the first scenario has no {}", word == "all" ? "parameters" : word),
                      "declare some there");
      return;
    }
    reader_.each(node, at, [&](const Node& item, const Path& where) {
      const std::string name = reader_.text(item, where);
      if (!name.empty()) add_factor(name, item.mark, where);
    });
    if (node.is_sequence() && node.items.empty())
      reader_.error(node.mark, at, "no factors", "a design varies something",
                    "write for example factors: uncertainties");
  }

  /// Whether it has factors, right or wrong.
  bool read_grid() {
    design_.method = Grid{};
    return fields_.with("factors", "{ NAME: [1, 2] }", [&](const Node& node, const Path& at) {
      if (!node.is_map()) {
        name_factors(node, at);
        for (Factor& factor : design_.factors)
          take_levels(factor, node, at);
        return;
      }
      Fields entries(reader_, node, at, language::factor_levels);
      entries.rest([&](const Member& member, const Path& where) {
        Factor* const factor = add_factor(member.key, member.mark, where);
        if (factor) read_levels(*factor, member.value, where);
      });
      if (node.members.empty())
        reader_.error(node.mark, at, "no factors", "a grid has some", "write for example { NAME: [1, 2] }");
    });
  }

  void take_levels(Factor& factor, const Node& node, const Path& at) {
    factor.values = parameter(factor).values;
    if (factor.values.empty())
      reader_.error(node.mark, at, fmt::format("'{}' has no list of values", factor.name),
                    "it is an uncertainty; a grid needs to know where to look",
                    fmt::format("write {0}: [VALUE, VALUE], or {0}: {{ quantiles: 5 }}", factor.name));
  }

  /// [1, 2], or { quantiles: 3 }: the middles of so many parts of equal probability.
  void read_levels(Factor& factor, const Node& node, const Path& at) {
    const Parameter& described = parameter(factor);
    if (node.is_map()) {
      Fields fields(reader_, node, at, language::quantiles);
      fields.with("quantiles", [&](const Node& number, const Path& where) {
        if (described.kind == Parameter::Kind::lever)
          return reader_.error(number.mark, where, "quantiles of a lever", "nobody draws it", "list its values");
        const Reader::Watch watch(reader_);
        const std::uint64_t n = read_count(reader_, number, where, {1, most_levels}, "5");
        for (std::uint64_t i = 0; watch.quiet() && i < n; ++i)
          factor.values.push_back(
              random::quantile(described.distribution, (static_cast<double>(i) + 0.5) / static_cast<double>(n)));
      });
      return;
    }
    reader_.each(node, at,
                 [&](const Node& item, const Path& where) { factor.values.push_back(value(described, item, where)); });
    if (node.is_sequence() && node.items.empty())
      reader_.error(node.mark, at, "no values", "a grid of nothing has no points", "list some");
  }

  double value(const Parameter& described, const Node& node, const Path& at) {
    const std::string example =
        described.unit.empty() ? to_text(described.nominal) : fmt::format("5 {}", described.unit);
    return reader_.number(node, at, like(described, example)).value;
  }

  void read_list() {
    PointList list;
    design_.method = PointList{};
    if (fields_.get("file")) {  // it could not be read, as was said
      static_cast<void>(fields_.get("rows"));
      return;
    }
    is_table_ = fields_.get("table") != nullptr;
    if (is_table_ && fields_.get("rows"))
      reader_.error(node_.mark, path_, "both 'rows' and a table", "points are listed once", "keep one of them");
    const auto read_all = [&](const Node& rows, const Path& at) {
      if (rows.is_sequence() && !rows.items.empty() && rows.items.front().is_map())
        name_columns(rows.items.front(), at);
      std::uint64_t next = 0;
      reader_.each(rows, at, [&](const Node& row, const Path& where) { read_row(row, where, list, next); });
      if (rows.is_sequence() && rows.items.empty())
        reader_.error(rows.mark, at, "no points", "a study looks at some", "add rows");
    };
    if (is_table_)
      fields_.with("table", read_all);
    else if (!fields_.with("rows", read_all))
      fields_.need("rows");
    design_.method = std::move(list);
  }

  /// The first point says what the factors are.
  void name_columns(const Node& row, const Path& rows) {
    const Path first{&rows, {}, 0};
    for (const Member& member : row.members)
      if (member.key != "design_id" && !add_factor(member.key, member.mark, Path{&first, member.key}))
        wrong_columns_.push_back(member.key);
  }

  void read_row(const Node& row, const Path& where, PointList& list, std::uint64_t& next) {
    Fields fields(reader_, row, where, language::point);
    if (!fields.ok()) return;
    for (const std::string& name : wrong_columns_)
      fields.also_known({name});
    std::uint64_t id = next;
    fields.with("design_id", [&](const Node& node, const Path& at) {
      const std::string text = node.is_scalar() ? node.scalar : std::string{};
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
      if (error != std::errc{} || end != text.data() + text.size() || id > greatest_id) {
        reader_.error(node.mark, at, fmt::format("{} is no number of a point", quoted_kind(node)),
                      "it is a whole number from 0 to 2^53", "");
        id = next;
      } else if (id < next) {
        reader_.error(node.mark, at, fmt::format("point {} comes after point {}", id, next - 1),
                      "points are listed in the order of their numbers", "sort the rows");
      }
    });
    next = std::max(next, id) + 1;
    list.ids.push_back(id);
    for (const Factor& factor : design_.factors) {
      double number = 0;
      fields.with_named(factor.name, "1", [&](const Node& node, const Path& at) {
        const auto plain = is_table_ ? parse_number(node.scalar) : std::variant<double, UnitProblem>(UnitProblem{});
        const double* const base = std::get_if<double>(&plain);
        number = base ? *base : value(parameter(factor), node, at);
      });
      list.values.push_back(number);
    }
  }

  Reader& reader_;
  const Node& node_;
  const Path& path_;
  Fields fields_;
  Design design_;
  std::vector<std::string> wrong_columns_;  ///< of a list: no factors
  bool is_read_ = false;
  bool is_table_ = false;  ///< as experiments.csv: plain numbers are in base units
};

}  // namespace

std::uint64_t read_count(Reader& reader, const Node& node, const Path& path, Bounds bounds, const char* example) {
  const std::string text = node.is_scalar() ? node.scalar : std::string{};
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number >= bounds.least && number <= bounds.most)
    return number;
  reader.error(node.mark, path, fmt::format("{} cannot stand here", quoted_kind(node)),
               fmt::format("a whole number from {} to {} is expected", bounds.least, bounds.most),
               fmt::format("write for example {}", example));
  return 1;
}

Design read_design(Reader& reader, const Node& node, const Path& path) {
  return DesignReader(reader, node, path).read();
}

}  // namespace loophole::scenario
