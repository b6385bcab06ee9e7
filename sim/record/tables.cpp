#include <loophole/record/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace loophole::record {

using namespace engine;

std::string RunLabel::cells() const { return fmt::format("{},{},{}", csv_cell(scenario), design_id, replication); }

AvailabilityTable::AvailabilityTable(const Setup& setup, const RunLabel& label)
    : model_(setup.model), label_(label.cells()) {}

void AvailabilityTable::on_access(const AccessChange& change) { changes_.push_back(change); }

std::string AvailabilityTable::text() {
  const scenario::Scenario& scenario = model_.scenario();
  std::stable_sort(changes_.begin(), changes_.end(), [&](const AccessChange& a, const AccessChange& b) {
    return std::tie(a.at, scenario.segments[a.segment].name, scenario.channels[a.channel].name) <
           std::tie(b.at, scenario.segments[b.segment].name, scenario.channels[b.channel].name);
  });
  Csv csv("scenario,design_id,replication,time,segment,channel,availability,status,rule,cause_id");
  for (const AccessChange& change : changes_) {
    csv.joined(label_)
        .cell(change.at)
        .cell(scenario.segments[change.segment].name)
        .cell(scenario.channels[change.channel].name);
    csv.cell(change.after.available).cell(world::to_string(change.after.status));
    // What no rule binds any more is open because of the rule that did.
    const RuleId rule = change.after.rule.exists() ? change.after.rule : change.before.rule;
    rule.exists() ? csv.cell(scenario.rules[rule].name) : csv.empty();
    change.cause != world::no_cause ? csv.cell(change.cause) : csv.empty();
    csv.end_row();
  }
  return csv.take();
}

EventTable::EventTable(const Setup& setup, const RunLabel& label)
    : model_(setup.model),
      label_(label.cells()),
      csv_("scenario,design_id,replication,id,time,event,kind,cause_id,detail") {}

void EventTable::on_event(const Happening& happening) {
  csv_.joined(label_).cell(happening.id).cell(happening.at).cell(name_of(happening, model_)).cell(kind_of(happening));
  happening.cause != world::no_cause ? csv_.cell(happening.cause) : csv_.empty();
  csv_.cell(detail_of(happening, model_)).end_row();
}

FlowTable::FlowTable(const Setup& setup, const RunLabel& label)
    : model_(setup.model),
      label_(label.cells()),
      csv_("scenario,design_id,replication,period_start,period_end,payer,payee,contract,channel,segment,amount,unit") {
  const scenario::Scenario& scenario = model_.scenario();
  for (std::size_t s = 0; s < model_.segments(); ++s) {
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      const std::string& from = scenario.segments[segment].name;
      const std::string& on = scenario.channels[channel].name;
      flows_.push_back({from, scenario.actors[model_.seller(channel)].name, "sale", on, from, {}, segment, channel});
      for (std::size_t k = 0; k < scenario.contracts.size(); ++k) {
        const scenario::Contract& contract = scenario.contracts[ContractId::of(k)];
        if (model_.contract_covers(ContractId::of(k))(segment, channel))
          flows_.push_back({scenario.actors[contract.payer].name, scenario.actors[contract.payee].name, contract.name,
                            on, from, ContractId::of(k), segment, channel});
      }
    }
  }
  std::sort(flows_.begin(), flows_.end(), [](const Flow& a, const Flow& b) {
    return std::tie(a.payer, a.payee, a.contract_name, a.channel_name, a.segment_name) <
           std::tie(b.payer, b.payee, b.contract_name, b.channel_name, b.segment_name);
  });
}

void FlowTable::on_record(const Snapshot& at) {
  if (last_) {
    const std::string period = to_string(last_->at) + "," + to_string(at.at);
    for (const Flow& flow : flows_) {
      const double spent = at.spend(flow.segment, flow.channel) - last_->spend(flow.segment, flow.channel);
      if (spent == 0) continue;
      const double amount = flow.contract.exists() ? at.balances.paid[flow.contract](flow.segment, flow.channel) -
                                                         last_->balances.paid[flow.contract](flow.segment, flow.channel)
                                                   : spent;
      csv_.joined(label_)
          .joined(period)
          .cell(flow.payer)
          .cell(flow.payee)
          .cell(flow.contract_name)
          .cell(flow.channel_name)
          .cell(flow.segment_name);
      csv_.cell(amount).cell(model_.scenario().units.base_currency()).end_row();
    }
  }
  last_ = at;
}

}  // namespace loophole::record
