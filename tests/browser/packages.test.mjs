// SPDX-License-Identifier: GPL-3.0-or-later
// A package made by `tongxing media package` from every sample, in four players that we did not write: what they play, which
// tracks they see, whose sound they take, and that the signer is never taken for the lesson.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launchBrowser } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { servePackages } from "./support/package_server.mjs";
import { pairs, startPlayer } from "./support/package_player.mjs";
import { program } from "./support/server.mjs";

const film = "big-buck-bunny-480p-30s.mp4";
const bottle = "silent-bottle-detection.mp4";
const skip = !sample(film);
const DESCRIBED = "普通话（口述影像）";
const kWire = 300_000; // bits a second: the lowest rung of the film and its sound, and nothing more
const kHoleSeconds = 0.05;
const kAtOnce = 4; // players that play at the same time

/** [from, to, text]. The last cue of a long film lies over the border of two segments. */
const sounds = [[1, 3, "［鸟叫］"], [3, 6, "兔子走出来"], [6, 9.5, "他看见一只蝴蝶"], [28.5, 29.75, "再见"]];
const spoken = [[3, 6, "兔子走出来"], [28.5, 29.75, "再见"]];
const easy = [[3, 6, "来了一只兔子"], [6, 9.5, "看，蝴蝶"]];
const english = [[1.042, 3, "[birds]"], [3, 6.5, "The rabbit comes out"]];
const easyTraditional = [[2, 4, "桌上有瓶子"], [28.5, 32.25, "有人拿走了瓶子"]];
const japanese = [[2, 4, "机の上に瓶"], [20, 22, "［物音］"], [30.5, 33, "終わり"]];

const packages = {
  [film]: {
    width: 16 / 9,
    audio: [["普通话", "cmn", "main"], ["粵語", "yue", "dub"], [DESCRIBED, "cmn", "description"]],
    text: [
      ["简体中文（含声音说明）", "zh-Hans", "sdh", sounds],
      ["简体中文", "zh-Hans", "subtitle", spoken],
      ["简体中文（易读）", "zh-Hans", "easy", easy],
      ["English", "en", "subtitle", english],
    ],
    options: () => ["--audio", `${sample("music-viper.mp3")}:yue`, "--description", sample("mandarin-speech.wav"),
      "--sign", sample("asl-help.mkv"), "--chapters", sample("elephants-dream-chapters.en.vtt")],
  },
  [bottle]: {
    width: 16 / 9,
    audio: [["English", "en", "main"], [DESCRIBED, "cmn", "description"]],
    text: [
      ["繁體中文（易讀）", "zh-Hant", "easy", easyTraditional],
      ["日本語（音の説明つき）", "ja", "sdh", japanese],
    ],
    options: () => ["--audio", `${sample("music-viper.mp3")}:en`, "--description", sample("mandarin-speech.wav"),
      "--sign", sample("asl-learn.mkv")],
  },
  "music-viper.mp3": { audio: [["普通话", "cmn", "main"]], text: [["简体中文", "zh-Hans", "subtitle", easyTraditional]] },
  "mandarin-speech.wav": { audio: [["普通话", "cmn", "main"]] },
  "asl-help.mkv": { width: 4 / 3 },
  "asl-learn.mkv": { width: 4 / 3 },
  "asl-student.mkv": { width: 4 / 3 },
  "asl-thanks.mkv": { width: 4 / 3 },
};

let browser;
let server;
let folder;

const folderOf = (name) => name.replace(/\W/g, "_");

function vtt(list) {
  const stamp = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 23);
  const blocks = list.map(([from, to, text], i) => `${i + 1}\n${stamp(from)} --> ${stamp(to)}\n${text}\n`);
  return `WEBVTT\n\n${blocks.join("\n")}`;
}

function make(name) {
  const { text = [], options = () => [] } = packages[name];
  const captions = text.flatMap(([, language, kind, list]) => {
    const file = join(folder, `${folderOf(name)}.${language}.${kind}.vtt`);
    writeFileSync(file, vtt(list));
    return ["--captions", `${file}:${language}:${kind}`];
  });
  const out = join(folder, folderOf(name));
  execFileSync(program(), ["media", "package", sample(name), "--out", out, "--json", "--jobs", "2", ...captions, ...options()], {
    stdio: ["ignore", "ignore", "pipe"],
  });
}

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), "tongxing-packages-"));
  Object.keys(packages).forEach(make);
  server = await servePackages(folder);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

let visitors = 0;

