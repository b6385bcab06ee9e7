/// Measuring: what a metric says of a snapshot, or of the time between two.
#pragma once

#include <loophole/engine/setup.hpp>
#include <loophole/engine/snapshot.hpp>
#include <loophole/scenario/question.hpp>

#include <optional>

namespace loophole::engine {

class Measure {
 public:
  explicit Measure(const Setup& setup) : setup_(setup), model_(setup.model) {}

  /// A stock, or the stock part of a declared metric. Nothing where it is not defined (no price change is equivalent).
  [[nodiscard]] std::optional<double> stock(const scenario::Term& term, const Snapshot& at) const;
  /// A flow over [from, to). Nothing where it is not defined (a part of nothing).
  [[nodiscard]] std::optional<double> flow(const scenario::Term& term, const Snapshot& from, const Snapshot& to) const;
  /// The mean over [from, to) of a share or of the stranded; an index of flows, such as the concentration, is that of
  /// the whole interval.
  [[nodiscard]] std::optional<double> mean(const scenario::Term& term, const Snapshot& from, const Snapshot& to) const;
  /// The code of a word, its place among the metric's words_of().
  [[nodiscard]] static std::size_t word(const scenario::Term& term, const Snapshot& at) {
    return term.metric == scenario::Metric::bill
               ? at.bills[term.bill].index
               : static_cast<std::size_t>(at.access(term.segment, term.channel).status);
  }

  /// Whether the term's value depends on where the segment's firms are, or on what they paid.
  [[nodiscard]] static bool reads(const scenario::Term& term, SegmentId segment);
  /// Whether the term needs to know where firms or money are; else the state of the world is enough.
  [[nodiscard]] static bool reads_market(const scenario::Term& term);
  [[nodiscard]] static bool is_stock(const scenario::Term& term, const scenario::Scenario& scenario);

 private:
  template <class Selected>
  [[nodiscard]] double total(const world::Pairs<double>& from, const world::Pairs<double>& to, SegmentId segment,
                             Selected selected) const;
  [[nodiscard]] std::optional<double> declared_stock(const scenario::Term& term, const Snapshot& at) const;
  [[nodiscard]] std::optional<double> declared_flow(const scenario::Term& term, const Snapshot& from,
                                                    const Snapshot& to) const;
  [[nodiscard]] double concentration(const scenario::Term& term, const Snapshot& from, const Snapshot& to) const;
  /// Σ firms·value over the segments that the term takes together, divided by Σ firms.
  template <class Value>
  [[nodiscard]] double over_firms(const scenario::Term& term, Value value) const;

  const Setup& setup_;
  const world::Model& model_;
};

}  // namespace loophole::engine
