// What the page shows, and that it is what the tables say.
import { readFileSync } from "node:fs";
import { open, work } from "./browser.mjs";
import { assert, test } from "./harness.mjs";

const headings = (page) => page.locator("h2").allTextContents();
const rows = (file) => readFileSync(`${work}/${file}`, "utf8").trim().split("\n");

test("a run's page has its sections in the order in which a reader asks", () =>
  open("run/report.html", async (page, { problems }) => {
    assert.deepEqual(await headings(page), ["The answer", "What happens, and why", "Who can reach what", "Who uses what", "Who pays whom",
      "Any number through time", "What it comes to", "What it rests on", "How to reproduce it"]);
    assert.equal(await page.title(), "OpenAI leaves China, Azure stays");
    assert.equal(await page.locator("ol.answer > li").count(), 3);
    assert.deepEqual(problems, []);
  }));

test("a comparison's page shows every outcome with its change, its spread and a word", () =>
  open("compare/report.html", async (page, { problems }) => {
    assert.deepEqual(await headings(page), ["The answer", "What each choice changes", "What it comes to", "What it rests on", "How to reproduce it"]);
    const outcomes = new Set(rows("compare/comparison.csv").slice(1).map((row) => row.split(",")[2]));
    assert.equal(await page.locator(".outcome").count(), outcomes.size);
    assert.match(await page.locator(".outcome").first().textContent(), /worse/);
    assert.match(await page.locator("#what-each-choice-changes").textContent(), /none: exactly 0/);
    assert.deepEqual(problems, []);
  }));

test("the comparison's numbers are those of comparison.csv, in full behind what is shown", () =>
  open("compare/report.html", async (page) => {
    const shown = new Set(await page.locator(".outcome data").evaluateAll((all) => all.map((each) => Number(each.value))));
    for (const row of rows("compare/comparison.csv").slice(1)) {
      const cells = row.split(",");
      for (const index of [6, 7, 9, 11]) assert.ok(shown.has(Number(cells[index])), `${cells[2]}: ${cells[index]}`);
    }
  }));

test("only gaps are named as loopholes: Azure is one in November 2026, a VPN never", () =>
  open("run/report.html", async (page) => {
    const text = await page.locator(".loopholes").textContent();
    assert.match(text, /azure-enterprise/);
    assert.match(text, /sold by Microsoft/);
    assert.match(text, /the seller here is microsoft|seller/);
    assert.doesNotMatch(text, /vpn \(/);
  }));

test("an ensemble's page says in which part of the futures what is uncertain happens", () =>
  open("ensemble/report.html", async (page, { problems }) => {
    assert.match(await page.locator("#what-happens-and-why").textContent(), /in \d+ % of futures/);
    assert.match(await page.locator("#what-it-comes-to").textContent(), /5 to 95 % of futures/);
    assert.equal(await page.locator("path.fan").count(), 2);
    assert.deepEqual(problems, []);
  }));

test("every section names the files of its numbers", () =>
  open("run/report.html", async (page) => {
    for (const section of await page.locator("main > section").all())
      assert.ok((await section.locator("code.file").count()) > 0, await section.locator("h2").textContent());
  }));

test("what is invented is called an assumption, and sources are links of the web", () =>
  open("run/report.html", async (page) => {
    assert.match(await page.locator("#what-it-rests-on .lead").textContent(), /\d+ of \d+ numbers that went in are assumptions/);
    for (const href of await page.locator("ul.sources a").evaluateAll((all) => all.map((each) => each.href)))
      assert.match(href, /^https?:/);
  }));

test("findings of other methods become sections", () =>
  open("finding.html", async (page, { problems }) => {
    assert.equal(await page.locator(".finding").count(), 2);
    assert.ok((await page.locator(".finding table").count()) >= 2);
    assert.deepEqual(problems, []);
  }));

test("the hashes of all that came out are those of the manifest", () =>
  open("run/report.html", async (page) => {
    const manifest = JSON.parse(readFileSync(`${work}/run/manifest.json`));
    const text = await page.locator("#how-to-reproduce-it").textContent();
    for (const { sha256 } of [...manifest.inputs, ...manifest.outputs]) assert.ok(text.includes(sha256));
    assert.ok(text.includes(manifest.command));
  }));
