// SPDX-License-Identifier: GPL-3.0-or-later
// What only people can say, with the keyboard alone: an author has read over captions that a machine made, a reviewer
// confirms what a lesson's tracks are like, and nothing passes before.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assertAccessible } from "./support/axe.mjs";
import { launchBrowser, screenshot, tabTo } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import * as people from "./support/people.mjs";
import { readyLesson, startPlatform } from "./support/platform.mjs";

const captions = "WEBVTT\n\n00:00.500 --> 00:05.500\n【音乐】\n";
const script = "WEBVTT\n\n00:01.000 --> 00:02.000\n草地上有一只大兔子。\n";
let browser;
let platform;
let lesson;
let course;

before(async () => {
  browser = await launchBrowser();
  platform = await startPlatform();
  ({ course } = await platform.instructor.createCourse("机器字幕"));
  lesson = await readyLesson(platform, sample("big-buck-bunny-480p-30s.mp4"), { seconds: 6, in: course });
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

async function press(page, name) {
  await tabTo(page, (at) => at.name.startsWith(name));
  await page.keyboard.press("Enter");
}

test("the author says that a machine made the captions, and later that they were read over", { timeout: 120_000 }, async () => {
  const { page, context } = await people.signIn(browser, platform.server, "teacher");
  const address = `${platform.server.url}/teach/lessons/${lesson}`;
  await page.goto(address);
  await tabTo(page, (at) => at.name.startsWith("人写的"));
  await page.keyboard.press("ArrowDown");
  await page.getByLabel("字幕文件").setInputFiles({ name: "a.vtt", mimeType: "text/vtt", buffer: Buffer.from(captions) });
  await page.getByLabel(/画面里本来就有文字的时间/).fill("0:02 - 0:04 下");
  await press(page, "上传字幕");
  await page.getByText("字幕已保存。有些地方可以改进").waitFor();
  await page.getByText("机器生成，还没有人核对：现在不能发布").waitFor();
  await assertAccessible(page, "lesson with captions of a machine");
  await page.locator("details summary").first().click();
  assert.match(await page.locator("main").innerText(), /会被字幕挡住/, "C30 is told");
  await press(page, "我已逐句核对");
  await page.getByText("已标记为核对过。").waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /还没有人核对：现在不能发布/);
  await context.close();
});

test("a reviewer ticks the points of a lesson before the accessibility check passes", { timeout: 180_000 }, async () => {
  const { instructor, reviewer } = platform;
  const body = new FormData();
  body.set("script", new Blob([script], { type: "text/vtt" }), "description.vtt");
  await instructor.send("PUT", `/api/v1/lessons/${lesson}/description`, { body });
  for (let state = ""; state !== "READY"; await sleep(300)) {
    ({ state } = (await instructor.send("GET", `/api/v1/lessons/${lesson}/description`)).json);
    assert.notEqual(state, "FAILED");
  }
  await instructor.attachCaptions(lesson, captions, "zh-Hans", "machine");
  const version = await instructor.submit(course);
  await reviewer.take(version);

  const { page, context } = await people.signIn(browser, platform.server, "reviewer");
  await page.goto(`${platform.server.url}/review/${version}`);
  await assertAccessible(page, "review with points to confirm");
  await screenshot(page, "review-ticks");
  const box = page.getByLabel(/画面里的文字（标题、网址、数字）都读出来了/);
  const read = page.getByLabel(/我已逐句核对机器生成的字幕/);
  for (const one of [box, read]) assert.equal(await one.isChecked(), false);
  await page.locator("input[name=result_ACCESSIBILITY][value=pass]").check();
  await press(page, "保存检查结果");
  await page.locator(".error-summary").getByText(/还有要您逐项确认的内容没有确认/).waitFor();

  await tabTo(page, (at) => at.name.includes("都读出来了"));
  await page.keyboard.press("Space");
  await tabTo(page, (at) => at.name.startsWith("我已逐句核对机器生成的字幕"));
  await page.keyboard.press("Space");
  await page.locator("input[name=result_ACCESSIBILITY][value=pass]").check();
  await press(page, "保存检查结果");
  await page.getByText("检查结果已保存。").waitFor();
  assert.equal(await box.isChecked(), true);
  assert.equal(await read.count(), 0, "what was read over is not asked again");
  await reviewer.publish(version);
  await context.close();
});
