#include "read.hpp"
#include "term_reader.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace loophole::scenario {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Sign {
  std::string_view written, formula;
  bool compares = false;
};
constexpr std::array<Sign, 14> signs{{{"<=", "<=", true},
                                      {">=", ">=", true},
                                      {"!=", "!=", true},
                                      {"=", "==", true},
                                      {"<", "<", true},
                                      {">", ">", true},
                                      {"+", "+"},
                                      {"-", "-"},
                                      {"*", "*"},
                                      {"/", "/"},
                                      {"^", "^"},
                                      {"(", "("},
                                      {")", ")"},
                                      {",", ","}}};
struct Word {
  std::string_view written, formula;
};
constexpr std::array<Word, 9> words{{{"and", "&&"},
                                     {"or", "||"},
                                     {"not", "!"},
                                     {"min", "min"},
                                     {"max", "max"},
                                     {"abs", "abs"},
                                     {"sqrt", "sqrt"},
                                     {"exp", "exp"},
                                     {"ln", "ln"}}};

/// Turns the text, piece by piece, into a formula over operands. Each piece keeps its place in the text, so that what
/// the formula's parser finds wrong is shown there.
class ConditionReader {
 public:
  ConditionReader(Reader& reader, const Node& node, const Path& path)
      : reader_(reader), node_(node), path_(path), text_(node.scalar), terms_(reader, node, path) {}

  std::optional<Condition> read() {
    const Reader::Watch watch(reader_);
    condition_.text = reader_.text(node_, path_);
    if (!watch.quiet()) return std::nullopt;
    while (at_ < text_.size() && watch.quiet())
      read_piece();
    if (!watch.quiet()) return std::nullopt;
    auto parsed = Formula::parse(formula_, condition_.operands.size());
    if (const auto* problem = std::get_if<FormulaProblem>(&parsed)) {
      error(piece_at(problem->at), fmt::format("'{}' is no condition", text_), problem->problem,
            "write for example scrutiny > 0.8 and share(CHANNEL, SEGMENT) > 50 %");
      return std::nullopt;
    }
    if (!compares_) {
      error(text_, fmt::format("'{}' compares nothing", text_), "a condition is true or false",
            "add for example > 0.8 behind it");
      return std::nullopt;
    }
    condition_.formula = std::get<Formula>(std::move(parsed));
    return std::move(condition_);
  }

 private:
  struct Piece {
    std::size_t in_formula = 0;
    std::string_view text;
  };

  void error(std::string_view part, std::string problem, std::string reason, std::string suggestion) {
    reader_.error(reader_.mark_of(node_, part), path_, std::move(problem), std::move(reason), std::move(suggestion));
  }

  [[nodiscard]] std::string_view piece_at(std::size_t in_formula) const {
    std::string_view found = text_.substr(text_.size());
    if (in_formula >= formula_.size()) return found;
    for (const Piece& piece : pieces_)
      if (piece.in_formula <= in_formula) found = piece.text;
    return found;
  }

  void put(std::string_view written, std::string_view formula) {
    pieces_.push_back({formula_.size(), written});
    formula_ += formula;
    formula_ += ' ';
  }
  void put_operand(std::string_view written, Condition::Operand operand) {
    before_sign_.reset();
    put(written, fmt::format("v{}", condition_.operands.size()));
    condition_.operands.push_back(std::move(operand));
  }
  void put_number(std::string_view written, double value) {
    Number number;
    number.value = value;
    put_operand(written, number);
  }

  void read_piece() {
    const std::string_view rest = text_.substr(at_);
    if (rest.front() == ' ' || rest.front() == '\n') {
      ++at_;
      return;
    }
    if (is_digit(rest.front()) || rest.front() == '.')
      read_number(rest);
    else if (rest.front() == '$')
      read_parameter(rest);
    else if (is_letter(rest.front()) || rest.front() == '"')
      read_name(rest);
    else
      read_sign(rest);
  }

