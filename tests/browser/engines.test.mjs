// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson as the platform itself delivers it, in the players that we did not write. What they make of every kind of package
// and track is in packages.test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { pairs, startPlayer } from "./support/package_player.mjs";
import { publishedCourse, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const kSeconds = 10;
const kHoleSeconds = 0.05;

let browser;
let platform;
let folder; // address of the package

before(async () => {
  if (!clip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  const { course, lesson } = await publishedCourse(platform, clip);
  const page = (await platform.trainee.send("GET", `/courses/${course}/lessons/${lesson}`)).text;
  folder = /<source src="([^"]*\/)master\.m3u8"/.exec(page)[1];
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

/** Plays in a page of the platform's own origin; the engine comes in by the debugging protocol, past the page's policy. */
async function play(engine, manifest) {
  const url = `${platform.server.url}${folder}${manifest}`;
  const player = await startPlayer(browser, { engine, url, blank: `${platform.server.url}/sign-in` });
  try {
    await player.playedTo(kSeconds);
    return await player.state();
  } finally {
    await player.close();
  }
}

function assertPlayed(found) {
  const told = JSON.stringify(found);
  assert.deepEqual(found.errors, [], told);
  assert.ok(found.time >= kSeconds, `it played ${found.time} s: ${told}`);
  assert.ok(found.soundBytes > 0, `no sound was decoded: ${told}`);
  const [first] = found.ranges;
  assert.ok(first && first[0] < kHoleSeconds, `the film begins at its beginning: ${told}`);
  assert.ok(first[1] >= found.time, `a hole before ${found.time}: ${told}`);
  for (const language of ["zh", "en"]) {
    assert.ok(found.text.some((track) => track.lang.startsWith(language)), `captions in ${language}: ${told}`);
  }
}

for (const [name, manifest] of pairs) {
  test(`${name} plays ${manifest}`, { skip: !clip, timeout: 90_000 }, async () => {
    const found = await play(name, manifest);
    assertPlayed(found);
    assert.ok(found.height > 0, "a picture");
    assert.ok(found.variants.length >= 3, `renditions: ${found.variants}`);
  });
}

test("hls.js plays the sound alone", { skip: !clip, timeout: 90_000 }, async () => {
  const found = await play("hls.js", "audio.m3u8");
  assertPlayed(found);
  assert.equal(found.height, 0, "no picture is fetched");
});
