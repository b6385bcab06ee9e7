/// A gnuplot script in the making: a sheet of so many pixels, texts and panels at places on it.
///
/// Everything is placed by us and not by gnuplot, which lets labels overlap. Places are pixels from the top left. The
/// script reads its data from a file of the same name beside it, and draws every format that it lists.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/report/plot.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace loophole::report {

struct Sheet {
  std::string name;  ///< of the picture's files
  double width = 1200, height = 700;
  std::string title;
  std::string subtitle;  ///< cut to the width, as is the title
};

struct Box {
  double left = 0, top = 0, width = 0, height = 0;

  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
};

enum class Align { left, centre, right };

enum class Weight { normal, bold };

struct TextLook {
  Align align = Align::left;
  double size = 11;  ///< points
  const char* colour = "#222222";
  Weight weight = Weight::normal;
};

class Script {
 public:
  explicit Script(Sheet sheet);

  [[nodiscard]] const Sheet& sheet() const { return sheet_; }

  /// A command as it is.
  void line(std::string_view command);
  /// A text at a place, which is that of its middle in height.
  void text(double x_at, double y_at, std::string_view words, const TextLook& look = {});
  /// A rectangle that is filled: "fc rgb '…' fs …".
  void rectangle(const Box& box, std::string_view fill);
  void stroke(double x1, double y1, double x2, double y2, std::string_view look);

  /// Where the next plot's axes are.
  void panel(const Box& box);
  /// The x axis of the next plots: dates, in ISO, as many as there is room for.
  void time_axis(Interval time, double width);
  /// The same of numbers, with nothing on the other axis.
  void number_axis();
  /// Draws; texts, rectangles and strokes so far belong to it.
  void plot(const std::vector<std::string>& items);

  /// The data's file as scripts name it.
  [[nodiscard]] std::string data() const;
  [[nodiscard]] double x(double pixels) const { return pixels / sheet_.width; }
  [[nodiscard]] double y(double pixels) const { return 1 - pixels / sheet_.height; }

  /// The whole; `explanation`: a line of comment.
  [[nodiscard]] std::string finish(std::string_view explanation) const;

 private:
  Sheet sheet_;
  std::string body_;
};

/// Where the first panel may begin: below title and subtitle.
inline constexpr double below_titles = 64;

/// Data of a script: blocks of rows, which scripts find by `index`.
class Blocks {
 public:
  /// Begins a block, with a comment of what it is and of its columns.
  void begin(std::string_view what, const std::vector<std::string>& columns);
  Blocks& cell(double value);
  Blocks& cell(Time time);
  void end_row();
  [[nodiscard]] std::string text() const { return text_; }
  /// How many blocks were begun.
  [[nodiscard]] int count() const { return count_; }

 private:
  std::string text_;
  bool at_start_ = true;
  int count_ = 0;
};

/// Dates in data: days, as a picture's width cannot show more. `format` is gnuplot's.
inline constexpr std::string_view date_format = "%Y-%m-%d";
[[nodiscard]] std::string date(Time time);

}  // namespace loophole::report
