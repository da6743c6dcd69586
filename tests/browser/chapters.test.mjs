// SPDX-License-Identifier: GPL-3.0-or-later
// An instructor types chapters; the player, its keys and the transcript follow them. Also without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { launchBrowser, screenshot } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import * as people from "./support/people.mjs";
import { readyLesson, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const skip = !clip;
let browser;
let platform;
let lesson;

before(async () => {
  if (skip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  const { course } = await platform.instructor.createCourse("章节");
  lesson = await readyLesson(platform, clip, { seconds: 20, in: course });
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

const address = () => `${platform.server.url}/teach/lessons/${lesson}`;

test("chapters are given without JavaScript; what is wrong is told by line and stays as typed", { skip, timeout: 120_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher", { javaScript: false });
  const { page } = teacher;
  await page.goto(address());
  await page.getByText("还没有章节。").waitFor();
  await page.locator("#chapters_text").fill("0:00 草地\n七秒 兔子");
  await people.press(page, "保存章节");
  await page.locator(".error-summary").getByText(/第 2 行开头不是时间/).waitFor();
  assert.equal(await page.locator("#chapters_text").inputValue(), "0:00 草地\n七秒 兔子");
  await page.locator("#chapters_text").fill("0:00 草地\n0:07 兔子\n0:14 懒腰");
  await people.press(page, "保存章节");
  await page.getByText("章节已保存。").waitFor();
  await page.getByText("共 3 章。").waitFor();
  await teacher.context.close();
});

test("the player lists them, goes from one to the next by keys, and says where it is", { skip, timeout: 180_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher");
  const { page } = teacher;
  await page.goto(address());
  await assertAccessible(page, "lesson with chapters");
  await page.goto(`${address()}/preview`);
  const time = () => page.locator("#player video").first().evaluate((video) => video.currentTime);
  const button = page.getByRole("button", { name: "章节", exact: true });
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("#player video").currentTime > 0.2);
  await page.keyboard.press("k");
  await page.keyboard.press("]");
  await page.waitForFunction(() => Math.abs(document.querySelector("#player video").currentTime - 7) < 0.5);
  await page.keyboard.press("i");
  await page.locator("#player [role=status]").getByText(/第 2 章，共 3 章：兔子/).waitFor();
  await page.keyboard.press("]");
  await page.waitForFunction(() => Math.abs(document.querySelector("#player video").currentTime - 14) < 0.5);
  assert.match(await page.locator(".player__seek").getAttribute("aria-valuetext"), /第 3 章，共 3 章：懒腰/);
  await page.keyboard.press("[");
  await page.waitForFunction(() => Math.abs(document.querySelector("#player video").currentTime - 7) < 0.5);
  await button.click();
  await page.getByRole("radio", { name: "0:07 兔子" }).waitFor();
  assert.ok(await page.getByRole("radio", { name: "0:07 兔子" }).isChecked());
  await assertAccessible(page, "the list of chapters");
  await screenshot(page, "chapters-menu");
  await page.getByRole("radio", { name: "0:14 懒腰" }).check();
  await page.waitForFunction(() => Math.abs(document.querySelector("#player video").currentTime - 14) < 0.5);
  await page.keyboard.press("Escape");
  assert.ok((await time()) > 13);

  const config = await page.evaluate(() => JSON.parse(document.querySelector("[data-config]").dataset.config));
  const track = await page.locator("#player track[kind=chapters]").getAttribute("src");
  const vtt = await (await page.request.get(new URL(track, platform.server.url).href)).text();
  assert.match(vtt, /00:00:07\.000 --> 00:00:14\.000\n兔子/);
  const master = await (await page.request.get(new URL(config.manifest, platform.server.url).href)).text();
  assert.match(master, /com\.apple\.hls\.chapters/);
  assert.match(master, /TYPE=SUBTITLES/, "the captions are still there");

  await page.goto(address());
  await page.getByRole("button", { name: "删除章节" }).click();
  await page.getByText("章节已删除。").waitFor();
  await page.goto(`${address()}/preview`);
  await page.getByRole("button", { name: "播放", exact: true }).waitFor();
  assert.ok(await button.isHidden());
  assert.equal(await page.locator("#player track[kind=chapters]").count(), 0);
  assert.deepEqual(page.problems, []);
  await teacher.context.close();
});
