// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing media` alone, without the platform: every real sample becomes a package that its own linter finds no fault in.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { sample } from "../browser/support/media.mjs";
import { program } from "../browser/support/server.mjs";
import { temporaryFolder } from "./support/system.mjs";

const folder = temporaryFolder();
after(() => folder.remove());

function media(...args) {
  const { status, stdout, stderr } = spawnSync(program(), ["media", ...args], { encoding: "utf8", timeout: 120_000 });
  return { status, stdout, stderr };
}

const samples = [
  "big-buck-bunny-480p-30s.mp4",
  "silent-bottle-detection.mp4",
  "asl-help.mkv",
  "asl-learn.mkv",
  "asl-student.mkv",
  "asl-thanks.mkv",
  "mandarin-speech.wav",
  "music-viper.mp3",
];

for (const name of samples) {
  const file = sample(name);
  test(`${name} becomes a package without a fault`, { skip: !file }, () => {
    const out = join(folder.path, name.replace(/\W/g, "_"));
    const made = media("package", file, "--out", out, "--json");
    assert.equal(made.status, 0, made.stdout + made.stderr);
    const checked = media("check", out, "--json");
    assert.equal(checked.status, 0, checked.stdout);
    const failed = JSON.parse(checked.stdout).rules.filter((rule) => rule.status === "failed");
    assert.deepEqual(failed, []);
  });
}

test("with captions, a signer and chapters: nothing is missing from the manifests", { skip: !sample(samples[0]) }, () => {
  const captions = join(folder.path, "captions.vtt");
  writeFileSync(captions, "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n［鸟叫声］\n\n2\n00:00:05.000 --> 00:00:08.000\n<v 老师>兔子醒了。\n");
  const chapters = join(folder.path, "chapters.vtt");
  writeFileSync(chapters, "WEBVTT\n\n00:00:00.000 --> 00:00:10.000\n开头\n\n00:00:10.000 --> 00:00:30.000\n兔子\n");
  const out = join(folder.path, "everything");
  const made = media(
    "package", sample(samples[0]), "--out", out, "--json", "--captions", `${captions}:zh-Hans:sdh`, "--chapters", chapters,
    "--sign", sample("asl-thanks.mkv"),
  );
  assert.equal(made.status, 0, made.stdout + made.stderr);
  for (const file of ["master.m3u8", "audio.m3u8", "sign.m3u8", "signed.m3u8", "manifest.mpd", "sign.mpd", "chapters.json", "slides.json", "poster.jpg"]) {
    assert.ok(existsSync(join(out, file)), file);
  }
  const master = readFileSync(join(out, "master.m3u8"), "utf8");
  assert.match(master, /public\.accessibility\.transcribes-spoken-dialog/);
  assert.match(master, /EXT-X-I-FRAME-STREAM-INF/);
  assert.doesNotMatch(master, /TYPE=VIDEO/);
  const checked = media("check", out);
  assert.equal(checked.status, 0, checked.stdout);
});

test("a description script is spoken: a described sound, clips, and nothing that the linter minds", { skip: !sample(samples[0]) }, () => {
  const script = join(folder.path, "description.vtt");
  writeFileSync(script, "WEBVTT\n\n1\n00:00:02.000 --> 00:00:06.000\n一只胖兔子从洞里走出来，伸了个懒腰。\n");
  const out = join(folder.path, "described");
  const captions = join(folder.path, "long.vtt");
  writeFileSync(captions, "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\n［鸟叫声］\n\n2\n00:00:02.500 --> 00:00:29.000\n<v 老师>兔子醒了。\n");
  const made = media("package", sample(samples[0]), "--out", out, "--json", "--description", script, "--captions", `${captions}:zh-Hans:sdh`);
  assert.equal(made.status, 0, made.stdout + made.stderr);
  assert.match(readFileSync(join(out, "master.m3u8"), "utf8"), /public\.accessibility\.describes-video/);
  const listed = JSON.parse(readFileSync(join(out, "ad", "ad.json"), "utf8"));
  assert.match(JSON.stringify(listed), /胖兔子/);
  const checked = media("check", out);
  assert.equal(checked.status, 0, checked.stdout);

  // The lesson that stands still has the same captions, and the linter looks at them: one crosses the border at 30 s.
  assert.match(readFileSync(join(out, "described-extended.m3u8"), "utf8"), /TYPE=SUBTITLES.*URI="t-zh-Hans-sdh-extended\/index\.m3u8"/);
  const second = join(out, "t-zh-Hans-sdh-extended/t1.vtt");
  const text = readFileSync(second, "utf8");
  assert.match(text, /兔子醒了/);
  writeFileSync(second, text.replace("醒了", "睡了"));
  const spoiled = media("check", out, "--json");
  assert.equal(spoiled.status, 1, spoiled.stdout);
  assert.deepEqual(JSON.parse(spoiled.stdout).rules.filter((rule) => rule.status === "failed").map((rule) => rule.id), ["H22"]);

  writeFileSync(script, "WEBVTT\n\n00:00:06.000 --> 00:00:02.000\n倒过来的时间\n");
  const refused = media("package", sample(samples[0]), "--out", join(folder.path, "backwards"), "--description", script);
  assert.equal(refused.status, 2);
  assert.match(refused.stdout + refused.stderr, /第 \d 行/);
});

