// Tables: headings with their scope, in a region of their own that scrolls sideways where the screen is narrow.

/// `region` is what the place where it scrolls is called, if not by its caption. `columns`: { title, number } or text; `rows`: cells of text or elements, the first of each a heading of its row.
function table(caption, columns, rows, region = caption) {
  const isNumber = columns.map((column) => column.number === true);
  const head = columns.map((column, index) =>
    h("th", { scope: "col", class: isNumber[index] && "number" }, column.title ?? column));
  const body = rows.map((row) =>
    h("tr", {}, row.map((cell, index) =>
      index === 0 ? h("th", { scope: "row" }, cell) : h("td", { class: isNumber[index] && "number" }, cell))));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": region },
    h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

const number = (title) => ({ title, number: true });
