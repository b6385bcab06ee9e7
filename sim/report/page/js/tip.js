// The one tooltip: what a mark stands for, while it is pointed at or focused. Screen readers get the same words as the
// mark's own name.

const tip = h("div", { class: "tip", "aria-hidden": "true", hidden: true });

function showTip(lines, x, y) {
  replace(tip, lines.map((line, index) => h(index === 0 ? "strong" : "span", {}, line)));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, x + 14), document.documentElement.clientWidth - width - 8);
  const below = y + 18;
  const top = below + height > window.innerHeight - 8 ? Math.max(8, y - height - 14) : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}

const hideTip = () => {
  tip.hidden = true;
};

const showTipAt = (element, lines) => {
  const box = element.getBoundingClientRect();
  showTip(lines, box.left + box.width / 2, box.top + box.height / 2);
};

/// Marks that tell what they are when pointed at, and of which the arrow keys reach each from the other: one stop of
/// the Tab key for all of them.
function explainMarks(marks, linesOf) {
  marks.forEach((mark, index) => {
    const lines = () => linesOf(index);
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", lines().join(". "));
    mark.setAttribute("tabindex", index === 0 ? "0" : "-1");
    mark.classList.add("mark");
    mark.addEventListener("pointermove", (event) => showTip(lines(), event.clientX, event.clientY));
    mark.addEventListener("pointerleave", hideTip);
    mark.addEventListener("focus", () => showTipAt(mark, lines()));
    mark.addEventListener("blur", hideTip);
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const to = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : step ? index + step : -1;
      if (event.key === "Escape") hideTip();
      if (to < 0 || to >= marks.length || (!step && event.key !== "Home" && event.key !== "End")) return;
      event.preventDefault();
      mark.setAttribute("tabindex", "-1");
      marks[to].setAttribute("tabindex", "0");
      marks[to].focus();
    });
  });
}

// A mark that has the focus is scrolled to, and keeps its words.
addEventListener("scroll", () => document.activeElement?.closest(".mark, .sense") ? undefined : hideTip(), { passive: true });
