#include <loophole/record/sizes.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::record {
namespace {

using engine::Happening;
using engine::Without;

constexpr std::size_t most_left_out = 40;

/// Something that can be left out, with all its occurrences.
struct Factor {
  std::string name;
  Without without;
  std::vector<world::Cause> ids;  ///< of its happenings
  std::size_t root = 0;           ///< index of the factor where its chain of causes begins
};

bool counts(const Happening& happening, Time end) {
  if (happening.at >= end) return false;
  if (happening.kind == Happening::Kind::event) return true;
  return happening.kind == Happening::Kind::dated && happening.dated->what != world::DatedChange::What::growth;
}

class Factors {
 public:
  Factors(const engine::Trace& trace, const world::Model& model, Time end) : model_(model) {
    for (const Happening& happening : trace.happenings())
      if (counts(happening, end)) add(happening);
    for (std::size_t i = 0; i < factors_.size(); ++i) {
      factors_[i].root = index_of(trace.root_of(*trace.find(factors_[i].ids.front())));
      if (factors_[i].root == factors_.size()) factors_[i].root = i;  // what began it is not left out
    }
  }

  [[nodiscard]] const std::vector<Factor>& all() const { return factors_; }

 private:
  void add(const Happening& happening) {
    const std::string name = name_of(happening, model_);
    auto found = std::find_if(factors_.begin(), factors_.end(), [&](const Factor& f) { return f.name == name; });
    if (found == factors_.end()) found = factors_.insert(found, Factor{name, {}, {}, 0});
    found->ids.push_back(happening.id);
    if (happening.event)
      found->without.events.insert(engine::id_of(*happening.event, model_.scenario()));
    else
      found->without.dated.insert(static_cast<std::uint32_t>(happening.dated - model_.dated_changes().data()));
  }

  /// The number of factors when it is none of them.
  [[nodiscard]] std::size_t index_of(const Happening& root) const {
    const std::string name = name_of(root, model_);
    const auto found = std::find_if(factors_.begin(), factors_.end(), [&](const Factor& f) { return f.name == name; });
    return static_cast<std::size_t>(found - factors_.begin());
  }

  const world::Model& model_;
  std::vector<Factor> factors_;
};

std::optional<double> difference(std::optional<double> a, std::optional<double> b) {
  return a && b ? std::optional<double>(*a - *b) : std::nullopt;
}

}  // namespace

Result<Sizes> sizes(const engine::Trace& trace, const world::Model& model, Time end, const Valuation& value) {
  const Factors found(trace, model, end);
  const std::vector<Factor>& factors = found.all();
  if (factors.size() > most_left_out) {
    return only(refusal("--sizes", fmt::format("{} events happened before {}", factors.size(), to_string(end)),
                        fmt::format("at most {} are left out one by one", most_left_out), "ask about an earlier date"));
  }
  Sizes result;
  result.with = value({});
  Without everything;
  std::optional<double> singles = 0;
  for (std::size_t root = 0; root < factors.size(); ++root) {
    everything.events.insert(factors[root].without.events.begin(), factors[root].without.events.end());
    everything.dated.insert(factors[root].without.dated.begin(), factors[root].without.dated.end());
    if (factors[root].root != root) continue;
    const std::size_t place = result.rows.size();
    for (std::size_t each = 0; each < factors.size(); ++each) {
      if (factors[each].root != root) continue;
      const auto without = value(factors[each].without);
      const SizeRow row{each == root ? SizeRow::Kind::root : SizeRow::Kind::follower, factors[each].name, 0, without,
                        difference(result.with, without)};
      result.rows.insert(each == root ? result.rows.begin() + static_cast<std::ptrdiff_t>(place) : result.rows.end(),
                         row);
    }
    result.rows[place].followers = result.rows.size() - place - 1;
    if (!result.rows[place].difference)
      singles.reset();
    else if (singles)
      *singles += *result.rows[place].difference;
  }
  result.nothing = value(everything);
  result.interaction = difference(result.total(), singles);
  return result;
}

}  // namespace loophole::record
