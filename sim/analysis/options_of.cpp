#include <loophole/analysis/cases.hpp>
#include <loophole/analysis/regret.hpp>
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace loophole::analysis {
namespace {

constexpr std::string_view scenario_name = "scenario";

/// A missing value is the same as another missing one, and less than all others.
double comparable(double value) { return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value + 0.0; }

using Key = std::vector<double>;

class OptionReader {
 public:
  OptionReader(const Runs& runs, std::vector<std::string> chosen) : runs_(runs), chosen_(std::move(chosen)) {
    if (chosen_.empty() && runs.scenarios.size() > 1) chosen_ = {std::string(scenario_name)};
    by_name_ = runs.scenarios;  // scenarios by name, whatever the order of rows
    std::sort(by_name_.begin(), by_name_.end());
  }

  Result<OptionTable> read() {
    check();
    if (problems_.has_errors()) return problems_;
    for (std::size_t row = 0; row < runs_.rows(); ++row)
      place(row);
    if (!problems_.has_errors()) check_futures();
    if (problems_.has_errors()) return problems_;
    fill();
    if (problems_.has_errors()) return problems_;
    return std::move(table_);
  }

 private:
  void refuse(std::string problem, std::string reason, std::string suggestion) {
    problems_.add(refusal("--options", std::move(problem), std::move(reason), std::move(suggestion)));
  }

  [[nodiscard]] bool is_chosen(std::string_view name) const {
    return std::find(chosen_.begin(), chosen_.end(), name) != chosen_.end();
  }

  void check() {
    std::vector<std::string> known{std::string(scenario_name)};
    for (const DataColumn& input : runs_.inputs)
      known.push_back(input.name);
    if (chosen_.empty())
      refuse("there is one scenario and no lever is named", "somebody must have a choice",
             fmt::format("name inputs that are decided, for example --options {}", known.back()));
    for (const std::string& name : chosen_)
      if (std::find(known.begin(), known.end(), name) == known.end())
        refuse(fmt::format("no input is called '{}'", name), "options are scenarios or values of inputs",
               suggest(name, known));
  }

  void place(std::size_t row) {
    Key option, future;
    const auto scenario =
        std::lower_bound(by_name_.begin(), by_name_.end(), runs_.scenarios[runs_.scenario[row]]) - by_name_.begin();
    (is_chosen(scenario_name) ? option : future).push_back(static_cast<double>(scenario));
    for (const DataColumn& input : runs_.inputs)
      if (!is_chosen(input.name)) future.push_back(comparable(input.values[row]));
    for (const std::string& name : chosen_)
      for (const DataColumn& input : runs_.inputs)
        if (input.name == name) option.push_back(comparable(input.values[row]));
    future.push_back(static_cast<double>(runs_.replication[row]));
    futures_.insert(future);
    const auto [at, is_new] = rows_[option].emplace(std::move(future), row);
    if (is_new || problems_.has_errors()) return;
    refuse(fmt::format("option {} has two runs of one future", name_of(option)),
           fmt::format("design points {} and {} differ in nothing else", runs_.design_id[at->second],
                       runs_.design_id[row]),
           "name what else is decided, or choose a scenario by --scenario");
  }

  void check_futures() {
    if (rows_.size() == 1) table_.notes.emplace_back("There is one option, so there is nothing to regret.");
    for (const auto& [option, by_future] : rows_) {
      if (by_future.size() == futures_.size()) continue;
      const auto lacking = std::find_if(futures_.begin(), futures_.end(),
                                        [&of = by_future](const Key& future) { return of.count(future) == 0; });
      refuse(fmt::format("option {} lacks {} of {} futures", name_of(option), futures_.size() - by_future.size(),
                         futures_.size()),
             fmt::format("the first is {}; options are compared in the same futures", text_of_future(*lacking)),
             "use a grid of the options and what is uncertain, or the same design for every scenario");
      return;
    }
  }

  void fill() {
    for (const auto& [option, by_future] : rows_)
      table_.options.push_back(name_of(option));
    std::vector<char> is_out(futures_.size(), 0);
    for (const auto& [option, by_future] : rows_) {
      std::size_t f = 0;
      for (const auto& [future, row] : by_future) {
        for (const DataColumn& outcome : runs_.outcomes)
          if (std::isnan(outcome.values[row])) is_out[f] = 1;
        ++f;
      }
    }
    const auto out = static_cast<std::size_t>(std::count(is_out.begin(), is_out.end(), 1));
    table_.futures = futures_.size() - out;
    if (out > 0)
      table_.notes.push_back(
          fmt::format("{} of {} futures are left out: an outcome is not defined in them under every option.", out,
                      futures_.size()));
    if (table_.futures == 0)
      return refuse("no future is left", "in each an outcome is not defined under some option", "choose by --outcome");
    for (const DataColumn& outcome : runs_.outcomes) {
      table_.outcomes.push_back(outcome.name);
      auto& by_option = table_.values.emplace_back();
      for (const auto& [option, by_future] : rows_) {
        auto& values = by_option.emplace_back();
        std::size_t f = 0;
        for (const auto& [future, row] : by_future)
          if (is_out[f++] == 0) values.push_back(outcome.values[row]);
      }
    }
    std::vector<std::string> parts;
    if (!is_chosen(scenario_name) && runs_.scenarios.size() > 1) parts.emplace_back(scenario_name);
    for (std::size_t i = 0, k = 1 - (is_chosen(scenario_name) ? 1 : 0); i < runs_.inputs.size(); ++i) {
      if (is_chosen(runs_.inputs[i].name)) continue;
      std::set<double> different;
      for (const Key& future : futures_)
        different.insert(future[k]);
      if (different.size() > 1) parts.push_back(runs_.inputs[i].name);
      ++k;
    }
    parts.emplace_back("replication");
    table_.of_futures = enumerate(parts);
  }

  [[nodiscard]] std::string text_of_value(const DataColumn& input, double value) const {
    if (std::isinf(value)) return "?";
    return input.is_categorical() ? input.words[static_cast<std::size_t>(value)] : number_text(value);
  }

  [[nodiscard]] std::string name_of(const Key& option) const {
    std::string text;
    std::size_t k = 0;
    if (is_chosen(scenario_name)) text = by_name_[static_cast<std::size_t>(option[k++])];
    for (const std::string& name : chosen_)
      for (const DataColumn& input : runs_.inputs)
        if (input.name == name)
          text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, text_of_value(input, option[k++]));
    return text;
  }

  [[nodiscard]] std::string text_of_future(const Key& future) const {
    std::string text;
    std::size_t k = 0;
    if (!is_chosen(scenario_name)) {
      const std::string& name = by_name_[static_cast<std::size_t>(future[k++])];
      if (!name.empty()) text = name + ", ";
    }
    for (const DataColumn& input : runs_.inputs) {
      if (is_chosen(input.name)) continue;
      if (!std::isinf(future[k])) text += fmt::format("{} = {}, ", input.name, text_of_value(input, future[k]));
      ++k;
    }
    return text + fmt::format("replication {:.0f}", future.back());
  }

  const Runs& runs_;
  std::vector<std::string> chosen_, by_name_;
  std::map<Key, std::map<Key, std::size_t>> rows_;  ///< by option and future
  std::set<Key> futures_;
  Diagnostics problems_;
  OptionTable table_;
};

}  // namespace

Result<OptionTable> options_of(const Runs& runs, const std::vector<std::string>& chosen) {
  return OptionReader(runs, chosen).read();
}

}  // namespace loophole::analysis
