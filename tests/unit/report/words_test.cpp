#include "../../../sim/report/words.hpp"

#include <catch2/catch.hpp>

using namespace loophole::report;

TEST_CASE("a quoted text is one gnuplot string whatever it holds") {
  CHECK(quoted("plain") == "'plain'");
  CHECK(quoted("'; system \"rm -rf x\" #") == "'’; system \"rm -rf x\" #'");
  CHECK(quoted("a\nb\r\tc") == "'a b  c'");
  CHECK(quoted("`id` @macro $(x) \\n") == "'`id` @macro $(x) \\n'");
  CHECK(quoted("]]>") == "']] >'");
  CHECK(quoted(std::string("a\0b", 3)) == "'a b'");
}

TEST_CASE("bytes that are no UTF-8 become question marks, so that pictures stay valid") {
  CHECK(clean("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") == "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(clean("a\xFF\xC3") == "a??");
  CHECK(clean("\xC0\xAF") == "??");
  CHECK(clean("\xED\xA0\x80") == "???");
  CHECK(clean("\xEF\xBF\xBF") == " ");
}

TEST_CASE("names of files hold nothing that a path or a shell knows") {
  CHECK(file_name("baseline") == "baseline");
  CHECK(file_name("../../etc/x y") == "-.-..-etc-x-y");
  CHECK(file_name("") == "x");
  CHECK(file_name("'; rm") == "---rm");
}

TEST_CASE("a text is cut to the room there is") {
  CHECK(cut_to("short", 500, 10) == "short");
  const std::string cut = cut_to("a text that is much too long for its place", 100, 10);
  CHECK(text_width(cut, 10) <= 100);
  CHECK(cut.ends_with("…"));
  CHECK(text_width("wide", 20) == Approx(2 * text_width("wide", 10)));
}

TEST_CASE("numbers are shown in units of which few digits are needed") {
  CHECK(scale_for(3.3e8, "USD").unit == "million USD");
  CHECK(scale_for(3.3e8, "USD").factor == 1e6);
  CHECK(scale_for(12, "sellers").unit == "sellers");
  CHECK(scale_for(0, "USD").factor == 1);
  CHECK(scale_for(0.4, "1").unit == "%");
  CHECK(scale_for(0.4, "1", 0).unit.empty());
  CHECK(scale_for(7e-6, "USD/tok").unit == "millionth of USD/tok");
}

TEST_CASE("what a bill has come to is told in words, known or made from its name") {
  CHECK(bill_words("PASS_OVER:HOUSE") == "passed by the House");
  CHECK(bill_words("ENACTED:INCORPORATION") == "enacted as part of another law");
  CHECK(bill_words("rule-published") == "rule published");
  CHECK(bill_words("FAIL:SECOND:SENATE") == "fail second senate");
}