/** Runs `body` with a player on one manifest of a package; `asked()` is what it has fetched until now. */
async function played(engine, name, manifest, { wish, bits }, body) {
  const visitor = `${++visitors}`;
  const url = `${server.as(visitor, bits)}/${folderOf(name)}/${manifest}`;
  const player = await startPlayer(browser, { engine, url, blank: server.blank, wish });
  const asked = () => server.asked(visitor).map((path) => path.replace(/^[^/]*\//, ""));
  try {
    return await body(player, asked);
  } finally {
    await player.close();
  }
}

const active = (audio) => audio.filter((track) => track.active).map((track) => track.name);
const sorted = (list) => [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const near = (size, ratio) => Math.abs(Number(size.split("x")[0]) / Number(size.split("x")[1]) - ratio) < 0.02;

function assertPlayed(found, { width, audio }, seconds) {
  const told = JSON.stringify(found);
  assert.deepEqual(found.errors, [], told);
  assert.ok(found.time >= seconds || found.ended, `it stopped at ${found.time} s: ${told}`);
  assert.ok(found.ranges[0]?.[0] < kHoleSeconds, `it begins at its beginning: ${told}`);
  if (audio) assert.ok(found.soundBytes > 0, `sound: ${told}`);
  if (!width) return assert.equal(found.height, 0, `a picture of nothing: ${told}`);
  assert.ok(found.pictures > 0 && found.contrast > 20, `pictures that show something: ${told}`);
  assert.ok(found.sizes.length > 0 && found.sizes.every((size) => near(size, width)), `always the lesson: ${told}`);
  assert.ok(found.variants.every((size) => near(size, width)), `no variant but the lesson: ${told}`);
}

/** How each player says what a track of sound is for, and a track of text: what its words must match. */
const audioWords = {
  "hls.js master.m3u8": { main: /^$/, dub: /^$/, description: /describes-video/ },
  "Shaka Player master.m3u8": { main: /^ *$/, dub: /^ *$/, description: /visually impaired/ },
  "Shaka Player manifest.mpd": { main: /main/, dub: /dub/, description: /visually impaired.*description/ },
  "dash.js manifest.mpd": { main: /main/, dub: /dub/, description: /alternate description.*AudioPurposeCS:2007=1/ },
  "video.js master.m3u8": { main: /^main$/, dub: /^alternative$/, description: /^main-desc$/ },
  "video.js manifest.mpd": { main: /^main$/, dub: /^alternative$/, description: /^alternative$/ },
};
const textWords = {
  "hls.js master.m3u8": { sdh: /^captions$/, subtitle: /^subtitles$/, easy: /^subtitles$/ },
  "Shaka Player master.m3u8": { sdh: /subtitle.*describes-music-and-sound/, subtitle: /subtitle/, easy: /subtitle.*easy-to-read/ },
  "Shaka Player manifest.mpd": { sdh: /^caption /, subtitle: /^subtitle /, easy: /^subtitle .*easyreader/ },
  "dash.js manifest.mpd": { sdh: /^caption/, subtitle: /^subtitle$/, easy: /^subtitle easyreader$/ },
  "video.js master.m3u8": { sdh: /^subtitles$/, subtitle: /^subtitles$/, easy: /^subtitles$/ },
  "video.js manifest.mpd": { sdh: /^subtitles$/, subtitle: /^subtitles$/, easy: /^subtitles$/ },
};

function assertTracks(found, expected, words) {
  // Shaka Player writes zh-HANS: capitals mean nothing in a language tag.
  const namesOf = (list) => sorted(list.map((track) => [track.name, track.lang.toLowerCase()]));
  assert.deepEqual(namesOf(found), sorted(expected.map(([name, lang]) => [name, lang.toLowerCase()])), JSON.stringify(found));
  for (const [name, , kind] of expected) {
    assert.match(found.find((track) => track.name === name).kind, words[kind], `${name}: ${JSON.stringify(found)}`);
  }
}

for (const [name, expected] of Object.entries(packages)) {
  const { audio, text = [] } = expected;
  describe(`the package made from ${name}`, { skip, concurrency: kAtOnce }, () => {
    for (const [engine, manifest] of pairs) {
      test(`plays in ${engine} by ${manifest}, with its tracks and captions`, { timeout: 240_000 }, async () => {
        await played(engine, name, manifest, {}, async (player, asked) => {
          await player.playedTo(3);
          const found = await player.state();
          assertPlayed(found, expected, 3);
          if (name === film) assert.ok(asked().some((path) => /^v(360|480)\/s/.test(path)), `more than the lowest: ${asked()}`);
          if (audio?.length > 1) assertTracks(found.audio, audio, audioWords[`${engine} ${manifest}`]);
          if (audio?.length > 1) assert.deepEqual(active(found.audio), [audio[0][0]], "unasked, the lesson's own sound");
          for (const [track, , , list] of text) assert.deepEqual(await player.cues(track, list), list, track);
          assertTracks((await player.state()).text, text, textWords[`${engine} ${manifest}`]);
          assert.deepEqual(asked().filter((path) => /sign/.test(path)), [], "nothing of the signer was fetched");
        });
      });
    }
  });
}

describe("sound with description", { skip, concurrency: kAtOnce }, () => {
  for (const [engine, manifest] of pairs) {
    test(`${engine} changes to it and back while it plays ${manifest}`, { timeout: 240_000 }, async () => {
      await played(engine, film, manifest, {}, async (player, asked) => {
        await player.playedTo(1);
        assert.ok(!asked().some((path) => path.startsWith("a-cmn-ad/s")), `not fetched unasked: ${asked()}`);
        const heard = (name) => player.until((wanted) => globalThis.watched.player.audio().some((one) => one.active && one.name === wanted), name);
        await player.hear(DESCRIBED);
        await heard(DESCRIBED);
        const changed = (await player.state()).time;
        await player.playedTo(changed + 2);
        const described = await player.state();
        assertPlayed(described, packages[film], changed + 2);
        assert.deepEqual(active(described.audio), [DESCRIBED]);
        assert.ok(asked().some((path) => path.startsWith("a-cmn-ad/s")), `${asked()}`);
        await player.hear("普通话");
        await heard("普通话");
        await player.playedTo(described.time + 1.5);
        const back = await player.state();
        assertPlayed(back, packages[film], described.time + 1.5);
        assert.deepEqual(active(back.audio), ["普通话"]);
      });
    });
  }
});

describe("on a bad network, with a kept wish for description", { skip, concurrency: pairs.length }, () => {
  for (const [engine, manifest] of pairs) {
    test(`${engine} comes to the lowest rung of ${manifest}, never to the signer, and the description stays`, { timeout: 240_000 }, async () => {
      await played(engine, film, manifest, { wish: { description: true }, bits: kWire }, async (player, asked) => {
        await player.until(() => globalThis.watched.player?.errors.length > 0 || globalThis.watched.video.videoHeight === 234);
        const low = await player.state();
        await player.playedTo(low.time + 2);
        const found = await player.state();
        assertPlayed(found, packages[film], low.time + 2);
        assert.equal(found.sizes.at(-1), "416x234", JSON.stringify(found));
        assert.deepEqual(active(found.audio), [DESCRIBED]);
        assert.ok(asked().some((path) => path.startsWith("a-cmn-ad/s")), `${asked()}`);
        assert.deepEqual(asked().filter((path) => /sign/.test(path)), [], "nothing of the signer was fetched");
      });
    });
  }
});

describe("beside the tracks", { skip, concurrency: kAtOnce }, () => {
  const chapters = [["Prologue", 0, 27.5], ["Switchboard trap", 27.5, 30]];

  test("the chapters", { timeout: 240_000 }, async () => {
    await played("Shaka Player", film, "master.m3u8", {}, async (player) => {
      const told = (await player.ask("chapters", "zh-Hans")).map(([title, from, to]) => [title, from, Math.round(to * 2) / 2]);
      assert.deepEqual(told, chapters);
    });
    await played("hls.js", film, "master.m3u8", {}, async (player) => {
      await player.playedTo(0.5);
      assert.equal(await player.ask("chapters"), "chapters.json");
    });
  });

  test("the small pictures of the time line", { timeout: 240_000 }, async () => {
    await played("Shaka Player", film, "manifest.mpd", {}, async (player) => {
      assert.deepEqual(await player.ask("thumbnails"), [[160, 90]]);
    });
    await played("dash.js", film, "manifest.mpd", {}, async (player) => {
      await player.playedTo(0.5);
      const { x, y, width, height, url } = await player.ask("thumbnail", 4.5);
      // Five beside each other, one every two seconds: the third.
      assert.deepEqual([x, y, width, height, url.replace(/.*\//, "")], [320, 0, 160, 90, "t0.jpg"]);
    });
  });

  for (const engine of ["hls.js", "Shaka Player", "video.js"]) {
    test(`${engine} plays the sound alone, and changes to its description`, { timeout: 240_000 }, async () => {
      await played(engine, film, "audio.m3u8", {}, async (player, asked) => {
        await player.playedTo(1);
        await player.hear(DESCRIBED);
        const { time } = await player.state();
        await player.playedTo(time + 2);
        const found = await player.state();
        assertPlayed(found, { audio: packages[film].audio }, time + 2);
        assert.deepEqual(active(found.audio), [DESCRIBED]);
        assert.ok(asked().some((path) => path.startsWith("a-cmn-ad/s")), `${asked()}`);
        assert.deepEqual(asked().filter((path) => /^(v\d|sign)/.test(path)), [], "no picture is fetched");
      });
    });
  }

  for (const [engine, manifest] of pairs) {
    const signer = manifest === "manifest.mpd" ? "sign.mpd" : "sign.m3u8";
    test(`the signer alone plays to the end in ${engine} by ${signer}`, { timeout: 240_000 }, async () => {
      await played(engine, film, signer, {}, async (player) => {
        await player.playedTo(3);
        assertPlayed(await player.state(), { width: 4 / 3 }, 3);
      });
    });
  }

  test("lesson and signer as one picture, with every sound", { timeout: 240_000 }, async () => {
    await played("hls.js", film, "signed.m3u8", {}, async (player) => {
      await player.playedTo(3);
      const found = await player.state();
      assertPlayed(found, packages[film], 3);
      assert.equal(found.variants.length, 1);
      assertTracks(found.audio, packages[film].audio, audioWords["hls.js master.m3u8"]);
    });
  });
});
