// Any metric through time: its line, and in an ensemble the fan of what the futures hold.

const key = (row) => [row.segment, row.channel, row.actor].map((part) => part ?? "").join("\n");

function drawFan(arm, row, others, width) {
  const series = seriesOf(arm);
  const narrow = width < 560;
  const values = [row.q05, row.q95, row.value, ...others.map(({ row: other }) => lineOf(other))].filter(Boolean).flat().filter((value) => value !== null);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low);
  const right = !narrow && others.length > 0 ? 130 : margin.right;
  const chart = frame({ width, height: narrow ? 230 : 300, times: series.times, low, high: high === low ? low + 1 : high, left: 64, right });
  chart.y.nice(5);
  const band = (from, to, name) => s("path", { class: `fan ${name}`, "aria-hidden": "true",
    d: charts.area().defined((_, i) => from[i] !== null).x((_, i) => chart.x(series.times[i])).y0((value) => chart.y(value)).y1((_, i) => chart.y(to[i]))(from) });
  const line = (values, times, name) => s("path", { class: `line ${name}`, "aria-hidden": "true",
    d: charts.line().defined((value) => value !== null && value !== undefined).x((_, i) => chart.x(times[i])).y((value) => chart.y(value))(values) });
  const say = (index) => {
    const lines = [longDate(series.dates[index])];
    if (row.q50) lines.push(`median ${amount(row.q50[index], row.unit)}`, `mean ${amount(row.mean[index], row.unit)}`, `half of futures: ${amount(row.q25[index], row.unit)} to ${amount(row.q75[index], row.unit)}`,
      `nine of ten: ${amount(row.q05[index], row.unit)} to ${amount(row.q95[index], row.unit)}`);
    else lines.push(amount(row.value[index], row.unit));
    return lines;
  };
  const ends = others.map(({ row: other }) => chart.y((other.q50 ?? other.value).findLast((value) => value !== null) ?? 0));
  const places = spreadLabels(ends, 14, 10, chart.bottom);
  return svgOf(width, chart.height, valueAxis(chart, row.unit), row.q05 && [band(row.q05, row.q95, "wide"), band(row.q25, row.q75, "middle")],
    others.map(({ row: other, times }, index) => line(other.q50 ?? other.value, times, `other dash-${index % 4}`)),
    !narrow && others.map(({ arm: name }, index) => s("g", { class: "direct", "aria-hidden": "true" },
      s("line", { x1: width - right, x2: width - right + 8, y1: ends[index], y2: places[index] }),
      s("text", { x: width - right + 11, y: places[index] + 4 }, cut(name, 16)))),
    line(row.q50 ?? row.value, series.times, "main"), timeAxis(chart), knowledgeLine(chart), cursor(chart, series.times, `${metricTitle(row.metric)}, ${whose(row)}, by date`, say));
}

function fans() {
  if (!data.series) return null;
  const available = armsIn(data.series);
  let arm = available[0];
  const metrics = [...new Set(available.flatMap((each) => ofArm(data.series, each).rows.map((row) => row.metric)))];
  const own = metrics.filter((metric) => Object.hasOwn(data.names.metrics, metric));
  let metric = own[0] ?? (metrics.includes("spend") ? "spend" : metrics[0]);
  let of = "";
  const rows = (from = arm) => ofArm(data.series, from).rows.filter((row) => row.metric === metric);
  const chosen = () => rows().find((row) => key(row) === of) ?? rows()[0];
  const others = () => available.filter((each) => each !== arm).flatMap((each) => {
    const row = rows(each).find((candidate) => key(candidate) === key(chosen()));
    return row ? [{ arm: each, row, times: seriesOf(each).times }] : [];
  });
  const place = h("div", { class: "inline" });
  const chart = figure({
    title: "Any number through time", file: [data.series.file, "metrics.csv"],
    says: () => {
      const row = chosen();
      const flow = entry(data.metrics, metric)?.kind === "flow" ? ` in the ${data.record.replace(/^1 /, "")} before each date` : "";
      const definition = entry(data.metrics, metric)?.definition;
      return `${capital(metricTitle(metric))}${flow}: ${whose(row)}.` + (definition && definition !== metricTitle(metric) && definition !== "declared by the scenario" ? ` ${capital(definition)}.` : "") +
        (row.q05 ? " The line is the median of futures, the dark band holds half of them, the light band nine of ten." : "") + (others().length ? " Thin lines: the other scenarios." : "");
    },
    draw: (width) => drawFan(arm, chosen(), others(), width),
    numbers: () => {
      const row = chosen();
      const dates = seriesOf(arm).dates;
      const columns = row.q05 ? ["mean", "q05", "q25", "q50", "q75", "q95"] : ["value"];
      return table(`${metricTitle(metric)}, ${whose(row)}, ${arm}`, ["Date", ...columns.map(number)], dates.map((date, i) => [date, ...columns.map((column) => exactAmount(row[column][i], row.unit))]));
    },
  });
  const choose = () => {
    of = key(chosen());
    replace(place, rows().length > 1 && chooser("Of", [["", rows().map((row) => [key(row), whose(row)])]], of, (to) => {
      of = to;
      chart.update();
    }));
  };
  choose();
  const groups = [["Of this scenario", own], ["Of every scenario", metrics.filter((each) => !own.includes(each))]].filter(([, names]) => names.length > 0)
    .map(([title, names]) => [title, names.map((name) => [name, cut(metricTitle(name), 48)])]);
  return section("Any number through time", data.series.left_out > 0 ? `${data.series.left_out} more series, and more dates, are in ${data.series.file}.` : null,
    h("div", { class: "controls" }, armChooser(available, arm, (to) => {
      arm = to;
      choose();
      chart.update();
    }), chooser("Metric", groups, metric, (to) => {
      metric = to;
      choose();
      chart.update();
    }), place), chart.element);
}
