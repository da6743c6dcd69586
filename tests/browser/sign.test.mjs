// SPDX-License-Identifier: GPL-3.0-or-later
// The signer's window beside a playing lesson: within 80 ms of it while it plays, after jumps, at other speeds and when it stops.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser, newPerson } from "./support/browser.mjs";
import { looped, sample } from "./support/media.mjs";
import { publishedCourse, startPlatform } from "./support/platform.mjs";
import { program } from "./support/server.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const skip = !clip;
const kNearSeconds = 0.08;
const kLooks = 40; // one after the other, each 50 ms
const kAddress = "/m/made/by/test/signer/";

let browser;
let platform;
let signer; // folder of the signer's package
let lessonPage;

before(async () => {
  if (skip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  const made = await publishedCourse(platform, clip);
  lessonPage = `${platform.server.url}/courses/${made.course}/lessons/${made.lesson}`;
  const film = looped(sample("asl-help.mkv"), 16, join(platform.server.data, "signer.mkv"));
  signer = join(platform.server.data, "signer");
  execFileSync(program(), ["media", "package", film, "--out", signer, "--json"], { stdio: "ignore" });
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

/** The lesson's page with a signer's video beside its package, its window open. */
async function signedLesson() {
  const person = await newPerson(browser);
  const { page } = person;
  await page.route("**/courses/**/lessons/**", async (route) => {
    const response = await route.fetch();
    const given = /&quot;sign&quot;:&quot;&quot;/;
    const body = await response.text();
    if (response.headers()["content-type"]?.startsWith("text/html")) assert.match(body, given);
    await route.fulfill({ response, body: body.replace(given, `&quot;sign&quot;:&quot;${kAddress}master.m3u8&quot;`) });
  });
  await page.route(`**${kAddress}**`, (route) =>
    route.fulfill({ path: join(signer, new URL(route.request().url()).pathname.slice(kAddress.length)) }));
  await page.goto(lessonPage);
  await page.getByRole("button", { name: "播放", exact: true }).focus();
  await page.keyboard.press("s");
  await page.locator(".player__sign video").waitFor();
  return person;
}

/**
 * Looks at both videos until `looks` looks in a row found them together, the lesson beyond `from`. A machine with too much
 * to do may tear them apart now and then: they must come together again and then stay so.
 */
function watch({ from, rate, near, looks }) {
  const [lesson, sign] = document.querySelectorAll("#player video");
  return new Promise((done) => {
    const started = performance.now();
    let row = [];
    let apart = 0;
    const timer = setInterval(() => {
      const drift = lesson.currentTime - sign.currentTime;
      const plays = !lesson.paused && !lesson.seeking && !sign.paused && !sign.seeking && lesson.playbackRate === rate;
      if (lesson.currentTime >= from && plays && Math.abs(drift) <= near) row.push(Math.round(drift * 1000));
      else {
        apart += 1;
        row = [];
      }
      const late = performance.now() - started > 60_000 || lesson.ended;
      if (row.length < looks && !late) return;
      clearInterval(timer);
      done({ row, apart, drift, lesson: lesson.currentTime, sign: sign.currentTime, rate: sign.playbackRate });
    }, 50);
  });
}

function stoppedTogether(near) {
  const [lesson, sign] = document.querySelectorAll("#player video");
  const still = lesson.paused && sign.paused && !lesson.seeking && !sign.seeking;
  return still && Math.abs(lesson.currentTime - sign.currentTime) <= near;
}

async function assertTogether(page, when, { from = 0, rate = 1 } = {}) {
  const seen = await page.evaluate(watch, { from, rate, near: kNearSeconds, looks: kLooks });
  const worst = Math.max(...seen.row.map(Math.abs));
  console.log(`${when}: at most ${worst} ms apart in ${seen.row.length} looks, after ${seen.apart} that do not count`);
  assert.equal(seen.row.length, kLooks, `${when}: ${JSON.stringify(seen)}`);
}

test("the signer stays within 80 ms of the lesson: playing, after jumps, at other speeds, stopped", { skip, timeout: 400_000 }, async () => {
  const { page, context } = await signedLesson();
  await page.keyboard.press("k");
  await assertTogether(page, "playing", { from: 0.1 });

  await page.keyboard.press("l"); // ten seconds on
  await assertTogether(page, "after a jump forward", { from: 10 });
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.querySelector("#player video").currentTime < 9);
  await assertTogether(page, "after a jump back");

  await page.keyboard.press("Shift+Period");
  await page.waitForFunction(() => document.querySelector("#player video").playbackRate > 1);
  const rate = await page.locator("#player video").first().evaluate((video) => video.playbackRate);
  await assertTogether(page, `at ${rate} times the speed`, { rate });

  await page.keyboard.press("k");
  await page.waitForFunction(stoppedTogether, kNearSeconds);
  const stopped = await page.locator("#player video").first().evaluate((video) => video.currentTime);
  await page.keyboard.press("ArrowLeft"); // five seconds back
  await page.waitForFunction((time) => document.querySelector("#player video").currentTime < time - 1, stopped);
  await page.waitForFunction(stoppedTogether, kNearSeconds);
  assert.deepEqual(page.problems, []);
  await context.close();
});