  void read_sign(std::string_view rest) {
    for (const Sign& sign : signs) {
      if (rest.substr(0, sign.written.size()) != sign.written) continue;
      put(rest.substr(0, sign.written.size()), sign.formula);
      at_ += sign.written.size();
      compares_ |= sign.compares;
      if (!sign.compares) before_sign_.reset();
      if (after_word_ && sign.written != "=" && sign.written != "!=")
        error(rest.substr(0, sign.written.size()), fmt::format("'{}' behind a {}", sign.written, after_word_->name),
              "its value is a word", "write = or !=");
      return;
    }
    error(rest.substr(0, 1), fmt::format("'{}' means nothing in a condition", rest.substr(0, 1)), "",
          "known are + - * / ^ ( ), = != < <= > >=, and, or, not");
  }

  /// The date that a text begins with, or what looks like one: 2025-01-03, 2025-13-01T12:00:00Z. Empty where it is
  /// none.
  static std::string_view date_at(std::string_view rest) {
    constexpr std::string_view form = "dddd-dd-dd";
    for (std::size_t i = 0; i < form.size(); ++i)
      if (i >= rest.size() || (form[i] == 'd' ? !is_digit(rest[i]) : rest[i] != form[i])) return {};
    std::size_t end = form.size();
    while (end < rest.size() && (is_letter(rest[end]) || is_digit(rest[end]) || rest[end] == ':'))
      ++end;
    return rest.substr(0, end);
  }

  /// "50 %", "3 MUSD", "0.8", "2025-01-03".
  void read_number(std::string_view rest) {
    if (const std::string_view date = date_at(rest); !date.empty()) {
      at_ += date.size();
      if (const auto time = reader_.parse_date(date, reader_.mark_of(node_, date), path_))
        put_number(date, days_between(Time{0}, *time));
      return;
    }
    std::size_t end = 0;
    while (end < rest.size() && (is_digit(rest[end]) || rest[end] == '.'))
      ++end;
    if (end < rest.size() && (rest[end] == 'e' || rest[end] == 'E')) {
      std::size_t more = end + 1;
      if (more < rest.size() && (rest[more] == '-' || rest[more] == '+')) ++more;
      if (more < rest.size() && is_digit(rest[more])) {
        end = more;
        while (end < rest.size() && is_digit(rest[end]))
          ++end;
      }
    }
    std::size_t unit = end;
    while (unit < rest.size() && rest[unit] == ' ')
      ++unit;
    std::size_t unit_end = unit;
    while (unit_end < rest.size() &&
           (is_letter(rest[unit_end]) || rest[unit_end] == '%' || (unit_end > unit && rest[unit_end] == '/')))
      ++unit_end;
    const std::string_view word = rest.substr(unit, unit_end - unit);
    const bool has_unit = !word.empty() && word != "and" && word != "or" && word != "not";
    const std::string_view written = rest.substr(0, has_unit ? unit_end : end);
    at_ += written.size();
    const auto parsed = reader_.scenario().units.parse(written);
    if (const auto* problem = std::get_if<UnitProblem>(&parsed))
      return error(written, problem->problem, problem->reason, problem->suggestion);
    const auto& quantity = std::get<Quantity>(parsed);
    if (before_sign_) terms_.check_unit(*before_sign_, written, quantity);
    put_number(written, quantity.value);
  }

  void read_parameter(std::string_view rest) {
    std::size_t end = 1;
    while (end < rest.size() && (is_letter(rest[end]) || is_digit(rest[end]) || rest[end] == '-'))
      ++end;
    const std::string_view name = rest.substr(1, end - 1);
    at_ += end;
    const ParameterId id{reader_.parameter_names.find(name)};
    if (!id.exists() || id.index >= reader_.scenario().parameters.size())
      return error(name, fmt::format("unknown uncertainty or lever '${}'", name), "it is listed nowhere",
                   reader_.suggest(name, reader_.parameter_names.all()));
    Number number;
    number.parameter = id;
    number.value = reader_.scenario().parameters[id].nominal;
    put_operand(rest.substr(0, end), number);
  }

