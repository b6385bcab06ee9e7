// What each scenario changes against the first, under the same luck.

const outcomeOf = (name) => entry(data.names.outcomes, name) ?? { label: "", unit: "1", prefer: "", to_whom: "" };
const outcomeLabel = (name) => outcomeOf(name).label || name;
const preference = (name) => {
  const { prefer, to_whom: whom } = outcomeOf(name);
  return prefer ? `${prefer} is better${whom ? ` for ${full("actors", whom)}` : ""}` : "";
};

function comparisonOf(name, rows) {
  const unit = rows[0].unit;
  const tickOf = (value) => (unit === "1" ? minus(digits(100 * value)) : tick(value, unit));
  const lines = (row) => [`${row.other} against ${row.base}`, `${outcomeLabel(name)}: ${change(row.difference, unit)}`,
    `in nine of ten futures ${change(row.q05, unit)} to ${change(row.q95, unit)}`,
    row.mc_low !== null && `the mean is known to ${within((row.mc_high - row.mc_low) / 2, unit)}`, row.verdict].filter(Boolean);
  const chart = figure({
    title: outcomeLabel(name), file: "comparison.csv",
    says: () => `With ${rows[0].base} it comes to ${amount(rows[0].base_mean, unit)} in the mean. Shown is the change against that${preference(name) ? `; ${preference(name)}` : ""}.`,
    draw: (width) => drawIntervals(rows.filter((row) => row.difference !== null).map((row) => ({ label: `${row.other}`, low: row.q05, middle: row.difference, high: row.q95,
      inner: row.mc_low === null ? null : [row.mc_low, row.mc_high], lines: lines(row) })), unit, width, tickOf, unit === "1" ? "percentage points" : undefined),
  });
  return h("div", { class: "outcome" }, h("h3", {}, capital(outcomeLabel(name))), chart.element,
    table("By scenario", ["Scenario", number("Mean"), number("Change"), number("5 to 95 % of futures"), number("Known to (95 %)"), "In a word"],
      rows.map((row) => [row.other, exactAmount(row.other_mean, unit), exact(row.difference, change(row.difference, unit)),
        row.q05 === null ? "–" : [exact(row.q05, change(row.q05, unit)), " to ", exact(row.q95, change(row.q95, unit))],
        row.mc_low === null ? "–" : h("span", { title: `${row.mc_low} to ${row.mc_high}` }, within((row.mc_high - row.mc_low) / 2, unit)), row.verdict]), `${capital(outcomeLabel(name))}, by scenario`));
}

function comparison() {
  if (!data.comparison) return null;
  const byOutcome = new Map();
  for (const row of data.comparison) byOutcome.set(row.outcome, [...(byOutcome.get(row.outcome) ?? []), row]);
  return section("What each choice changes", [
    `Each scenario less ${data.comparison[0].base}, in the same futures. `,
    "The thin line reaches over nine of ten futures: no number of replications removes that. The thick line is how well the mean is known. ",
    "“Noise” means that the change may be nothing.",
  ].join(""), [...byOutcome].map(([name, rows]) => comparisonOf(name, rows)));
}
