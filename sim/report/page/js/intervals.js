// Intervals on a common axis: what each scenario changes of one outcome.

/// `rows`: { label, low, middle, high, inner: [low, high] or nothing, lines }, all in `unit`.
function drawIntervals(rows, unit, width, ticks = tick, counts = axisUnit(unit, 1)) {
  const narrow = width < 560;
  const left = narrow ? 8 : 190;
  const row = narrow ? 50 : 34;
  const height = rows.length * row + 34;
  const values = rows.flatMap((each) => [each.low, each.high, each.middle]).filter((value) => value !== null && value !== undefined);
  const low = Math.min(...values, 0);
  const high = Math.max(...values, 0);
  const x = charts.scaleLinear([low, high === low ? low + (Math.abs(low) || 1) * 0.1 : high], [left + 8, width - 14]).nice(4);
  const bottom = height - 24;
  const marks = rows.map((each, index) => {
    const y = 8 + (index + 0.5) * row + (narrow ? 9 : 0);
    return s("g", { class: "interval" },
      s("rect", { class: "target", x: left, y: y - 12, width: Math.max(1, width - left - 8), height: 24 }),
      each.low !== undefined && s("line", { class: "wide", x1: x(each.low), x2: x(each.high), y1: y, y2: y }),
      each.inner && s("line", { class: "inner", x1: x(each.inner[0]), x2: x(each.inner[1]), y1: y, y2: y }),
      s("circle", { cx: x(each.middle), cy: y, r: 4.5 }));
  });
  explainMarks(marks, (index) => rows[index].lines);
  return svgOf(width, height, s("g", { class: "axis", "aria-hidden": "true" },
    x.ticks(narrow ? 3 : 6).map((value) => [s("line", { class: "grid", x1: x(value), x2: x(value), y1: 4, y2: bottom }),
      s("text", { x: x(value), y: bottom + 16, "text-anchor": "middle" }, ticks(value, unit))]),
    !narrow && counts && s("text", { x: left - 8, y: bottom + 16, "text-anchor": "end" }, counts),
    s("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: bottom }),
    rows.map((each, index) => s("text", { x: narrow ? left : 0, y: 8 + (index + 0.5) * row + (narrow ? -10 : 4) }, cut(each.label, narrow ? 40 : 27)))),
    s("g", { role: "group", "aria-label": "Intervals; arrow keys go from one to the next" }, marks));
}
