// Light, dark, or as the system says.

function themeButton() {
  const themes = ["automatic", "light", "dark"];
  let chosen = 0;
  const button = h("button", { type: "button", class: "theme" });
  const show = () => {
    button.textContent = `Theme: ${themes[chosen]}`;
    document.documentElement.setAttribute("data-theme", themes[chosen]);
  };
  button.addEventListener("click", () => {
    chosen = (chosen + 1) % themes.length;
    show();
  });
  show();
  return button;
}
