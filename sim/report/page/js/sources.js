// What it rests on: every input with where it comes from; what is invented says so.

const confidences = {
  seed: "what the case started from",
  sourced: "read in a source",
  estimate: "computed from something sourced",
  assumption: "invented: nobody measured it",
  unsourced: "nobody said where it comes from",
};

function sourceList() {
  const used = new Map();
  for (const row of data.values) used.set(row.source, (used.get(row.source) ?? 0) + 1);
  const known = Object.entries(data.sources);
  if (known.length === 0) return null;
  return [h("h3", {}, "Sources"), h("ul", { class: "sources" }, known.map(([name, each]) =>
    h("li", {}, h("code", {}, name), " ", each.url ? safeLink(each.url, each.title || each.url) : each.title || name, each.date && `, ${each.date}`,
      h("span", { class: `badge ${each.confidence}` }, each.confidence), h("span", { class: "muted" }, ` ${plural(used.get(name) ?? 0, "number")}`))))];
}

function inputTable(confidence) {
  const rows = data.values.filter((row) => row.confidence === confidence);
  return table(`Inputs: ${confidence}`, ["Input", number("Value"), "Unit", "Source", "File, line"],
    rows.map((row) => [row.path, row.value, row.unit, row.source, `${row.file}:${row.line}`]));
}

function sources() {
  if (!data.values) return null;
  const counts = new Map();
  for (const row of data.values) counts.set(row.confidence, (counts.get(row.confidence) ?? 0) + 1);
  const order = [...Object.keys(confidences).filter((each) => counts.has(each)), ...[...counts.keys()].filter((each) => !Object.hasOwn(confidences, each))];
  const invented = (counts.get("assumption") ?? 0) + (counts.get("unsourced") ?? 0);
  return section("What it rests on", `${invented} of ${plural(data.values.length, "number")} that went in are assumptions: somebody chose them, nobody measured them.`,
    h("ul", { class: "confidence" }, order.map((each) => h("li", { class: each },
      h("meter", { min: 0, max: data.values.length, value: counts.get(each), "aria-label": `${each}: ${counts.get(each)} of ${data.values.length}` }),
      h("strong", {}, `${counts.get(each)} ${each}`), ` ${entry(confidences, each) ?? ""}`))),
    order.map((each) => {
      const rows = h("div", {});
      const details = h("details", { class: "numbers" }, h("summary", {}, `Every input that is ${each === "assumption" ? "an assumption" : each === "estimate" ? "an estimate" : each}`), rows);
      details.addEventListener("toggle", () => replace(rows, details.open && inputTable(each)));
      return details;
    }), sourceList(), source("values.csv"));
}
