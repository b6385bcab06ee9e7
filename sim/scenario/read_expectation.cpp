#include "read.hpp"
#include "term_reader.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace loophole::scenario {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

/// Finds the last place where a word stands alone, outside brackets.
std::size_t find_word(std::string_view text, std::string_view word) {
  int depth = 0;
  std::size_t found = nowhere;
  for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    const bool starts = i == 0 || text[i - 1] == ' ';
    const bool ends = i + word.size() == text.size() || text[i + word.size()] == ' ';
    if (depth == 0 && starts && ends && text.substr(i, word.size()) == word) found = i;
  }
  return found;
}

/// The same, but for the "at" of "at least" and "at most".
std::size_t find_clause(std::string_view text, std::string_view word) {
  std::size_t found = find_word(text, word);
  while (word == "at" && found != nowhere) {
    const std::string_view behind = trimmed(text.substr(found + word.size()));
    if (behind.substr(0, 5) != "least" && behind.substr(0, 4) != "most") break;
    found = find_word(text.substr(0, found), word);
  }
  return found;
}

/// "TERM [/ TERM] SIGN VALUE-OR-TERM [from DATE] [to DATE] [at DATE] [within TOLERANCE] [in at least SHARE of
/// replications]", the last five in any order.
class ExpectationReader {
 public:
  ExpectationReader(Reader& reader, const Node& node, const Path& path)
      : reader_(reader), node_(node), path_(path), text_(node.scalar), terms_(reader, node, path) {}

  Expectation read() {
    expectation_.mark = node_.mark;
    expectation_.text = reader_.text(node_, path_);
    expectation_.when = reader_.scenario().horizon;
    const Reader::Watch watch(reader_);
    if (!node_.is_scalar()) return expectation_;
    cut_clauses(watch);
    if (!watch.quiet() || !cut_sides()) return expectation_;
    const auto term = read_left();
    if (!term) return expectation_;
    if (!words_of(term->metric).empty())
      read_word(*term);
    else
      read_right(*term);
    if (!tolerance_.empty()) read_tolerance(*term);
    if (watch.quiet()) check_when();
    return expectation_;
  }

 private:
  void error(std::string_view part, std::string problem, std::string reason, std::string suggestion) {
    reader_.error(reader_.mark_of(node_, part), path_, std::move(problem), std::move(reason), std::move(suggestion));
  }

  /// Takes the clauses off the end, the last one first.
  void cut_clauses(const Reader::Watch& watch) {
    static constexpr std::array<std::string_view, 5> words{"from", "to", "at", "within", "in"};
    std::set<std::string_view> known;
    while (watch.quiet()) {
      std::size_t last = nowhere;
      std::string_view word;
      for (const std::string_view each : words)
        if (const std::size_t found = find_clause(text_, each); found != nowhere && (last == nowhere || found > last)) {
          last = found;
          word = each;
        }
      if (last == nowhere) return;
      // "share(a) at DATE = …" and "… = share(a) at DATE": the time of that term alone.
      const bool before_sign = sign_at(text_) == nowhere || last < sign_at(text_);
      if (word == "at" && (before_sign || text_.substr(sign_at(text_)).find('(') != nowhere)) return;
      const std::string_view rest = trimmed(text_.substr(last + word.size()));
      if (!known.insert(word).second)
        return error(text_.substr(last), fmt::format("a second '{}'", word), "each clause stands once",
                     "remove one of them");
      text_ = trimmed(text_.substr(0, last));
      if (word == "in")
        read_quota(rest);
      else if (word == "within")
        tolerance_ = rest;
      else
        read_date(word, rest);
    }
  }

  void read_date(std::string_view word, std::string_view text) {
    const auto date = reader_.parse_date(text, reader_.mark_of(node_, text), path_);
    if (!date) return;
    if (word == "from")
      expectation_.when.from = *date;
    else if (word == "to")
      expectation_.when.to = *date;
    else
      at_instant(*date);
  }

  void at_instant(Time date) {
    // Where the horizon is missing, which is an error elsewhere, its end is never.
    expectation_.when = {date, date == Time::never() ? date : Time{date.seconds + 1}};
    expectation_.at_instant = true;
  }

  /// "at least 80 % of replications"
  void read_quota(std::string_view text) {
    static constexpr std::string_view least = "at least ", most = "at most ", end = " of replications";
    const bool at_least = text.substr(0, least.size()) == least;
    const bool at_most = text.substr(0, most.size()) == most;
    const bool ends = text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    if ((!at_least && !at_most) || !ends)
      return error(text, fmt::format("'in {}' is not understood", text),
                   "behind 'in' stands in how many replications it holds",
                   "write for example in at least 80 % of replications");
    const std::string_view inside = text.substr(at_least ? least.size() : most.size());
    const std::string_view part = trimmed(inside.substr(0, std::max(inside.size(), end.size()) - end.size()));
    const auto parsed = reader_.scenario().units.parse(part);
    const auto* quantity = std::get_if<Quantity>(&parsed);
    if (!quantity || !quantity->percent || quantity->value < 0 || quantity->value > 1)
      return error(part, fmt::format("'{}' is no part of the replications", part), "it is a share, 0 % to 100 %",
                   "write for example in at least 80 % of replications");
    expectation_.quota = Quota{at_least ? Quota::Bound::at_least : Quota::Bound::at_most, quantity->value};
  }

