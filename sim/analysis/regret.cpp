#include <loophole/analysis/cases.hpp>
#include <loophole/analysis/regret.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::analysis {
namespace {

struct Criterion {
  const char* name;
  const char* sentence;  ///< of the winner: {0} the option, {1} its value, {2} the outcome
  double (*of)(const Robustness& option);
  enum class Better { as_preferred, less, more } better;
};

constexpr Criterion criteria[] = {
    {"mean", "best on average over all futures", [](const Robustness& r) { return r.mean; },
     Criterion::Better::as_preferred},
    {"worst", "best in its own worst future (maximin)", [](const Robustness& r) { return r.worst; },
     Criterion::Better::as_preferred},
    {"best", "best in its own best future (maximax)", [](const Robustness& r) { return r.best; },
     Criterion::Better::as_preferred},
    {"hurwicz", "best between its worst and best future (Hurwicz)", [](const Robustness& r) { return r.hurwicz; },
     Criterion::Better::as_preferred},
    {"max_regret", "never far from the best choice (minimax regret)", [](const Robustness& r) { return r.max_regret; },
     Criterion::Better::less},
    {"q90_regret", "not far from the best choice in 90 % of futures", [](const Robustness& r) { return r.q90_regret; },
     Criterion::Better::less},
    {"mean_regret", "nearest to the best choice on average", [](const Robustness& r) { return r.mean_regret; },
     Criterion::Better::less},
    {"met", "meets the threshold in most futures", [](const Robustness& r) { return r.met.value_or(0); },
     Criterion::Better::more},
};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

class RegretReport {
 public:
  RegretReport(const OptionTable& table, const RegretRequest& request) : table_(table), request_(request) {
    finding_.method = "regret";
    finding_.title =
        fmt::format("{} options in {} futures ({})", table.options.size(), table.futures, table.of_futures);
    finding_.warnings = table.notes;
    finding_.tables = {{"options", "", {"outcome", "option", "futures"}, {}},
                       {"winners", "Who wins by which criterion", {"outcome", "criterion", "option", "value"}, {}}};
    for (const Criterion& criterion : criteria)
      if (applies(criterion)) finding_.tables[0].columns.emplace_back(criterion.name);
  }

  Finding report() {
    std::vector<std::vector<double>> scores(table_.options.size());
    for (std::size_t o = 0; o < table_.outcomes.size(); ++o) {
      const Prefer prefer = request_.prefer.at(table_.outcomes[o]);
      const auto found = robustness(table_.values[o], {prefer, request_.optimism, request_.met});
      for (std::size_t i = 0; i < found.size(); ++i) {
        scores[i].push_back(prefer == Prefer::more ? found[i].mean : -found[i].mean);
        std::vector<Cell> row{table_.outcomes[o], table_.options[i], static_cast<double>(table_.futures)};
        for (const Criterion& criterion : criteria)
          if (applies(criterion)) row.emplace_back(criterion.of(found[i]));
        finding_.tables[0].rows.push_back(std::move(row));
      }
      say_winners(o, prefer, found);
    }
    if (table_.outcomes.size() > 1) say_front(scores);
    return std::move(finding_);
  }

 private:
  [[nodiscard]] bool applies(const Criterion& criterion) const {
    return criterion.better != Criterion::Better::more || request_.met.has_value();
  }

  void say_winners(std::size_t outcome, Prefer prefer, const std::vector<Robustness>& found) {
    const std::string& name = table_.outcomes[outcome];
    std::vector<std::pair<std::string, std::vector<std::string>>> said;  // winner, and by what it wins
    for (const Criterion& criterion : criteria) {
      if (!applies(criterion)) continue;
      const bool is_more = criterion.better == Criterion::Better::more ||
                           (criterion.better == Criterion::Better::as_preferred && prefer == Prefer::more);
      double best = criterion.of(found.front());
      for (const Robustness& each : found)
        best = is_more ? std::max(best, criterion.of(each)) : std::min(best, criterion.of(each));
      std::vector<std::string> winners;
      for (std::size_t i = 0; i < found.size(); ++i)
        if (criterion.of(found[i]) == best) winners.push_back(table_.options[i]);
      for (const std::string& winner : winners)
        finding_.tables[1].rows.push_back({name, std::string(criterion.name), winner, best});
      const std::string who =
          winners.size() == found.size() && found.size() > 1 ? "no option more than another" : joined(winners);
      const auto same = std::find_if(said.begin(), said.end(), [&](const auto& each) { return each.first == who; });
      (same == said.end() ? said.emplace_back(who, std::vector<std::string>{}) : *same)
          .second.push_back(fmt::format("{}: {}", criterion.sentence, number_text(best)));
    }
    if (found.size() < 2) return;
    const std::string about = fmt::format("{} ({} is better)", name, prefer == Prefer::more ? "more" : "less");
    const bool is_always_best =
        std::any_of(found.begin(), found.end(), [](const Robustness& each) { return each.max_regret == 0; });
    if (said.size() == 1)
      finding_.sentences.push_back(fmt::format("{}: {} wins by every criterion{}.", about, said.front().first,
                                               is_always_best ? ", and in every future" : ""));
    else
      for (const auto& [who, wins] : said)
        finding_.sentences.push_back(fmt::format("{}: {} is {}.", about, who, joined(wins)));
  }

  void say_front(const std::vector<std::vector<double>>& scores) {
    const auto by = dominated_by(scores);
    FindingTable front{"front", "Pareto front by means", {"option", "dominated_by"}, {}};
    for (const std::string& outcome : table_.outcomes)
      front.columns.push_back(outcome);
    std::vector<std::string> undominated, dominated;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      std::vector<Cell> row{table_.options[i], by[i] ? table_.options[*by[i]] : std::string()};
      for (std::size_t o = 0; o < scores[i].size(); ++o)
        row.emplace_back(request_.prefer.at(table_.outcomes[o]) == Prefer::more ? scores[i][o] : -scores[i][o]);
      front.rows.push_back(std::move(row));
      if (by[i])
        dominated.push_back(fmt::format("{} (by {})", table_.options[i], table_.options[*by[i]]));
      else
        undominated.push_back(table_.options[i]);
    }
    finding_.tables.push_back(std::move(front));
    if (scores.size() < 2) return;
    finding_.sentences.push_back(
        fmt::format("Of all outcomes' means together, {} {} dominated by no other option{}.", joined(undominated),
                    undominated.size() == 1 ? "is" : "are",
                    dominated.empty() ? "" : fmt::format("; dominated: {}", joined(dominated))));
  }

  const OptionTable& table_;
  const RegretRequest& request_;
  Finding finding_;
};

}  // namespace

Finding regret_finding(const OptionTable& table, const RegretRequest& request) {
  return RegretReport(table, request).report();
}

}  // namespace loophole::analysis
