// Who uses what: the firms of a segment by channel, stacked, through time.

const drawnChannels = 12;
/// Layers that are nowhere thicker than this are not drawn.
const negligible = 0.0005;

const peakOf = (row) => Math.max(...lineOf(row).map((value) => value ?? 0));

/// The colour of each channel that is drawn by itself, the same in all scenarios and segments: of those that reach most at
/// any time, in the order of their names.
let colours = null;
function findColours() {
  const peaks = new Map();
  for (const arm of armsIn(data.series))
    for (const row of seriesOf(arm).rows)
      if (row.metric === "share" && row.segment && row.channel && row.channel !== "outside")
        peaks.set(row.channel, Math.max(peaks.get(row.channel) ?? 0, peakOf(row)));
  const drawn = [...peaks].filter(([, peak]) => peak > negligible).sort((a, b) => b[1] - a[1]).slice(0, drawnChannels);
  return new Map(drawn.map(([name]) => name).sort().map((name, index) => [name, `c${index}`]));
}
const colourOf = (channel) => (colours ??= findColours()).get(channel);

/// The layers of one segment, in the order of their names; those without a colour together.
function layersOf(series, segment) {
  const rows = series.rows.filter((row) => row.metric === "share" && (row.segment ?? "") === segment && row.channel);
  const own = rows.filter((row) => row.channel !== "outside" && peakOf(row) > negligible).sort((a, b) => (a.channel < b.channel ? -1 : 1));
  const layers = own.filter((row) => colourOf(row.channel)).map((row) => ({ name: row.channel, label: brief("channels", row.channel), values: lineOf(row), class: colourOf(row.channel) }));
  const rest = own.filter((row) => !colourOf(row.channel));
  if (rest.length > 0)
    layers.push({ name: "", label: rest.length === 1 ? brief("channels", rest[0].channel) : `${rest.length} others`, class: "rest",
      values: series.dates.map((_, i) => rest.reduce((sum, row) => sum + (lineOf(row)[i] ?? 0), 0)), of: rest });
  const stranded = series.rows.find((row) => row.metric === "stranded" && (row.segment ?? "") === segment && !row.channel);
  const outside = rows.find((row) => row.channel === "outside");
  if (outside && peakOf(outside) > negligible) layers.push({ name: "outside", label: "no channel", values: lineOf(outside), class: "outside" });
  if (stranded && peakOf(stranded) > negligible) layers.push({ name: "stranded", label: "stranded", values: lineOf(stranded), class: "stranded" });
  return layers;
}

/// Places for labels of a column, none on another: moved down as far as needed.
function spreadLabels(places, gap, low, high) {
  const sorted = places.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  for (let i = 0; i < sorted.length; ++i) sorted[i].y = Math.max(sorted[i].y, i ? sorted[i - 1].y + gap : low);
  for (let i = sorted.length - 1; i >= 0; --i) sorted[i].y = Math.min(sorted[i].y, i + 1 < sorted.length ? sorted[i + 1].y - gap : high);
  const result = [];
  for (const { y, index } of sorted) result[index] = y;
  return result;
}

function drawShares(series, segment, width) {
  const layers = layersOf(series, segment);
  const narrow = width < 560;
  const right = narrow ? margin.right : 168;
  const chart = frame({ width, height: narrow ? 260 : 340, times: series.times, low: 0, high: 1, right });
  const stacked = charts.stack().keys(layers.map((_, index) => index)).value((i, key) => layers[key].values[i] ?? 0)(series.dates.map((_, i) => i));
  const area = charts.area().x((_, i) => chart.x(series.times[i])).y0((d) => chart.y(d[0])).y1((d) => chart.y(d[1]));
  const last = series.dates.length - 1;
  const named = layers.filter((layer) => layer.values[last] > negligible);
  const ends = named.map((layer) => stacked[layers.indexOf(layer)][last]).map(([low, high]) => (chart.y(low) + chart.y(high)) / 2);
  const places = spreadLabels(ends, 14, 10, chart.bottom);
  const say = (index) => [longDate(series.dates[index]), ...layers.map((layer) => `${layer.label} ${amount(layer.values[index], "1")}`).reverse()];
  return svgOf(width, chart.height, valueAxis(chart, "1"),
    stacked.map((layer, index) => s("path", { class: `area ${layers[index].class}`, d: area(layer), "aria-hidden": "true" })),
    !narrow && named.map((layer, index) => s("g", { class: "direct", "aria-hidden": "true" },
      s("line", { x1: width - right, x2: width - right + 8, y1: ends[index], y2: places[index] }),
      s("text", { x: width - right + 11, y: places[index] + 4 }, `${cut(layer.label, 17)} ${tick(layer.values[last], "1")}`))),
    timeAxis(chart), knowledgeLine(chart),
    cursor(chart, series.times, `Shares of ${full("segments", segment) || "all firms"} by date`, say));
}

const legendOf = (layers) =>
  h("ul", { class: "legend" }, [...layers].reverse().map((layer) => h("li", { title: layer.name }, h("span", { class: `swatch ${layer.class}`, "aria-hidden": "true" }), layer.label)));

function shares() {
  const segmentsOf = (arm) => inOrder("segments", new Set((ofArm(data.series, arm)?.rows ?? []).filter((row) => row.metric === "share" && row.channel && row.segment).map((row) => row.segment)));
  const available = data.series ? armsIn(data.series).filter((arm) => segmentsOf(arm).length > 0) : [];
  if (available.length === 0) return null;
  let arm = available[0];
  let segment = segmentsOf(arm)[0];
  const chosen = () => (segmentsOf(arm).includes(segment) ? segment : segmentsOf(arm)[0]);
  const chart = figure({
    title: "Who uses what", file: data.series.file,
    says: () => {
      const series = seriesOf(arm);
      const last = series.dates.length - 1;
      const first = layersOf(series, chosen()).slice().sort((a, b) => b.values[last] - a.values[last])[0];
      return `Firms of ${brief("segments", chosen())} by the channel they use${isEnsemble ? ", means over futures" : ""}. ` +
        (first ? `On ${longDate(series.dates[last])} the largest part, ${amount(first.values[last], "1")}, uses ${first.label}.` : "");
    },
    legend: () => legendOf(layersOf(seriesOf(arm), chosen())),
    draw: (width) => drawShares(seriesOf(arm), chosen(), width),
    numbers: () => {
      const series = seriesOf(arm);
      const layers = layersOf(series, chosen()).flatMap((layer) => layer.of ? layer.of.map((row) => ({ label: brief("channels", row.channel), values: lineOf(row) })) : [layer]);
      return table(`Shares of ${full("segments", chosen())}`, ["Date", ...layers.map((layer) => number(layer.label))],
        series.dates.map((date, i) => [date, ...layers.map((layer) => exactAmount(layer.values[i], "1"))]));
    },
  });
  return section("Who uses what", "The part of each segment's firms on each channel. Stranded firms were cut off and are looking for a replacement.",
    armChooser(available, arm, (to) => {
      arm = to;
      chart.update();
    }),
    segmentsOf(arm).length > 1 && tabs("Segment", segmentsOf(arm).map((each) => [each, brief("segments", each)]), segment, (to) => {
      segment = to;
      chart.update();
    }), chart.element);
}
