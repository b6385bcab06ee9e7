#include "read.hpp"
#include "term_reader.hpp"
#include <loophole/scenario/observation.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {
namespace {

/// One entry of `observations:`; of each kind the keys that go with it.
class ObservationReader {
 public:
  ObservationReader(Reader& reader, const Member& member, const Path& path)
      : reader_(reader),
        member_(member),
        path_(path),
        fields_(reader, member.value, path, language::observation),
        watch_(reader) {}

  std::optional<Observation> read() {
    observation_.name = member_.key;
    observation_.mark = member_.mark;
    fields_.text("label", observation_.label);
    const Node* that = fields_.get("that");
    const Node* event = fields_.get("event");
    const Node* value = fields_.get("value");
    if (!fields_.ok()) return std::nullopt;
    if ((that != nullptr) + (event != nullptr) + (value != nullptr) != 1) {
      fields_.forgive();
      reader_.error(member_.mark, path_, "not one of 'that', 'event' and 'value'",
                    "an observation is a sentence, the date of an event or a quantity",
                    "write for example that: \"happened(EVENT) = no at 2025-01-03\"");
      return std::nullopt;
    }
    if (that) read_sentence(*that);
    if (event) read_date(*event);
    if (value) read_quantity(*value);
    read_observed();
    read_source();
    return watch_.quiet() ? std::optional<Observation>(std::move(observation_)) : std::nullopt;
  }

 private:
  [[nodiscard]] const Interval& horizon() const { return reader_.scenario().horizon; }

  std::optional<Time> date(const char* key) {
    std::optional<Time> found;
    const auto read = [&](const Node& node, const Path& at) {
      found = reader_.date(node, at);
      if (found && (*found < horizon().from || *found > horizon().to)) {
        reader_.error(
            node.mark, at, fmt::format("{} is outside the horizon", to_string(*found)),
            fmt::format("the scenario runs from {} to {}", to_string(horizon().from), to_string(horizon().to)),
            "choose a date within it");
        found.reset();
      }
    };
    fields_.with(key, read);
    return found;
  }

  void read_sentence(const Node& node) {
    ObservedSentence said;
    const Reader::Watch watch(reader_);
    said.that = read_expectation(reader_, node, fields_.at("that"));
    if (!watch.quiet()) fields_.forgive();  // a ',' within { … } may have cut it in two
    if (said.that.quota)
      reader_.error(node.mark, fields_.at("that"), "'in … of replications' in an observation",
                    "the world happened once", "remove it");
    fields_.truth("held", said.held);
    speaks_until_ = said.that.at_instant ? said.that.when.from : said.that.when.to;
    const auto* other = std::get_if<Term>(&said.that.right);
    const auto consider = [&](const Term& term) {
      if (term.at && (!said.that.at_instant || *term.at < horizon().to)) latest(*term.at);
    };
    if (speaks_until_ < horizon().to) latest(speaks_until_);
    consider(said.that.left);
    if (other) consider(*other);
    must_be_over_ = said.held && !said.that.at_instant;
    observation_.what = std::move(said);
  }

  void latest(Time time) { default_ = default_ ? std::max(*default_, time) : time; }

  void read_date(const Node& node) {
    ObservedDate dated;
    dated.event = reader_.reference<EventId>(node, fields_.at("event"));
    dated.happened = date("happened").value_or(horizon().to);
    dated.by = date("by").value_or(horizon().to);
    default_ = dated.happened;
    observation_.what = dated;
  }

