#include "find_history.hpp"
#include <loophole/record/find.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace loophole::record {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  explicit Writer(const FindReport& report)
      : report_(report), model_(report.setup.model), scenario_(model_.scenario()) {}

  [[nodiscard]] Json question() const {
    const FindQuestion& question = report_.findings.question;
    Json segments = Json::array();
    for (const SegmentId segment : question.segments)
      segments.push_back(scenario_.segments[segment].name);
    return {{"date", to_string(question.at)},
            {"date_from", question.at_reason},
            {"as_of", to_string(scenario_.as_of)},
            {"segments", segments},
            {"developer_from", question.developer_from.empty() ? Json() : Json(question.developer_from)}};
  }

  [[nodiscard]] Json rules() const {
    Json rules = Json::array();
    for (const RuleId id : report_.findings.rules) {
      const scenario::Rule& rule = scenario_.rules[id];
      rules.push_back({{"rule", rule.name},
                       {"label", rule.label},
                       {"kind", kind_word(rule.kind)},
                       {"issuer", rule.issuer},
                       {"authority", rule.authority},
                       {"in_force", report_.outlook.state.rules[id].in_force},
                       {"candidate", rule.candidate}});
    }
    return rules;
  }

  [[nodiscard]] Json paths() const {
    Json paths = Json::array();
    for (const PathFinding& finding : report_.findings.paths) {
      Json path = where(finding.path);
      path["product"] = scenario_.products[scenario_.channels[finding.path.channel].product].name;
      path["developer"] = scenario_.actors[model_.developer(finding.path.channel)].name;
      path["seller"] = scenario_.actors[model_.seller(finding.path.channel)].name;
      path.update(access(finding.access));
      path["rules"] = Json::array();
      for (const RuleFinding& found : finding.rules)
        path["rules"].push_back({{"rule", scenario_.rules[found.rule].name},
                                 {"in_force", found.in_force},
                                 {"binds", found.binds},
                                 {"enforcement", found.binds ? Json(found.enforced) : Json()},
                                 {"reason", found.reason}});
      paths.push_back(std::move(path));
    }
    return paths;
  }

  [[nodiscard]] Json closure() const {
    const world::Closure& closure = *report_.closure;
    Json json;
    json["candidates"] = names(closure.candidates);
    json["gaps"] = list(closure.gaps);
    json["beyond_all_candidates"] = Json::array();
    for (const world::Path& path : closure.beyond) {
      Json each = where(path);
      each["misses"] = misses(closure.candidates, path);
      json["beyond_all_candidates"].push_back(std::move(each));
    }
    json["complete"] = closure.complete;
    json["sets"] = Json::array();
    for (const world::ClosingSet& set : closure.sets) {
      Json open = Json::array();
      for (const world::Path& path : report_.findings.considered) {
        const world::Access& left = set.access(path.segment, path.channel);
        if (left.available <= 0) continue;
        Json each = where(path);
        each.update(access(left));
        open.push_back(std::move(each));
      }
      json["sets"].push_back({{"rules", names(set.rules)}, {"open", open}});
    }
    json["alone"] = Json::array();
    for (const RuleId rule : closure.candidates) {
      Json missed = Json::array();
      for (const world::Path& path : closure.gaps) {
        if (model_.binds(rule, path.segment, path.channel)) continue;
        Json each = where(path);
        each["reason"] = find_rule(report_.setup, report_.outlook, rule, path).reason;
        missed.push_back(std::move(each));
      }
      json["alone"].push_back({{"rule", scenario_.rules[rule].name}, {"misses", missed}});
    }
    return json;
  }

  [[nodiscard]] Json timeline() const {
    Json timeline = Json::array();
    for (const PathHistory& history : histories_of(report_)) {
      Json path = where(history.path);
      path["changes"] = Json::array();
      for (const HistoryStep& step : history.steps) {
        const bool is_start = step.cause == world::no_cause;
        Json change{{"time", to_string(step.at)}, {"change", is_start ? "start" : verb_of(step)}};
        change.update(access(step.after));
        change["event"] = step.event;
        change["event_kind"] = step.event_kind;
        change["rule"] = step.rule;
        change["cause_id"] = is_start ? Json() : Json(step.cause);
        path["changes"].push_back(std::move(change));
      }
      timeline.push_back(std::move(path));
    }
    return timeline;
  }

 private:
  [[nodiscard]] Json where(const world::Path& path) const {
    return {{"segment", scenario_.segments[path.segment].name}, {"channel", scenario_.channels[path.channel].name}};
  }
  [[nodiscard]] static Json access(const world::Access& access) {
    return {{"status", world::to_string(access.status)}, {"availability", access.available}};
  }
  [[nodiscard]] Json list(const std::vector<world::Path>& paths) const {
    Json json = Json::array();
    for (const world::Path& path : paths)
      json.push_back(where(path));
    return json;
  }
  [[nodiscard]] Json names(const std::vector<RuleId>& rules) const {
    Json json = Json::array();
    for (const RuleId rule : rules)
      json.push_back(scenario_.rules[rule].name);
    return json;
  }
  [[nodiscard]] Json misses(const std::vector<RuleId>& rules, const world::Path& path) const {
    Json json = Json::array();
    for (const RuleId rule : rules)
      json.push_back({{"rule", scenario_.rules[rule].name},
                      {"reason", find_rule(report_.setup, report_.outlook, rule, path).reason}});
    return json;
  }

  const FindReport& report_;
  const world::Model& model_;
  const scenario::Scenario& scenario_;
};

}  // namespace

std::string find_json(const FindReport& report) {
  const Writer writer(report);
  Json json;
  json["title"] = report.setup.model.scenario().title;
  json["question"] = writer.question();
  json["rules"] = writer.rules();
  if (report.shows_paths) json["paths"] = writer.paths();
  if (report.closure) json["closure"] = writer.closure();
  if (report.shows_timeline) json["timeline"] = writer.timeline();
  json["note"] = "This says what the scenario's rules say, not what the law is.";
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace loophole::record
