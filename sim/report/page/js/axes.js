// The frame of a chart over time: two axes, light lines, and where knowledge ends.

const margin = { top: 18, right: 12, bottom: 26, left: 52 };

/// Scales of a chart whose plotting area ends at `height` less the axis.
function frame({ width, height, times, low, high, right = margin.right, left = margin.left }) {
  const x = charts.scaleUtc([times[0], times[times.length - 1]], [left, width - right]);
  const y = charts.scaleLinear([low, high === low ? low + 1 : high], [height - margin.bottom, margin.top]);
  return { width, height, x, y, left, right, bottom: height - margin.bottom };
}

/// As many round dates as there is room for their names, Januaries among them.
function timeTicks(chart) {
  const ticks = chart.x.ticks(12);
  const january = Math.max(0, ticks.findIndex((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1));
  // Of two, the last may stand left of its date; every second of quarters is a half-year.
  const room = (date) => (chart.x(date) > chart.width - 30 ? 102 : 74);
  for (let step = 1; step < ticks.length; step *= 2) {
    const kept = ticks.filter((_, i) => (i - january) % step === 0);
    if (kept.every((date, i) => i === 0 || chart.x(date) - chart.x(kept[i - 1]) >= room(date))) return kept;
  }
  return ticks.slice(0, 1);
}

function timeAxis(chart) {
  const ticks = timeTicks(chart);
  const yearly = ticks.every((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1);
  const daily = ticks.length > 1 && ticks[1] - ticks[0] < 27 * 86400e3;
  const text = (date) => {
    const month = months[date.getUTCMonth()].slice(0, 3);
    if (yearly) return date.getUTCFullYear();
    return daily ? `${date.getUTCDate()} ${month}` : `${month} ${date.getUTCFullYear()}`;
  };
  return s("g", { class: "axis", "aria-hidden": "true" },
    s("line", { x1: chart.left, x2: chart.width - chart.right, y1: chart.bottom, y2: chart.bottom }),
    ticks.map((date) => {
      const at = Math.round(chart.x(date));
      const anchor = at > chart.width - 30 ? "end" : at < 28 ? "start" : "middle";
      return [s("line", { x1: at, x2: at, y1: chart.bottom, y2: chart.bottom + 4 }),
        s("text", { x: at, y: chart.bottom + 17, "text-anchor": anchor }, text(date))];
    }));
}

function valueAxis(chart, unit) {
  const [low, high] = chart.y.domain();
  const ticks = chart.y.ticks(chart.height > 160 ? 5 : 3);
  return s("g", { class: "axis", "aria-hidden": "true" },
    s("text", { class: "unit", x: 0, y: 9 }, axisUnit(unit, Math.max(Math.abs(low), Math.abs(high)))),
    ticks.map((value) => {
      const at = Math.round(chart.y(value));
      return [s("line", { class: "grid", x1: chart.left, x2: chart.width - chart.right, y1: at, y2: at }),
        s("text", { x: chart.left - 6, y: at + 4, "text-anchor": "end" }, tick(value, unit))];
    }));
}

/// The line between what happened and what is drawn; nothing when it lies outside.
function knowledgeLine(chart) {
  const at = timeOf(data.as_of);
  const [from, to] = chart.x.domain();
  if (!(at > +from && at < +to)) return null;
  const x = Math.round(chart.x(at));
  const roomRight = chart.width - chart.right - x > 70;
  return s("g", { class: "as-of", "aria-hidden": "true" },
    s("line", { x1: x, x2: x, y1: 2, y2: chart.bottom }),
    s("text", { x: roomRight ? x + 4 : x - 4, y: 10, "text-anchor": roomRight ? "start" : "end" }, "forecast →"));
}

const svgOf = (width, height, ...children) =>
  s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, focusable: "false" }, children);
