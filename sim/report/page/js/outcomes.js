// What it comes to: the outcomes of each scenario with their spread, and whether what was expected held.

function outcomeTable(arm) {
  const rows = ofArm(data.outcomes, arm);
  const spread = rows.some((row) => row.n > 1);
  return table(`Outcomes of ${arm}`, ["Outcome", number(spread ? "Mean" : "Value"), ...(spread ? [number("Median"), number("5 to 95 % of futures"), number("Futures")] : []), "Preferred"],
    rows.map((row) => {
      const unit = outcomeOf(row.name).unit;
      const label = h("span", { title: row.name }, capital(outcomeLabel(row.name)));
      if (row.n === 0) return [label, "undefined", ...(spread ? ["–", "–", 0] : []), preference(row.name)];
      return [label, exactAmount(row.mean, unit), ...(spread ? [exactAmount(row.q50, unit), [exactAmount(row.q05, unit), " to ", exactAmount(row.q95, unit)], row.n] : []), preference(row.name)];
    }));
}

function expectations() {
  if (!data.expectations) return null;
  const failed = data.expectations.filter((each) => each.held === "no");
  const held = data.expectations.filter((each) => each.held === "yes");
  const open = data.expectations.length - failed.length - held.length;
  return [h("h3", {}, "Was it as expected?"),
    h("p", {}, `${held.length} of ${plural(held.length + failed.length, "expectation")} held${open > 0 ? `; ${open} cannot be judged here` : ""}. `, source("expectations.csv")),
    failed.length > 0 && h("ul", {}, failed.map((each) => h("li", {}, h("strong", {}, "Not held: "), each.expectation, each.detail && ` (${each.detail})`))),
    h("details", { class: "numbers" }, h("summary", {}, "Every expectation"),
      table("Expectations", ["Expectation", "Held", "Detail"], data.expectations.map((each) => [each.expectation, each.held, each.detail])))];
}

const outcomeLead = {
  ensemble: "Means and quantiles over futures.",
  comparison: "Means and quantiles over futures.",
  study: "Means and quantiles over all points and replications of the study; what is shown through time is of its first point.",
};

function outcomes() {
  if (!data.outcomes) return null;
  const available = armsIn(data.outcomes);
  let arm = available[0];
  const place = h("div", {}, outcomeTable(arm));
  return section("What it comes to", outcomeLead[data.kind] ?? "One run is one draw of all that is random: run it with --replications to see the spread.",
    armChooser(available, arm, (to) => {
      arm = to;
      replace(place, outcomeTable(arm));
    }), place, source("outcomes.csv"), expectations());
}
