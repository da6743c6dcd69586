// SPDX-License-Identifier: GPL-3.0-or-later
// An instructor watches what is ready while the rest is still being made, and the player goes over to the finished lesson
// by itself, at the same place. The worker is real; it is held up so that there is time to look.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assertAccessible } from "./support/axe.mjs";
import { launchBrowser, screenshot, tabTo } from "./support/browser.mjs";
import * as people from "./support/people.mjs";
import { startPlatform } from "./support/platform.mjs";

const seconds = 90;
let browser;
let platform;
let lesson;
let film;

before(async () => {
  browser = await launchBrowser();
  platform = await startPlatform();
  const { course } = await platform.instructor.createCourse("先睹为快");
  lesson = await platform.instructor.createLesson(course, "第一课");
  film = join(platform.server.data, "film.mp4");
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", `testsrc2=size=854x480:rate=25:duration=${seconds}`],
    ...["-f", "lavfi", "-i", `sine=frequency=330:duration=${seconds}`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", film],
  ]);
});
after(async () => {
  for (const pid of workers()) go(pid, "SIGCONT");
  await browser?.close();
  await platform?.server.remove();
});

/** The worker processes of this test's own server. */
function workers() {
  return readdirSync("/proc").filter((pid) => {
    try {
      const parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))?.[1];
      return Number(parent) === platform?.server.pid && readlinkSync(`/proc/${pid}/exe`).endsWith("tongxing-worker");
    } catch {
      return false; // no process, or gone meanwhile
    }
  });
}

function go(pid, signal) {
  try {
    process.kill(Number(pid), signal);
  } catch {
    // it has ended
  }
}

const growing = (asset, file) => `/teach/lessons/${lesson}/growing/${asset}/${file}`;

/** Uploads the film, and stops the worker when something can be played. Gives the asset and the worker. */
async function holdWhenPlayable() {
  await platform.instructor.upload(lesson, readFileSync(film), "film.mp4");
  const { asset } = (await platform.instructor.send("GET", `/api/v1/lessons/${lesson}`)).json;
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(20)) {
    const list = await platform.instructor.send("GET", growing(asset, "first.m3u8")).catch(() => undefined);
    if (!list) continue;
    const [pid] = workers();
    go(pid, "SIGSTOP");
    assert.ok(pid, "the worker runs");
    return { asset, pid, lowest: list.text.trim().split("\n").at(-1) };
  }
  throw new Error(`nothing was playable in time:\n${platform.server.log}`);
}

const player = (page) => page.evaluate(() => {
  const { currentTime, duration, paused } = document.querySelector("#player video");
  return { currentTime, duration, paused };
});

const untilTime = (page, time) =>
  page.waitForFunction((least) => document.querySelector("#player video").currentTime > least, time, { timeout: 60_000 });

/** What is served, to whom. */
async function checkServed({ asset, lowest }) {
  const { instructor, reviewer, trainee, admin } = platform;
  const list = await instructor.send("GET", growing(asset, lowest));
  assert.match(list.headers.get("content-type"), /mpegurl/);
  assert.match(list.headers.get("cache-control"), /no-store/);
  assert.match(list.text, /EXT-X-PLAYLIST-TYPE:EVENT/);
  const folder = lowest.split("/")[0];
  const segment = await instructor.send("GET", growing(asset, `${folder}/s0.m4s`));
  assert.equal(segment.headers.get("content-type"), "video/iso.segment");
  for (const file of ["resume/key", "package.json", "..%2fjob.json", `${folder}/%2e%2e/resume/key`, `${folder}/s99999.m4s`]) {
    const answer = await fetch(new URL(growing(asset, file), platform.server.url), { redirect: "manual" });
    assert.notEqual(answer.status, 200, file);
    const own = await instructor.send("GET", growing(asset, file)).catch((error) => error.message);
    assert.match(String(own), /: (400|404|410) /, file);
  }
  for (const person of [reviewer, trainee, admin]) {
    const answer = await person.send("GET", growing(asset, "first.m3u8")).catch((error) => error.message);
    assert.match(String(answer), /: (403|404) /);
  }
}

async function checkWithoutScript() {
  const teacher = await people.signIn(browser, platform.server, "teacher", { javaScript: false });
  await teacher.page.goto(`${platform.server.url}/teach/lessons/${lesson}`);
  await teacher.page.getByRole("link", { name: "观看已经做好的部分" }).click();
  assert.match(await teacher.page.locator("#player source").getAttribute("src"), /\/growing\/.*\/first\.m3u8$/);
  assert.match(await teacher.page.locator("main").innerText(), /现在只能看已经做好的部分/);
  await teacher.page.getByRole("link", { name: "刷新本页" }).click();
  await teacher.page.getByRole("link", { name: "返回这一课" }).click();
  await teacher.context.close();
}

test("what is ready is watched by keyboard, and goes over to the whole", { timeout: 600_000 }, async () => {
  const teacher = await people.signIn(browser, platform.server, "teacher");
  const { page } = teacher;
  const held = await holdWhenPlayable();
  await checkServed(held);
  await checkWithoutScript();
  await page.goto(`${platform.server.url}/teach/lessons/${lesson}`);
  await tabTo(page, (at) => at.name === "观看已经做好的部分");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await page.getByRole("region", { name: "课程视频：第一课" }).waitFor();
  await page.getByText("视频还在制作。现在可以看已经做好的部分").waitFor();
  await tabTo(page, (at) => at.name === "播放");
  await page.keyboard.press("Enter");
  await untilTime(page, 1.5);
  const early = await player(page);
  assert.ok(early.duration < seconds / 2, `${early.duration} s can be played so far`);
  assert.ok(early.currentTime < 6, `began at its beginning, not at the newest end: ${early.currentTime}`);
  await assertAccessible(page, "lesson that is being made");
  await screenshot(page, "growing");

  const whole = page.waitForResponse(/\/m\/[^/]+\/[^/]+\/master\.m3u8/, { timeout: 300_000 });
  go(held.pid, "SIGCONT");
  await untilTime(page, early.duration + 0.5); // the list has grown
  const before = (await player(page)).currentTime;
  await whole;
  await page.getByText("视频已经全部做好，现在播放的是完整的视频。").first().waitFor();
  await page.waitForFunction((length) => Math.abs(document.querySelector("#player video").duration - length) < 1, seconds);
  // The place is found before play goes on.
  await page.waitForFunction((least) => {
    const { currentTime, paused } = document.querySelector("#player video");
    return !paused && currentTime > least;
  }, before + 1, { timeout: 60_000 });
  const late = await player(page);
  assert.ok(late.currentTime < before + 60, `goes on where it was: ${late.currentTime} after ${before}`);
  const problems = page.problems.filter((problem) => !/\b(404|410)\b.*\/growing\//s.test(problem));
  assert.deepEqual(problems, []);
  const gone = await platform.instructor.send("GET", growing(held.asset, "first.m3u8")).catch((error) => error.message);
  assert.match(String(gone), /: 410 /);
  await teacher.context.close();
});
