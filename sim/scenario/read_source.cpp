#include "read.hpp"

#include <fmt/format.h>

namespace loophole::scenario {

void read_schema(Reader& reader, Fields& root) {
  root.with("schema", [&](const Node& node, const Path& at) {
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
  Fields fields(reader, member.value, path, language::source);
  fields.text("title", source.title);
  fields.text("url", source.url);
  std::string note;
  fields.text("note", note);
  fields.date("date", source.date);
  if (const auto chosen = fields.word("confidence")) source.confidence = language::confidences[*chosen];
  return source;
}

}  // namespace loophole::scenario
