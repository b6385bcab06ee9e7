#include <loophole/base/suggest.hpp>
#include <loophole/base/units.hpp>

#include <catch2/catch.hpp>

using namespace loophole;

namespace {

UnitTable table() {
  UnitTable units;
  units.set_base_currency("USD");
  units.add_currency("CNY", 0.125);
  units.add_declared("tok");
  units.add_declared("flop");
  return units;
}

Quantity read(const char* text) {
  auto parsed = table().parse(text);
  REQUIRE(std::holds_alternative<Quantity>(parsed));
  return std::get<Quantity>(parsed);
}

UnitProblem refused(const char* text) {
  auto parsed = table().parse(text);
  REQUIRE(std::holds_alternative<UnitProblem>(parsed));
  return std::get<UnitProblem>(parsed);
}

}  // namespace

TEST_CASE("a quantity is read in base units with its dimension") {
  CHECK(read("20 %").value == 0.2);
  CHECK(read("20%").percent);
  CHECK(read("7.50 USD/Mtok").value == 7.5 / 1e6);
  CHECK(read("7.50 USD/Mtok").dimension == Dimension{1, 0, 0, -1, "tok"});
  CHECK(read("8 CNY/tok").value == 1.0);
  CHECK(read("4 MUSD/month").value == Approx(4e6 / days_per_month));
  CHECK(read("4 MUSD/month").dimension == Dimension::amount_rate());
  CHECK(read("3.8e25 flop").value == 3.8e25);
  CHECK(read("150 Mtok/firm").dimension == Dimension{0, 0, -1, 1, "tok"});
  CHECK(read("1287").dimension == Dimension::none());
  CHECK(read("37 %/month").period_days == days_per_month);
}

TEST_CASE("a price per unit of use that is an amount of money is a part, and an amount of it is money") {
  UnitTable units = table();
  units.add_declared("payments");
  units.make_amount("payments");
  CHECK(units.as_money({1, 0, 0, -1, "payments"}) == Dimension::none());
  CHECK(units.as_money({0, -1, 0, 1, "payments"}) == Dimension::amount_rate());
  CHECK(units.as_money({1, 0, 0, -1, "tok"}) == Dimension{1, 0, 0, -1, "tok"});
}

TEST_CASE("a duration keeps its calendar months") {
  CHECK(read("2 months").span == Span{2, 0});
  CHECK(read("1 year").span == Span{12, 0});
  CHECK(read("3 weeks").span == Span{0, 21 * 86400});
  CHECK(read("0 days").span == Span{0, 0});
}

TEST_CASE("an unknown unit is refused with the nearest known one") {
  CHECK(refused("5 USD/Mtokn").suggestion == "did you mean 'Mtok'?");
  CHECK(refused("5 dys").suggestion == "did you mean 'days'?");
  CHECK(refused("twenty").problem == "'twenty' is not a quantity");
}

TEST_CASE("numbers that readers disagree about are refused") {
  CHECK(refused("010 days").suggestion == "write 10");
  CHECK(refused("20,000 USD").suggestion == "write 20000");
  CHECK(refused("1_000 USD").suggestion == "write 1000");
  CHECK(refused("1e999 USD").problem == "'1e999' is not a number");
  CHECK(std::holds_alternative<UnitProblem>(parse_number("1.2.3")));
}

TEST_CASE("the nearest name is suggested and a far one is not") {
  CHECK(suggest("azure-enterprize", {"openai", "azure-enterprise"}) == "did you mean 'azure-enterprise'?");
  CHECK(suggest("xyz", {"openai", "azure"}) == "known: openai, azure");
  CHECK(suggest("xyz", {}).empty());
}
