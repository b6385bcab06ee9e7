// The access map: channels by segments, at the chosen date; and the loopholes of that date in words.

function drawMap(access, arm, time) {
  const holes = new Set(loopholesAt(access, arm, time).flatMap(({ channel, segments }) => segments.map(({ segment }) => `${channel} ${segment}`)));
  const all = data.arms.find((known) => known.name === arm).replications;
  const cell = (channel, segment) => {
    const state = access.stateAt(channel, segment, time) ?? { status: "not offered", available: 0, part: 1, rule: "" };
    const kind = state.status.replace(" ", "-");
    const open = state.status === "leak" || state.status === "licensed";
    const by = state.rule && binding.includes(state.status) ? ` by ${full("rules", state.rule)}` : "";
    const uncertain = isEnsemble && all > 1 && state.part < 0.9995;
    return h("td", { class: `status ${kind}`, title: `${statusWords[state.status]}${by}; availability ${state.available}` },
      h("span", { class: "sign", "aria-hidden": "true" }, statusSigns[state.status]), " ", state.status,
      holes.has(`${channel} ${segment}`) && h("strong", { class: "hole" }, " loophole"), open && h("span", { class: "part" }, exact(state.available, ` ${digits(100 * state.available, 2)} %`)),
      uncertain && h("span", { class: "part" }, ` in ${digits(100 * state.part, 2)} % of futures`));
  };
  return h("div", { class: "scroll whole", tabindex: "0", role: "region", "aria-label": "Access map" },
    h("table", { class: "map" },
      h("caption", {}, `Who can use what on ${longDate(isoDay(time))}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Channel"),
        access.segments.map((segment) => h("th", { scope: "col" }, named("segments", segment))))),
      h("tbody", {}, access.channels.map((channel) => h("tr", {},
        h("th", { scope: "row", title: route(channel) }, brief("channels", channel)),
        access.segments.map((segment) => cell(channel, segment)))))));
}

function drawLoopholes(access, arm, time) {
  if (!access.channels.some((channel) => entry(data.names.channels, channel)?.developer)) return null; // nobody knows whose products they are
  const found = loopholesAt(access, arm, time);
  const date = longDate(isoDay(time));
  if (found.length === 0)
    return h("p", { class: "loopholes none" }, `On ${date} no path escapes a rule that closes another path to the same developer's products.`);
  return h("div", { class: "loopholes" }, h("h3", {}, `${capital(plural(found.length, "loophole"))} on ${date}`),
    h("ul", {}, found.map(({ channel, segments }) => {
      const reasons = new Map();
      for (const { segment, rules } of segments)
        for (const [rule, why] of rules) {
          const key = `${rule}\n${why}`;
          reasons.set(key, [...(reasons.get(key) ?? []), segment]);
        }
      return h("li", {}, h("strong", {}, full("channels", channel)), route(channel) && ` (${route(channel)})`,
        ` is open to ${segments.length === access.segments.length && segments.length > 2 ? `all ${segments.length} segments` : list(segments.map(({ segment }) => brief("segments", segment)))}. `,
        [...reasons].map(([key, of]) => {
          const [rule, why] = key.split("\n");
          return h("span", { class: "why" }, h("em", {}, full("rules", rule)), " does not bind it",
            of.length < segments.length && ` for ${list(of.map((each) => brief("segments", each)))}`, why && `: ${why}`, ". ");
        }));
    })));
}

function accessMap() {
  if (!data.access) return null;
  let arm = armsIn(data.access)[0];
  let access = accessOf(arm);
  const horizon = data.horizon.map(timeOf);
  const days = Math.max(1, Math.round((horizon[1] - horizon[0]) / 86400e3));
  const steps = Math.min(days, 1500);
  const dates = Array.from({ length: steps + 1 }, (_, i) => isoDay(horizon[0] + Math.round((i * days) / steps) * 86400e3));
  // The last instant that is within: intervals exclude their end.
  const clamp = (index) => Math.min(timeOf(dates[index]), horizon[1] - 1000);
  const start = Math.max(0, Math.min(steps, indexAt(dates.map(timeOf), Math.min(timeOf(data.as_of), horizon[1] - 86400e3))));
  let chosen = start;
  const map = h("div", {});
  const holes = h("div", { "aria-live": "polite" });
  const show = () => {
    replace(map, drawMap(access, arm, clamp(chosen)));
    replace(holes, drawLoopholes(access, arm, clamp(chosen)));
  };
  const inTime = accessInTime(() => access, () => arm);
  show();
  return section("Who can reach what", "A gap is a path that no rule in force binds. It is called a loophole where a rule keeps the same segment from the same developer's products on another path. A leak is prohibited and reachable all the same.",
    armChooser(armsIn(data.access), arm, (to) => {
      arm = to;
      access = accessOf(arm);
      show();
      inTime.update();
    }),
    dateSlider("Date", dates, start, (index) => {
      chosen = index;
      show();
    }),
    map, h("ul", { class: "key" }, statuses.map((status) =>
      h("li", { class: `status ${status.replace(" ", "-")}` }, h("span", { class: "sign", "aria-hidden": "true" }, statusSigns[status]), ` ${status}: ${statusWords[status]}`))),
    holes, inTime.element);
}
