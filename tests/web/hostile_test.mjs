// Texts that try to be more than text.
import { readFileSync } from "node:fs";
import { open, work } from "./browser.mjs";
import { assert, test } from "./harness.mjs";

/// Goes through the whole page: opens what can be opened, points at what can be pointed at.
async function wander(page) {
  for (const summary of await page.locator("summary").all()) await summary.click();
  for (const tab of await page.locator("[role=tab]").all()) await tab.click();
  for (const select of await page.locator("select").all())
    for (const value of await select.locator("option").evaluateAll((all) => all.map((each) => each.value))) await select.selectOption(value);
  for (const slider of await page.locator("input[type=range]").all()) await slider.fill("0");
  for (const mark of (await page.locator(".mark, .sense").all()).slice(0, 60)) await mark.dispatchEvent("focus");
}

for (const file of ["hostile/report.html", "hostile-tables/report.html", "finding.html"])
  test(`nothing runs that came from files: ${file}`, () =>
    open(file, async (page, { problems }) => {
      await wander(page);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      assert.deepEqual(problems, []);
      for (const tag of ["img", "iframe", "marquee", "base", "object", "embed"]) assert.equal(await page.locator(tag).count(), 0, tag);
      assert.equal(await page.locator("script").count(), 2);
      assert.equal(await page.locator("style").count(), 1);
      const links = await page.locator("a").evaluateAll((all) => all.map((each) => each.protocol));
      for (const protocol of links) assert.match(protocol, /^(https?|file):$/);
    }));

test("the texts are shown as they are written", () =>
  open("hostile/report.html", async (page) => {
    assert.match(await page.locator("h1").textContent(), /^<\/title><\/script><script>window\.hacked=1<\/script>/);
    assert.match(await page.locator("h1").textContent(), /\{\{constructor\}\}/);
    assert.match(await page.title(), /<script>window\.hacked=1/);
    assert.match(await page.locator("ul.sources").textContent(), /<script>window\.hacked=6<\/script>/);
  }));

test("were a script of a file's to get in, the page's policy would not run it", () =>
  open("run/report.html", async (page, { problems }) => {
    await page.evaluate(() => {
      const script = document.createElement("script");
      try {
        script.append("window.hacked = 50");
      } catch {
        // Trusted types may refuse even that.
      }
      document.body.append(script);
    });
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.ok(problems.length > 0);
    await assert.rejects(page.evaluate(() => {
      document.body.innerHTML = "<b>markup</b>";
    }));
  }));

test("the data block holds no character that could end it", () => {
  for (const folder of ["hostile", "hostile-tables"]) {
    const page = readFileSync(`${work}/${folder}/report.html`, "utf8");
    const data = page.split('<script type="application/json" id="data">')[1].split("</script>")[0];
    assert.doesNotMatch(data, /[<>&\u2028\u2029]/);
    assert.doesNotThrow(() => JSON.parse(data));
  }
});
