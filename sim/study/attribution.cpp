#include <loophole/random/stream.hpp>
#include <loophole/study/attribution.hpp>
#include <loophole/study/in_order.hpp>
#include <loophole/study/outcome_runner.hpp>
#include <loophole/study/sampler.hpp>
#include <loophole/study/shapley.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace loophole::study {

using engine::Without;

std::vector<Contributor> contributors(const scenario::Scenario& scenario) {
  std::vector<Contributor> all;
  std::vector<Contributor> bills(scenario.bills.size());
  for (std::size_t b = 0; b < bills.size(); ++b)
    bills[b] = {Contributor::Kind::bill, scenario.bills[BillId::of(b)].name, {}};
  for (std::size_t e = 0; e < scenario.events.size(); ++e) {
    const scenario::Event& event = scenario.events[EventId::of(e)];
    if (event.bill.exists()) {
      bills[event.bill.index].without.events.insert(EventId::of(e));
      continue;
    }
    Contributor& added = all.emplace_back(Contributor{Contributor::Kind::event, event.name, {}});
    added.without.events.insert(EventId::of(e));
  }
  all.insert(all.end(), bills.begin(), bills.end());
  for (std::size_t r = 0; r < scenario.rules.size(); ++r) {
    Contributor& added = all.emplace_back(Contributor{Contributor::Kind::rule, scenario.rules[RuleId::of(r)].name, {}});
    added.without.rules.insert(RuleId::of(r));
  }
  for (const scenario::Event& event : scenario.events)
    for (const scenario::Effect& effect : event.effects)
      if (const auto* const offer = std::get_if<scenario::Offer>(&effect)) {
        const std::string& channel = scenario.channels[offer->channel].name;
        Contributor& added =
            all.emplace_back(Contributor{Contributor::Kind::offer, fmt::format("{}.{}", event.name, channel), {}});
        added.without.offers.insert(offer);
      }
  return all;
}

namespace {

/// Runs one replication again and again, each coalition once.
class Game {
 public:
  using Outcomes = std::vector<std::optional<double>>;

  Game(OutcomeRunner& runner, const AttributionRequest& request, const world::Point& point, std::uint32_t replication)
      : runner_(runner), request_(request), point_(point), replication_(replication) {}

  const Outcomes& play(Coalition present) {
    const auto known = values_.find(present);
    if (known != values_.end()) return known->second;
    Without without;
    for (std::size_t i = 0; i < request_.contributors.size(); ++i) {
      if ((present & Coalition{1} << i) != 0) continue;
      const Without& one = request_.contributors[i].without;
      without.events.insert(one.events.begin(), one.events.end());
      without.rules.insert(one.rules.begin(), one.rules.end());
      without.offers.insert(one.offers.begin(), one.offers.end());
    }
    auto outcomes = runner_.run(point_, replication_, without);
    if (!outcomes) {
      // Calibration depends on the point alone, and is the same whoever is left out.
      if (!values_.empty()) throw std::logic_error("a coalition cannot be calibrated where another can");
      problems_.append(outcomes.diagnostics());
      return nothing_;
    }
    return values_.emplace(present, std::move(*outcomes)).first->second;
  }

  [[nodiscard]] const Diagnostics& problems() const { return problems_; }

 private:
  OutcomeRunner& runner_;
  const AttributionRequest& request_;
  const world::Point& point_;
  std::uint32_t replication_;
  std::unordered_map<Coalition, Outcomes> values_;  // looked up, never gone through
  Outcomes nothing_;
  Diagnostics problems_;
};

class Attributor {
 public:
  Attributor(const scenario::ScenarioFile& file, const AttributionRequest& request)
      : request_(request),
        runner_(file, request.seed),
        sampler_(file.scenario, request.seed),
        nominal_(world::Point::nominal(file.scenario)),
        orders_(request.seed, "orders of contributors"),
        outcomes_(file.scenario.outcomes.size()) {
    // An event and a rule may share a name, and an event may make two offers on one channel: each has luck of its own.
    std::map<std::pair<Contributor::Kind, std::string>, std::uint64_t> known;
    for (const Contributor& each : request.contributors) {
      const auto kind = static_cast<std::uint64_t>(each.kind);
      entities_.push_back(random::Entity::named(each.name)
                              .with(random::Entity::numbered(kind))
                              .with(random::Entity::numbered(known[{each.kind, each.name}]++)));
    }
  }