  void read_name(std::string_view rest) {
    const bool quoted = rest.front() == '"';
    std::size_t end = quoted ? std::min(rest.find('"', 1), rest.size() - 1) + 1 : 1;
    const auto continues = [&](std::size_t i) {
      return is_letter(rest[i]) || is_digit(rest[i]) ||
             ((rest[i] == '-' || rest[i] == '.' || rest[i] == ':') && i + 1 < rest.size() &&
              (is_letter(rest[i + 1]) || is_digit(rest[i + 1])));
    };
    while (!quoted && end < rest.size() && continues(end))
      ++end;
    const std::string_view name = quoted ? rest.substr(1, end - 2) : rest.substr(0, end);
    if (after_word_) {
      at_ += end;
      return read_word(name);
    }
    for (const Word& word : words)
      if (name == word.written) {
        at_ += end;
        before_sign_.reset();
        return put(rest.substr(0, end), word.formula);
      }
    if (name == "date" && (end == rest.size() || rest[end] != '(')) {
      at_ += end;
      return put_operand(rest.substr(0, end), Condition::Now{});
    }
    if (const VariableId variable{reader_.variable_names.find(name)}; variable.exists()) {
      at_ += end;
      Term term;
      term.metric = Metric::variable;
      term.variable = variable;
      return put_operand(rest.substr(0, end), term);
    }
    if (end < rest.size() && rest[end] == '(') end = std::min(rest.find(')', end), rest.size() - 1) + 1;
    read_term(rest.substr(0, end));
  }

  void read_term(std::string_view written) {
    at_ += written.size();
    std::vector<std::string> known = terms_.metrics();
    if (written.find('(') == std::string_view::npos && std::find(known.begin(), known.end(), written) == known.end()) {
      known.insert(known.end(), reader_.variable_names.all().begin(), reader_.variable_names.all().end());
      for (const Word& word : words)
        known.emplace_back(word.written);
      known.emplace_back("date");
      return error(written, fmt::format("unknown name '{}'", written), "it is neither a variable nor a metric",
                   reader_.suggest(written, known));
    }
    const auto term = terms_.read(written);
    if (!term) return;
    if (term->metric != Metric::declared && info(term->metric).kind == MetricInfo::Kind::word)
      after_word_ = &info(term->metric);
    const bool alone = pieces_.empty() || pieces_.back().text == "and" || pieces_.back().text == "or" ||
                       pieces_.back().text == "not" || pieces_.back().text == "(";
    put_operand(written, *term);
    if (alone) before_sign_ = *term;
  }

  /// A word of a status, by its code.
  void read_word(std::string_view name) {
    const std::vector<std::string>& known = words_of(after_word_->metric);
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      error(name, fmt::format("'{}' is no {}", name, after_word_->name), "it is one of " + enumerate(known),
            nearest(name, known).empty() ? "" : suggest(name, known));
    put_number(name, static_cast<double>(found - known.begin()));
    after_word_ = nullptr;
  }

  Reader& reader_;
  const Node& node_;
  const Path& path_;
  std::string_view text_;
  std::size_t at_ = 0;
  TermReader terms_;
  Condition condition_;
  std::string formula_;
  std::vector<Piece> pieces_;
  bool compares_ = false;
  const MetricInfo* after_word_ = nullptr;  ///< a metric whose value is a word was just read
  std::optional<Term> before_sign_;         ///< a term that a sign of comparison may follow
};

}  // namespace

std::optional<Condition> read_condition(Reader& reader, const Node& node, const Path& path) {
  const Reader::Settings quiet(reader);
  return ConditionReader(reader, node, path).read();
}

}  // namespace loophole::scenario
