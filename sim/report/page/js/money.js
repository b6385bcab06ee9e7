// Who pays whom: money of a period as a flow from segments to sellers and on to those whom contracts name.

/// Payments of a period that lead in no circle, and whether some were left out for that.
function flowsAt(rows, period) {
  const edges = new Map();
  for (const row of rows) {
    const value = row.values[period];
    if (!(value > 0)) continue;
    const from = row.contract === "sale" ? `segment ${row.payer}` : `actor ${row.payer}`;
    const key = `${from}\n${row.payee}`;
    const edge = edges.get(key) ?? { source: from, target: `actor ${row.payee}`, value: 0, contracts: [] };
    edge.value += value;
    if (row.contract !== "sale") edge.contracts.push(row.contract);
    edges.set(key, edge);
  }
  const kept = [];
  const reaches = (from, to) => from === to || kept.some((edge) => edge.source === from && reaches(edge.target, to));
  for (const edge of edges.values()) if (!reaches(edge.target, edge.source)) kept.push(edge);
  return { edges: kept, cut: edges.size - kept.length };
}

const nodeName = (node) => {
  const at = node.indexOf(" ");
  return node.slice(0, at) === "segment" ? brief("segments", node.slice(at + 1)) : brief("actors", node.slice(at + 1));
};

function drawMoney(rows, period, unit, width) {
  const { edges } = flowsAt(rows, period);
  if (edges.length === 0) return h("p", { class: "says" }, "No money moved in this period.");
  const narrow = width < 560;
  const names = [...new Set(edges.flatMap((edge) => [edge.source, edge.target]))];
  const label = narrow ? 100 : 190;
  const height = Math.max(240, names.length * (narrow ? 30 : 27));
  const graph = charts.sankey().nodeId((node) => node.id).nodeWidth(10).nodePadding(narrow ? 16 : 14).nodeAlign(charts.sankeyJustify)
    .extent([[label, 8], [width - label, height - 12]])({ nodes: names.map((id) => ({ id })), links: edges.map((edge) => ({ ...edge })) });
  const links = graph.links.map((link) => s("g", { class: "flow" },
    s("path", { d: charts.sankeyLinkHorizontal()(link), "stroke-width": Math.max(1, link.width), class: link.contracts.length ? "contract" : "sale" })));
  explainMarks(links, (index) => {
    const link = graph.links[index];
    return [`${nodeName(link.source.id)} pays ${nodeName(link.target.id)}`, amount(link.value, unit),
      link.contracts.length > 0 && `Under ${list(link.contracts.map((name) => full("contracts", name)))}`].filter(Boolean);
  });
  const inner = graph.nodes.filter((node) => node.sourceLinks.length > 0 && node.targetLinks.length > 0);
  return svgOf(width, height, s("g", { role: "group", "aria-label": "Payments; arrow keys go from one to the next" }, links),
    graph.nodes.map((node) => {
      const isLeft = node.targetLinks.length === 0;
      const isInner = inner.includes(node);
      const x = isLeft ? node.x0 - 6 : node.x1 + 6;
      const y = (node.y0 + node.y1) / 2;
      const text = cut(nodeName(node.id), narrow ? 14 : 19);
      return s("g", { class: "node", "aria-hidden": "true" },
        s("rect", { x: node.x0, y: node.y0, width: node.x1 - node.x0, height: Math.max(1, node.y1 - node.y0) }),
        s("text", { x, y: y + 4, "text-anchor": isLeft ? "end" : "start", class: isInner ? "over" : null }, text,
          s("tspan", { class: "value" }, narrow ? "" : `  ${tick(node.value, unit)}`)));
    }));
}

function money() {
  if (!data.flows) return null;
  let arm = armsIn(data.flows)[0];
  const { periods, unit } = data.flows;
  let period = Math.max(0, periods.findIndex(([from, to]) => timeOf(from) <= timeOf(data.as_of) && timeOf(data.as_of) < timeOf(to)));
  const rows = () => ofArm(data.flows, arm);
  const span = () => `${longDate(periods[period][0])} to ${longDate(periods[period][1])}`;
  const chart = figure({
    title: "Who pays whom", file: data.flows.file,
    says: () => {
      const { edges, cut: left } = flowsAt(rows(), period);
      const sales = edges.filter((edge) => edge.source.startsWith("segment ")).reduce((sum, edge) => sum + edge.value, 0);
      const contracts = edges.filter((edge) => edge.contracts.length > 0).map((edge) => `${nodeName(edge.source)} passes ${amount(edge.value, unit)} on to ${nodeName(edge.target)}`);
      return `From ${span()} customers spend ${amount(sales, unit)}${data.flows.means ? " in the mean of futures" : ""}. ${contracts.length ? `${capital(list(contracts))}.` : "Nothing is passed on."}` +
        (left ? ` ${plural(left, "payment")} that would lead in a circle are in the table only.` : "");
    },
    draw: (width) => drawMoney(rows(), period, unit, width),
    numbers: () => table(`Payments from ${span()}`, ["Payer", "Payee", "Contract", number("Amount")],
      rows().filter((row) => row.values[period] > 0).map((row) => [row.contract === "sale" ? brief("segments", row.payer) : brief("actors", row.payer),
        brief("actors", row.payee), row.contract === "sale" ? "sale" : full("contracts", row.contract), exactAmount(row.values[period], unit)])),
  });
  return section("Who pays whom", `Segments, on the left, pay sellers of record; under contracts these pass money on, to the right. ${data.flows.note}`,
    armChooser(armsIn(data.flows), arm, (to) => {
      arm = to;
      chart.update();
    }),
    dateSlider("Period from", periods.map(([from]) => from), period, (index) => {
      period = index;
      chart.update();
    }), chart.element);
}
