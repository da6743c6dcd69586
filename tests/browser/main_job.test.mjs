// SPDX-License-Identifier: GPL-3.0-or-later
// The main job, from an instructor's file to a trainee's credit, by the people themselves in a real browser.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser, newPerson, screenshot } from "./support/browser.mjs";
import { assertAccessible } from "./support/axe.mjs";
import { captionsOf, looped, sample } from "./support/media.mjs";
import * as people from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const course = "兔子动画入门";
const lesson = "第一课 认识兔子";
const clip = sample("big-buck-bunny-480p-30s.mp4");
const kLoops = 10; // 300 s: long enough to earn a point (270 s)

let browser;
let server;
let instructor;
let lessonAddress;
let lessonPage;

/** The state of the video as the trainee's device has it. */
const media = (page) =>
  page.evaluate(() => {
    const video = document.querySelector("#player video");
    return { time: video.currentTime, paused: video.paused, height: video.videoHeight, duration: video.duration };
  });

async function playing(page, seconds, limitMs = 60_000) {
  await page.waitForFunction((s) => document.querySelector("#player video").currentTime >= s, seconds, { timeout: limitMs });
}

/** A page's own door to the browser's tools: the throttles of several would add up, and the slowest would win. */
const tools = new WeakMap();

/** A network of so many kbit/s, by the browser's own throttle; 0 takes it away. */
async function bandwidth(page, kilobits) {
  if (!tools.has(page)) tools.set(page, await page.context().newCDPSession(page));
  const session = tools.get(page);
  const bytes = kilobits === 0 ? -1 : (kilobits * 1000) / 8;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: bytes, uploadThroughput: -1 });
}

