// SPDX-License-Identifier: GPL-3.0-or-later
// A described lesson in engines that know nothing of us: the described sound beside the main one, the lesson that stands
// still for its extended descriptions, and a clip alone in an <audio> element.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { launchBrowser, newPerson, root } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { program } from "./support/server.mjs";

const run = promisify(execFile);
const clip = sample("big-buck-bunny-480p-30s.mp4");
const types = { ".m3u8": "application/vnd.apple.mpegurl", ".mpd": "application/dash+xml", ".m4s": "video/iso.segment",
  ".mp4": "video/mp4", ".m4a": "audio/mp4", ".html": "text/html",
  ".vtt": "text/vtt; charset=utf-8", ".json": "application/json" };

// The long ones do not fit into their gaps: the lesson stands still at 9.15, 17.15 and 24.15 s.
const script = `WEBVTT

short
00:00:01.000 --> 00:00:03.000
一只大兔子从洞里走出来。

long
00:00:09.500 --> 00:00:10.000
兔子伸了一个懒腰，闻了闻一朵花，又抬头看了看天上的云，最后坐在草地上。

longer
00:00:17.300 --> 00:00:18.000
一只蝴蝶飞过来，停在兔子的鼻子上，兔子一动也不动。

longest
00:00:24.300 --> 00:00:25.000
树上的松鼠往下看，手里拿着一个坚果。
`;
const captions = `WEBVTT

00:00:08.000 --> 00:00:09.000
你好。

00:00:13.000 --> 00:00:17.000
再见。

00:00:18.000 --> 00:00:24.000
下次见。

00:00:25.000 --> 00:00:29.000
完。
`;
// Cues in whose midst the lesson stands still; one of them almost at its start.
const english = `WEBVTT

one
00:00:01.000 --> 00:00:04.000
One.

two
00:00:08.800 --> 00:00:12.000
Two.

three
00:00:14.000 --> 00:00:19.000
Three.

four
00:00:27.000 --> 00:00:29.000
Four.
`;

let folder;
let server;
let browser;
let address;
let pauses; // of timemap.json

