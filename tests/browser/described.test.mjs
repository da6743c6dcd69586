// SPDX-License-Identifier: GPL-3.0-or-later
// A described lesson in engines that know nothing of us: the described sound beside the main one, the lesson that stands
// still for its extended descriptions, and a clip alone in an <audio> element.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { launchBrowser, newPerson, root } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";

const run = promisify(execFile);
const clip = sample("big-buck-bunny-480p-30s.mp4");
const worker = join(root, "build/release/tongxing-worker");
const types = { ".m3u8": "application/vnd.apple.mpegurl", ".mpd": "application/dash+xml", ".m4s": "video/iso.segment",
  ".mp4": "video/mp4", ".m4a": "audio/mp4", ".html": "text/html" };

// "long" does not fit into its gap of 3.7 s: the lesson stands still at 9.15 s.
const script = `WEBVTT

short
00:00:01.000 --> 00:00:03.000
一只大兔子从洞里走出来。

long
00:00:09.500 --> 00:00:10.000
兔子伸了一个懒腰，闻了闻一朵花。
`;
const captions = `WEBVTT

00:00:08.000 --> 00:00:09.000
你好。

00:00:13.000 --> 00:00:29.000
再见。
`;

/** A recording that stands for a voice: a tone of 220 Hz in syllables. */
function recording(seconds) {
  const rate = 16_000;
  const samples = new Int16Array(seconds * rate);
  for (let i = 0; i < samples.length; ++i) {
    samples[i] = 9_000 * Math.sin((2 * Math.PI * 220 * i) / rate) * (0.6 + 0.4 * Math.sin((2 * Math.PI * 4 * i) / rate));
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

let folder;
let server;
let browser;
let address;
let pause; // of timemap.json

before(async () => {
  if (!clip) return;
  folder = mkdtempSync(join(tmpdir(), "tongxing-described-"));
  const file = (name, content) => (writeFileSync(join(folder, name), content), join(folder, name));
  mkdirSync(join(folder, "package"));
  mkdirSync(join(folder, "recorded"));
  file("recorded/short.wav", recording(2.5));
  file("recorded/long.wav", recording(7));
  file("package/index.html", "<!doctype html><title>described</title>");
  const job = file("job.json", JSON.stringify({ input: clip, output: join(folder, "package") }));
  await run(worker, ["package", "--job", job]);
  await run(worker, ["describe", "render", file("script.vtt", script), "--captions", file("captions.vtt", captions),
    "--media", clip, "--recorded", join(folder, "recorded"), "--out", join(folder, "package")]);
  [pause] = JSON.parse(readFileSync(join(folder, "package/ad/timemap.json"))).pauses;
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
function playByHls({ url, until, preference }) {
  return new Promise((done) => {
    const video = document.createElement("video");
    video.muted = true;
    document.body.append(video);
    const seen = { errors: [], pictures: {}, holes: 0 };
    const hls = new globalThis.Hls({ audioPreference: preference });
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
      seen.track = hls.audioTrack;
      hls.destroy();
      done(seen);
    }, 100);
  });
}

const difference = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

test("the lesson that stands still plays to its end, its picture frozen while the description is spoken", { skip: !clip }, async () => {
  const { context, page } = await pageWith("hls.js/dist/hls.min.js");
  const seen = await page.evaluate(playByHls, { url: `${address}/described-extended.m3u8`, until: 37.1 });
  await context.close();
  assert.deepEqual(seen.errors, []);
  const from = pause.extended_ms / 1000;
  const to = from + pause.length_ms / 1000;
  assert.ok(Math.abs(seen.duration - (30 + pause.length_ms / 1000)) < 0.2, `duration ${seen.duration}`);
  assert.ok(seen.at >= seen.duration - 0.5, `stopped at ${seen.at} of ${seen.duration}`);
  // hls.js does not read the edit list of the pictures: it counts them by the time they are shown at, one picture late for
  // reordering, but sets the first behind a discontinuity by its decode time. So it moves all that follows by one picture,
  // and the sound has a hole of that length, over which it steps. Nothing longer may be missing.
  const holes = seen.ranges.slice(1).map(([start], i) => start - seen.ranges[i][1]);
  assert.ok(holes.every((hole) => hole <= 1 / 24 + 0.001), `holes: ${JSON.stringify(seen.ranges)}`);
  const times = Object.keys(seen.pictures).map(Number).sort((a, b) => a - b);
  const still = times.filter((t) => t > from + 0.3 && t < to - 0.3).map((t) => seen.pictures[t.toFixed(2)]);
  assert.ok(still.length >= 3, `${still.length} pictures in the pause`);
  for (const picture of still) assert.ok(difference(picture, still[0]) < 0.5, "the picture moved in the pause");
  const later = seen.pictures[times.find((t) => t > to + 3).toFixed(2)];
  assert.ok(difference(later, still[0]) > 2, "the picture did not go on after the pause");
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
