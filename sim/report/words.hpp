/// Texts of pictures: cleaned, cut to the room there is, numbers with round units.
#pragma once

#include <string>
#include <string_view>

namespace loophole::report {

/// What a picture or a script can hold: UTF-8 without control characters; other bytes become "?".
[[nodiscard]] std::string clean(std::string_view text);

/// A text as a gnuplot string, in which nothing means anything: no escapes, no commands, no macros. Its quotes become
/// typographic ones.
[[nodiscard]] std::string quoted(std::string_view text);

/// Letters, digits, "-", "_" and "." of a text, others as "-": a file's name, never empty nor starting with a dot.
[[nodiscard]] std::string file_name(std::string_view text);

/// Pixels that a text takes at a size in points of a sans-serif font, rather too many than too few.
[[nodiscard]] double text_width(std::string_view text, double size);

/// As much of a text as fits into so many pixels; what is cut off ends in "…".
[[nodiscard]] std::string cut_to(std::string_view text, double pixels, double size);

/// How numbers of a unit are shown: divided by `factor`, under this name.
struct Scale {
  double factor = 1;
  std::string unit;  ///< "million USD", "%"; empty: a number without a unit
};

/// `largest`: the largest number to be shown, by its size. Of the unit "1": per cent up to `percent_up_to`.
[[nodiscard]] Scale scale_for(double largest, std::string_view unit, double percent_up_to = 1.5);

/// A number as scripts have it: the shortest text that reads back the same; NaN of what is none.
[[nodiscard]] std::string number(double value);

/// What a bill has come to, by its status or by what follows from it: "passed by the House", "rule published".
[[nodiscard]] std::string bill_words(std::string_view step);

}  // namespace loophole::report
