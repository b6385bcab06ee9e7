/// Laws of data within HTML.
#include <rapidcheck/catch.h>

#include <algorithm>
#include <embedded_json.hpp>
#include <string>
#include <vector>

using namespace loophole::report;

namespace {

/// Texts in which what HTML and JavaScript mind is frequent.
rc::Gen<std::string> nasty() {
  const std::vector<std::string> pieces{"<",
                                        ">",
                                        "&",
                                        "\"",
                                        "'",
                                        "\\",
                                        "/",
                                        "</script>",
                                        "<!--",
                                        "]]>",
                                        "{{",
                                        "}}",
                                        "\xE2\x80\xA8",
                                        "\xE2\x80\xA9",
                                        "\xE2\x80",
                                        "\xFF",
                                        "\n",
                                        std::string(1, '\0'),
                                        "javascript:",
                                        "a",
                                        "\xC3\xA4"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                      [](const std::vector<std::string>& chosen) {
                        std::string text;
                        for (const std::string& piece : chosen)
                          text += piece;
                        return text;
                      });
}

}  // namespace

TEST_CASE("data within a page holds nothing that could end it, and reads back as it was") {
  rc::prop("embedded", [] {
    const std::string key = *nasty(), value = *nasty();
    const Json json{{key, value}, {"list", {value, 1.5, nullptr}}};
    const std::string text = embedded(json);
    for (const char* bad : {"<", ">", "&", "\xE2\x80\xA8", "\xE2\x80\xA9"})
      RC_ASSERT(text.find(bad) == std::string::npos);
    // What is no UTF-8 is replaced, once and for all.
    RC_ASSERT(Json::parse(text) == Json::parse(json.dump(-1, ' ', false, Json::error_handler_t::replace)));
  });
}

TEST_CASE("text between tags holds no tag, no entity of its own and no quote") {
  rc::prop("html_text", [] {
    const std::string escaped = html_text(*nasty());
    RC_ASSERT(escaped.find_first_of("<>\"'") == std::string::npos);
    for (std::size_t at = escaped.find('&'); at != std::string::npos; at = escaped.find('&', at + 1)) {
      const std::string entity = escaped.substr(at, escaped.find(';', at) - at + 1);
      const std::vector<std::string> known{"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
      RC_ASSERT(std::find(known.begin(), known.end(), entity) != known.end());
    }
  });
}
