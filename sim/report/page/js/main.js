// The page: its sections in the order in which a reader asks.

function contents() {
  return h("nav", { "aria-label": "Contents" }, h("ul", {}, sections.map(([id, title]) => h("li", {}, h("a", { href: `#${id}` }, title)))));
}

const body = [answer(), timeline(), accessMap(), shares(), money(), fans(), comparison(), outcomes(), findings(), sources(), reproduce()];
replace(document.getElementById("page"),
  h("a", { class: "skip", href: "#main" }, "Skip to the answer"),
  h("div", { class: "top" }, themeButton()),
  heading(), contents(), h("main", { id: "main", tabindex: "-1" }, body),
  h("footer", {}, h("p", {}, "This page says what a scenario's rules and numbers lead to, not what the law is, nor what will happen."),
    h("p", {}, `Made by ${data.program}.`)), tip);
drawAll();
document.documentElement.setAttribute("data-ready", "yes");
