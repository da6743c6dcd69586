// SPDX-License-Identifier: GPL-3.0-or-later
// An instructor adds a signer's video with the keyboard alone, moves it along the lesson, and takes it away again; the
// player shows the signer in step.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { launchBrowser, screenshot, tabTo } from "./support/browser.mjs";
import { looped, sample } from "./support/media.mjs";
import * as people from "./support/people.mjs";
import { readyLesson, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const skip = !clip;
const kSeconds = 12;
const kNear = 0.08; // S5
let browser;
let platform;
let lesson;
let film;

before(async () => {
  if (skip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  const { course } = await platform.instructor.createCourse("手语");
  lesson = await readyLesson(platform, clip, { seconds: kSeconds, in: course });
  film = looped(sample("asl-help.mkv"), 5, join(platform.server.data, "手语.mkv"));
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

const address = () => `${platform.server.url}/teach/lessons/${lesson}`;

/** Chooses the signer's file and sends it, by keys alone. */
async function sendSigner(page, file, offset) {
  await tabTo(page, (at) => at.id === "sign-upload-offset");
  await page.keyboard.press("Control+A");
  await page.keyboard.type(offset);
  await tabTo(page, (at) => at.id === "sign-upload-file");
  const chooser = page.waitForEvent("filechooser", { timeout: 60_000 });
  let opened = false;
  void chooser.then(() => (opened = true), () => undefined);
  for (let tries = 0; tries < 20 && !opened; tries += 1) { // a key before the browser listens for the chooser is lost
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(800);
  }
  await (await chooser).setFiles(file);
  await tabTo(page, (at) => at.name === "开始上传");
  await page.keyboard.press("Enter");
}

/** The page that is open follows the work by itself; waits until the signer is made. */
async function untilMade(page) {
  const state = page.locator("[data-sign-state]").filter({ hasText: /已经做好|没有做成/ });
  await state.waitFor({ timeout: 240_000 });
  assert.match(await state.innerText(), /已经做好/, await page.locator("main").innerText());
}

async function playerConfig(page) {
  await page.goto(`${address()}/preview`);
  return page.evaluate(() => JSON.parse(document.querySelector("[data-config]").dataset.config));
}

/** The text at a path of the server. */
async function text(page, path) {
  const answer = await page.request.get(new URL(path, platform.server.url).href);
  assert.equal(answer.status(), 200, path);
  return answer.text();
}

test("what is missing leads to the form, and an offset that is none is refused in words", { skip, timeout: 120_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher");
  const { page } = teacher;
  await page.goto(address());
  await page.getByText("还没有手语视频。").waitFor();
  await sendSigner(page, film, "一秒");
  await page.getByText(/上传失败：请写秒数/).first().waitFor();
  await page.goto(address());
  await page.getByText("还没有手语视频。").waitFor();
  await teacher.context.close();
});

test("a signer is uploaded, shown in step, moved and removed", { skip, timeout: 600_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher");
  const { page } = teacher;
  await page.goto(address());
  await sendSigner(page, film, "-0.8");
  await page.getByText("上传完成，服务器开始制作手语画面。").first().waitFor();
  await page.getByRole("heading", { name: "手语视频", exact: true }).waitFor();
  await assertAccessible(page, "lesson with a signer's video");
  await untilMade(page);
  assert.equal(await page.locator("#sign_offset").inputValue(), "-0.8");
  await page.getByText("手语.mkv").first().waitFor();
  await screenshot(page, "sign-upload-desktop");
  await page.setViewportSize({ width: 360, height: 740 });
  await screenshot(page, "sign-upload-phone");
  await page.setViewportSize({ width: 1280, height: 800 });

  const config = await playerConfig(page);
  assert.match(config.sign, /sign\.m3u8$/);
  assert.match(config.signed, /signed\.m3u8$/);
  assert.match(await text(page, config.sign), /sign240\/index\.m3u8/);
  assert.match(await text(page, config.manifest), /TYPE=SUBTITLES/, "the captions are still there");
  const first = config.sign;

  // Seen: the signer's window opens and stays with the lesson.
  await page.getByRole("button", { name: "播放", exact: true }).focus();
  await page.keyboard.press("s");
  await page.locator(".player__sign video").waitFor();
  await page.keyboard.press("k");
  const together = await page.evaluate((near) => {
    const [main, sign] = document.querySelectorAll("#player video");
    return new Promise((done) => {
      let row = 0;
      const begun = performance.now();
      const timer = setInterval(() => {
        const plays = !main.paused && !sign.paused && main.currentTime > 0.1;
        row = plays && Math.abs(main.currentTime - sign.currentTime) <= near ? row + 1 : 0;
        const over = main.ended || performance.now() - begun > 60_000;
        if (row < 20 && !over) return;
        clearInterval(timer);
        done({ row, drift: main.currentTime - sign.currentTime });
      }, 50);
    });
  }, kNear);
  assert.equal(together.row, 20, JSON.stringify(together));

  // Moved without another upload.
  await page.goto(address());
  await page.locator("#sign_offset").fill("很久");
  await page.getByRole("button", { name: "保存时间差" }).click();
  await page.locator(".error-summary").getByText(/请写秒数/).waitFor();
  assert.equal(await page.locator("#sign_offset").inputValue(), "很久");
  await page.locator("#sign_offset").fill("1.5");
  await page.getByRole("button", { name: "保存时间差" }).click();
  await page.getByText("时间差已保存").waitFor();
  await untilMade(page);
  assert.equal(await page.locator("#sign_offset").inputValue(), "1.5");
  const moved = await playerConfig(page);
  assert.notEqual(moved.sign, first, "made anew");
  await text(page, first); // whoever plays the version before goes on

  await page.goto(address());
  await page.getByRole("button", { name: "删除手语视频" }).click();
  await page.getByText("手语视频已删除。").waitFor();
  await page.getByText("还没有手语视频。").waitFor();
  const gone = await playerConfig(page);
  assert.equal(gone.sign, "");
  assert.equal(gone.signed, "");
  assert.match(await text(page, gone.manifest), /TYPE=SUBTITLES/);
  const refused = /status of 422 .*\/sign\/offset/; // the offset that was none
  assert.deepEqual(page.problems.filter((problem) => !refused.test(problem)), []);
  await teacher.context.close();
});
