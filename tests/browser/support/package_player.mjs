// SPDX-License-Identifier: GPL-3.0-or-later
// One package in one player in one page: started with what a learner once wished, watched until it has played so far.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newPerson, root } from "./browser.mjs";
import { engines } from "./engines.mjs";

/** A script of an npm package, from the folder of packages itself: not every package lets its files be named. */
export const packageScript = (path) => readFileSync(join(root, "web/node_modules", path), "utf8");

/** Every player with every kind of manifest that it reads: [player, manifest]. */
export const pairs = Object.entries(engines).flatMap(([name, { manifests }]) => manifests.map((manifest) => [name, manifest]));

/** In the page: makes the picture, starts the player with the wish that the browser has kept. */
async function begin(url) {
  const video = document.createElement("video");
  video.muted = true;
  document.body.replaceChildren(video);
  const watched = { video, sizes: [] };
  globalThis.watched = watched;
  video.addEventListener("resize", () => video.videoHeight && watched.sizes.push(`${video.videoWidth}x${video.videoHeight}`));
  const wish = JSON.parse(localStorage.getItem("wish") ?? "{}");
  watched.player = await globalThis.startEngine({ video, url, wish });
  video.play()?.catch(() => undefined); // a player that starts by itself interrupts this
}

/** In the page: what has been seen until now. */
function state() {
  const { video, sizes, player } = globalThis.watched;
  const canvas = new OffscreenCanvas(32, 18);
  const context = canvas.getContext("2d");
  if (video.videoHeight) context.drawImage(video, 0, 0, 32, 18);
  const light = context.getImageData(0, 0, 32, 18).data.filter((_, i) => i % 4 === 1);
  return {
    time: video.currentTime,
    ended: video.ended,
    duration: video.duration,
    ranges: Array.from({ length: video.buffered.length }, (_, i) => [video.buffered.start(i), video.buffered.end(i)]),
    height: video.videoHeight,
    pictures: video.getVideoPlaybackQuality().totalVideoFrames,
    contrast: Math.max(...light) - Math.min(...light),
    soundBytes: video.webkitAudioDecodedByteCount,
    sizes,
    errors: player.errors,
    variants: player.variants(),
    audio: player.audio(),
    text: player.text(),
  };
}

/**
 * In the page: takes the track with this name and waits until the browser holds exactly these cues; gives what it holds.
 * A player may show all its tracks by one of the browser's, so what it held before is waited away.
 */
async function cuesOf({ name, expected, seconds }) {
  const { video, player } = globalThis.watched;
  const listed = (list) => Array.from({ length: list?.length ?? 0 }, (_, i) => list[i]);
  const tracks = () => [video.textTracks, player.tracks?.()].flatMap(listed).filter((track) => track.kind !== "metadata");
  const cues = () => {
    const found = tracks().find((track) => track.label === name) ?? tracks().find((track) => track.mode === "showing");
    return listed(found?.cues).map((cue) => [cue.startTime, cue.endTime, cue.text]);
  };
  player.read(name);
  const until = Date.now() + seconds * 1000;
  while (JSON.stringify(cues()) !== JSON.stringify(expected) && Date.now() < until) await new Promise((go) => setTimeout(go, 50));
  return cues();
}

/** Waits until `find(given)` holds in the page. The time is only there to end a test that has failed. */
async function until(page, find, given, seconds = 90) {
  await page.waitForFunction(find, given, { timeout: seconds * 1000, polling: 50 }).catch(() => undefined);
}

/** In the page: has it failed, ended, or played so far? */
function playedTo(seconds) {
  const { video, player } = globalThis.watched;
  return player && (player.errors.length > 0 || video.ended || video.currentTime >= seconds);
}

/** A page with `engine` on the manifest at `url`. The caller closes its context. */
export async function startPlayer(browser, { engine, url, blank, wish }) {
  const { context, page } = await newPerson(browser);
  await page.goto(blank);
  if (wish) {
    await page.evaluate((kept) => localStorage.setItem("wish", kept), JSON.stringify(wish));
    await page.reload();
  }
  await page.evaluate(packageScript(engines[engine].script));
  await page.evaluate(`globalThis.startEngine = ${engines[engine].start}`);
  await page.evaluate(begin, url);
  return {
    page,
    close: () => context.close(),
    playedTo: (seconds) => until(page, playedTo, seconds),
    until: (find, given) => until(page, find, given),
    state: () => page.evaluate(state),
    cues: (name, expected) => page.evaluate(cuesOf, { name, expected, seconds: 90 }),
    hear: (name) => page.evaluate((wanted) => void globalThis.watched.player.hear(wanted), name),
    ask: (what, given) => page.evaluate(([name, value]) => globalThis.watched.player[name](value), [what, given]),
  };
}
