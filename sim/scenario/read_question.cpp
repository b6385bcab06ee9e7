#include "read.hpp"
#include "term_reader.hpp"

#include <fmt/format.h>

namespace loophole::scenario {

DeclaredMetric read_metric(Reader& reader, const Member& member, const Path& path) {
  DeclaredMetric metric;
  metric.name = member.key;
  metric.mark = member.mark;
  if (find_metric(member.key))
    reader.error(member.mark, path, fmt::format("'{}' is built in", member.key),
                 "a declared metric needs a name of its own", "rename it");
  Fields fields(reader, member.value, path, language::metric);
  fields.text("label", metric.label);
  if (const auto of = fields.word("of")) metric.of = static_cast<DeclaredMetric::Of>(*of);
  fields.with("where", [&](const Node& node, const Path& at) { metric.where = read_predicate(reader, node, at); });
  fields.with("over", [&](const Node& node, const Path& at) { metric.over = read_predicate(reader, node, at); });
  fields.with("status", [&](const Node& node, const Path& at) {
    const language::Words words = fields.words("status");
    reader.each(node, at, [&](const Node& item, const Path& where) {
      metric.statuses.emplace_back(words[reader.one_of(item, where, words)]);
    });
  });
  if (metric.statuses.empty()) metric.statuses = {"gap", "licensed"};
  return metric;
}

Outcome read_outcome(Reader& reader, const Member& member, const Path& path) {
  const Reader::Settings quiet(reader);
  Outcome outcome;
  outcome.name = member.key;
  outcome.mark = member.mark;
  Fields fields(reader, member.value, path, language::outcome);
  fields.text("label", outcome.label);
  fields.text("unit", outcome.unit);
  fields.text("to_whom", outcome.to_whom);
  if (const auto preferred = fields.word("prefer")) outcome.prefer = fields.words("prefer")[*preferred];
  int kinds = 0;
  bool is_read = true;
  Mark term_mark = member.mark;
  const auto read_term = [&](const char* key, Outcome::Kind kind) {
    fields.with(key, [&](const Node& node, const Path& at) {
      ++kinds;
      outcome.kind = kind;
      term_mark = node.mark;
      const Reader::Watch watch(reader);
      static_cast<void>(reader.text(node, at));  // says so when it is none
      if (watch.quiet())
        if (const auto term = TermReader(reader, node, at).read(node.scalar)) outcome.term = *term;
      is_read = is_read && watch.quiet();
    });
  };
  read_term("sum", Outcome::Kind::sum);
  read_term("mean", Outcome::Kind::mean);
  read_term("value", Outcome::Kind::at);
  fields.date("from", outcome.from);
  fields.date("to", outcome.to);
  const bool dated = fields.date("at", outcome.from);
  if (!is_read) fields.forgive();  // a ',' within { … } may have cut the term in two
  if (outcome.from && outcome.to && *outcome.from >= *outcome.to)
    reader.error(member.value.find("to")->mark, Path{&path, "to"}, "it ends before it starts",
                 "intervals exclude their end", "let 'to' be later than 'from'");
  if (fields.ok() && kinds > 1)
    reader.error(term_mark, path, "more than one of 'sum', 'mean' and 'value'", "an outcome is one number",
                 "keep one of them");
  if (fields.ok() && kinds == 0 && !fields.has_unknown())
    reader.error(member.mark, path, "no 'sum', 'mean' or 'value'", "an outcome is one number",
                 "write for example sum: flows(CONTRACT)");
  if (kinds != 1 || !is_read) return outcome;
  if (outcome.term.at) {
    if (outcome.kind != Outcome::Kind::at)
      reader.error(term_mark, path, "a date within a sum or mean", "these are taken over an interval",
                   "write from: and to: in its place");
    else if (dated)
      reader.error(term_mark, path, "two dates of one value", "'at:' says it too", "keep one of them");
    else
      outcome.from = outcome.term.at;
  }
  if (dated && outcome.kind != Outcome::Kind::at)
    reader.error(member.value.find("at")->mark, Path{&path, "at"}, "'at' with a sum or mean",
                 "these are taken over an interval", "write from: and to:");
  if (outcome.term.metric != Metric::declared) {
    const MetricInfo& metric = info(outcome.term.metric);
    if (metric.kind == MetricInfo::Kind::word) {
      reader.error(term_mark, path, fmt::format("'{}' is a word", metric.name), "an outcome is a number",
                   metric.metric == Metric::bill ? "write for example value: happened(BILL.ENACTED)"
                                                 : "write an expectation, or value: availability(CHANNEL, SEGMENT)");
      return outcome;
    }
    const bool additive = metric.kind == MetricInfo::Kind::flow && metric.unit != MetricInfo::Unit::hhi;
    if (outcome.kind == Outcome::Kind::sum && !additive)
      reader.error(term_mark, path, fmt::format("'{}' cannot be summed over time", metric.name), "only amounts add up",
                   metric.kind == MetricInfo::Kind::flow ? "use mean:" : "use value: with at: DATE");
    const bool averaged = outcome.term.metric == Metric::share || outcome.term.metric == Metric::stranded ||
                          (metric.kind == MetricInfo::Kind::flow && !additive);
    if (outcome.kind == Outcome::Kind::mean && !averaged)
      reader.error(term_mark, path, fmt::format("'{}' has no mean over time here", metric.name),
                   "share, stranded and concentration have",
                   metric.kind == MetricInfo::Kind::flow ? "use sum:" : "use value: with at: DATE");
    if (outcome.kind == Outcome::Kind::at && metric.kind != MetricInfo::Kind::stock)
      reader.error(term_mark, path, fmt::format("'{}' has no value at an instant", metric.name), "it is not a stock",
                   "use sum: with from: and to:");
  } else if (outcome.kind == Outcome::Kind::mean) {
    reader.error(term_mark, path, "a declared metric has no mean over time", "a part is taken over the whole interval",
                 "use sum: or value:");
  }
  return outcome;
}

}  // namespace loophole::scenario
