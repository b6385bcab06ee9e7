// How it looks: on a phone, in the dark, on paper; and that those who hear or tab through it are not left out.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { open, work } from "./browser.mjs";
import { assert, test } from "./harness.mjs";

const kept = process.env.SCREENSHOTS;
const isUpdate = process.env.LOOPHOLE_UPDATE_SCREENSHOTS === "1";
/// Part of the pixels that may differ: fonts are drawn a little differently from machine to machine.
const tolerance = 0.03;

/// Compares with the kept picture, or keeps this one.
function compare(name, buffer) {
  const file = `${kept}/${name}.png`;
  if (isUpdate) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(file, buffer);
    return;
  }
  assert.ok(existsSync(file), `no picture ${name}.png is kept: LOOPHOLE_UPDATE_SCREENSHOTS=1 keeps one`);
  const before = PNG.sync.read(readFileSync(file));
  const now = PNG.sync.read(buffer);
  assert.deepEqual([now.width, now.height], [before.width, before.height], `${name}: size`);
  const differing = pixelmatch(before.data, now.data, null, now.width, now.height, { threshold: 0.2 });
  if (differing > tolerance * now.width * now.height) writeFileSync(`${work}/../loophole-${name}.png`, buffer);
  assert.ok(differing <= tolerance * now.width * now.height, `${name}: ${differing} pixels differ; see ${work}/../loophole-${name}.png`);
}

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

for (const file of ["run/report.html", "ensemble/report.html", "compare/report.html", "series/report.html", "hostile/report.html"])
  test(`a phone needs no sideways scrolling: ${file}`, () =>
    open(file, async (page) => {
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.equal(widths[0], widths[1]);
    }, phone));

const section = (id) => async (page) => page.locator(`#${id}`).screenshot({ animations: "disabled" });
const top = async (page) => page.screenshot({ animations: "disabled" });

for (const [name, file, shot, options] of [
  ["top", "run/report.html", top, {}],
  ["top-phone", "run/report.html", top, phone],
  ["timeline", "run/report.html", section("what-happens-and-why"), {}],
  ["access", "run/report.html", section("who-can-reach-what"), {}],
  ["shares", "run/report.html", section("who-uses-what"), {}],
  ["money-dark", "run/report.html", section("who-pays-whom"), { colorScheme: "dark" }],
  ["comparison-phone", "compare/report.html", section("what-each-choice-changes"), phone],
])
  test(`it looks as it did: ${name}`, () =>
    open(file, async (page) => {
      // What differs from build to build.
      await page.addStyleTag({ content: "footer { display: none }" }).catch(() => {});
      compare(name, await shot(page));
    }, options));

test("it prints", () =>
  open("run/report.html", async (page, { problems }) => {
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    assert.ok(pdf.length > 50_000);
    assert.deepEqual(problems, []);
  }));

test("on paper charts are drawings, and controls are not there", () =>
  open("run/report.html", async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("button.theme").isVisible(), false);
    assert.equal(await page.locator("#who-uses-what svg").first().isVisible(), true);
    assert.equal(await page.locator("canvas").count(), 0);
  }));

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const [file, options] of [["run/report.html", {}], ["ensemble/report.html", { colorScheme: "dark" }], ["compare/report.html", phone]])
  test(`axe finds nothing that shuts anybody out: ${file}${options.colorScheme ? " in the dark" : ""}`, () =>
    open(file, async (page) => {
      for (const summary of await page.locator("summary").all()) await summary.click();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"] }));
      assert.deepEqual(violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`), []);
    }, options));