/** Mean brightness of a rendition's picture at a time, 0 to 255. */
function brightness(rendition, seconds) {
  const whole = join(folder.path, "whole.mp4");
  writeFileSync(whole, Buffer.concat(["init.mp4", "s0.m4s", "s1.m4s"].map((file) => join(rendition, file)).filter(existsSync).map((file) => readFileSync(file))));
  const { stdout } = spawnSync("ffmpeg", ["-v", "error", "-i", whole, "-ss", String(seconds), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-"], { maxBuffer: 1 << 24 });
  return stdout.reduce((sum, byte) => sum + byte, 0) / stdout.length;
}

test("a silent film with a description has its silence to choose", { skip: !sample(samples[1]) }, () => {
  const script = join(folder.path, "silent.vtt");
  writeFileSync(script, "WEBVTT\n\n1\n00:00:00.500 --> 00:00:02.000\n瓶子。\n");
  const out = join(folder.path, "silent-described");
  const made = media("package", sample(samples[1]), "--out", out, "--json", "--description", script);
  assert.equal(made.status, 0, made.stdout + made.stderr);
  const lines = readFileSync(join(out, "master.m3u8"), "utf8").split("\n").filter((line) => line.includes("TYPE=AUDIO"));
  assert.match(lines[0], /LANGUAGE="zxx",DEFAULT=YES/);
  assert.match(lines[1], /DEFAULT=NO.*describes-video/);
  const checked = media("check", out);
  assert.equal(checked.status, 0, checked.stdout);
});

test("a signer who was recorded late or early is put in step by the offset", () => {
  const part = (color, seconds) => ["-f", "lavfi", "-i", `color=${color}:s=320x240:r=25:d=${seconds}`];
  const encode = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-y"];
  const lesson = join(folder.path, "lesson.mp4");
  const signer = join(folder.path, "signer.mp4");
  spawnSync("ffmpeg", ["-v", "error", ...part("gray", 8), ...encode, lesson]);
  // Dark for 3 s, then light.
  spawnSync("ffmpeg", ["-v", "error", ...part("black", 3), ...part("white", 5), "-filter_complex", "concat=n=2", ...encode, signer]);
  for (const [offset, light] of [["2000", 5], ["-2000", 1], ["0", 3]]) {
    const out = join(folder.path, `sign_${offset}`);
    const made = media("package", lesson, "--out", out, "--sign", signer, "--sign-offset", offset);
    assert.equal(made.status, 0, made.stdout + made.stderr);
    const rendition = join(out, readdirSync(out).find((name) => /^sign\d+$/.test(name)));
    assert.ok(brightness(rendition, light - 0.3) < 40, `${offset}: dark before ${light} s`);
    assert.ok(brightness(rendition, light + 0.3) > 200, `${offset}: light behind ${light} s`);
  }
  assert.equal(media("package", lesson, "--out", join(folder.path, "far"), "--sign", signer, "--sign-offset", "9999999").status, 2);
});

test("a run that was killed leaves its work, and the next one goes on from it", { skip: !sample(samples[0]) }, async () => {
  const out = join(folder.path, "killed");
  const parts = () => readdirSync(folder.path).filter((name) => name.startsWith(".killed.part-"));
  const child = spawn(program(), ["media", "package", sample(samples[0]), "--out", out], { stdio: "ignore", detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const journals = () => {
    const [part] = parts();
    const resume = part && join(folder.path, part, "out", "resume");
    return resume && existsSync(resume) ? readdirSync(resume).filter((name) => name.endsWith(".log")).map((name) => join(resume, name)) : [];
  };
  const written = () => journals().find((file) => readFileSync(file, "utf8").split("\n").length > 2);
  while (!written() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(child.exitCode, null, "it ended before it could be killed");
  process.kill(-child.pid, "SIGKILL");
  await ended;
  const [part] = parts();
  const rendition = written().replace(/^.*\/|\.log$/g, "");
  const first = join(folder.path, part, "out", rendition, "s0.m4s");
  const before = statSync(first);
  const made = media("package", sample(samples[0]), "--out", out, "--json");
  assert.equal(made.status, 0, made.stdout + made.stderr);
  const after_ = statSync(join(out, rendition, "s0.m4s"));
  assert.deepEqual([after_.ino, after_.mtimeMs], [before.ino, before.mtimeMs], "a finished segment was made again");
  assert.deepEqual(parts(), []);
  const checked = media("check", out);
  assert.equal(checked.status, 0, checked.stdout);
});

test("what is no media is refused in words, with exit code 2, and leaves nothing", () => {
  const text = join(folder.path, "letter.mp4");
  writeFileSync(text, "这不是视频");
  const out = join(folder.path, "nothing");
  const refused = media("package", text, "--out", out);
  assert.equal(refused.status, 2, refused.stderr);
  assert.match(refused.stdout + refused.stderr, /导出/);
  assert.ok(!existsSync(out));
  assert.equal(media("probe", text).status, 2);
});

test("a folder with something in it is not written into", { skip: !sample("asl-thanks.mkv") }, () => {
  const out = join(folder.path, "full");
  mkdirSync(out);
  writeFileSync(join(out, "mine.txt"), "keep");
  assert.equal(media("package", sample("asl-thanks.mkv"), "--out", out).status, 2);
  assert.equal(readFileSync(join(out, "mine.txt"), "utf8"), "keep");
});

const refusals = {
  "not_media.mp4": ["这不是视频", { "zh-Hans": /请导出为 MP4/, "zh-Hant": /請導出為 MP4/, en: /Export it as MP4/ }],
  "empty.mp4": ["", { "zh-Hans": /是空的。请检查/, "zh-Hant": /是空的。請檢查/, en: /is empty\. Check/ }],
  "cut.mp4": ["\0\0\0\x14ftypisom\0\0\0\0isom\0\0\xffmdat", { "zh-Hans": /不完整.*请重新导出/, "zh-Hant": /不完整.*請重新導出/, en: /incomplete.*again/ }],
};

for (const [name, [content, sentences]] of Object.entries(refusals)) {
  test(`${name} is refused in each language, in nothing but its words`, () => {
    const file = join(folder.path, name);
    writeFileSync(file, content, "latin1");
    for (const [locale, sentence] of Object.entries(sentences)) {
      for (const command of [["probe", file], ["package", file, "--out", join(folder.path, "refused")]]) {
        const { status, stderr } = media(...command, "--locale", locale);
        assert.equal(status, 2, stderr);
        assert.match(stderr, sentence);
        assert.doesNotMatch(stderr, /errors\.|media_tool\.|⟦|Invalid data|moov/);
      }
    }
  });
}

test("hand work has a rung more, and the package says why", { skip: !sample(samples[0]) }, () => {
  const out = join(folder.path, "hands");
  const made = media("package", sample(samples[0]), "--out", out, "--json", "--kind", "hand-work", "--first-rung-only");
  assert.equal(made.status, 0, made.stdout + made.stderr);
  assert.match(readFileSync(join(out, "package.json"), "utf8"), /pictures: hand work, as asked/);
  assert.equal(media("package", sample(samples[0]), "--out", join(folder.path, "wrong"), "--kind", "cats").status, 2);
});

/** Runs the ffmpeg command; its standard output. */
function ffmpeg(...args) {
  const { status, stdout, stderr } = spawnSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...args], { timeout: 120_000 });
  assert.equal(status, 0, String(stderr));
  return stdout;
}

const patches = ["0x808080", "0xb03030", "0x30a030"].map((colour, i) => `color=${colour}:s=128x192:r=10:d=1,format=gbrp[p${i}]`).join(";")
  + ";[p0][p1][p2]hstack=3,scale=out_color_matrix=bt709:out_range=tv,format=yuv444p";
const small = "scale=3:1:flags=area,format=yuv444p";
/** Mean luma and chroma of the three patches. */
const means = (...input) => [...ffmpeg(...input, "-frames:v", "1", "-f", "rawvideo", "-")];

for (const transfer of ["smpte2084", "arib-std-b67"]) {
  test(`grey, red and green of a ${transfer} picture are what they would be in BT.709`, () => {
    const source = join(folder.path, `${transfer}.mp4`);
    const wide = `zscale=pin=bt709:tin=bt709:min=bt709:rin=tv:p=bt2020:t=${transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le`;
    ffmpeg("-f", "lavfi", "-i", `${patches},${wide}`, "-c:v", "libx265", "-x265-params",
      `log-level=none:colorprim=bt2020:colormatrix=bt2020nc:transfer=${transfer}`, source);
    const out = join(folder.path, `from-${transfer}`);
    const made = media("package", source, "--out", out, "--json", "--first-rung-only");
    assert.equal(made.status, 0, made.stdout + made.stderr);
    const rung = JSON.parse(readFileSync(join(out, "package.json"), "utf8")).renditions.find(({ kind }) => kind === "video").name;
    const whole = join(folder.path, `${transfer}-rung.mp4`);
    writeFileSync(whole, Buffer.concat(["init.mp4", "s0.m4s"].map((name) => readFileSync(join(out, rung, name)))));
    const wanted = means("-f", "lavfi", "-i", `${patches},${small}`);
    const seen = means("-i", whole, "-vf", small);
    assert.equal(seen.length, 9);
    seen.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) <= 4, `${seen} is not ${wanted}`));
    const { stdout } = spawnSync("ffprobe", ["-v", "error", "-show_entries", "stream=pix_fmt,color_space,color_transfer,color_primaries", "-of", "json", whole], { encoding: "utf8" });
    const [stream] = JSON.parse(stdout).streams;
    assert.deepEqual([stream.pix_fmt, stream.color_space, stream.color_transfer, stream.color_primaries], ["yuv420p", "bt709", "bt709", "bt709"]);
  });
}
