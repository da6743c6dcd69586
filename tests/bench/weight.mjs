// SPDX-License-Identifier: GPL-3.0-or-later
// What a first visit costs: HTML, CSS, JavaScript and images as they come over the wire, compressed, in Chromium.
// Usage: node tests/bench/weight.mjs [<url> [--player <url of a lesson>]] [--json]
// Without an address it starts the platform with a lesson made from a sample.
// Goals: under 60 KB without the player, under 220 KB with it (media and captions not counted).
import { launchBrowser } from "../browser/support/browser.mjs";
import { sample } from "../browser/support/media.mjs";
import { publishedCourse, startPlatform } from "../browser/support/platform.mjs";

const KB = 1000;
const goals = { page: 60 * KB, player: 220 * KB };

/** Bytes of bodies and heads of everything below the address that is not media, by kind. */
async function weigh(browser, url, act) {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const kinds = new Map();
  const files = [];
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    kinds.set(requestId, { type, path: new URL(response.url, url).pathname });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = kinds.get(requestId);
    if (file && !file.path.startsWith("/m/") && !file.path.startsWith("/api/")) {
      files.push({ ...file, bytes: encodedDataLength });
    }
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await act?.(page);
  await context.close();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { url: new URL(url).pathname, bytes, files: files.sort((a, b) => b.bytes - a.bytes) };
}

async function play(page) {
  await page.locator("[data-module~=player] button").first().click();
  await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0.5, null, { timeout: 20_000 });
}

const values = process.argv.slice(2);
const json = values.includes("--json");
const playerAt = values.indexOf("--player");
let lesson = playerAt < 0 ? undefined : values[playerAt + 1];
let url = values.find((value, index) => value.startsWith("http") && (playerAt < 0 || index !== playerAt + 1));
let platform;
if (!url) {
  platform = await startPlatform();
  const clip = sample("big-buck-bunny-480p-30s.mp4");
  url = `${platform.server.url}/`;
  if (clip) {
    const made = await publishedCourse(platform, clip, { seconds: 6 });
    lesson = `${url}courses/${made.course}/lessons/${made.lesson}`;
  }
}

const browser = await launchBrowser();
const results = [{ name: "page", ...(await weigh(browser, url)) }];
if (lesson) results.push({ name: "player", ...(await weigh(browser, lesson, play)) });
await browser.close();
await platform?.server.remove();

for (const result of results) {
  result.goal = goals[result.name];
  result.ok = result.bytes < result.goal;
}
if (json) {
  console.log(JSON.stringify({ weight: results }));
} else {
  for (const { name, url: path, bytes, goal, ok, files } of results) {
    console.log(`${name} ${path}: ${(bytes / KB).toFixed(1)} KB (goal < ${goal / KB} KB) ${ok ? "reached" : "MISSED"}`);
    for (const file of files.filter((one) => one.bytes > 0)) console.log(`  ${String(file.bytes).padStart(7)}  ${file.type.padEnd(10)} ${file.path}`);
  }
}
process.exit(results.every((result) => result.ok) ? 0 : 1);
