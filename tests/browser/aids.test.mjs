// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the picture and the sound: stills instead of video on a weak network, descriptions for which the lesson waits.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { launchBrowser, newPerson, screenshot } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { publishedCourse, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const descriptions = [
  { id: "1", mode: "extended", at_ms: 2_000, end_ms: 2_000, text: "一只兔子从洞里探出头来。", lang: "cmn", clip: null, clip_ms: null },
  { id: "2", mode: "standard", at_ms: 6_000, end_ms: 8_000, text: "兔子伸了个懒腰。", lang: "cmn", clip: null, clip_ms: null },
];
let browser;
let platform;
let lessonPage;

before(async () => {
  if (!clip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  const made = await publishedCourse(platform, clip, { seconds: 20 });
  lessonPage = `${platform.server.url}/courses/${made.course}/lessons/${made.lesson}`;
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

const time = (page) => page.locator("#player video").evaluate((video) => video.currentTime);

test("stills and sound: no byte of video is fetched, the still of the time is shown", { skip: !clip }, async () => {
  const { page, context } = await newPerson(browser, { width: 390, height: 800 });
  const video = [];
  page.on("request", (request) => /\/v\d+\/s\d+\.m4s/.test(request.url()) && video.push(request.url()));
  await page.goto(lessonPage);
  await page.getByRole("button", { name: /画质/ }).click();
  await page.getByRole("radio", { name: /图片加声音/ }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("#player video").currentTime > 2, null, { timeout: 30_000 });
  await page.waitForFunction(() => document.querySelector(".player__slide")?.naturalWidth > 0, null, { timeout: 10_000 });
  assert.ok(await page.locator(".player__slide").isVisible());
  assert.deepEqual(video, []);
  await assertAccessible(page, "the lesson as stills and sound");
  await screenshot(page, "stills-and-sound");
  assert.deepEqual(page.problems, []);
  await context.close();
});

/** The lesson's page with a list of descriptions beside its package. */
async function describedLesson() {
  const person = await newPerson(browser);
  await person.page.route("**/courses/**/lessons/**", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("&quot;descriptions&quot;:&quot;&quot;", "&quot;descriptions&quot;:&quot;/m/made/by/test/ad.json&quot;");
    await route.fulfill({ response, body });
  });
  await person.page.route("**/m/made/by/test/ad.json", (route) => route.fulfill({ json: descriptions }));
  await person.page.goto(lessonPage);
  return person;
}

test("extended description: the lesson waits, says the text, goes on where it stopped", { skip: !clip }, async () => {
  const { page, context } = await describedLesson();
  const button = page.getByRole("button", { name: "口述影像" });
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "播放", exact: true }).click();
  const live = page.locator("#player [aria-live=assertive]");
  await live.getByText("一只兔子").waitFor({ timeout: 30_000 });
  const stopped = await time(page);
  assert.ok(Math.abs(stopped - 2) <= 0.1, `stopped at ${stopped}`);
  await page.waitForTimeout(500);
  assert.ok(Math.abs((await time(page)) - stopped) <= 0.05, "the lesson's time stands still");
  await assertAccessible(page, "a lesson that waits for a description");
  await screenshot(page, "described");
  await page.locator("#player").getByRole("button", { name: "播放", exact: true }).focus();
  await page.keyboard.press("Escape"); // skip
  await page.waitForFunction((s) => document.querySelector("#player video").currentTime > s + 0.5, stopped, { timeout: 10_000 });
  await live.getByText("兔子伸了个懒腰").waitFor({ timeout: 15_000 });
  assert.equal(await page.locator("#player video").evaluate((video) => video.paused), false, "what fits a gap stops nothing");
  assert.deepEqual(page.problems, []);
  await context.close();
});

test("the wish for descriptions is kept, and D, R and Shift+D do what the list of keys says", { skip: !clip }, async () => {
  const { page, context } = await describedLesson();
  const button = page.getByRole("button", { name: "口述影像" });
  await page.getByRole("button", { name: "播放", exact: true }).focus();
  await page.keyboard.press("d");
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await page.keyboard.press("Shift+D"); // extended → text
  await page.locator("#player [role=status]").getByText(/文字/).waitFor();
  await page.reload();
  assert.equal(await button.getAttribute("aria-pressed"), "true", "after a reload it is still wished");
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await page.locator("#player [aria-live=assertive]").getByText("一只兔子").waitFor({ timeout: 30_000 });
  assert.equal(await page.locator("#player video").evaluate((video) => video.paused), false, "text never stops the lesson");
  await context.close();
});
