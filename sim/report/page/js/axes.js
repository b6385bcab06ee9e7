// The frame of a chart over time: two axes, light lines, and where knowledge ends.

const margin = { top: 14, right: 12, bottom: 26, left: 52 };

/// Scales of a chart whose plotting area ends at `height` less the axis.
function frame({ width, height, times, low, high, right = margin.right, left = margin.left }) {
  const x = charts.scaleUtc([times[0], times[times.length - 1]], [left, width - right]);
  const y = charts.scaleLinear([low, high === low ? low + 1 : high], [height - margin.bottom, margin.top]);
  return { width, height, x, y, left, right, bottom: height - margin.bottom };
}

function timeAxis(chart) {
  const count = Math.max(2, Math.floor((chart.width - chart.left - chart.right) / 90));
  const ticks = chart.x.ticks(count);
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
      const anchor = at > chart.width - chart.right - 28 ? "end" : at < chart.left + 24 ? "start" : "middle";
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
    s("line", { x1: x, x2: x, y1: margin.top - 4, y2: chart.bottom }),
    s("text", { x: roomRight ? x + 4 : x - 4, y: margin.top + 4, "text-anchor": roomRight ? "start" : "end" }, "forecast →"));
}

const svgOf = (width, height, ...children) =>
  s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, focusable: "false" }, children);
