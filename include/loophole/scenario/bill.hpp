/// Bills: legislative processes of stages that take time and may not be passed, until their Congress ends.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/bill_status.hpp>
#include <loophole/scenario/number.hpp>
#include <loophole/scenario/variable.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// Something decided after a while: when, and with what probability it goes through.
struct BillVote {
  Delay takes = Span{};
  Number passes;
  std::vector<Shift> logit_shift;  ///< of the probability, by variables at the moment of the decision
};

struct BillStage {
  BillStatus status;
  EventId event;  ///< that the status is reached
  BillVote vote;
};

/// Another law that may carry the bill's text, once.
struct BillVehicle {
  EventId event;              ///< that it does
  std::optional<Time> at;     ///< when it becomes law; otherwise `vote.takes` after the bill reaches `from`
  std::optional<Time> known;  ///< of `at`
  std::size_t from = 0;       ///< how many stages the bill has passed by then
  BillVote vote;
};

/// In the next Congress, from the first stage on.
struct Reintroduction {
  Number probability;
  Delay after = Span{};  ///< after the end of the last Congress
  Span expires;          ///< the length of a Congress
  std::size_t times = 1;
};

/// What happened.
struct BillFact {
  EventId event;
  Time at;
  Time known;
};

struct Bill {
  std::string name;
  std::string label;
  std::optional<Time> expires;
  std::vector<BillStage> stages;
  std::vector<BillFact> history;  ///< in the order of time, the introduction first
  std::vector<BillVehicle> vehicles;
  std::optional<BillVote> override_vote;  ///< after a veto
  std::optional<Reintroduction> reintroduced;
  /// What all bills can come to; the ones that this bill cannot are none.
  EventId introduced, vetoed, overridden, incorporated, enacted, failed, lapsed;
  Mark mark;
};

}  // namespace loophole::scenario
