#include <loophole/scenario/metric.hpp>

#include <algorithm>

namespace loophole::scenario {

const std::vector<MetricInfo>& metric_catalogue() {
  using Kind = MetricInfo::Kind;
  using Unit = MetricInfo::Unit;
  static const std::vector<MetricInfo> catalogue{
      {Metric::availability, "availability", Kind::stock, Unit::share, {Axis::channel, Axis::segment}, {},
       "part of the segment's firms that can use the channel now"},
      {Metric::status, "status", Kind::word, Unit::word, {Axis::channel, Axis::segment}, {},
       "gap, leak, licensed or closed; absent when the channel is not offered"},
      {Metric::share, "share", Kind::stock, Unit::share, {Axis::channel_or_outside}, {Axis::segment},
       "part of the segment's firms that use the channel, or no channel by choice (outside)"},
      {Metric::stranded, "stranded", Kind::stock, Unit::share, {}, {Axis::segment},
       "part of the firms that are cut off and looking for a replacement"},
      {Metric::under_notice, "under_notice", Kind::stock, Unit::share, {}, {Axis::segment},
       "part of the firms that use a channel whose closing to them is announced"},
      {Metric::demand_index, "demand_index", Kind::stock, Unit::index, {Axis::segment}, {},
       "use per firm at the reference price relative to the start"},
      {Metric::price, "price", Kind::stock, Unit::price, {Axis::channel}, {}, "price of a unit of use to ordinary users"},
      {Metric::surplus, "surplus", Kind::stock, Unit::utils, {Axis::segment}, {},
       "expected maximum utility of the choice set (logsum) less that at the start"},
      {Metric::equivalent_price_change, "equivalent_price_change", Kind::stock, Unit::share, {Axis::segment}, {},
       "uniform change of all prices at the start that would move the surplus as much"},
      {Metric::open_sellers, "open_sellers", Kind::stock, Unit::count, {Axis::jurisdiction, Axis::segment}, {},
       "sellers of record from the jurisdiction with a path that is a gap or licensed"},
      {Metric::use, "use", Kind::flow, Unit::use, {}, {Axis::channel, Axis::segment}, "units used"},
      {Metric::spend, "spend", Kind::flow, Unit::money, {}, {Axis::channel, Axis::segment}, "what customers pay the seller of record"},
      {Metric::sales, "sales", Kind::flow, Unit::money, {Axis::actor}, {Axis::segment}, "spend on channels whose seller of record is the actor"},
      {Metric::vendor_sales, "vendor_sales", Kind::flow, Unit::money, {Axis::actor}, {Axis::segment},
       "spend on products that the actor develops, whoever sells them"},
      {Metric::vendor_use, "vendor_use", Kind::flow, Unit::use, {Axis::actor}, {Axis::segment},
       "units used of products that the actor develops, whoever sells them"},
      {Metric::origin_spend, "origin_spend", Kind::flow, Unit::money, {Axis::jurisdiction}, {Axis::segment},
       "spend on products whose developer is from the jurisdiction"},
      {Metric::origin_use, "origin_use", Kind::flow, Unit::use, {Axis::jurisdiction}, {Axis::segment},
       "units used of products whose developer is from the jurisdiction"},
      {Metric::receipts, "receipts", Kind::flow, Unit::money, {Axis::actor}, {}, "what the actor receives under contracts"},
      {Metric::payments, "payments", Kind::flow, Unit::money, {Axis::actor}, {}, "what the actor pays under contracts"},
      {Metric::net_income, "net_income", Kind::flow, Unit::money, {Axis::actor}, {}, "sales and receipts less payments"},
      {Metric::flows, "flows", Kind::flow, Unit::money, {Axis::contract}, {}, "what is paid under the contract"},
      {Metric::concentration, "concentration", Kind::flow, Unit::hhi, {}, {Axis::segment},
       "Herfindahl-Hirschman index of the segment's spend over developers: sum of squared shares, 0 to 1"},
  };
  return catalogue;
}

const MetricInfo& info(Metric metric) { return metric_catalogue()[static_cast<std::size_t>(metric)]; }

const MetricInfo* find_metric(std::string_view name) {
  const auto& catalogue = metric_catalogue();
  const auto found = std::find_if(catalogue.begin(), catalogue.end(), [&](const MetricInfo& m) { return m.name == name; });
  return found == catalogue.end() ? nullptr : &*found;
}

}  // namespace loophole::scenario
