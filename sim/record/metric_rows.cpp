#include <loophole/engine/measure.hpp>
#include <loophole/record/metric_rows.hpp>
#include <loophole/record/metrics.hpp>

#include <algorithm>
#include <set>
#include <tuple>

namespace loophole::record {

using engine::Measure;
using scenario::info;
using scenario::Metric;
using scenario::Term;

namespace {

class RowList {
 public:
  explicit RowList(const world::Model& model) : model_(model) { add_all(); }
  [[nodiscard]] std::vector<MetricRow> take() { return std::move(rows_); }

 private:
  void add(Metric metric, const Term& given) {
    const scenario::Scenario& scenario = model_.scenario();
    MetricRow row;
    row.term = given;
    row.term.metric = metric;
    if (given.segment.exists()) row.segment = scenario.segments[given.segment].name;
    if (given.channel.exists()) row.channel = scenario.channels[given.channel].name;
    if (given.outside) row.channel = "outside";
    if (given.actor.exists()) row.actor = scenario.actors[given.actor].name;
    if (!given.jurisdiction.empty()) row.actor = given.jurisdiction;
    row.metric = metric == Metric::declared ? scenario.metrics[given.declared].name : std::string(info(metric).name);
    if (metric == Metric::variable) row.metric = scenario.variables[given.variable].name;
    row.stock = Measure::is_stock(row.term, scenario);
    row.cells = csv_cell(row.segment) + "," + csv_cell(row.channel) + "," + csv_cell(row.actor) + "," +
                csv_cell(row.metric) + "," + csv_cell(unit_of(row.term, scenario));
    rows_.push_back(std::move(row));
  }

  /// Every metric for every name of its axes, and where an axis may be left out also for all of them together.
  void add_all() {
    const scenario::Scenario& scenario = model_.scenario();
    std::vector<SegmentId> segments;
    for (std::size_t s = 0; s < model_.segments(); ++s)
      segments.push_back(SegmentId::of(s));
    std::vector<SegmentId> segments_and_all = segments;
    segments_and_all.push_back({});
    std::set<std::string> origins, seller_origins;
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      origins.insert(scenario.actors[model_.developer(ChannelId::of(c))].jurisdiction);
      seller_origins.insert(scenario.actors[model_.seller(ChannelId::of(c))].jurisdiction);
    }
    const auto with = [](SegmentId segment, ChannelId channel = {}, ActorId actor = {},
                         const std::string& jurisdiction = {}) {
      Term term;
      term.segment = segment;
      term.channel = channel;
      term.actor = actor;
      term.jurisdiction = jurisdiction;
      return term;
    };
    for (const SegmentId segment : segments_and_all) {
      for (std::size_t c = 0; c < model_.channels(); ++c) {
        if (segment.exists()) add(Metric::availability, with(segment, ChannelId::of(c)));
        for (const Metric metric : {Metric::share, Metric::use, Metric::spend})
          add(metric, with(segment, ChannelId::of(c)));
      }
      Term outside = with(segment);
      outside.outside = true;
      add(Metric::share, outside);
      for (const Metric metric :
           {Metric::stranded, Metric::under_notice, Metric::use, Metric::spend, Metric::concentration})
        add(metric, with(segment));
      for (const std::string& origin : origins)
        for (const Metric metric : {Metric::origin_spend, Metric::origin_use})
          add(metric, with(segment, {}, {}, origin));
      for (std::uint32_t m = 0; m < scenario.metrics.size(); ++m) {
        Term declared = with(segment);
        declared.declared = m;
        add(Metric::declared, declared);
      }
      if (!segment.exists()) continue;
      for (const std::string& origin : seller_origins)
        add(Metric::open_sellers, with(segment, {}, {}, origin));
      for (const Metric metric : {Metric::demand_index, Metric::surplus, Metric::equivalent_price_change})
        add(metric, with(segment));
    }
    for (std::size_t c = 0; c < model_.channels(); ++c)
      add(Metric::price, with({}, ChannelId::of(c)));
    for (std::size_t v = 0; v < scenario.variables.size(); ++v) {
      Term term;
      term.variable = VariableId::of(v);
      add(Metric::variable, term);
    }
    for (std::size_t a = 0; a < scenario.actors.size(); ++a)
      for (const Metric metric : {Metric::sales, Metric::vendor_sales, Metric::vendor_use, Metric::receipts,
                                  Metric::payments, Metric::net_income})
        add(metric, with({}, {}, ActorId::of(a)));
  }

  const world::Model& model_;
  std::vector<MetricRow> rows_;
};

}  // namespace

std::vector<MetricRow> metric_rows(const world::Model& model) {
  std::vector<MetricRow> rows = RowList(model).take();
  std::sort(rows.begin(), rows.end(), [](const MetricRow& a, const MetricRow& b) {
    return std::tie(a.segment, a.channel, a.actor, a.metric) < std::tie(b.segment, b.channel, b.actor, b.metric);
  });
  return rows;
}

}  // namespace loophole::record
