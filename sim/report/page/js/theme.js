// Light, dark, or as the system says, also when it changes its mind.

function themeButton() {
  const themes = ["automatic", "light", "dark"];
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = 0;
  const button = h("button", { type: "button", class: "theme" });
  const show = () => {
    const theme = themes[chosen];
    button.textContent = `Theme: ${theme}`;
    const isDark = theme === "automatic" ? system.matches : theme === "dark";
    document.documentElement.setAttribute("data-theme", isDark ? "dark" : "light");
  };
  button.addEventListener("click", () => {
    chosen = (chosen + 1) % themes.length;
    show();
  });
  system.addEventListener("change", show);
  show();
  return button;
}
