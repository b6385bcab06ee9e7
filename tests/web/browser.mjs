// A headless Chromium in which a report is opened from its file, and everything that it does is written down.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const work = process.argv[2];

// With a profile of its own, that goes away.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none"],
});
export const close = () => browser.close();

/// Opens a file of the working folder, calls `visit`, and closes; problems are console messages, errors of the page,
/// dialogs, and requests other than that for the file itself.
export async function open(file, visit, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, deviceScaleFactor: 1, ...options });
  const page = await context.newPage();
  const url = pathToFileURL(`${work}/${file}`).href;
  const problems = [];
  page.on("console", (message) => problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:,")) problems.push(`request: ${request.url()}`);
  });
  try {
    const start = performance.now();
    await page.goto(url);
    await page.waitForSelector("html[data-ready=yes]", { timeout: 15000 });
    return await visit(page, { problems, milliseconds: performance.now() - start });
  } finally {
    await context.close();
  }
}
