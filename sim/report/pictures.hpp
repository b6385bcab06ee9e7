/// What the kinds of pictures share: what they are given, and how they name what they draw.
#pragma once

#include "script.hpp"
#include <loophole/base/result.hpp>
#include <loophole/report/plot.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::report {

/// Tables that several kinds read, each read once. What is wrong with one is told by every kind that needs it.
class Tables {
 public:
  explicit Tables(const Results& results) : results_(results) {}

  /// Empty where there is no events.csv, or no availability.csv.
  [[nodiscard]] const Result<std::vector<EventSummary>>& events();
  [[nodiscard]] const Result<std::vector<AccessHistory>>& access();
  /// When access changed in an arm.
  [[nodiscard]] std::set<Time> changes(const Arm& arm);

 private:
  const Results& results_;
  std::optional<Result<std::vector<EventSummary>>> events_;
  std::optional<Result<std::vector<AccessHistory>>> access_;
};

/// Given to every kind.
struct Given {
  const Results& results;
  const PlotRequest& request;
  Tables& tables;
};

using Pictures = Result<std::vector<Picture>>;

[[nodiscard]] Pictures draw_availability(const Given& given);
[[nodiscard]] Pictures draw_shares(const Given& given);
[[nodiscard]] Pictures draw_fans(const Given& given);
[[nodiscard]] Pictures draw_money(const Given& given);
[[nodiscard]] Pictures draw_comparison(const Given& given);
[[nodiscard]] Pictures draw_tornado(const Given& given);
[[nodiscard]] Pictures draw_prim(const Given& given);

/// Panels of one size, in rows, each with room for its title and labels.
class Facets {
 public:
  struct Sizes {
    double top = 0;  ///< where the first row begins
    double panel_height = 190;
    double left = 58, above = 30, below = 32;  ///< of each panel
    std::size_t most_columns = 3;
  };

  Facets(double width, std::size_t count, const Sizes& sizes);

  [[nodiscard]] Box panel(std::size_t facet) const;
  /// The facet's title, on two lines where there are two.
  void title(Script& script, std::size_t facet, std::string_view words, std::string_view more = {}) const;
  [[nodiscard]] double bottom() const;

 private:
  double width_;
  std::size_t columns_, rows_;
  Sizes sizes_;
};

/// A name and how its areas or lines look: fills, layer by layer, or "lc rgb … dt …" of a line.
struct Entry {
  std::string name;
  std::vector<std::string> fills;
  std::string line{};
};

/// What colours and hatches mean, in rows from `top` on; its height.
double draw_legend(Script& script, const std::vector<Entry>& entries, double top);

/// The y axis of a panel: numbers that were divided by a scale's factor, its unit beside them.
void value_axis(Script& script, const Box& panel, std::string_view unit);

/// A flow's amounts become those of a month, which does not depend on how often is recorded.
[[nodiscard]] double per_month(double amount, Time from, Time to);

/// Every so many points of many, the last one too: a picture has so many pixels.
template <class Point>
[[nodiscard]] std::vector<Point> thinned(const std::vector<Point>& points, std::size_t most = 800) {
  if (points.size() <= most) return points;
  const std::size_t step = (points.size() + most - 1) / most;
  std::vector<Point> result;
  for (std::size_t i = 0; i < points.size(); i += step)
    result.push_back(points[i]);
  if ((points.size() - 1) % step != 0) result.push_back(points.back());
  return result;
}

/// How many arms are drawn at most, each on a sheet of its own.
inline constexpr std::size_t most_arms = 12;

/// The arms that are asked for, of those that a table has; problems where there are none or too many.
[[nodiscard]] std::vector<Arm> chosen_arms(const std::vector<Arm>& arms, const Given& given, Diagnostics& problems);

/// "shares", or "shares-baseline" where there are several arms; `part` behind it where there is one.
[[nodiscard]] std::string picture_name(const std::string& kind, const Arm& arm, const std::vector<Arm>& arms,
                                       const std::string& part = {});
/// Words with an end, unless they have one, and a space behind it.
[[nodiscard]] std::string sentence(std::string words);
/// "baseline: OpenAI leaves China. ", as far as known: a sentence, with a space behind it.
[[nodiscard]] std::string arm_words(const Results& results, const Arm& arm);

/// The time of an arm's pictures: the scenario's horizon, else that of the data.
[[nodiscard]] Interval time_of(const Results& results, const Arm& arm, Interval data);

/// A dashed line where history ends, with the words "history" and "forecast" above the panel's top, if so wished.
enum class AsOf { line, words };
/// "; dashed: …", for a subtitle; empty where history does not end within the picture.
[[nodiscard]] std::string as_of_words(const Results& results, const Arm& arm, Interval time);
void mark_as_of(Script& script, const Results& results, const Arm& arm, Interval time, const Box& panel, AsOf as_of);

}  // namespace loophole::report
