// What happened and because of what: dots on lanes, and the same as a list.

const lanes = { event: "Events", bill: "Bills", trigger: "Triggers", notice: "Notices", "offer-end": "Offers end",
  step: "Dated steps", dated: "Dated values" };

const happened = (each) => full("events", each.event);
/// "in 37 % of futures" where it is not certain.
const chance = (each, arm) => {
  const all = data.arms.find((known) => known.name === arm).replications;
  return isEnsemble && each.n < all ? `in ${percentOf(each.n, all)} of futures` : "";
};
const isSpread = (each) => each.early.slice(0, 10) !== each.late.slice(0, 10);
const datesOf = (each) =>
  !isSpread(each) ? longDate(each.date) : `${longDate(each.date)} (mostly between ${longDate(each.early)} and ${longDate(each.late)})`;

/// "OpenAI announces the cut-off (25 June 2024)", back to the first cause; where others cause it too, how often it does.
const often = ({ caused, n }) => (caused < n ? `, in ${percentOf(caused, n)} of the futures in which it happens` : "");
function causes(events, each) {
  const chain = [];
  for (let at = each.cause; at !== null && at !== undefined && chain.length < 20; at = events[at].cause)
    chain.push(`${happened(events[at])} (${longDate(events[at].date)}${often(chain.length === 0 ? each : {})})`);
  return chain;
}

function linesOfEvent(events, each, arm) {
  const chain = causes(events, each);
  return [happened(each), [datesOf(each), chance(each, arm)].filter(Boolean).join(", "), each.detail && capital(each.detail),
    chain.length > 0 && `Because of: ${chain.join(" ← ")}`].filter(Boolean);
}

function drawTimeline(events, arm, width) {
  const names = Object.keys(lanes).filter((lane) => events.some((each) => each.lane === lane));
  const narrow = width < 560;
  const left = narrow ? 12 : 110;
  const laneHeight = narrow ? 46 : 36;
  const height = names.length * laneHeight + margin.bottom + 18;
  const chart = frame({ width, height, times: data.horizon.map(timeOf), low: 0, high: 1, left });
  const laneY = (lane) => 22 + (names.indexOf(lane) + 0.5) * laneHeight + (narrow ? 8 : 0);
  const shown = events.filter((each) => names.includes(each.lane)).sort((a, b) => timeOf(a.date) - timeOf(b.date));
  const marks = shown.map((each) => {
    const x = chart.x(timeOf(each.date));
    const y = laneY(each.lane);
    return s("g", { class: `event lane-${names.indexOf(each.lane)}` },
      s("rect", { class: "target", x: x - 9, y: y - 9, width: 18, height: 18 }),
      isSpread(each) && s("line", { class: "span", x1: chart.x(timeOf(each.early)), x2: chart.x(timeOf(each.late)), y1: y, y2: y }),
      each.lane === "bill" ? s("rect", { x: x - 4.5, y: y - 4.5, width: 9, height: 9, transform: `rotate(45 ${x} ${y})` })
        : s("circle", { cx: x, cy: y, r: each.lane === "event" || each.lane === "trigger" ? 5.5 : 3.5 }));
  });
  explainMarks(marks, (index) => linesOfEvent(events, shown[index], arm));
  return svgOf(width, height, s("g", { role: "group", "aria-label": "Events in time; arrow keys go from one to the next" },
    names.map((lane) => s("g", { class: "axis", "aria-hidden": "true" },
      s("line", { class: "grid", x1: left, x2: width - margin.right, y1: laneY(lane), y2: laneY(lane) }),
      s("text", narrow ? { x: left, y: laneY(lane) - 14 } : { x: 0, y: laneY(lane) + 4 }, lanes[lane]))),
    timeAxis(chart), knowledgeLine(chart), marks));
}

function timeline() {
  if (!data.events) return null;
  let arm = armsIn(data.events)[0];
  const events = () => ofArm(data.events, arm) ?? [];
  const main = () => events().filter((each) => ["event", "bill", "trigger"].includes(each.lane));
  const written = h("ol", { class: "events" });
  const write = () => replace(written, main().map((each) => {
    const because = causes(events(), each)[0];
    return h("li", {}, h("time", { datetime: each.date, title: each.date }, longDate(each.date)),
      h("div", {}, h("strong", { title: each.event }, happened(each)), chance(each, arm) && ` · ${chance(each, arm)}`,
        isSpread(each) && h("span", { class: "between" }, ` · mostly between ${longDate(each.early)} and ${longDate(each.late)}`),
        each.detail && h("span", { class: "detail" }, capital(each.detail)),
        because && h("span", { class: "cause" }, `Because of: ${because}`)));
  }));
  const strip = figure({
    title: "What happened", file: data.events.file,
    says: () => `${plural(main().length, "event")} between ${longDate(data.horizon[0])} and ${longDate(data.horizon[1])}; point at one, or go through them with the arrow keys, to see its causes.`,
    draw: (width) => drawTimeline(events(), arm, width),
    numbers: () => table(`All that happened in ${arm}`, ["What", "Date", "Kind", isEnsemble && number("Futures"), "Effect", "Because of"].filter(Boolean),
      events().map((each) => [named("events", each.event), isEnsemble ? datesOf(each) : each.date, each.kind, isEnsemble && each.n, each.detail,
        causes(events(), each).join(" ← ")].filter((cell) => cell !== false))),
  });
  write();
  return section("What happens, and why", "Each event with what it changed and the events that led to it.",
    armChooser(armsIn(data.events), arm, (chosen) => {
      arm = chosen;
      write();
      strip.update();
    }), strip.element, written);
}
