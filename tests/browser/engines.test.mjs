// SPDX-License-Identifier: GPL-3.0-or-later
// The manifests of a packaged film in three engines that we did not write: hls.js, Shaka Player and dash.js.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launchBrowser, newPerson, requireFromWeb } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
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

const engines = {
  "hls.js": {
    script: "hls.js/dist/hls.min.js",
    start: async ({ video, url, found }) => {
      const hls = new globalThis.Hls({ maxBufferLength: 15 });
      hls.on(globalThis.Hls.Events.ERROR, (_, error) => error.fatal && found.errors.push(`${error.type} ${error.details}`));
      hls.loadSource(url);
      hls.attachMedia(video);
      found.variants = () => hls.levels.length;
      found.tracks = () => hls.allSubtitleTracks.map((track) => track.lang);
    },
  },
  "Shaka Player": {
    script: "shaka-player/dist/shaka-player.compiled.js",
    start: async ({ video, url, found }) => {
      globalThis.shaka.polyfill.installAll();
      const player = new globalThis.shaka.Player();
      await player.attach(video);
      player.addEventListener("error", ({ detail }) => detail.severity === 2 && found.errors.push(`shaka ${detail.code}`));
      try {
        await player.load(url);
      } catch (error) {
        found.errors.push(`shaka ${error.code} ${JSON.stringify(error.data)}`);
      }
      found.variants = () => new Set(player.getVariantTracks().map((track) => `${track.height} ${track.bandwidth}`)).size;
      found.tracks = () => player.getTextTracks().map((track) => track.language);
    },
  },
  "dash.js": {
    script: "dashjs/dist/modern/umd/dash.all.min.js",
    start: async ({ video, url, found }) => {
      const player = globalThis.dashjs.MediaPlayer().create();
      player.on("error", ({ error }) => found.errors.push(`dash.js ${error.code} ${error.message}`));
      player.initialize(video, url, true);
      found.variants = () => player.getRepresentationsByType("video").length;
      found.tracks = () => player.getTracksFor("text").map((track) => track.lang);
    },
  },
};

/** Plays in a page of the platform's own origin; the engine comes in by the debugging protocol, past the page's policy. */
async function play(engine, manifest, { seconds = kSeconds } = {}) {
  const { context, page } = await newPerson(browser);
  try {
    await page.goto(`${platform.server.url}/sign-in`);
    await page.evaluate(readFileSync(requireFromWeb.resolve("axe-core/package.json").replace("axe-core/package.json", engine.script), "utf8"));
    await page.evaluate(`globalThis.startEngine = ${engine.start}`);
    await page.evaluate(async (url) => {
      const video = document.createElement("video");
      video.muted = true;
      document.body.replaceChildren(video);
      globalThis.found = { errors: [] };
      await globalThis.startEngine({ video, url: new URL(url, location.href).href, found: globalThis.found });
      await video.play().catch(() => undefined); // an engine that starts by itself interrupts this
    }, folder + manifest);
    await page.waitForFunction(
      (until) => globalThis.found.errors.length > 0 || document.querySelector("video").currentTime >= until,
      seconds,
      { timeout: 45_000 },
    ).catch(() => undefined);
    return await page.evaluate(() => {
      const video = document.querySelector("video");
      const ranges = Array.from({ length: video.buffered.length }, (_, i) => [video.buffered.start(i), video.buffered.end(i)]);
      const { errors, variants, tracks } = globalThis.found;
      const listed = tracks?.() ?? [];
      return {
        time: video.currentTime,
        height: video.videoHeight,
        audioBytes: video.webkitAudioDecodedByteCount,
        dropped: video.getVideoPlaybackQuality().droppedVideoFrames,
        errors,
        variants: variants?.(),
        tracks: listed.length > 0 ? listed : [...video.textTracks].map((track) => track.language),
        ranges,
      };
    });
  } finally {
    await context.close();
  }
}

function assertPlayed(found) {
  const told = JSON.stringify(found);
  assert.deepEqual(found.errors, [], told);
  assert.ok(found.time >= kSeconds, `it played ${found.time} s: ${told}`);
  assert.ok(found.audioBytes > 0, `no sound was decoded: ${told}`);
  const [first] = found.ranges;
  assert.ok(first && first[0] < kHoleSeconds, `the film begins at its beginning: ${told}`);
  assert.ok(first[1] >= found.time, `a hole before ${found.time}: ${told}`);
  for (const language of ["zh", "en"]) {
    assert.ok(found.tracks.some((track) => track.startsWith(language)), `captions in ${language}: ${told}`);
  }
}

for (const [name, manifest] of [
  ["hls.js", "master.m3u8"],
  ["Shaka Player", "master.m3u8"],
  ["Shaka Player", "manifest.mpd"],
  ["dash.js", "manifest.mpd"],
]) {
  test(`${name} plays ${manifest}`, { skip: !clip, timeout: 90_000 }, async () => {
    const found = await play(engines[name], manifest);
    assertPlayed(found);
    assert.ok(found.height > 0, "a picture");
    assert.ok(found.variants >= 3, `renditions: ${found.variants}`);
  });
}

test("hls.js plays the sound alone", { skip: !clip, timeout: 90_000 }, async () => {
  const found = await play(engines["hls.js"], "audio.m3u8");
  assertPlayed({ ...found, tracks: ["zh", "en"] });
  assert.equal(found.height, 0, "no picture is fetched");
});