before(async () => {
  if (!clip) return;
  browser = await launchBrowser();
  server = await startServer();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test("an administrator makes an instructor and a reviewer", { skip: !clip }, async () => {
  const admin = await people.setUpAdministrator(browser, server);
  await people.createAccount(admin, server, { login: "teacher", name: "陈老师", role: "讲师" });
  await people.createAccount(admin, server, { login: "reviewer", name: "王审核", role: "审核员" });
  await admin.page.goto(`${server.url}/admin/accounts`);
  for (const name of ["陈老师", "王审核"]) assert.ok(await admin.page.getByText(name).first().isVisible());
  assert.deepEqual(admin.page.problems, []);
  await admin.context.close();
});

test("the set-up link works once", { skip: !clip }, async () => {
  const stranger = await newPerson(browser);
  const response = await stranger.page.goto(server.setup);
  assert.ok(response.status() >= 400);
  await stranger.context.close();
});

test("an instructor uploads a lesson, sees it being prepared, and attaches captions", { skip: !clip }, async () => {
  instructor = await people.signIn(browser, server, "teacher");
  lessonAddress = await people.createLesson(instructor, server, { course, lesson });
  const film = looped(clip, kLoops, join(server.data, "film.mp4"));
  await people.chooseVideo(instructor, film);
  // Bytes first, then each rendition, live and without touching the page.
  await instructor.page.getByText(/已上传/).first().waitFor();
  await instructor.page.locator("progress").nth(1).waitFor({ timeout: 60_000 });
  await screenshot(instructor.page, "upload-progress");
  assert.ok((await instructor.page.locator("progress").count()) >= 3, "one bar for each rendition");
  await people.waitUntilReady(instructor, lessonAddress);
  await people.attachCaptions(instructor, lessonAddress, captionsOf(300));
  await instructor.page.getByText(/字幕已保存/).first().waitFor();
  await assertAccessible(instructor.page, "the lesson's page of the instructor");
  await people.submitCourse(instructor);
});

test("broken captions are refused with their line, and the good ones stay", { skip: !clip }, async () => {
  const other = await people.createLesson(instructor, server, { course: "另一门课", lesson: "第一课" });
  await people.chooseVideo(instructor, clip);
  await people.waitUntilReady(instructor, other);
  await people.attachCaptions(instructor, other, captionsOf(30));
  await people.attachCaptions(instructor, other, "WEBVTT\n\n00:00:05.000 --> 00:00:02.000\n倒着走\n");
  await instructor.page.getByText(/第 3 行/).first().waitFor();
  await instructor.page.getByText("原来的字幕不变").first().waitFor();
  await instructor.page.goto(other);
  assert.ok(await instructor.page.getByText(/共 \d+ 条/).isVisible());
});

test("the draft is nobody else's, and its author cannot review it", { skip: !clip }, async () => {
  const visitor = await newPerson(browser, { javaScript: false });
  await visitor.page.goto(`${server.url}/courses`);
  assert.equal(await visitor.page.getByText(course).count(), 0);
  const refused = await instructor.page.goto(`${server.url}/review`);
  assert.equal(refused.status(), 403);
  await visitor.context.close();
});

test("a reviewer publishes it", { skip: !clip }, async () => {
  const reviewer = await people.signIn(browser, server, "reviewer");
  await people.publishCourse(reviewer, server, course);
  await assertAccessible(reviewer.page, "the reviewer's page");
  assert.deepEqual(reviewer.page.problems, []);
  await reviewer.context.close();
});

test("the catalogue and the lesson are there for everybody, also without JavaScript", { skip: !clip }, async () => {
  const visitor = await newPerson(browser, { javaScript: false, width: 360, height: 740 });
  await people.openLesson(visitor, server, course);
  await visitor.page.getByRole("link", { name: lesson }).first().click();
  const video = visitor.page.locator("#player video");
  assert.ok(await video.getAttribute("controls") !== null, "the browser's own controls");
  assert.match(await video.locator("source").getAttribute("src"), /master\.m3u8$/);
  assert.ok((await video.locator("track").count()) >= 1, "captions for the browser");
  await visitor.page.getByText("第 1 秒：兔子走出来").first().waitFor();
  await visitor.context.close();
});

test("there are at least three renditions and sound alone, none larger than the source", { skip: !clip }, async () => {
  const visitor = await newPerson(browser, { javaScript: false });
  await people.openLesson(visitor, server, course);
  await visitor.page.getByRole("link", { name: lesson }).first().click();
  lessonPage = visitor.page.url();
  const master = new URL(await visitor.page.locator("#player video source").getAttribute("src"), lessonPage).href;
  const text = await (await fetch(master)).text();
  const heights = [...text.matchAll(/#EXT-X-STREAM-INF:.*RESOLUTION=\d+x(\d+)/g)].map((m) => Number(m[1]));
  assert.ok(heights.length >= 3, `renditions: ${heights}`);
  assert.ok(Math.max(...heights) <= 480);
  assert.equal((await fetch(new URL("audio.m3u8", master))).status, 200);
  assert.equal((await fetch(new URL("manifest.mpd", master))).status, 200);
  await visitor.context.close();
});

test("a trainee plays it with captions; the quality follows the network", { skip: !clip }, async () => {
  const trainee = await people.register(browser, server, "xiaoming", "小明");
  const { page } = trainee;
  await page.goto(`${server.url}/courses`);
  await page.getByRole("link", { name: course }).first().click();
  await people.press(page, "报名学习");
  await bandwidth(page, 300);
  await page.goto(lessonPage);
  const low = [];
  page.on("request", (request) => /\/v(\d+)\/s\d+\.m4s/.test(request.url()) && low.push(Number(/\/v(\d+)\//.exec(request.url())[1])));
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await playing(page, 3);
  const atFirst = low.at(-1);
  const captions = page.getByRole("button", { name: "字幕" });
  if ((await captions.getAttribute("aria-pressed")) !== "true") {
    await captions.click();
    const choice = page.getByRole("radio", { name: /简体中文/ });
    if (await choice.count()) await choice.first().check();
    await page.keyboard.press("Escape");
  }
  await page.locator("#player").getByText(/第 \d+ 秒：兔子走出来/).first().waitFor();
  low.length = 0;
  await bandwidth(page, 0);
  await playing(page, 12);
  // What is in the buffer is played first, so the change is seen in what is asked for, then in the picture further on.
  const until = Date.now() + 60_000;
  while (Math.max(0, ...low) <= atFirst && Date.now() < until) await page.waitForTimeout(250);
  const best = Math.max(...low);
  assert.ok(best > atFirst, `asked for ${atFirst} at 300 kbit/s, then for no more than ${best}`);
  await page.locator("#player video").evaluate((video) => {
    video.currentTime = 200;
  });
  await page.waitForFunction((h) => document.querySelector("#player video").videoHeight > h, atFirst, { timeout: 30_000 });
  await screenshot(page, "lesson-playing");
  await assertAccessible(page, "the lesson while it plays");
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await page.getByText("学习进度已保存").first().waitFor();
  assert.deepEqual(page.problems, []);
  await trainee.context.close();
});

test("it also plays where the browser has HLS itself and no Media Source", { skip: !clip }, async () => {
  const phone = await newPerson(browser, { width: 390, height: 800 });
  await phone.page.addInitScript(() => {
    for (const name of ["MediaSource", "ManagedMediaSource", "WebKitMediaSource"]) delete window[name];
  });
  await phone.page.goto(lessonPage);
  await phone.page.getByRole("button", { name: "播放", exact: true }).click();
  const start = (await media(phone.page)).time;
  await playing(phone.page, start + 3);
  const now = await phone.page.locator("#player video").evaluate((video) => ({ source: video.currentSrc, height: video.videoHeight }));
  assert.match(now.source, /master\.m3u8$/, "the browser reads the playlist itself");
  assert.ok(now.height > 0, "a picture");
  await phone.page.getByRole("button", { name: "字幕" }).click();
  await phone.page.locator("#player").getByText(/第 \d+ 秒：兔子走出来/).first().waitFor();
  assert.deepEqual(phone.page.problems, []);
  await phone.context.close();
});

test("what was played survives kill -9 and goes on at the same second on another device", { skip: !clip }, async () => {
  const phone = await people.signIn(browser, server, "xiaoming", { width: 390, height: 800 });
  await phone.page.goto(lessonPage);
  await phone.page.getByRole("button", { name: "播放", exact: true }).click();
  await playing(phone.page, 30);
  await phone.page.getByRole("button", { name: "播放", exact: true }).click();
  await phone.page.getByText("学习进度已保存").first().waitFor();
  const left = (await media(phone.page)).time;
  await phone.context.close();
  await server.kill();
  await server.start();

  const laptop = await people.signIn(browser, server, "xiaoming");
  await laptop.page.goto(lessonPage);
  await laptop.page.getByRole("button", { name: "播放", exact: true }).click();
  await laptop.page.waitForFunction(() => document.querySelector("#player video").currentTime > 5);
  const resumed = (await media(laptop.page)).time;
  assert.ok(Math.abs(resumed - left) <= 3, `left at ${left}, resumed at ${resumed}`);
  await laptop.context.close();
});

test("at the threshold the lesson is complete and the credit is in the ledger", { skip: !clip, timeout: 300_000 }, async () => {
  const trainee = await people.signIn(browser, server, "xiaoming");
  const { page } = trainee;
  await page.goto(lessonPage);
  await page.getByRole("button", { name: "播放", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("#player video").readyState >= 3); // where it was left
  await page.locator("#player video").evaluate((video) => {
    video.currentTime = 0;
  });
  await page.locator("#player").focus();
  await page.getByRole("button", { name: /播放速度/ }).click();
  await page.getByRole("radio", { name: "2 倍" }).check();
  await page.keyboard.press("Escape");
  await playing(page, 295, 240_000);
  await page.getByText("这一课已经学完。").first().waitFor({ timeout: 40_000 });

  await page.goto(`${server.url}/my/learning`);
  await page.getByText("学完 1 课，共 1 课").waitFor();
  await screenshot(page, "my-learning");
  await assertAccessible(page, "my learning");
  await page.goto(`${server.url}/my/credits`);
  await page.getByText(/一共 [1-9]\d* 积分/).waitFor();
  await assertAccessible(page, "my credits");
  const ledger = await page.evaluate(async () => (await fetch("/api/v1/me/credits")).json());
  const sum = ledger.entries.reduce((total, entry) => total + entry.points, 0);
  assert.equal(ledger.total, sum, "the total is the sum of the entries");
  assert.deepEqual(page.problems, []);
  await trainee.context.close();
});
