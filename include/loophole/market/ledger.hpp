/// The ledger: who receives what of what customers spend, under contracts whose rates change on dates.
///
/// Sales go to the seller of record; a contract passes on a part of what its payer received. Everything is linear in
/// the customers' spend, so the ledger keeps coefficients per path and settles only when a rate changes: amounts
/// between settlements follow exactly from the spend, and looking at them moves nothing.
#pragma once

#include <loophole/world/model.hpp>
#include <loophole/world/state.hpp>

#include <vector>

namespace loophole::market {

/// Cumulative money since the start, base currency.
struct Balances {
  PerId<ContractId, world::Pairs<double>> paid;
};

class Ledger {
 public:
  explicit Ledger(const world::Model& model);

  /// New rates hold from now on; `spend` is what was spent up to now, cumulatively.
  void settle(const world::Model& model, const PerId<ContractId, double>& rates, const world::Pairs<double>& spend);

  /// What has been paid when `spend` has been spent. Never changes the ledger.
  void balances(const world::Pairs<double>& spend, Balances& balances) const;

 private:
  PerId<ContractId, world::Pairs<double>> coefficients_;
  PerId<ContractId, world::Pairs<double>> settled_;
  world::Pairs<double> settled_spend_;
};

/// Throws std::logic_error naming a contract unless customers' spend equals the sum of what the actors net.
void require_conserved(const world::Model& model, const world::Pairs<double>& spend, const Balances& balances, Time at);

/// What an actor nets: sales as seller of record, plus receipts, less payments. Cumulative.
struct ActorMoney {
  double sales = 0;
  double receipts = 0;
  double payments = 0;
  [[nodiscard]] double net() const { return sales + receipts - payments; }
};
[[nodiscard]] PerId<ActorId, ActorMoney> money_of_actors(const world::Model& model, const world::Pairs<double>& spend,
                                                         const Balances& balances);

}  // namespace loophole::market
