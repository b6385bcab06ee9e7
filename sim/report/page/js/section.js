// Sections: a heading, a sentence on how to read it, and where its numbers are from.

const sections = [];

function section(title, lead, ...children) {
  const words = title.toLowerCase().replace(/[^a-z]+/g, "-").slice(0, 40);
  const id = sections.some(([known]) => known === words) ? newId(words) : words;
  sections.push([id, title]);
  return h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title), lead && h("p", { class: "lead" }, lead), children);
}

const source = (...files) => h("p", { class: "source" }, "Numbers from ", fileName(files));
