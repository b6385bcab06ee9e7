// A cursor over a chart of time: follows the pointer, or the arrow keys, and says the values at its date.

/// `linesAt(index)`: what to say at times[index]; the first line is the date.
function cursor(chart, times, name, linesAt) {
  const rule = s("line", { class: "cursor", y1: margin.top, y2: chart.bottom, visibility: "hidden" });
  let index = times.length - 1;
  const spoken = () => linesAt(index).join(", ");
  const area = s("rect", {
    class: "sense", x: chart.left, y: 0, width: Math.max(0, chart.width - chart.left - chart.right), height: chart.bottom,
    tabindex: "0", role: "slider", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": times.length - 1,
    "aria-valuenow": index, "aria-valuetext": spoken(),
  });
  const move = (to, x, y) => {
    index = Math.max(0, Math.min(times.length - 1, to));
    const at = chart.x(times[index]);
    rule.setAttribute("x1", at);
    rule.setAttribute("x2", at);
    rule.setAttribute("visibility", "visible");
    area.setAttribute("aria-valuenow", index);
    area.setAttribute("aria-valuetext", spoken());
    const box = area.getBoundingClientRect();
    const scale = box.width / Math.max(1, chart.width - chart.left - chart.right);
    showTip(linesAt(index), x ?? box.left + (at - chart.left) * scale, y ?? box.top + box.height / 3);
  };
  const leave = () => {
    rule.setAttribute("visibility", "hidden");
    hideTip();
  };
  area.addEventListener("pointermove", (event) => {
    const box = area.getBoundingClientRect();
    const part = (event.clientX - box.left) / Math.max(1, box.width);
    const [from, to] = chart.x.domain();
    const time = +from + part * (to - from);
    const before = Math.max(0, indexAt(times, time));
    const after = Math.min(before + 1, times.length - 1);
    move(time - times[before] <= times[after] - time ? before : after, event.clientX, event.clientY);
  });
  area.addEventListener("pointerleave", leave);
  area.addEventListener("blur", leave);
  area.addEventListener("focus", () => area.matches(":focus-visible") && move(index));
  area.addEventListener("keydown", (event) => {
    const leap = Math.max(1, Math.round(times.length / 10));
    const to = { ArrowRight: index + 1, ArrowUp: index + 1, ArrowLeft: index - 1, ArrowDown: index - 1, PageUp: index + leap,
      PageDown: index - leap, Home: 0, End: times.length - 1 }[event.key];
    if (event.key === "Escape") leave();
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  });
  return [rule, area];
}
