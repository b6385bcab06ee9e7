#include "embedded_json.hpp"

namespace loophole::report {
namespace {

constexpr std::string_view line_separator = "\xE2\x80\xA8", paragraph_separator = "\xE2\x80\xA9";

}  // namespace

std::string embedded(const Json& json) {
  const std::string plain = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string text;
  text.reserve(plain.size() + plain.size() / 64);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string_view three = std::string_view(plain).substr(i, 3);
    if (plain[i] == '<') {
      text += "\\u003c";
    } else if (plain[i] == '>') {
      text += "\\u003e";
    } else if (plain[i] == '&') {
      text += "\\u0026";
    } else if (three == line_separator || three == paragraph_separator) {
      text += three == line_separator ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      text += plain[i];
    }
  }
  return text;
}

std::string html_text(std::string_view text) {
  // As the data block does, so that a title is UTF-8 whatever the file held.
  const std::string clean =
      Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)).get<std::string>();
  std::string escaped;
  for (const char letter : clean) {
    switch (letter) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += letter;
    }
  }
  return escaped;
}

}  // namespace loophole::report