  Result<std::vector<AttributedOutcome>> run(std::uint32_t replication) {
    const bool sampled = request_.uncertainties == record::Uncertainties::sampled;
    const world::Point point = sampled ? sampler_.point(replication) : nominal_;
    Game game(runner_, request_, point, replication);
    static_cast<void>(game.play(0));
    if (game.problems().has_errors()) return game.problems();
    std::vector<AttributedOutcome> found;
    for (std::size_t outcome = 0; outcome < outcomes_; ++outcome)
      found.push_back(of(game, outcome, replication));
    return found;
  }

 private:
  [[nodiscard]] std::size_t players() const { return request_.contributors.size(); }

  AttributedOutcome of(Game& game, std::size_t outcome, std::uint32_t replication) const {
    AttributedOutcome found;
    const auto value = [&](Coalition present) {
      const std::optional<double>& number = game.play(present)[outcome];
      found.is_defined = found.is_defined && number.has_value();
      return number.value_or(0);
    };
    const Coalition all = everybody(players());
    found.with_all = value(all);
    found.without_any = value(0);
    for (std::size_t i = 0; i < players(); ++i)
      found.left_out.push_back(found.with_all - value(all & ~(Coalition{1} << i)));
    found.shapley = players() <= most_exact_players ? exact(value) : sampled(value, replication);
    return found;
  }

  template <class Value>
  std::vector<double> exact(const Value& value) const {
    std::vector<double> values(std::size_t{1} << players());
    for (Coalition present = 0; present < values.size(); ++present)
      values[present] = value(present);
    return shapley(players(), values);
  }

  /// Orders in pairs of opposites: who comes late in one comes early in the other, which takes away most of the noise.
  template <class Value>
  std::vector<double> sampled(const Value& value, std::uint32_t replication) const {
    std::vector<double> sum(players(), 0.0);
    for (std::uint32_t n = 0; n < request_.orders; ++n) {
      // By a number of each one's own, so that another contributor leaves the order of the others as it is.
      std::vector<std::pair<double, std::size_t>> drawn(players());
      for (std::size_t i = 0; i < drawn.size(); ++i)
        drawn[i] = {orders_.draws(replication, entities_[i], n).uniform(), i};
      std::sort(drawn.begin(), drawn.end());
      std::vector<std::size_t> order(drawn.size());
      std::transform(drawn.begin(), drawn.end(), order.begin(), [](const auto& each) { return each.second; });
      for (const bool reversed : {false, true}) {
        if (reversed) std::reverse(order.begin(), order.end());
        const std::vector<double> added = marginals(order, value);
        for (std::size_t i = 0; i < players(); ++i)
          sum[i] += added[i] / (2.0 * request_.orders);
      }
    }
    return sum;
  }

  const AttributionRequest& request_;
  OutcomeRunner runner_;
  Sampler sampler_;
  world::Point nominal_;
  random::Stream orders_;
  std::vector<random::Entity> entities_;  ///< by contributor
  std::size_t outcomes_;
};

}  // namespace

Diagnostics attribute(const scenario::ScenarioFile& file, const AttributionRequest& request,
                      const std::function<bool(const std::vector<AttributedOutcome>&)>& take) {
  if (request.contributors.empty() || request.contributors.size() > most_players)
    throw std::invalid_argument("attribution is to 1 to 63 contributors");
  Diagnostics problems;
  in_order(
      request.replications, request.threads,
      [&] {
        return [attributor = Attributor(file, request)](std::uint64_t replication) mutable {
          return attributor.run(static_cast<std::uint32_t>(replication));
        };
      },
      [&](const Result<std::vector<AttributedOutcome>>& found) {
        problems.append(found.diagnostics());
        return found && take(*found);
      });
  return problems;
}

}  // namespace loophole::study
