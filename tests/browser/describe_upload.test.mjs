// SPDX-License-Identifier: GPL-3.0-or-later
// An instructor uploads a description script with the keyboard alone; the platform speaks it, the player gets it, and
// it goes away again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { launchBrowser, screenshot, tabTo } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import * as people from "./support/people.mjs";
import { readyLesson, startPlatform } from "./support/platform.mjs";

const script = "WEBVTT\n\n00:01.000 --> 00:03.000\n草地上有一只大兔子。\n\n00:06.000 --> 00:08.000\n兔子伸了一个懒腰。\n";
let browser;
let platform;
let lesson;

before(async () => {
  browser = await launchBrowser();
  platform = await startPlatform();
  const { course } = await platform.instructor.createCourse("口述影像");
  lesson = await readyLesson(platform, sample("big-buck-bunny-480p-30s.mp4"), { seconds: 12, in: course });
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

const address = () => `${platform.server.url}/teach/lessons/${lesson}`;

/** Chooses a script and sends it, by keys alone. */
async function sendScript(page, name, text) {
  await tabTo(page, (at) => at.id === "script");
  const chooser = page.waitForEvent("filechooser", { timeout: 60_000 });
  let opened = false;
  void chooser.then(() => (opened = true), () => undefined);
  for (let tries = 0; tries < 20 && !opened; tries += 1) { // a key before the browser listens for the chooser is lost
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(800);
  }
  await (await chooser).setFiles({ name, mimeType: "text/vtt", buffer: Buffer.from(text) });
  await tabTo(page, (at) => at.name === "上传口述影像");
  await page.keyboard.press("Enter");
}

async function playerConfig(page) {
  await page.goto(`${address()}/preview`);
  return page.evaluate(() => {
    const holder = document.querySelector("[data-config]");
    return JSON.parse(holder.dataset.config);
  });
}

test("a file that is no script is refused in words and nothing changes", { timeout: 120_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher");
  await teacher.page.goto(address());
  await sendScript(teacher.page, "a.vtt", "WEBVTT\n");
  await teacher.page.getByRole("alert").or(teacher.page.locator(".error-summary")).first().waitFor();
  await teacher.page.goto(address());
  await teacher.page.getByText("还没有口述影像。").waitFor();
  await teacher.context.close();
});

test("a script is spoken, offered to the player, and removed", { timeout: 300_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher");
  const { page } = teacher;
  await page.goto(address());
  await sendScript(page, "口述.vtt", script);
  await page.getByText("文稿已保存，即将开始朗读。").waitFor();
  await assertAccessible(page, "lesson with a description script");
  const state = page.locator("[data-description-state]");
  // Nobody loads the page anew: its bar follows the job, and the page shows the end by itself.
  const bar = page.locator("#description-progress");
  await bar.waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("label[for=description-progress]").textContent), "口述影像的声音");
  await page.evaluate(() => {
    const values = [];
    const at = document.getElementById("description-progress");
    new MutationObserver(() => values.push(at.value)).observe(at, { attributes: true });
    addEventListener("pagehide", () => sessionStorage.setItem("seen", JSON.stringify(values)));
  });
  await state.filter({ hasText: /已经做好|没有做成/ }).waitFor({ timeout: 120_000 });
  assert.match(await state.innerText(), /已经做好/, await page.locator("main").innerText());
  const values = JSON.parse(await page.evaluate(() => sessionStorage.getItem("seen") ?? "[]"));
  assert.deepEqual(values, values.toSorted((a, b) => a - b), "the bar never goes back");
  assert.match(await page.locator("main").innerText(), /共 2 条/);

  const config = await playerConfig(page);
  const read = async (path) => {
    const answer = await page.request.get(new URL(path, platform.server.url).href);
    assert.equal(answer.status(), 200, path);
    return answer.text();
  };
  const texts = JSON.parse(await read(config.descriptions)).map((one) => one.text);
  assert.deepEqual(texts, ["草地上有一只大兔子。", "兔子伸了一个懒腰。"]);
  const master = await read(config.manifest);
  assert.match(master, /public\.accessibility\.describes-video/);
  assert.match(master, /TYPE=SUBTITLES/, "the captions are still there");
  assert.match(await read(`/teach/lessons/${lesson}/description`), /草地上有一只大兔子/);

  // For players that know nothing of us: the lesson that stands still has the same captions, also those that come later.
  const extended = config.manifest.replace("master.m3u8", "described-extended.m3u8");
  const subtitles = (text) => [...text.matchAll(/TYPE=SUBTITLES.*NAME="([^"]*)".*URI="([^"]*)"/g)].map(([, name, uri]) => [name, uri]);
  const names = subtitles(master).map(([name]) => name);
  assert.deepEqual(subtitles(await read(extended)).map(([name]) => name), names);
  await platform.instructor.attachCaptions(lesson, "WEBVTT\n\n00:02.000 --> 00:04.000\n新来的字幕\n", "zh-Hant");
  const more = subtitles(await read(extended));
  assert.equal(more.length, names.length + 1);
  const [, added] = more.find(([name]) => !names.includes(name));
  assert.match(await read(extended.replace("described-extended.m3u8", added)), /t0\.vtt/);
  assert.match(await read(extended.replace("described-extended.m3u8", added.replace("index.m3u8", "t0.vtt"))), /新来的字幕/);

  // Heard: with the wish for descriptions the player takes the described sound instead of the plain one.
  await page.goto(`${address()}/preview`);
  const described = page.waitForRequest(/\/a-cmn-ad\/s\d+\.m4s/);
  await page.getByRole("button", { name: "口述影像", exact: true }).click();
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await described;
  await page.waitForFunction(() => document.querySelector("#player video").currentTime > 1.5);
  await page.goto(address());
  await screenshot(page, "description-desktop");
  await page.setViewportSize({ width: 360, height: 740 });
  await screenshot(page, "description-phone");

  await page.getByRole("button", { name: "删除口述影像" }).click();
  await page.getByText("口述影像已删除。").waitFor();
  const after = await playerConfig(page);
  assert.equal(after.descriptions, "");
  assert.doesNotMatch(await read(after.manifest), /describes-video/);
  await teacher.context.close();
});
