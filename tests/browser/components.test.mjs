// SPDX-License-Identifier: GPL-3.0-or-later
// All components on one page (written by unit_render) in Chromium: axe, reflow, targets, looks, keyboard.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { assertValidHtml } from "./support/html.mjs";
import { focused, launchBrowser, newPerson, root, screenshot, sidewaysScroll, smallTargets, tabTo } from "./support/browser.mjs";

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'";

let browser;
let server;
let url;

function pagesFolder() {
  const builds = [process.env.TONGXING_BIN && dirname(process.env.TONGXING_BIN), "build/release", "build/dev"];
  const folder = builds.filter(Boolean).map((build) => join(build.startsWith("/") ? "" : root, build, "component_pages"));
  return folder.find((path) => existsSync(path)) ?? assert.fail("run unit_render first: it writes the component pages");
}

before(async () => {
  const folder = pagesFolder();
  server = createServer((request, response) => {
    const path = join(folder, new URL(request.url, "http://x").pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    const headers = { "content-type": `${types[extname(path)]}; charset=utf-8`, "content-security-policy": policy };
    return response.writeHead(200, headers).end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

const looks = {
  light: {},
  dark: { colorScheme: "dark" },
  contrast: { contrast: "more" },
  "dark contrast": { contrast: "more", colorScheme: "dark" },
  forced: { forcedColors: "active" },
};

for (const language of ["zh-Hans", "zh-Hant", "en"]) {
  test(`components in ${language}: HTML, axe, reflow and targets`, async () => {
    const { context, page } = await newPerson(browser);
    const response = await page.goto(`${url}/${language}.html`);
    await assertValidHtml(await response.text(), language);
    await assertAccessible(page, language);
    assert.deepEqual(await smallTargets(page), []);
    await screenshot(page, `components-${language}`);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await sidewaysScroll(page), 0);
    assert.deepEqual(await smallTargets(page), []);
    await screenshot(page, `components-${language}-320`);
    assert.deepEqual(page.problems, []);
    await context.close();
  });
}

for (const [name, settings] of Object.entries(looks)) {
  test(`components in the ${name} look: axe sees enough contrast`, async () => {
    const { context, page } = await newPerson(browser, settings);
    await page.goto(`${url}/zh-Hans.html`);
    await assertAccessible(page, name);
    await screenshot(page, `components-look-${name}`);
    await context.close();
  });
}

test("text twice as large still fits without sideways scrolling", async () => {
  const { context, page } = await newPerson(browser, { width: 640 });
  await page.goto(`${url}/zh-Hans.html`);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  assert.equal(await sidewaysScroll(page), 0);
  await context.close();
});

test("the error summary takes the focus and leads to its field", async () => {
  const { context, page } = await newPerson(browser);
  await page.goto(`${url}/en.html`);
  await page.waitForFunction(() => document.activeElement?.matches(".error-summary"));
  await tabTo(page, (at) => at.tag === "a");
  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).id, "login");
  await context.close();
});

test("every stop of the Tab key can be seen, and the first one skips to the main part", async () => {
  const { context, page } = await newPerson(browser, { javaScript: false }); // else the error summary has the focus
  await page.goto(`${url}/zh-Hans.html`);
  const skip = await tabTo(page, () => true);
  assert.equal(skip.name, "跳到正文");
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (!at) break;
    assert.ok(at.visible, `no visible focus on ${at.tag} "${at.name}"`);
  }
  await context.close();
});
