// Findings of other methods: sentences, warnings and tables, whatever the method.

function cellOf(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  return exact(value, minus(Math.abs(value) >= 1e6 ? scaled(value, 1) : digits(value, 4)));
}

/// "flips_at", a column's name in the CSV, for people.
const headOf = (column) => column.replace(/_/g, " ");

function findings() {
  return data.findings.map((finding) => section(finding.title || finding.method || "A finding", null,
    h("div", { class: "finding" }, finding.sentences.map((sentence) => h("p", {}, sentence)),
      finding.warnings.length > 0 && h("ul", { class: "warnings" }, finding.warnings.map((warning) => h("li", {}, warning))),
      finding.tables.map((each) => table(each.title || each.name, each.columns.map((column, index) =>
        ({ title: headOf(column), number: each.rows.some((row) => typeof row[index] === "number") })), each.rows.map((row) => row.map(cellOf))))),
    source(finding.file)));
}
