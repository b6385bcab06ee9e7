#include "find_text.hpp"

#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace loophole::record {

using world::Path;
using world::Status;

namespace {

constexpr std::size_t width = 100;
constexpr const char* reset = "\033[0m";

const char* colour_of(Status status) {
  switch (status) {
    case Status::gap:
      return "\033[1;31m";
    case Status::leak:
      return "\033[1;33m";
    case Status::licensed:
      return "\033[1;34m";
    case Status::closed:
      return "\033[1;32m";
    case Status::not_offered:
      break;
  }
  return "\033[1m";
}

}  // namespace

void Page::line(const std::string& start, const std::string& text, std::size_t hang) {
  std::string current = start;
  bool fresh = true;  // nothing of `text` on the current line yet
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find(' ', at), text.size());
    if (text.compare(end, 2, " %") == 0) end += 2;  // a number stays with its sign
    end = std::min(text.find(' ', end), text.size());
    const std::string word = text.substr(at, end - at);
    if (!fresh && current.size() + 1 + word.size() > width) {
      text_ += current + '\n';
      current = std::string(hang, ' ');
      fresh = true;
    }
    current += (fresh ? "" : " ") + word;
    fresh = false;
    at = end + 1;
  }
  text_ += current + '\n';
}

void Page::heading(Status status, const std::string& text) {
  text_ += display_ == Display::colours ? colour_of(status) + text + reset + "\n" : text + "\n";
}

void Page::section(Status status, const std::string& text) {
  blank();
  heading(status, text);
}

std::string segment_words(const std::vector<SegmentId>& segments, const FindReport& report) {
  if (segments.size() > 1 && segments.size() == report.findings.question.segments.size())
    return fmt::format("all {} segments", segments.size());
  std::vector<std::string> names;
  names.reserve(segments.size());
  for (const SegmentId segment : segments)
    names.push_back(report.setup.model.scenario().segments[segment].name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string path_words(const std::vector<Path>& paths, const FindReport& report) {
  struct Some {
    std::vector<std::string> channels;
    std::string segments;
  };
  std::vector<Some> some;
  for (std::size_t i = 0; i < paths.size();) {
    std::vector<SegmentId> segments;
    const ChannelId channel = paths[i].channel;
    for (; i < paths.size() && paths[i].channel == channel; ++i)
      segments.push_back(paths[i].segment);
    const std::string words = segment_words(segments, report);
    if (some.empty() || some.back().segments != words) some.push_back({{}, words});
    some.back().channels.push_back(report.setup.model.scenario().channels[channel].name);
  }
  std::string text;
  for (const Some& each : some)
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", fmt::join(each.channels, ", "), each.segments);
  return text;
}

std::string scope_words(const FindReport& report) {
  const FindQuestion& question = report.findings.question;
  return fmt::format("{}; {}",
                     question.developer_from.empty() ? "products of all developers"
                                                     : "products of developers from " + question.developer_from,
                     segment_words(question.segments, report));
}

std::string find_text(const FindReport& report, Display display) {
  const scenario::Scenario& scenario = report.setup.model.scenario();
  const FindQuestion& question = report.findings.question;
  Page page(display);
  page.heading(scenario.title);
  page.line("",
            report.shows_paths || report.closure
                ? fmt::format("What is open on {} ({}), as known on {}", to_string(question.at), question.at_reason,
                              to_string(scenario.as_of))
                : fmt::format("What was open when, as known on {}", to_string(scenario.as_of)),
            2);
  page.line("", "Asked: " + scope_words(report), 2);
  if (report.shows_paths) write_paths(page, report);
  if (report.closure) write_closure(page, report);
  if (report.shows_timeline) write_timeline(page, report);
  page.blank();
  page.line("This says what the scenario's rules say, not what the law is.");
  return page.take();
}

}  // namespace loophole::record
