// The head of the page: what is asked, of what, and how often it was run.

function heading() {
  const kinds = { run: "one run", ensemble: "an ensemble", comparison: "a comparison", study: "a study", tables: "tables" };
  const runs = data.replications > 1 ? ` of ${plural(data.replications, "replication")}${arms.length > 1 ? " each" : ""}` : "";
  const others = data.arms.slice(1);
  return h("header", {},
    h("p", { class: "kicker" }, [data.case, `${kinds[data.kind]}${runs}`].filter(Boolean).join(" · ")),
    h("h1", {}, data.title),
    data.description && h("p", { class: "question" }, data.description),
    others.length > 0 && h("div", { class: "arms" }, h("p", {}, "Compared with it:"),
      h("ul", {}, others.map((arm) => h("li", {}, h("strong", {}, arm.name), arm.title && ` · ${arm.title}`)))),
    h("p", { class: "frame" }, timeElement(data.horizon[0]), " to ", timeElement(data.horizon[1]),
      data.as_of < data.horizon[1] && [", as known on ", timeElement(data.as_of), "; what comes after is a forecast"]));
}