  void read_quantity(const Node& node) {
    ObservedQuantity measured;
    const std::optional<Time> from = date("from"), to = date("to");
    const Path path = fields_.at("value");
    static_cast<void>(reader_.text(node, path));  // says so when it is none
    std::optional<Term> term;
    if (node.is_scalar()) term = TermReader(reader_, node, path).read(node.scalar);
    if (!term) fields_.forgive();  // a ',' within { … } may have cut it in two
    const bool is_read = term && check_metric(*term, node, path);
    if (is_read) {
      const bool is_stock = is_at_an_instant(*term);
      is_stock ? read_instant(measured, *term, node, path) : read_interval(measured, *term, from, to);
      if (is_stock && (from || to))
        reader_.error(node.mark, path_, "'from' and 'to' with a value at an instant", "a stock is not summed",
                      "remove them");
    }
    fields_.with("is", [&](const Node& is, const Path& at) {
      if (!is_read) return;
      const bool range = is.is_sequence();
      if (range && is.items.size() != 2)
        return reader_.error(is.mark, at, fmt::format("{} values", is.items.size()), "a range has a low and a high end",
                             "write for example [50 %, 100 %]");
      measured.is_range = range;
      measured.low = number(range ? is.items[0] : is, at, term, measured);
      measured.high = range ? number(is.items[1], at, term, measured) : measured.low;
      if (measured.low > measured.high)
        reader_.error(is.mark, at, "the range ends below its start", "the low end comes first", "swap them");
    });
    must_be_over_ = is_read;
    observation_.what = std::move(measured);
  }

  bool check_metric(const Term& term, const Node& node, const Path& path) {
    if (term.metric == Metric::declared) return true;
    const MetricInfo& metric = info(term.metric);
    const bool is_word = !words_of(term.metric).empty(), is_date = metric.unit == MetricInfo::Unit::time;
    if (!is_word && !is_date) return true;
    reader_.error(node.mark, path, fmt::format("'{}' is no quantity", metric.name),
                  is_word ? "its values are words" : "it is the date of an event",
                  is_word ? "write a sentence: that: \"… = WORD at DATE\"" : "write event: and happened:");
    return false;
  }

  [[nodiscard]] bool is_at_an_instant(const Term& term) {
    if (term.metric != Metric::declared) return info(term.metric).kind == MetricInfo::Kind::stock;
    const DeclaredMetric::Of of = reader_.scenario().metrics[term.declared].of;
    return of == DeclaredMetric::Of::firms || of == DeclaredMetric::Of::sellers;
  }

  void read_instant(ObservedQuantity& measured, const Term& term, const Node& node, const Path& path) {
    measured.value.kind = Outcome::Kind::at;
    measured.value.term = term;
    measured.value.from = term.at;
    if (!term.at)
      return reader_.error(node.mark, path, "no date", "a stock is a value at an instant",
                           "write for example \"share(CHANNEL, SEGMENT) at 2026-06-17\"");
    if (*term.at < horizon().from || *term.at > horizon().to)
      reader_.error(node.mark, path, fmt::format("{} is outside the horizon", to_string(*term.at)),
                    "nothing is known there", "choose a date within it");
    speaks_until_ = *term.at;
    default_ = *term.at;
  }

  void read_interval(ObservedQuantity& measured, const Term& term, std::optional<Time> from, std::optional<Time> to) {
    Outcome& value = measured.value;
    value.term = term;
    const bool is_index = term.metric != Metric::declared && info(term.metric).unit == MetricInfo::Unit::hhi;
    value.kind = is_index ? Outcome::Kind::mean : Outcome::Kind::sum;
    fields_.need("from");
    fields_.need("to");
    value.from = from;
    value.to = to;
    check_order(from, to, path_);
    if (to) speaks_until_ = *to;
    default_ = to;
    fields_.with("over", [&](const Node& node, const Path& path) {
      Fields fields(reader_, node, path, language::time_of_comparison);
      measured.over = value;
      const auto read = [&](const char* key, std::optional<Time>& time) {
        fields.with(key, [&](const Node& each, const Path& at) {
          time = reader_.date(each, at);
          if (time && (*time < horizon().from || *time > horizon().to))
            reader_.error(each.mark, at, fmt::format("{} is outside the horizon", to_string(*time)),
                          "nothing is known there", "choose a date within it");
        });
      };
      read("from", measured.over->from);
      read("to", measured.over->to);
      check_order(measured.over->from, measured.over->to, path);
    });
  }

  void check_order(std::optional<Time> from, std::optional<Time> to, const Path& path) {
    if (from && to && *from >= *to)
      reader_.error(member_.mark, path, "it ends before it starts", "intervals exclude their end",
                    "let 'to' be later than 'from'");
  }

