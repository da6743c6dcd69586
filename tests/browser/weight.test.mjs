// SPDX-License-Identifier: GPL-3.0-or-later
// What a first visit costs over the wire stays below its goals: people here pay for their data.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { publishedCourse, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
let platform;
let weights;

before(async () => {
  if (!clip) return;
  platform = await startPlatform();
  const { course, lesson } = await publishedCourse(platform, clip, { seconds: 6 });
  const { url } = platform.server;
  const tool = join(root, "tests/bench/weight.mjs");
  const args = [tool, `${url}/`, "--player", `${url}/courses/${course}/lessons/${lesson}`, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch((missed) => missed); // 1: a goal was missed
  weights = Object.fromEntries(JSON.parse(stdout).weight.map((result) => [result.name, result]));
});
after(async () => {
  await platform?.server.remove();
});

/** In words, so that a failure says which file grew. */
const told = ({ bytes, files }) => `${bytes} bytes: ${files.map((f) => `${f.path} ${f.bytes}`).join(", ")}`;

test("a first visit costs less than 60 KB", { skip: !clip }, () => {
  assert.ok(weights.page.files.some((file) => file.type === "Stylesheet"), told(weights.page));
  assert.ok(weights.page.bytes < 60_000, told(weights.page));
});

test("a first visit with the player costs less than 220 KB", { skip: !clip }, () => {
  assert.ok(weights.player.files.filter((file) => file.type === "Script").length >= 2, told(weights.player));
  assert.ok(weights.player.bytes < 220_000, told(weights.player));
});
