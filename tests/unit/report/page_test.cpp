/// The page's frame, and how it speaks.
#include <catch2/catch.hpp>

#include <page_frame.hpp>
#include <spoken.hpp>

using namespace loophole;
using namespace loophole::report;
using Catch::Contains;

TEST_CASE("data within a page escapes what HTML and JavaScript would read") {
  CHECK(embedded(Json("</script>&\xE2\x80\xA8\xE2\x80\xA9'\"")) == R"("\u003c/script\u003e\u0026\u2028\u2029'\"")");
  CHECK(html_text("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

TEST_CASE("a policy's hash is SHA-256 in base64") {
  CHECK(policy_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

TEST_CASE("a page allows its own script and style by their hashes, and nothing else") {
  const std::string page = framed("<title>", Json{{"a", "<b>"}});
  CHECK_THAT(page, Contains("default-src 'none'; style-src 'sha256-") && Contains("script-src 'sha256-"));
  CHECK_THAT(page, Contains("<title>&lt;title&gt;</title>") && Contains(R"({"a":"\u003cb\u003e"})"));
  CHECK_THAT(page, !Contains("unsafe-inline") && !Contains("unsafe-eval") && !Contains("eval("));
  const std::size_t begin = page.find("<style>") + 7;
  CHECK_THAT(page, Contains(policy_hash(page.substr(begin, page.find("</style>") - begin))));
  const std::size_t script = page.rfind("<script>") + 8;
  CHECK_THAT(page, Contains(policy_hash(page.substr(script, page.rfind("</script>") - script))));
}

TEST_CASE("numbers are spoken with three digits and their unit") {
  CHECK(spoken(331'344'540.7, "USD") == "331 million USD");
  CHECK(spoken(999.96e6, "USD") == "1 billion USD");
  CHECK(spoken(0.3399, "1") == "34 %");
  CHECK(spoken(-0.00107, "1") == "-0.107 %");
  CHECK(spoken(0, "USD") == "0 USD");
  CHECK(spoken_change(0.659, "1") == "+65.9 points");
  CHECK(spoken_change(-331e6, "USD") == "-331 million USD");
  CHECK(spoken_range(305e6, 364e6, "USD") == "305 to 364 million USD");
  CHECK(spoken_range(0.2e6, 364e6, "USD") == "200 thousand USD to 364 million USD");
  CHECK(spoken(*parse_time("2024-07-09T12:00:00Z")) == "9 July 2024");
}

TEST_CASE("lists are spoken, long ones in part") {
  CHECK(spoken(std::vector<std::string>{}).empty());
  CHECK(spoken({"a"}) == "a");
  CHECK(spoken({"a", "b", "c"}) == "a, b and c");
  CHECK(spoken({"a", "b", "c", "d", "e"}, 3) == "a, b, c and 2 more");
  CHECK(spoken({"a", "b", "c", "d"}, 3) == "a, b, c and d");
  CHECK(counted(1, "loophole") == "one loophole");
  CHECK(counted(3, "loophole") == "3 loopholes");
}
