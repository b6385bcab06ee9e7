/// A scenario: the plain structs that a YAML file becomes, names resolved and units converted; no behaviour.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/base/result.hpp>
#include <loophole/base/units.hpp>
#include <loophole/scenario/bill.hpp>
#include <loophole/scenario/correlation.hpp>
#include <loophole/scenario/document.hpp>
#include <loophole/scenario/event.hpp>
#include <loophole/scenario/parameter.hpp>
#include <loophole/scenario/question.hpp>
#include <loophole/scenario/resolution.hpp>
#include <loophole/scenario/rule.hpp>
#include <loophole/scenario/segment.hpp>
#include <loophole/scenario/supply.hpp>
#include <loophole/scenario/trigger.hpp>
#include <loophole/scenario/variable.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// Where numbers come from. Confidence is one of seed, sourced, estimate, assumption.
struct Source {
  std::string name;
  std::string title;
  std::string url;
  std::optional<Time> date;
  std::string confidence;
  Mark mark;
};

/// One number or date that somebody wrote, for the table of inputs.
struct InputValue {
  std::string path;
  double value = 0;
  std::string text;  ///< of what is not a number: a date
  std::string unit;
  std::string source;
  std::string confidence;  ///< "unsourced" when nobody said
  Mark mark;
};

struct Scenario {
  enum class Start { calibrated, stationary };

  std::string title;
  std::string description;
  Interval horizon;
  Time as_of;
  Span record_every;
  Span probe_every;                                ///< how often conditions that drift are looked at
  Resolution resolution = Resolution::mean_field;  ///< of segments that choose none
  Span resolution_step;                            ///< how often whole firms are brought up to date, in seconds
  std::vector<Time> summary_dates;
  Start start = Start::calibrated;
  bool recalibrate = false;

  UnitTable units;
  std::string unit_of_use;  ///< what is used and priced: a declared unit ("tok")
  std::vector<Source> sources;
  PerId<ParameterId, Parameter> parameters;
  std::vector<Correlation> correlations;  ///< between uncertainties
  PerId<AttributeId, Attribute> attributes;
  PerId<ActorId, Actor> actors;
  PerId<ProductId, Product> products;
  PerId<ChannelId, Channel> channels;
  PerId<SegmentId, Segment> segments;
  PerId<ContractId, Contract> contracts;
  PerId<RuleId, Rule> rules;
  PerId<VariableId, Variable> variables;
  PerId<EventId, Event> events;  ///< those under `events:`, then one for each trigger, then those of the bills
  PerId<TriggerId, Trigger> triggers;
  PerId<BillId, Bill> bills;
  std::vector<Nest> nests;
  std::vector<std::pair<std::string, Number>> blend;  ///< weights of the parts of a price
  std::vector<DeclaredMetric> metrics;
  std::vector<Outcome> outcomes;
  std::vector<Expectation> expectations;

  std::vector<InputValue> inputs;

  [[nodiscard]] Resolution resolution_of(const Segment& segment) const {
    return segment.resolution.value_or(resolution);
  }
};

/// Reads and checks one merged tree. All problems are reported together; warnings accompany a value.
/// `removed`: what `remove` took out of it, for messages about what depended on that.
[[nodiscard]] Result<Scenario> read_scenario(const Node& root, const Files& files,
                                             const std::vector<Removal>& removed = {});

/// A loaded file: what it says, and what its root says (calibration happens there).
struct ScenarioFile {
  Document document;
  Scenario scenario;
  std::optional<Scenario> root;  ///< none when the scenario is its own root
  Time own_as_of;                ///< as the file says; a run may move the scenario's
};

/// Reads a document and its root, every problem of both at once.
[[nodiscard]] Result<ScenarioFile> read_scenario_file(Document document);

/// Reads a metric with its arguments, such as "share(glm, start-ups)", as the scenario's own questions name them.
/// `origin` is the place that diagnostics name: "--metric".
[[nodiscard]] Result<Term> read_term(const ScenarioFile& file, const std::string& text, const std::string& origin);

/// load_document and read_scenario of it and its root, every problem of every file at once. `as_of` and `resolution`,
/// where given, replace what both say.
[[nodiscard]] Result<ScenarioFile> load_scenario(const std::string& file, const std::vector<Override>& overrides = {},
                                                 std::optional<Time> as_of = std::nullopt,
                                                 const std::string& resolution = {});

}  // namespace loophole::scenario
