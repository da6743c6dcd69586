// SPDX-License-Identifier: GPL-3.0-or-later
// The first pages a stranger meets, on the real server: three languages, axe, small screens, no JavaScript, errors.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { assertValidHtml } from "./support/html.mjs";
import { launchBrowser, newPerson, screenshot, sidewaysScroll, smallTargets, tabTo } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

const pages = ["/", "/courses", "/sign-in", "/register", "/nowhere"];
const languages = { "zh-CN": "zh-Hans", "zh-HK": "zh-Hant", "en-GB": "en" };

let browser;
let server;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

for (const [locale, lang] of Object.entries(languages)) {
  for (const path of pages) {
    test(`${path} in ${lang}: its language, HTML, axe, reflow at 320 px, targets`, async () => {
      const { context, page } = await newPerson(browser, { locale });
      const response = await page.goto(server.url + path);
      assert.equal(response.status(), path === "/nowhere" ? 404 : 200);
      assert.equal(await page.getAttribute("html", "lang"), lang);
      await assertValidHtml(await response.text(), path);
      assert.equal(await page.locator("h1").count(), 1);
      assert.doesNotMatch(await page.content(), /⟦|\{\{/);
      await assertAccessible(page, `${path} (${lang})`);
      await screenshot(page, `smoke${path}-${lang}`);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await sidewaysScroll(page), 0);
      assert.deepEqual(await smallTargets(page), []);
      const expected = path === "/nowhere" ? page.problems.filter((line) => !line.includes("404")) : page.problems;
      assert.deepEqual(expected, []);
      await context.close();
    });
  }
}

test("no page has anything inline, and the policy forbids it", async () => {
  const response = await fetch(`${server.url}/sign-in`);
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  const html = await response.text();
  assert.doesNotMatch(html, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/i);
});

test("the language can be changed without JavaScript, and stays", async () => {
  const { context, page } = await newPerson(browser, { javaScript: false });
  await page.goto(`${server.url}/courses`);
  await page.getByRole("button", { name: "English" }).click();
  assert.equal(new URL(page.url()).pathname, "/courses");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.goto(`${server.url}/sign-in`);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await context.close();
});

test("a wrong sign-in comes back with the name kept, the summary focused, and leads to the field", async () => {
  const { context, page } = await newPerson(browser, { locale: "en-GB" });
  await page.goto(`${server.url}/sign-in`);
  await page.locator("main input[autocomplete=username]").fill("nobody");
  await page.locator("main input[type=password]").fill("wrong password");
  await page.locator("main form .button--primary").click();
  await page.waitForFunction(() => document.activeElement?.matches(".error-summary"));
  assert.equal(await page.locator("main input[autocomplete=username]").inputValue(), "nobody");
  assert.equal(await page.locator("main input[type=password]").inputValue(), "");
  await assertAccessible(page, "failed sign-in");
  await context.close();
});

test("by keyboard alone: skip to the main part, then into the form", async () => {
  const { context, page } = await newPerson(browser);
  await page.goto(`${server.url}/sign-in`);
  const skip = await tabTo(page, () => true);
  assert.equal(skip.name, "跳到正文");
  await page.keyboard.press("Enter");
  const first = await tabTo(page, (at) => at.tag === "input", { limit: 3 });
  assert.ok(first.visible);
  await context.close();
});