  /// In the unit of what is compared; of dates it is a duration.
  void read_tolerance(const Term& left) {
    const auto tolerance = reader_.scenario().units.parse(tolerance_);
    const auto* quantity = std::get_if<Quantity>(&tolerance);
    if (!quantity || quantity->value < 0)
      return error(tolerance_,
                   quantity ? fmt::format("'{}' is below 0", tolerance_) : std::get<UnitProblem>(tolerance).problem,
                   "after 'within' stands a number", "write for example within 1 %");
    expectation_.tolerance = quantity->value;
    if (!expectation_.divided_by)
      terms_.check_unit(left, tolerance_, *quantity);
    else if (quantity->dimension != Dimension::none())
      error(tolerance_, fmt::format("'{}' has a unit", tolerance_), "a ratio has none", "write for example within 1 %");
  }

  /// Where the sign of comparison stands.
  std::size_t sign_at(std::string_view text) {
    static constexpr std::array<std::string_view, 6> signs{"<=", ">=", "!=", "=", "<", ">"};
    for (const std::string_view sign : signs)
      if (const std::size_t found = find_word(text, sign); found != nowhere) {
        expectation_.comparison = sign;
        return found;
      }
    return nowhere;
  }

  bool cut_sides() {
    const std::size_t sign = sign_at(text_);
    if (sign == nowhere) {
      const bool open = std::count(text_.begin(), text_.end(), '(') != std::count(text_.begin(), text_.end(), ')');
      if (open)
        error(text_, fmt::format("'{}' has a bracket without its partner", text_), "arguments stand in brackets",
              "write for example share(CHANNEL, SEGMENT) < 5 %");
      else
        error(text_, fmt::format("'{}' compares nothing", expectation_.text),
              "an expectation has =, !=, <, <=, > or >= with spaces around it",
              "write for example availability(CHANNEL, SEGMENT) = 0 from 2024-07-09");
      return false;
    }
    left_ = trimmed(text_.substr(0, sign));
    right_ = trimmed(text_.substr(sign + expectation_.comparison.size()));
    return true;
  }

  std::optional<Term> read_left() {
    if (const std::size_t slash = find_word(left_, "/"); slash != nowhere) {
      expectation_.divided_by = terms_.read(left_.substr(slash + 1));
      left_ = trimmed(left_.substr(0, slash));
      if (!expectation_.divided_by) return std::nullopt;
    }
    auto term = terms_.read(left_);
    if (!term) return term;
    expectation_.left = *term;
    if (term->metric == Metric::date && !term->at) expectation_.left.at = reader_.scenario().horizon.to;
    if (expectation_.left.at && !expectation_.at_instant) at_instant(*expectation_.left.at);
    return term;
  }

  void read_right_date() {
    if (const auto date = reader_.parse_date(right_, reader_.mark_of(node_, right_), path_))
      expectation_.right = days_between(Time{0}, *date);
  }

  void read_word(const Term& left) {
    const std::vector<std::string>& all = words_of(left.metric);
    if (expectation_.divided_by)
      error(left_, fmt::format("'{}' is divided", info(left.metric).name), "its value is a word",
            "remove what is behind '/'");
    // Where nothing is offered there is no status to expect.
    const std::vector<std::string> words(all.begin() + (left.metric == Metric::status ? 1 : 0), all.end());
    if (expectation_.comparison != "=" && expectation_.comparison != "!=")
      error(right_, fmt::format("statuses compared by '{}'", expectation_.comparison), "a status is a word",
            "write = or !=");
    else if (std::find(words.begin(), words.end(), right_) == words.end())
      error(right_, fmt::format("'{}' is no status", right_), "a status is " + enumerate(words),
            nearest(right_, words).empty() ? "" : suggest(right_, words));
    expectation_.right = std::string(right_);
  }

  void read_right(const Term& left) {
    const bool is_number = !right_.empty() && (right_[0] == '-' || right_[0] == '+' || right_[0] == '.' ||
                                               (right_[0] >= '0' && right_[0] <= '9'));
    if (!is_number) {
      if (right_.empty())
        error(right_, "nothing to compare with", "after the sign stands a number or a metric", "write for example = 0");
      else if (left.metric == Metric::happened && (right_ == "yes" || right_ == "no"))
        expectation_.right = right_ == "yes" ? 1.0 : 0.0;
      else if (auto other = terms_.read(right_)) {
        if (other->metric == Metric::date && !other->at) other->at = reader_.scenario().horizon.to;
        expectation_.right = *other;
      }
      return;
    }
    if (left.metric == Metric::date) return read_right_date();
    const auto parsed = reader_.scenario().units.parse(right_);
    if (const auto* problem = std::get_if<UnitProblem>(&parsed))
      return error(right_, problem->problem, problem->reason, problem->suggestion);
    const auto& quantity = std::get<Quantity>(parsed);
    expectation_.right = quantity.value;
    if (!expectation_.divided_by) terms_.check_unit(left, right_, quantity);
  }

  void check_when() {
    const Interval& horizon = reader_.scenario().horizon;
    const Interval& when = expectation_.when;
    if (when.from >= when.to && reader_.knows_horizon && when.from < horizon.to)
      error(node_.scalar, "it ends before it starts", "intervals exclude their end", "let 'to' be later than 'from'");
    else if (expectation_.left.metric == Metric::date)
      return;  // looked at when the run is over
    else if (reader_.knows_horizon && (when.from >= horizon.to || when.to <= horizon.from))
      reader_.warning(node_.mark, path_, "it is never looked at",
                      fmt::format("the horizon is from {} to {}", to_string(horizon.from), to_string(horizon.to)),
                      "correct its dates");
  }

  Reader& reader_;
  const Node& node_;
  const Path& path_;
  std::string_view text_;  ///< what is not read yet
  std::string_view left_, right_, tolerance_;
  TermReader terms_;
  Expectation expectation_;
};

}  // namespace

Expectation read_expectation(Reader& reader, const Node& node, const Path& path) {
  const Reader::Settings quiet(reader);
  return ExpectationReader(reader, node, path).read();
}

}  // namespace loophole::scenario
