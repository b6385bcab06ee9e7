// How large it is, and how soon it is there.
import { readFileSync, statSync } from "node:fs";
import { open, work } from "./browser.mjs";
import { assert, test } from "./harness.mjs";

const megabyte = 1e6;

test("the page of 1,000 replications of 5 scenarios is smaller than 5 MB and there within 2 s", () =>
  open("compare/report.html", async (page, { milliseconds }) => {
    assert.ok(statSync(`${work}/compare/report.html`).size < 5 * megabyte);
    assert.ok(milliseconds < 2000, `${milliseconds} ms`);
  }));

test("so is the page of 5 scenarios with all their series, whose number of replications makes it no larger", () =>
  open("series/report.html", async (page, { milliseconds, problems }) => {
    assert.ok(statSync(`${work}/series/report.html`).size < 5 * megabyte);
    assert.ok(milliseconds < 2000, `${milliseconds} ms`);
    assert.deepEqual(problems, []);
  }));

test("the file names no address that a browser would load", () => {
  const page = readFileSync(`${work}/run/report.html`, "utf8").replace(/<script type="application\/json"[^]*?<\/script>/, "");
  assert.doesNotMatch(page, /\b(src|href)=["'](?!data:,)/);
  assert.doesNotMatch(page, /@import|url\(["']?https?:/);
});
