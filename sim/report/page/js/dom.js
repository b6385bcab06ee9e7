// Elements are made here and nowhere else: text goes in as text, so nothing that came from a file is ever markup.

const svgNamespace = "http://www.w3.org/2000/svg";

/// Whose values are the words "true" and "false".
const isAria = (name) => name.startsWith("aria-");

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || (value === false && !isAria(name))) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true && !isAria(name) ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/// An element of HTML: h("p", { class: "note" }, "text", anotherElement).
const h = (tag, attributes, ...children) => furnish(document.createElement(tag), attributes, children);
/// The same of SVG.
const s = (tag, attributes, ...children) => furnish(document.createElementNS(svgNamespace, tag), attributes, children);

function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

let ids = 0;
const newId = (prefix) => `${prefix}-${++ids}`;

/// A link, if the address is one of the web; else the text alone: `javascript:` stays a word.
function safeLink(address, text) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return h("span", {}, text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return h("span", {}, text);
  return h("a", { href: url.href, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}
