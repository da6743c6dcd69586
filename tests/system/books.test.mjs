// SPDX-License-Identifier: GPL-3.0-or-later
// A published course says who can take it and why, and can be taken away as a book: EPUB whose parts refer to one
// another, with the sound that the lesson has. TONGXING_KEEP_BOOK=FILE keeps the book, for epubcheck.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inflateRawSync } from "node:zlib";
import { startServer } from "../browser/support/server.mjs";
import { Client, createAccount, temporaryFolder } from "./support/system.mjs";

const folder = temporaryFolder();
let server;
let teacher;
let reviewer;
let visitor;
let course;
let lesson;

async function done(response) {
  assert.ok(response.ok, `${response.url}: ${response.status} ${response.ok ? "" : await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

/** Six seconds of picture and sound, in one request. */
async function uploadFilm() {
  const film = join(folder.path, "film.mp4");
  const source = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=6", "-f", "lavfi", "-i", "sine=frequency=330:duration=6"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...source, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", film]);
  const bytes = readFileSync(film);
  const metadata = `lesson ${Buffer.from(lesson).toString("base64")},filename ${Buffer.from("film.mp4").toString("base64")}`;
  const tus = { "tus-resumable": "1.0.0" };
  const made = await teacher.send("POST", "/api/v1/uploads", { headers: { ...tus, "upload-length": String(bytes.length), "upload-metadata": metadata } });
  assert.equal(made.status, 201);
  const headers = { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  const sent = await teacher.send("PATCH", new URL(made.headers.get("location"), server.url).pathname, { headers, body: bytes });
  assert.equal(sent.status, 204);
  for (let state = ""; state !== "READY"; await sleep(300)) {
    ({ asset_state: state } = await done(await teacher.send("GET", `/api/v1/lessons/${lesson}`)));
    assert.notEqual(state, "FAILED");
  }
}

async function attachCaptions() {
  const form = new FormData();
  const text = "WEBVTT\n\n00:00:00.500 --> 00:00:02.500\n<v 师傅>先把车冲一遍。\n\n00:00:03.000 --> 00:00:05.500\n<v 小明>再擦干 &amp; 打蜡。\n";
  form.append("file", new Blob([text], { type: "text/vtt" }), "captions.vtt");
  await done(await teacher.send("PUT", `/api/v1/lessons/${lesson}/captions/zh-Hans?kind=CAPTION`, { body: form }));
}

async function publish(version) {
  const review = `/api/v1/reviews/${version}`;
  await done(await teacher.send("POST", `/api/v1/courses/${course}/submission`));
  await done(await reviewer.send("POST", `${review}/take`));
  for (const checklist of ["CONTENT", "ACCESSIBILITY", "RIGHTS"]) {
    await done(await reviewer.send("POST", `${review}/checklists`, { body: { checklist, passed: true, note: "" } }));
  }
  await done(await reviewer.send("PUT", `${review}/visual-statement`, { body: { statement: "画面里没有只能看见的内容。" } }));
  await done(await reviewer.send("POST", `${review}/publish`));
}

before(async () => {
  createAccount(folder.path, "teacher", "instructor");
  createAccount(folder.path, "reviewer", "reviewer");
  server = await startServer({ data: folder.path });
  [teacher, reviewer] = await Promise.all(["teacher", "reviewer"].map((login) => new Client(server).signIn(login)));
  visitor = new Client(server, "", "zh-Hans");
  const made = await done(await teacher.send("POST", "/api/v1/courses", { body: { title: "洗车 & 打蜡", summary: "一步一步学。", language: "cmn", policy: "OPEN" } }));
  course = made.course;
  lesson = (await done(await teacher.send("POST", `/api/v1/courses/${course}/lessons`, { body: { title: "第一课 <冲洗>", summary: "" } }))).id;
  await uploadFilm();
  await attachCaptions();
  await publish(made.version);
}, { timeout: 240_000 });
after(async () => {
  await server?.stop();
  folder.remove();
});

/** Entries of an archive, from its central directory: name → {method, content}, in order. */
function unzip(bytes) {
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  const entries = new Map();
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; --left) {
    const [packed, nameLength, offset] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const method = bytes.readUInt16LE(at + 10);
    const begin = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const data = bytes.subarray(begin, begin + packed);
    entries.set(name, { method, content: method === 8 ? inflateRawSync(data) : data });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

const attributes = (xml, name) => [...xml.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map((match) => match[1]);

test("a course is a book with its sound in step with its text", async () => {
  const response = await visitor.send("GET", `/courses/${course}/course.epub`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/epub+zip");
  assert.match(response.headers.get("content-disposition"), /filename\*=UTF-8''%E6%B4%97%E8%BD%A6/);
  const bytes = Buffer.from(await response.arrayBuffer());
  const entries = unzip(bytes);
  assert.equal([...entries.keys()][0], "mimetype");
  assert.equal(entries.get("mimetype").method, 0);
  const text = (name) => entries.get(name).content.toString("utf8");
  const opf = text("EPUB/package.opf");
  for (const href of attributes(opf, "href")) assert.ok(entries.has(posix.join("EPUB", href)), href);
  assert.equal(attributes(opf, "href").length + 3, entries.size, "an entry that the manifest does not name");
  const ids = new Set(attributes(text("EPUB/lesson-1.xhtml"), "id"));
  for (const src of attributes(text("EPUB/lesson-1.smil"), "src")) {
    const [file, id] = src.split("#");
    assert.ok(entries.has(posix.join("EPUB", file)), file);
    if (id) assert.ok(ids.has(id), id);
  }
  const sound = join(folder.path, "sound.m4a");
  writeFileSync(sound, entries.get("EPUB/audio/lesson-1.m4a").content);
  const probe = execFileSync("ffprobe", ["-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "json", sound]);
  const { streams, format } = JSON.parse(probe);
  assert.deepEqual(streams.map((stream) => stream.codec_name), ["aac"]);
  const ends = attributes(text("EPUB/lesson-1.smil"), "clipEnd").map((time) => Number(time.replace("s", "")));
  assert.ok(Math.max(...ends) <= Number(format.duration) + 0.05, `${ends} in ${format.duration}`);
  if (process.env.TONGXING_KEEP_BOOK) writeFileSync(process.env.TONGXING_KEEP_BOOK, bytes); // for epubcheck, by hand
});

test("a book goes on after a break, and is not sent twice for nothing", async () => {
  const path = `/courses/${course}/lessons/${lesson}/lesson.epub`;
  const whole = Buffer.from(await (await visitor.send("GET", path)).arrayBuffer());
  const head = await visitor.send("HEAD", path);
  assert.equal(head.status, 200);
  assert.equal(Number(head.headers.get("content-length")), whole.length);
  const part = await visitor.send("GET", path, { headers: { range: "bytes=30-57" } });
  assert.equal(part.status, 206);
  assert.equal(await part.text(), "mimetypeapplication/epub+zip");
  const same = await visitor.send("GET", path, { headers: { "if-none-match": head.headers.get("etag") } });
  assert.equal(same.status, 304);
});

test("the transcript is there as text and for braille", async () => {
  const path = `/courses/${course}/lessons/${lesson}/`;
  const plain = await visitor.send("GET", `${path}transcript.txt`);
  assert.equal(plain.headers.get("content-type"), "text/plain; charset=utf-8");
  assert.match(await plain.text(), /^\[0:03\] 小明：再擦干 & 打蜡。$/m);
  assert.equal(await (await visitor.send("GET", `${path}braille.txt`)).text(), "第一课 <冲洗>\n师傅：先把车冲一遍。\n小明：再擦干 & 打蜡。\n");
});

test("the course says who can take it, to people and to catalogues", async () => {
  const response = await visitor.send("GET", `/courses/${course}`);
  const html = await response.text();
  assert.match(html, /看不见的人：可以学/);
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)[1]);
  assert.deepEqual(data.accessModeSufficient.map((set) => set.description), ["auditory", "textual"]);
  assert.ok(data.accessibilityFeature.includes("captions"));
  // A block of data is not run, so the policy needs no exception for it.
  assert.doesNotMatch(response.headers.get("content-security-policy"), /unsafe-inline|nonce|sha256/);
});
