// A figure: a chart that is drawn anew at each width, its text for those who do not see it, its numbers as a table, and
// the file that they come from.

const figures = [];
const printWidth = 680;
let isPrinting = false;

/// `draw(width)` returns an SVG; `numbers()` a table, made when asked for; `says` is one sentence about what is seen.
function figure({ title, says, draw, numbers, file, legend }) {
  const id = newId("figure");
  const stage = h("div", { class: "stage" });
  const text = h("p", { class: "says", id });
  const key = h("div", {});
  const rows = h("div", {});
  const details = h("details", { class: "numbers" }, h("summary", {}, `The numbers of “${title}”`), rows);
  const element = h("figure", { "aria-labelledby": id }, text, key, stage, numbers && details,
    h("figcaption", {}, "Numbers from ", fileName(file)));
  let drawnAt = 0;
  const render = () => {
    const width = isPrinting ? printWidth : Math.floor(stage.clientWidth);
    if (width < 50) return;
    drawnAt = width;
    hideTip();
    replace(stage, draw(width));
  };
  const update = () => {
    text.textContent = says();
    replace(key, legend?.());
    if (details.open) replace(rows, numbers());
    render();
  };
  details.addEventListener("toggle", () => (details.open ? replace(rows, numbers()) : replace(rows)));
  const resize = () => {
    if (!isPrinting && Math.abs(stage.clientWidth - drawnAt) >= 2) render();
  };
  figures.push({ update, render, resize });
  return { element, update };
}

/// "timeseries.csv" and so on: where what is shown can be looked up.
const fileName = (file) => [file].flat().map((name, index) => [index > 0 && ", ", h("code", { class: "file" }, name)]);

function drawAll() {
  for (const each of figures) each.update();
}

addEventListener("resize", () => {
  for (const each of figures) each.resize();
});
const printing = matchMedia("print");
const redrawFor = (isPrint) => {
  isPrinting = isPrint;
  for (const each of figures) each.render();
};
addEventListener("beforeprint", () => redrawFor(true));
addEventListener("afterprint", () => redrawFor(false));
printing.addEventListener("change", (event) => redrawFor(event.matches));
