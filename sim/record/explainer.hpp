/// Builds the graph of causes of one value from a traced replication.
///
/// Each part of the model has its own questions (money: from whom; a share: who may use what; a rule: what brought it
/// about), so its methods are spread over files by subject. Events are added once, however many values they explain.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/engine/trace.hpp>
#include <loophole/record/why.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace loophole::record {

class Explainer {
 public:
  /// The trace must have taken snapshots at the horizon's start, `since` and `at`.
  Explainer(const Subject& subject, const Question& question, const engine::Trace& trace,
            const engine::Replication& replication);

  [[nodiscard]] CauseGraph explain();
  [[nodiscard]] Time reference() const { return reference_; }

 private:
  using Kind = CauseNode::Kind;
  using Happening = engine::Happening;

  /// Money or use on a path that is a part of the value.
  struct Part {
    SegmentId segment;
    ChannelId channel;
    double amount = 0;
    double rate = 1;  ///< of the spend or use on the path
  };

  // Words (explainer_words.cpp)
  [[nodiscard]] const scenario::InputValue* input(const std::string& path) const;
  [[nodiscard]] std::string cited(const std::string& path) const;
  [[nodiscard]] std::string cited(const scenario::InputValue* value) const;
  [[nodiscard]] static std::string source_mark(const std::string& source, const std::string& confidence);
  void cite(CauseNode& node, const std::string& path) const;
  [[nodiscard]] std::string amount_text(std::optional<double> amount, const std::string& unit) const;
  [[nodiscard]] std::string name(SegmentId segment) const;
  [[nodiscard]] std::string name(ChannelId channel) const;
  [[nodiscard]] std::string name(RuleId rule) const;

  // Events (explainer_events.cpp)
  CauseId happened(const Happening& happening);
  void because_of(CauseId of, world::Cause cause);
  [[nodiscard]] CauseNode describe(const Happening& happening) const;
  [[nodiscard]] std::string circumstances(const Happening& happening) const;
  void explain_event(CauseId of, EventId event);
  [[nodiscard]] const Happening* last_of(BillId bill) const;
  void explain_absence(CauseId of, EventId id, std::set<EventId> asked);
  [[nodiscard]] bool is_between(Time at) const { return reference_ < at && (is_flow_ ? at < to_ : at <= to_); }
  void tell_of_the_rest(CauseId of);
  [[nodiscard]] std::string why_idle(const Happening& happening) const;

  // Access (explainer_access.cpp)
  void explain_access(CauseId of, SegmentId segment, ChannelId channel);
  void changes_of_access(CauseId of, SegmentId segment, ChannelId first);
  void explain_rules(CauseId of, SegmentId segment, ChannelId channel);
  [[nodiscard]] std::string path_state(const world::Access& access) const;
  [[nodiscard]] const Happening* last_change(RuleId rule) const;
  [[nodiscard]] bool in_force(RuleId rule) const;
  [[nodiscard]] std::string enforcement(RuleId rule, SegmentId segment, ChannelId channel) const;
  [[nodiscard]] std::string bindings(RuleId rule, SegmentId segment, ChannelId channel) const;

  // Shares (explainer_shares.cpp)
  void explain_share(CauseId of, SegmentId segment, ChannelId channel);
  void movements(CauseId of, SegmentId segment);
  void offers(CauseId of, SegmentId segment, ChannelId channel);
  [[nodiscard]] CauseNode describe(const scenario::Offer& offer, const Happening& happening) const;
  void supply_changes(CauseId of, SegmentId segment);
  void explain_stranded(CauseId of, SegmentId segment);
  /// When an event was last announced, and when that was withdrawn; null: it was not.
  struct Announcement {
    const Happening *told = nullptr, *withdrawn = nullptr;
  };
  [[nodiscard]] Announcement announcement(const scenario::Event& event, Time until) const;
  [[nodiscard]] std::string bound_by(const scenario::Event& event, SegmentId segment, Time at) const;
  void announcements(CauseId of, SegmentId segment);
  void explain_notice(CauseId of, SegmentId segment);
  void demand_changes(CauseId of, SegmentId segment);
  void price_changes(CauseId of, ChannelId channel);

  // Money (explainer_money.cpp)
  void explain_flow(CauseId of);
  void explain_contract(CauseId of, ContractId id, double sign);
  void add_parts(CauseId of, std::vector<Part> parts, const std::string& unit);
  CauseId add_path(const Part& part, double total, const std::string& unit);
  [[nodiscard]] std::vector<Part> paths(const world::Pairs<double>& from, const world::Pairs<double>& to) const;

  [[nodiscard]] CauseNode root() const;
  void explain_stock(CauseId of);
  void explain_variable(CauseId of);
  void explain_bill(CauseId of);
  [[nodiscard]] std::optional<double> value(const engine::Snapshot& from, const engine::Snapshot& to) const;

  const scenario::Scenario& scenario_;
  const world::Model& model_;
  const engine::Setup& setup_;
  const Question& question_;
  const engine::Trace& trace_;
  const engine::Replication& replication_;
  engine::Measure measure_;
  bool is_flow_;
  Time reference_, to_;  ///< what changed in between is told
  std::map<std::string, const scenario::InputValue*> inputs_;
  std::map<world::Cause, CauseId> events_;
  CauseGraph graph_;
};

}  // namespace loophole::record
