/// What the segments of a shipped scenario show on some dates, as rows of numbers, and what happened.
#pragma once

#include <loophole/engine/replication.hpp>
#include <loophole/engine/setup.hpp>
#include <loophole/scenario/scenario.hpp>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace loophole::test {

class SeenRows : public engine::Observer {
 public:
  /// At every record, or on `dates`.
  explicit SeenRows(const world::Model& model, std::vector<Time> dates = {})
      : model_(model), dates_(std::move(dates)) {}

  void on_event(const engine::Happening& happening) override {
    happenings.emplace_back(name_of(happening, model_), happening.at);
  }
  void on_record(const engine::Snapshot& at) override { see(at); }
  void on_date(const engine::Snapshot& at) override { see(at); }
  [[nodiscard]] bool wants_records() const override { return dates_.empty(); }
  [[nodiscard]] std::vector<Time> dates() const override { return dates_; }

  /// By date, then by segment.
  std::map<Time, std::vector<std::vector<double>>> rows;
  std::vector<std::pair<std::string, Time>> happenings;

 private:
  void see(const engine::Snapshot& at) {
    auto& of_segments = rows[at.at];
    of_segments.clear();
    for (const market::SegmentState& s : at.segments) {
      std::vector<double> row{s.outside, s.stranded, s.outside_days, s.stranded_days, s.demand};
      for (const market::AlternativeState& a : s.alternatives)
        row.insert(row.end(), {a.share, a.joined, a.under_notice, a.use, a.spend, a.firm_days});
      of_segments.push_back(std::move(row));
    }
  }

  const world::Model& model_;
  std::vector<Time> dates_;
};

/// A shipped scenario, loaded and made ready.
struct Shipped {
  Shipped(const std::string& name, const std::vector<scenario::Override>& overrides, const std::string& resolution)
      : file(load(name, overrides, resolution)), setup(std::move(*engine::prepare(file))) {}

  SeenRows run(std::uint32_t replication, std::vector<Time> dates = {}) const {
    SeenRows seen(setup->model, std::move(dates));
    engine::Replication(*setup, 1, replication, {&seen}).run();
    return seen;
  }

  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;

 private:
  static scenario::ScenarioFile load(const std::string& name, const std::vector<scenario::Override>& overrides,
                                     const std::string& resolution) {
    auto loaded = scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/" + name, overrides, {}, resolution);
    if (!loaded) throw std::runtime_error("cannot load " + name);
    return std::move(*loaded);
  }
};

}  // namespace loophole::test
