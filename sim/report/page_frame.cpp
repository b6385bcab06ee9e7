#include "page_frame.hpp"

#include <loophole/record/files.hpp>

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace loophole::report {

// Made from sim/report/page at build time.
extern const std::string_view page_style;
extern const std::string_view page_charts;
extern const std::string_view page_script;

namespace {

/// RFC 4648.
std::string base64(const std::array<std::uint8_t, 32>& bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) { return at < bytes.size() ? std::uint32_t{bytes[at]} : 0U; };
    const std::uint32_t word = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : letters[word >> (18U - 6U * k) & 63U];
  }
  return text;
}

}  // namespace

std::string policy_hash(const std::string& text) {
  const std::string digits = record::sha256(text);
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(std::stoul(digits.substr(2 * i, 2), nullptr, 16));
  return fmt::format("'sha256-{}'", base64(bytes));
}

std::string framed(std::string_view title, const Json& data) {
  const std::string style = fmt::format("\n{}", page_style);
  const std::string script = fmt::format("\n{}\n(() => {{\n\"use strict\";\n{}}})();\n", page_charts, page_script);
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{}</title>
<link rel="icon" href="data:,">
<style>{}</style>
</head>
<body>
<div id="page"><noscript>This page draws itself with a script that it contains; please allow scripts, or read the CSV files.</noscript></div>
<script type="application/json" id="data">{}</script>
<script>{}</script>
</body>
</html>
)",
                     policy_hash(style), policy_hash(script), html_text(title), style, embedded(data), script);
}

}  // namespace loophole::report
