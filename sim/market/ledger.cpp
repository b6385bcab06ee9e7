#include <loophole/market/ledger.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::market {

using world::Model;
using world::Pairs;

Ledger::Ledger(const Model& model)
    : coefficients_(model.scenario().contracts.size(), Pairs<double>(model.segments(), model.channels(), 0)),
      settled_(coefficients_),
      settled_spend_(model.segments(), model.channels(), 0) {}

void Ledger::settle(const Model& model, const PerId<ContractId, double>& rates, const Pairs<double>& spend) {
  Balances now;
  balances(spend, now);
  settled_ = std::move(now.paid);
  settled_spend_ = spend;
  for (const ContractId contract : model.contract_order()) {
    const scenario::Contract& terms = model.scenario().contracts[contract];
    for (std::size_t s = 0; s < model.segments(); ++s) {
      for (std::size_t c = 0; c < model.channels(); ++c) {
        const SegmentId segment = SegmentId::of(s);
        const ChannelId channel = ChannelId::of(c);
        double base = 0;
        if (model.contract_covers(contract)(segment, channel) && terms.base == scenario::Contract::Base::sales) {
          base = 1;
        } else if (model.contract_covers(contract)(segment, channel)) {
          if (model.seller(channel) == terms.payer) base = 1;
          // What the payer received under contracts that come earlier in the order.
          for (const ContractId earlier : model.contract_order()) {
            if (earlier == contract) break;
            if (model.scenario().contracts[earlier].payee == terms.payer)
              base += coefficients_[earlier](segment, channel);
          }
        }
        coefficients_[contract](segment, channel) = rates[contract] * base;
      }
    }
  }
}

void Ledger::balances(const Pairs<double>& spend, Balances& balances) const {
  balances.paid = settled_;
  for (std::size_t k = 0; k < settled_.size(); ++k) {
    const ContractId contract = ContractId::of(k);
    for (std::size_t s = 0; s < spend.segments(); ++s) {
      for (std::size_t c = 0; c < spend.channels(); ++c) {
        const SegmentId segment = SegmentId::of(s);
        const ChannelId channel = ChannelId::of(c);
        balances.paid[contract](segment, channel) +=
            coefficients_[contract](segment, channel) * (spend(segment, channel) - settled_spend_(segment, channel));
      }
    }
  }
}

PerId<ActorId, ActorMoney> money_of_actors(const Model& model, const Pairs<double>& spend, const Balances& balances) {
  PerId<ActorId, ActorMoney> money(model.scenario().actors.size());
  for (std::size_t s = 0; s < model.segments(); ++s)
    for (std::size_t c = 0; c < model.channels(); ++c)
      money[model.seller(ChannelId::of(c))].sales += spend(SegmentId::of(s), ChannelId::of(c));
  for (std::size_t k = 0; k < balances.paid.size(); ++k) {
    const scenario::Contract& contract = model.scenario().contracts[ContractId::of(k)];
    double amount = 0;
    for (std::size_t s = 0; s < model.segments(); ++s)
      for (std::size_t c = 0; c < model.channels(); ++c)
        amount += balances.paid[ContractId::of(k)](SegmentId::of(s), ChannelId::of(c));
    money[contract.payer].payments += amount;
    money[contract.payee].receipts += amount;
  }
  return money;
}

namespace {

/// The contract that moves more than can be: an amount that is no number, else the largest.
std::string suspect(const Model& model, const Balances& balances) {
  std::string name = "none";
  double largest = -1;
  for (std::size_t k = 0; k < balances.paid.size(); ++k) {
    double amount = 0;
    for (std::size_t s = 0; s < model.segments(); ++s)
      for (std::size_t c = 0; c < model.channels(); ++c)
        amount += balances.paid[ContractId::of(k)](SegmentId::of(s), ChannelId::of(c));
    if (!std::isfinite(amount)) return model.scenario().contracts[ContractId::of(k)].name;
    if (std::abs(amount) > largest) name = model.scenario().contracts[ContractId::of(k)].name;
    largest = std::max(largest, std::abs(amount));
  }
  return name;
}

}  // namespace

void require_conserved(const Model& model, const Pairs<double>& spend, const Balances& balances, Time at) {
  double spent = 0, netted = 0, gross = 0;
  for (std::size_t s = 0; s < model.segments(); ++s)
    for (std::size_t c = 0; c < model.channels(); ++c)
      spent += spend(SegmentId::of(s), ChannelId::of(c));
  for (const ActorMoney& money : money_of_actors(model, spend, balances)) {
    netted += money.net();
    gross += std::abs(money.sales) + std::abs(money.receipts) + std::abs(money.payments);
  }
  if (std::abs(spent - netted) <= 1e-12 * (gross + 1)) return;
  throw std::logic_error(fmt::format("{}: customers spent {} but the actors net {}; contract: {}", to_string(at), spent,
                                     netted, suspect(model, balances)));
}

}  // namespace loophole::market
