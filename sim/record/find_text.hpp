/// The parts of what `find` tells people, and the words that they share.
#pragma once

#include <loophole/record/find.hpp>

#include <string>
#include <vector>

namespace loophole::record {

/// Text under construction, wrapped to 100 columns.
class Page {
 public:
  explicit Page(Display display) : display_(display) {}

  /// `start` as it is, then `text` wrapped, later lines indented by `hang` columns.
  void line(const std::string& start, const std::string& text, std::size_t hang);
  void line(const std::string& text) { line("", text, 0); }
  void blank() { text_ += '\n'; }
  void heading(const std::string& text) { heading(world::Status::not_offered, text); }
  /// A heading after an empty line, in the colour of a status where there are colours.
  void section(const std::string& text) { section(world::Status::not_offered, text); }
  void section(world::Status status, const std::string& text);
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void heading(world::Status status, const std::string& text);

  Display display_;
  std::string text_;
};

/// "all 4 segments", "start-ups, enterprises"; all are those asked for.
[[nodiscard]] std::string segment_words(const std::vector<SegmentId>& segments, const FindReport& report);
/// "azure-enterprise (all 4 segments), azure-individual (start-ups)".
[[nodiscard]] std::string path_words(const std::vector<world::Path>& paths, const FindReport& report);
/// "products by developers from US" and the like.
[[nodiscard]] std::string scope_words(const FindReport& report);

void write_paths(Page& page, const FindReport& report);
void write_closure(Page& page, const FindReport& report);
void write_timeline(Page& page, const FindReport& report);

}  // namespace loophole::record
