// Access through time for one segment: a band a channel, as high as the part of the segment that can use it.

function drawAccessInTime(access, segment, width) {
  const narrow = width < 560;
  const left = narrow ? 12 : 150;
  const row = narrow ? 40 : 26;
  const height = access.channels.length * row + margin.bottom + 20;
  const chart = frame({ width, height, times: data.horizon.map(timeOf), low: 0, high: 1, left });
  const end = timeOf(data.horizon[1]);
  const marks = [];
  const lines = [];
  const rows = access.channels.map((channel, index) => {
    const bottom = 16 + (index + 1) * row - 5;
    const most = narrow ? 16 : row - 8;
    const steps = access.stepsOf(channel, segment);
    const bands = steps.map(([at, available, counts, rule], i) => {
      const from = Math.max(access.times[at], timeOf(data.horizon[0]));
      const to = i + 1 < steps.length ? access.times[steps[i + 1][0]] : end;
      const status = statuses[mostOf(counts)];
      if (to <= from || status === "not offered") return null;
      const tall = status === "closed" ? 3 : Math.max(3, available * most);
      const mark = s("g", { class: `band ${status}` },
        s("rect", { x: chart.x(from), y: bottom - tall, width: Math.max(1, chart.x(to) - chart.x(from)), height: tall }));
      marks.push(mark);
      const all = counts.reduce((a, b) => a + b, 0);
      lines.push([`${full("channels", channel)}: ${status}`, `${longDate(isoDay(from))} to ${longDate(isoDay(to))}`,
        `available to ${digits(100 * available)} % of ${full("segments", segment)}`,
        all > 1 && `${status} in ${percentOf(Math.max(...counts), all)} of futures`,
        binding.includes(status) && rule && `bound by ${full("rules", rule)}`].filter(Boolean));
      return mark;
    });
    return [s("g", { class: "axis", "aria-hidden": "true" },
      s("line", { class: "grid", x1: left, x2: width - margin.right, y1: bottom, y2: bottom }),
      s("text", narrow ? { x: left, y: bottom - 19 } : { x: 0, y: bottom - 4 }, cut(brief("channels", channel), 22))), bands];
  });
  explainMarks(marks, (index) => lines[index]);
  return svgOf(width, height, hatch("leak-lines"), s("g", { role: "group", "aria-label": "Access through time; arrow keys go from one band to the next" },
    timeAxis(chart), rows, knowledgeLine(chart)));
}

/// Diagonal lines, so that a leak differs from a gap without its colour.
const hatch = (id) => s("defs", {}, s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  s("rect", { width: 6, height: 6, class: "hatch-ground" }), s("rect", { width: 3, height: 6, class: "hatch-line" })));

/// `access` and `arm` are asked for at each drawing: the section above chooses them.
function accessInTime(access, arm) {
  let segment = access().segments[0];
  const chosen = () => (access().segments.includes(segment) ? segment : access().segments[0]);
  const chart = figure({
    title: "Access through time", file: data.access.file,
    says: () => `What ${brief("segments", chosen())} can use${arms.length > 1 ? ` in ${arm()}` : ""}: the higher the band, the larger the part of the segment that can use the channel. Full: open; hatched: a leak; a thin line: closed.`,
    draw: (width) => drawAccessInTime(access(), chosen(), width),
    numbers: () => table(`Changes of access of ${full("segments", chosen())}`, ["Channel", "From", "Status", number("Available"), "Rule"],
      access().channels.flatMap((channel) => access().stepsOf(channel, chosen()).map(([at, available, counts, rule]) =>
        [brief("channels", channel), data.access.dates[at], statuses[mostOf(counts)], exact(available, `${digits(100 * available)} %`), rule]))),
  });
  const choice = access().segments.length > 1 && tabs("Segment", access().segments.map((each) => [each, brief("segments", each)]), segment, (to) => {
    segment = to;
    chart.update();
  });
  return { element: h("div", {}, h("h3", {}, "Through time"), choice, chart.element), update: chart.update };
}
