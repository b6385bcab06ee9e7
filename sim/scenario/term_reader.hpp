/// Reads terms such as "share(azure-enterprise, start-ups)" out of the text of an outcome or an expectation.
#pragma once

#include "reader.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace loophole::scenario {

/// Without the spaces around it; still a part of the same text, so that its column is known.
[[nodiscard]] std::string_view trimmed(std::string_view text);

class TermReader {
 public:
  /// `node`: the whole text, of which the terms read are parts.
  TermReader(Reader& reader, const Node& node, const Path& path) : reader_(reader), node_(node), path_(path) {}

  [[nodiscard]] std::optional<Term> read(std::string_view text);
  /// A number of the wrong dimension would compare days with dollars; a share above 1 is a forgotten '%'. Says so.
  void check_unit(const Term& term, std::string_view written, const Quantity& quantity);
  /// The names of all metrics, declared and built in.
  [[nodiscard]] std::vector<std::string> metrics() const;

 private:
  using Arguments = std::vector<std::string_view>;
  struct Axes {
    std::vector<Axis> required, optional;
  };

  void error(std::string_view part, std::string problem, std::string reason, std::string suggestion);
  [[nodiscard]] std::optional<Axes> find(std::string_view name, Term& term);
  [[nodiscard]] bool assign(std::string_view name, const Axes& axes, Arguments arguments, Term& term);
  [[nodiscard]] bool take(Axis axis, Arguments& arguments, Term& term) const;
  void refuse_argument(std::string_view argument, const std::vector<Axis>& axes, std::string problem,
                       std::string reason);
  [[nodiscard]] std::vector<std::string> names_of(Axis axis) const;

  Reader& reader_;
  const Node& node_;
  const Path& path_;
};

}  // namespace loophole::scenario