  double number(const Node& node, const Path& path, const std::optional<Term>& term, const ObservedQuantity& measured) {
    const Reader::Watch watch(reader_);
    static_cast<void>(reader_.text(node, path));
    if (!watch.quiet()) return 0;
    const auto parsed = reader_.scenario().units.parse(node.scalar);
    if (const auto* problem = std::get_if<UnitProblem>(&parsed)) {
      reader_.error(node.mark, path, problem->problem, problem->reason, problem->suggestion);
      return 0;
    }
    const auto& quantity = std::get<Quantity>(parsed);
    if (measured.over) {
      if (quantity.dimension != Dimension::none())
        reader_.error(node.mark, path, fmt::format("'{}' has a unit", node.scalar), "a ratio has none",
                      "write for example 3, or 300 %");
    } else if (term) {
      TermReader(reader_, node, path).check_unit(*term, node.scalar, quantity);
    }
    return quantity.value;
  }

  void read_observed() {
    const Node* node = fields_.get("observed");
    if (node) {
      const auto date = reader_.date(*node, fields_.at("observed"));
      observation_.observed = date.value_or(horizon().to);
      if (date && must_be_over_ && *date < speaks_until_)
        reader_.error(node->mark, fields_.at("observed"), "it was observed before its time was over",
                      fmt::format("it speaks of the time up to {}", to_string(speaks_until_)),
                      "end it earlier, for example with 'to DATE'");
    } else if (default_) {
      observation_.observed = *default_;
    } else if (watch_.quiet() && std::holds_alternative<ObservedSentence>(observation_.what)) {
      reader_.error(member_.mark, path_, "nobody says when it was observed", "the sentence has no date",
                    "add observed: DATE");
    }
  }

  void read_source() {
    const Node* node = fields_.node().find("source");
    if (node && node->is_sequence() && !node->items.empty()) node = &node->items.front();
    if (node && node->is_scalar()) observation_.source = node->scalar;
    if (!node) reader_.warning(member_.mark, path_, "no source", "nobody can check what happened", "add source: ID");
  }

  Reader& reader_;
  const Member& member_;
  const Path& path_;
  Fields fields_;
  Reader::Watch watch_;
  Observation observation_;
  std::optional<Time> default_;  ///< of `observed`: the last date it mentions
  Time speaks_until_;
  bool must_be_over_ = false;  ///< it cannot be known before that
};

}  // namespace

bool holds_observations(const std::string& file) {
  const Result<Document> document = load_document(file);
  return document && document->scenario.find("observations") && !document->scenario.find("horizon");
}

Result<Observations> load_observations(const std::string& file, const ScenarioFile& scenario) {
  Result<Document> document = load_document(file);
  if (!document) return document.diagnostics();
  Diagnostics diagnostics;
  Scenario about = scenario.scenario;  // names, units and sources; what is read goes elsewhere
  const std::vector<Removal> removed;
  Reader reader(document->files, removed, diagnostics, about);
  list_names(reader, scenario.document.scenario);
  reader.knows_horizon = true;
  Observations observations;
  const Path path;
  {
    Fields root(reader, document->scenario, path, language::observations_file);
    const Reader::Settings quiet(reader);
    read_schema(reader, root);
    root.text("title", observations.title);
    root.with("sources", [&](const Node& node, const Path& at) {
      Fields entries(reader, node, at, language::sources);
      entries.rest([&](const Member& member, const Path& where) {
        about.sources.push_back(read_source(reader, member, where));
      });
    });
    root.with("observations", [&](const Node& node, const Path& at) {
      Fields entries(reader, node, at, language::observations);
      entries.rest([&](const Member& member, const Path& where) {
        if (auto observation = ObservationReader(reader, member, where).read())
          observations.list.push_back(std::move(*observation));
      });
      if (node.is_map() && node.members.empty())
        reader.error(node.mark, at, "no observation", "nothing could be scored", "add one, or run without --score");
    });
  }
  if (diagnostics.has_errors()) return diagnostics;
  observations.files = std::move(document->files);
  return {std::move(observations), std::move(diagnostics)};
}

}  // namespace loophole::scenario
