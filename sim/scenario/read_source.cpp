#include "read.hpp"

#include <fmt/format.h>

namespace loophole::scenario {

void read_schema(Reader& reader, Fields& root) {
  root.with_required("schema", "1", [&](const Node& node, const Path& at) {
    if (!node.is_scalar() || node.scalar != "1")
      reader.error(node.mark, at, fmt::format("unknown schema {}", quoted_kind(node)), "this program reads schema 1",
                   "write schema: 1");
  });
}

Source read_source(Reader& reader, const Member& member, const Path& path) {
  const Reader::Settings quiet(reader);
  Source source;
  source.name = member.key;
  source.mark = member.mark;
  Fields fields(reader, member.value, path, "a source");
  fields.text("title", source.title);
  fields.text("url", source.url);
  std::string note;
  fields.text("note", note);
  fields.with("date", [&](const Node& node, const Path& at) { source.date = reader.date(node, at); });
  fields.with_required("confidence", "sourced", [&](const Node& node, const Path& at) {
    const std::vector<std::string> words{"seed", "sourced", "estimate", "assumption"};
    source.confidence = words[reader.one_of(node, at, words)];
  });
  return source;
}

}  // namespace loophole::scenario