before(async () => {
  if (!clip) return;
  folder = mkdtempSync(join(tmpdir(), "tongxing-described-"));
  const file = (name, content) => (writeFileSync(join(folder, name), content), join(folder, name));
  await run(program(), ["media", "package", clip, "--out", join(folder, "package"),
    "--description", file("script.vtt", script),
    "--captions", `${file("captions.vtt", captions)}:zh-Hans:sdh`, "--captions", `${file("en.vtt", english)}:en`,
    "--chapters", file("chapters.vtt", "WEBVTT\n\n00:00.000 --> 00:12.000\n洞口\n\n00:12.000 --> 00:30.000\n草地\n")]);
  file("package/index.html", "<!doctype html><title>described</title>");
  ({ pauses } = JSON.parse(readFileSync(join(folder, "package/ad/timemap.json"))));
  server = createServer((request, response) => {
    try {
      const path = new URL(request.url, "http://localhost").pathname;
      const body = readFileSync(join(folder, "package", path));
      response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function pageWith(engine) {
  const { context, page } = await newPerson(browser);
  await page.goto(`${address}/index.html`);
  if (engine) await page.addScriptTag({ path: join(root, "web/node_modules", engine) });
  return { context, page };
}

/** Plays by hls.js at four times the speed until `until`; tells what was seen on the way. */
function playByHls({ url, until, text }) {
  return new Promise((done) => {
    const video = document.createElement("video");
    video.muted = true;
    document.body.append(video);
    const seen = { errors: [], pictures: {}, cues: [] };
    const hls = new globalThis.Hls();
    const read = () => {
      hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => track.lang === text);
      hls.subtitleDisplay = true;
    };
    if (text) video.addEventListener("playing", read, { once: true }); // before, hls.js sees all tracks off and forgets it
    hls.on("hlsError", (_, error) => error.fatal && seen.errors.push(`${error.type} ${error.details}`));
    hls.loadSource(url);
    hls.attachMedia(video);
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 36;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const look = () => {
      context.drawImage(video, 0, 0, 64, 36);
      seen.pictures[video.currentTime.toFixed(2)] = [...context.getImageData(0, 0, 64, 36).data];
    };
    const started = Date.now();
    video.playbackRate = 4;
    video.play();
    const timer = setInterval(() => {
      if (video.currentTime > 0) look();
      const ended = video.ended || video.currentTime >= until;
      if (!ended && Date.now() - started < 60_000 && seen.errors.length === 0) return;
      clearInterval(timer);
      seen.at = video.currentTime;
      seen.duration = video.duration;
      seen.ranges = Array.from({ length: video.buffered.length }, (_, i) => [video.buffered.start(i), video.buffered.end(i)]);
      seen.tracks = hls.audioTracks.map((track) => track.name);
      seen.texts = hls.subtitleTracks.map(({ name, lang }) => ({ name, lang }));
      for (const track of video.textTracks) {
        if (track.language === text) seen.cues.push(...Array.from(track.cues ?? [], (cue) => [cue.startTime, cue.endTime, cue.text]));
      }
      hls.destroy();
      done(seen);
    }, 100);
  });
}

const difference = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

const length = () => 30 + pauses.reduce((sum, pause) => sum + pause.length_ms, 0) / 1000;

/** [start, end, text] of every cue of a file, as a player should show them. */
function cuesOf(path) {
  const seconds = (stamp) => stamp.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return [...readFileSync(join(folder, "package", path), "utf8").matchAll(/(\S+) --> (\S+)\n(.*)\n/g)]
    .map(([, from, to, text]) => [seconds(from), seconds(to), text]);
}

function assertCues(seen, path) {
  const wanted = cuesOf(path);
  const found = [...seen].sort((a, b) => a[0] - b[0]);
  const story = JSON.stringify({ found, wanted });
  assert.equal(found.length, wanted.length, story);
  for (const [i, [from, to, text]] of wanted.entries()) {
    assert.equal(found[i][2], text, story);
    assert.ok(Math.abs(found[i][0] - from) < 0.02 && Math.abs(found[i][1] - to) < 0.02, story);
  }
}

test("the lesson that stands still plays to its end, its picture frozen while each description is spoken", { skip: !clip }, async () => {
  assert.equal(pauses.length, 3);
  const { context, page } = await pageWith("hls.js/dist/hls.min.js");
  const seen = await page.evaluate(playByHls, { url: `${address}/described-extended.m3u8`, until: length() - 0.5, text: "en" });
  await context.close();
  assert.deepEqual(seen.errors, []);
  assert.ok(Math.abs(seen.duration - length()) < 0.1, `duration ${seen.duration} of ${length()}`);
  assert.ok(seen.at >= seen.duration - 1, `stopped at ${seen.at} of ${seen.duration}`);
  // Players that count by the times pictures are shown at, and know nothing of edit lists, find none late: pictures and
  // sound are without a hole behind the pauses.
  assert.equal(seen.ranges.length, 1, `holes: ${JSON.stringify(seen.ranges)}`);
  const times = Object.keys(seen.pictures).map(Number).sort((a, b) => a - b);
  for (const pause of pauses) {
    const from = pause.extended_ms / 1000;
    const to = from + pause.length_ms / 1000;
    const still = times.filter((t) => t > from + 0.3 && t < to - 0.3).map((t) => seen.pictures[t.toFixed(2)]);
    assert.ok(still.length >= 3, `${still.length} pictures in the pause`);
    for (const picture of still) assert.ok(difference(picture, still[0]) < 0.5, "the picture moved in the pause");
    const later = seen.pictures[times.find((t) => t > to + 2).toFixed(2)];
    assert.ok(difference(later, still[0]) > 1, "the picture did not go on after the pause");
  }
});

test("hls.js and Shaka Player show the captions of the lesson where they belong", { skip: !clip }, async () => {
  const hls = await pageWith("hls.js/dist/hls.min.js");
  const url = `${address}/described-extended.m3u8`;
  const seen = await hls.page.evaluate(playByHls, { url, until: length() - 0.5, text: "en" });
  await hls.context.close();
  assert.deepEqual(seen.texts, [{ name: "简体中文（含声音说明）", lang: "zh-Hans" }, { name: "English", lang: "en" }]);
  assertCues(seen.cues, "t-en-extended/full.vtt");

  const shaka = await pageWith("shaka-player/dist/shaka-player.compiled.js");
  const shown = await shaka.page.evaluate(async ({ url, until }) => {
    const video = document.createElement("video");
    video.muted = true;
    document.body.append(video);
    globalThis.shaka.polyfill.installAll();
    const player = new globalThis.shaka.Player();
    await player.attach(video);
    await player.load(url);
    player.selectTextTrack(player.getTextTracks().find((track) => track.language === "en"));
    await player.setTextTrackVisibility?.(true);
    video.playbackRate = 4;
    await video.play();
    const found = new Map();
    const started = Date.now();
    while (video.currentTime < until && Date.now() - started < 60_000) {
      for (const track of video.textTracks) {
        for (const cue of track.cues ?? []) found.set(`${cue.startTime.toFixed(2)} ${cue.text}`, [cue.startTime, cue.endTime, cue.text]);
      }
      await new Promise((go) => setTimeout(go, 100));
    }
    const chapters = await player.getChaptersAsync("zh-Hans");
    return { at: video.currentTime, cues: [...found.values()], chapters: chapters.map(({ startTime, endTime }) => [startTime, endTime]),
      texts: player.getTextTracks().map(({ label, language }) => [label, language]) };
  }, { url, until: length() - 1 });
  await shaka.context.close();
  assert.ok(shown.at >= length() - 1, `stopped at ${shown.at}`);
  assertCues(shown.cues, "t-en-extended/full.vtt");
  const second = 12 + pauses[0].length_ms / 1000;
  assert.deepEqual(shown.chapters.flat().map((t) => t.toFixed(1)), [0, second, second, length()].map((t) => t.toFixed(1)));
});

test("the linter finds no fault in it", { skip: !clip }, async () => {
  const { stdout } = await run(program(), ["media", "check", join(folder, "package"), "--json"]);
  assert.deepEqual(JSON.parse(stdout).rules.filter((rule) => rule.status === "failed"), []);
});

test("a clip plays by itself", { skip: !clip }, async () => {
  const { context, page } = await pageWith();
  const duration = await page.evaluate((url) => new Promise((done, failed) => {
    const audio = new Audio(url);
    audio.muted = true;
    audio.onended = () => done(audio.duration);
    audio.onerror = () => failed(new Error(audio.error.message));
    audio.playbackRate = 4;
    audio.play();
  }), `${address}/ad/clip-0001.m4a`);
  await context.close();
  const entry = JSON.parse(readFileSync(join(folder, "package/ad/ad.json"))).find((one) => one.clip);
  assert.ok(Math.abs(duration * 1000 - entry.clip_ms) < 50, `${duration} s, ${entry.clip_ms} ms`);
});

test("hls.js, Shaka Player and dash.js play the described sound", { skip: !clip }, async () => {
  const hls = await pageWith("hls.js/dist/hls.min.js");
  const seen = await hls.page.evaluate(playByHls, { url: `${address}/a-cmn-ad/index.m3u8`, until: 29 });
  await hls.context.close();
  assert.deepEqual(seen.errors, []);
  assert.ok(seen.at >= 29, `stopped at ${seen.at}`);

  const shaka = await pageWith("shaka-player/dist/shaka-player.compiled.js");
  const result = await shaka.page.evaluate(async (url) => {
    const video = document.createElement("video");
    video.muted = true;
    document.body.append(video);
    globalThis.shaka.polyfill.installAll();
    const player = new globalThis.shaka.Player();
    await player.attach(video);
    await player.load(url);
    const audios = player.getAudioTracks();
    player.selectAudioTrack(audios[audios.length - 1]);
    video.playbackRate = 4;
    await video.play();
    const started = Date.now();
    while (video.currentTime < 8 && Date.now() - started < 30_000) await new Promise((go) => setTimeout(go, 100));
    return { audios: audios.length, at: video.currentTime };
  }, `${address}/master.m3u8`);
  await shaka.context.close();
  assert.equal(result.audios, 2);
  assert.ok(result.at >= 8, `stopped at ${result.at}`);

  const dash = await pageWith("dashjs/dist/modern/umd/dash.all.min.js");
  const played = await dash.page.evaluate(async (url) => {
    const video = document.createElement("video");
    video.muted = true;
    document.body.append(video);
    const errors = [];
    const player = globalThis.dashjs.MediaPlayer().create();
    player.on("error", ({ error }) => errors.push(`${error.code} ${error.message}`));
    player.initialize(video, url, true);
    await new Promise((ready) => player.on("streamInitialized", ready));
    const tracks = player.getTracksFor("audio");
    player.setCurrentTrack(tracks[tracks.length - 1]);
    video.playbackRate = 4;
    const started = Date.now();
    while (video.currentTime < 8 && Date.now() - started < 30_000) await new Promise((go) => setTimeout(go, 100));
    return { errors, tracks: tracks.length, chosen: player.getCurrentTrackFor("audio") === tracks[1], at: video.currentTime };
  }, `${address}/manifest.mpd`);
  await dash.context.close();
  assert.deepEqual(played.errors, []);
  assert.equal(played.tracks, 2);
  assert.ok(played.at >= 8, `stopped at ${played.at}`);
});
