// What a reader can do, by mouse and by keyboard.
import { open } from "./browser.mjs";
import { assert, test } from "./harness.mjs";

test("the date slider changes the access map, by keyboard", () =>
  open("run/report.html", async (page, { problems }) => {
    const cell = page.locator("table.map tbody tr", { hasText: "openai-direct" }).locator("td").first();
    assert.match(await cell.textContent(), /closed/);
    const slider = page.locator("#who-can-reach-what input[type=range]");
    await slider.focus();
    await page.keyboard.press("Home");
    assert.match(await cell.textContent(), /leak/);
    assert.equal(await slider.getAttribute("aria-valuetext"), "1 June 2024");
    assert.deepEqual(problems, []);
  }));

test("tabs are gone through by arrow keys", () =>
  open("run/report.html", async (page, { problems }) => {
    const tabs = page.locator("#who-uses-what [role=tab]");
    await tabs.first().focus();
    const before = await page.locator("#who-uses-what .says").textContent();
    await page.keyboard.press("ArrowRight");
    assert.equal(await tabs.nth(1).getAttribute("aria-selected"), "true");
    assert.equal(await tabs.first().getAttribute("aria-selected"), "false");
    assert.notEqual(await page.locator("#who-uses-what .says").textContent(), before);
    assert.deepEqual(problems, []);
  }));

test("pointing at an event tells its causes", () =>
  open("run/report.html", async (page) => {
    const mark = page.locator("#what-happens-and-why g.event[aria-label*='blocks traffic']").first();
    await mark.hover();
    const text = await page.locator(".tip").textContent();
    assert.match(text, /9 July 2024/);
    assert.match(text, /Because of: OpenAI announces the cut-off/);
  }));

test("events are one stop of the Tab key, and arrow keys go through them", () =>
  open("run/report.html", async (page) => {
    const marks = page.locator("#what-happens-and-why svg .mark");
    assert.equal(await page.locator("#what-happens-and-why svg .mark[tabindex='0']").count(), 1);
    await marks.first().focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await marks.nth(1).evaluate((mark) => mark === document.activeElement), true);
    assert.equal(await page.locator(".tip").isVisible(), true);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".tip").isVisible(), false);
  }));

test("a chart over time says its values at the cursor to those who hear them", () =>
  open("run/report.html", async (page) => {
    const cursor = page.locator("#who-uses-what .sense");
    await cursor.focus();
    await page.keyboard.press("Home");
    assert.match(await cursor.getAttribute("aria-valuetext"), /^1 June 2024, /);
    await page.keyboard.press("ArrowRight");
    assert.match(await cursor.getAttribute("aria-valuetext"), /^8 June 2024, /);
  }));

test("every chart has its numbers as a table", () =>
  open("run/report.html", async (page, { problems }) => {
    for (const figure of await page.locator("figure").all()) {
      await figure.locator("summary").click();
      await figure.locator("tbody tr").first().waitFor();
      assert.ok((await figure.locator("tbody tr").count()) > 0);
    }
    assert.deepEqual(problems, []);
  }));

test("money of another period is shown", () =>
  open("run/report.html", async (page) => {
    const says = page.locator("#who-pays-whom .says");
    await page.locator("#who-pays-whom input[type=range]").fill("0");
    assert.match(await says.textContent(), /From 1 June 2024 to .* customers spend .* Microsoft passes .* on to OpenAI/);
    assert.ok((await page.locator("#who-pays-whom .flow").count()) > 10);
  }));

test("any metric can be chosen, and whose it is", () =>
  open("ensemble/report.html", async (page, { problems }) => {
    const section = page.locator("#any-number-through-time");
    await section.locator("select").first().selectOption("receipts");
    await section.locator("select").nth(1).selectOption({ label: "OpenAI" });
    assert.match(await section.locator(".says").textContent(), /OpenAI/);
    assert.ok((await section.locator("path.line.main").getAttribute("d")).length > 100);
    assert.deepEqual(problems, []);
  }));

test("each scenario of a comparison can be chosen, in each section by itself", () =>
  open("series/report.html", async (page, { problems }) => {
    const access = page.locator("#who-can-reach-what");
    assert.match(await access.locator(".loopholes").textContent(), /azure-enterprise/);
    await access.locator("select").first().selectOption("azure-shut");
    assert.doesNotMatch(await access.locator(".loopholes").textContent(), /azure-enterprise/);
    for (const id of ["what-happens-and-why", "who-uses-what", "who-pays-whom", "any-number-through-time"])
      await page.locator(`#${id} select`).first().selectOption("no-cut-off");
    assert.ok((await page.locator("#any-number-through-time path.line.other").count()) >= 3);
    assert.deepEqual(problems, []);
  }));

test("the theme can be chosen, and follows the system unless it is", () =>
  open("run/report.html", async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.locator("button.theme").click();
    const light = await ground();
    assert.notEqual(light, dark);
    await page.locator("button.theme").click();
    assert.equal(await ground(), dark);
  }, { colorScheme: "dark" }));

test("the first stop of the Tab key leads past the contents", () =>
  open("run/report.html", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  }));
