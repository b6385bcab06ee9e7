// Controls: what the reader chooses. Each calls back with the choice.

/// Tabs by the pattern of the ARIA guide: arrow keys move and choose. `names`: [value, label].
function tabs(label, names, chosen, onChoose) {
  const buttons = names.map(([value, text]) =>
    h("button", { type: "button", role: "tab", "aria-selected": value === chosen, tabindex: value === chosen ? 0 : -1,
      onclick: () => choose(value) }, text));
  const choose = (value) => {
    names.forEach(([each], index) => {
      buttons[index].setAttribute("aria-selected", each === value);
      buttons[index].setAttribute("tabindex", each === value ? "0" : "-1");
    });
    onChoose(value);
  };
  const onkeydown = (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1
      : step ? (at + step + buttons.length) % buttons.length : -1;
    if (to < 0) return;
    event.preventDefault();
    buttons[to].focus();
    choose(names[to][0]);
  };
  return h("div", { role: "tablist", "aria-label": label, class: "tabs", onkeydown }, buttons);
}

/// A list to choose from; `groups`: [heading, [[value, text], …]].
function chooser(label, groups, chosen, onChoose) {
  const options = groups.map(([heading, entries]) => {
    const made = entries.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
    return heading ? h("optgroup", { label: heading }, made) : made;
  });
  const select = h("select", { onchange: (event) => onChoose(event.target.value) }, options);
  return h("label", { class: "control" }, h("span", {}, label), select);
}

/// A slider over dates.
function dateSlider(label, dates, start, onChoose) {
  const shown = h("output", {}, longDate(dates[start]));
  const slider = h("input", { type: "range", min: 0, max: dates.length - 1, step: 1, value: start,
    "aria-valuetext": longDate(dates[start]), oninput: () => move() });
  const move = () => {
    const index = Number(slider.value);
    shown.textContent = longDate(dates[index]);
    slider.setAttribute("aria-valuetext", longDate(dates[index]));
    onChoose(index);
  };
  return h("label", { class: "control slider" }, h("span", {}, label), slider, shown);
}

/// Which arm a section shows; nothing where there is one only.
function armChooser(available, chosen, onChoose) {
  if (available.length < 2) return null;
  return chooser("Scenario", [["", available.map((arm) => [arm, arm])]], chosen, onChoose);
}
