// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that comes from outside may be wrong, hostile or twice: it gets a clear answer, and nothing saved is lost.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { program, startServer } from "../browser/support/server.mjs";
import { Client, createAccount, password, raw, rows, seed, temporaryFolder } from "./support/system.mjs";
import { askForUpload, createUpload, draftLesson, patch, tus } from "./support/tus.mjs";

const MiB = 1 << 20;
const folder = temporaryFolder();
let server;
let lesson;
let tokens;
let teacher;

before(async () => {
  ({ lesson, tokens } = seed(folder.path, 4));
  createAccount(folder.path, "teacher", "instructor");
  server = await startServer({ data: folder.path, args: ["--upload-quota", String(5 * MiB), "--upload-reserve", "0"] });
  teacher = await new Client(server).signIn("teacher");
});
after(async () => {
  await server?.stop();
  folder.remove();
});

const count = (table, where = "1") => rows(folder.path, `SELECT count(*) AS n FROM ${table} WHERE ${where}`)[0].n;

test("64 KiB of header lines: 431 in words", async () => {
  const lines = Array.from({ length: 64 }, (_, i) => `X-Much-${i}: ${"a".repeat(1_000)}\r\n`).join("");
  const answer = await raw(server, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: en\r\n${lines}\r\n`);
  assert.equal(answer.status, 431, answer.text.slice(0, 300));
  assert.ok(answer.text.split("\r\n\r\n")[1].length > 40, "an answer that a person can read");
});

test("paths that climb: refused, and no file of the machine comes out", async () => {
  const climbing = [
    "/m/x/../../../etc/passwd",
    "/m/asset/v1/../../../../../../etc/passwd",
    "/m/asset/v1/%2e%2e/%2e%2e/%2e%2e/tongxing.db",
    "/m/asset/v1/..%2f..%2f..%2ftongxing.db",
    "/m/asset/%2e%2e/tongxing.db",
    "/assets/../../etc/passwd",
    "/assets/..%2f..%2fetc%2fpasswd",
    "/assets/%00/etc/passwd",
    "/m/asset/v1/master.m3u8%00.html",
    "/courses/%00",
    "/courses/%ff%fe",
    "/%",
    "//etc/passwd",
    "/m/asset/v1/\\..\\..\\tongxing.db",
  ];
  for (const path of climbing) {
    const answer = await raw(server, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.text.slice(0, 200)}`);
    assert.doesNotMatch(answer.text, /root:|SQLite format/, path);
  }
});

test("a body that is cut in the middle leaves nothing behind", async () => {
  const before_ = count("courses");
  const body = JSON.stringify({ title: "半截", summary: "没有发完" });
  const head = `POST /api/v1/courses HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: tongxing_session=${teacher.token}\r\nX-CSRF: 1\r\nContent-Type: application/json\r\n`;
  await raw(server, `${head}Content-Length: ${Buffer.byteLength(body) + 10}\r\n\r\n${body}`, { end: true, ms: 2_000 });
  await raw(server, `${head}Transfer-Encoding: chunked\r\n\r\n20\r\n${body.slice(0, 10)}`, { end: true, ms: 2_000 });
  assert.equal(count("courses"), before_);
});

test("clients that send one byte a second do not stop the others", async (t) => {
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {});
    const text = `POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
    let at = 0;
    const timer = setInterval(() => socket.write(text[at++ % text.length]), 1_000);
    return () => (clearInterval(timer), socket.destroy());
  });
  const took = [];
  const until = performance.now() + 3_000;
  while (performance.now() < until) {
    const began = performance.now();
    assert.equal((await fetch(`${server.url}/courses`)).status, 200);
    assert.equal((await new Client(server, tokens[0]).send("GET", "/api/v1/me/progress")).status, 200);
    took.push(performance.now() - began);
    await sleep(5);
  }
  for (const end of slow) end();
  const p99 = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)];
  t.diagnostic(`p99 of ${took.length} pairs of requests: ${p99.toFixed(1)} ms`);
  assert.ok(p99 < 1_000, `${p99} ms`);
});

/** The hidden fields of a page's form and the cookies it came with, as a browser would send them. */
async function formOf(client, path, marker) {
  const page = await client.send("GET", path);
  const html = await page.text();
  assert.equal(page.status, 200, html.slice(0, 300));
  const form = html.split("<form").find((part) => part.includes(marker)).split("</form>")[0];
  const fields = {};
  for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    fields[/name="([^"]+)"/.exec(tag)[1]] = /value="([^"]*)"/.exec(tag)?.[1] ?? "";
  }
  const session = client.token ? [`tongxing_session=${client.token}`] : [];
  const cookie = [...session, ...page.headers.getSetCookie().map((line) => line.split(";")[0])].join("; ");
  return { fields, cookie };
}

test("a form that is sent twice makes one course", async () => {
  const { fields, cookie } = await formOf(teacher, "/teach/courses/new", 'name="title"');
  const values = { ...fields, title: "只有一门", summary: "点了两下。", language: "cmn", policy: "OPEN" };
  const send = () => teacher.send("POST", "/teach/courses/new", { headers: { cookie }, body: new URLSearchParams(values) });
  const answers = await Promise.all([send(), send()]);
  const places = answers.map((answer) => [answer.status, answer.headers.get("location")]);
  assert.equal(places[0][0], 303, await answers[0].text());
  assert.deepEqual(places[0], places[1], "both are led to the same course");
  assert.equal(count("course_versions", "title = '只有一门'"), 1);
});

test("a registration that is sent twice makes one account", async () => {
  const visitor = new Client(server);
  const { fields, cookie } = await formOf(visitor, "/register", 'name="display_name"');
  const values = { ...fields, display_name: "小红", login: "xiaohong", password };
  const send = () => visitor.send("POST", "/register", { headers: { cookie }, body: new URLSearchParams(values) });
  const answers = await Promise.all([send(), send()]);
  assert.ok(answers.some((answer) => answer.status === 303));
  assert.ok(answers.every((answer) => [303, 422].includes(answer.status)), answers.map((a) => a.status).join());
  assert.equal(count("accounts", "login = 'xiaohong'"), 1);
});

test("heartbeats that are not true are refused with their reason, and earn nothing", async () => {
  const learner = new Client(server, tokens[1]);
  const start = async () => (await learner.json("POST", `/api/v1/lessons/${lesson}/playback-sessions`)).body.id;
  const beat = async (session, report) => {
    const answer = await learner.json("POST", `/api/v1/playback-sessions/${session}/heartbeats`, { body: report });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  const old = await start();
  const session = await start();
  const hour = 3_600_000;
  const cases = [
    ["SPEED", session, { seq: 1, from_ms: 0, to_ms: 10 * 60_000, wall_ms: 1_000 }],
    ["WALL", session, { seq: 1, from_ms: 0, to_ms: 10 * 60_000, wall_ms: 10 * 60_000 }],
    ["RANGE", session, { seq: 1, from_ms: 8 * hour, to_ms: 8 * hour + 1_000, wall_ms: 1_000 }],
    ["RANGE", session, { seq: 1, from_ms: 500, to_ms: 100, wall_ms: 10 }],
    ["RANGE", session, { seq: 1, from_ms: -500, to_ms: 100, wall_ms: 600 }],
    ["SUPERSEDED", old, { seq: 1, from_ms: 0, to_ms: 100, wall_ms: 100 }],
  ];
  for (const [reason, id, report] of cases) {
    const answer = await beat(id, report);
    assert.deepEqual(answer.results[0], { seq: report.seq, accepted: false, reason, credited_ms: 0 }, JSON.stringify(report));
    assert.equal(answer.progress.unique_ms, 0, reason);
    assert.equal(answer.progress.credited_ms, 0, reason);
  }
  await sleep(150);
  const honest = { seq: 5, from_ms: 1_000, to_ms: 1_100, wall_ms: 100 };
  const first = await beat(session, honest);
  assert.equal(first.results[0].accepted, true);
  assert.equal(first.progress.unique_ms, 100);
  const again = await beat(session, honest);
  assert.deepEqual(again.results[0], { seq: 5, accepted: true, reason: "DUPLICATE", credited_ms: 0 });
  assert.equal(again.progress.credited_ms, first.progress.credited_ms, "no second effect");
  const replayed = await beat(session, { ...honest, seq: 4, from_ms: 2_000, to_ms: 2_100 });
  assert.deepEqual(replayed.results[0], { seq: 4, accepted: false, reason: "SEQ", credited_ms: 0 });
  assert.equal(replayed.progress.unique_ms, 100);
  const [event] = rows(folder.path, `SELECT count(*) AS n FROM learning_events WHERE session_id = '${session}' AND accepted = 1`);
  assert.equal(event.n, 1);
  const foreign = await new Client(server, tokens[2]).json("POST", `/api/v1/playback-sessions/${session}/heartbeats`, { body: honest });
  assert.equal(foreign.status, 404, "another learner's session");
});

test("uploads: over the quota, wrong checksum, wrong place", async () => {
  const draft = await draftLesson(teacher);
  const over = await askForUpload(teacher, draft, 5 * MiB + 1);
  assert.equal(over.status, 507);
  assert.match((await over.json()).code, /quota/);
  const upload = await createUpload(teacher, draft, 2_000);
  const bytes = randomBytes(1_000);
  assert.equal((await patch(teacher, upload, 0, bytes)).status, 204);
  const wrong = await patch(teacher, upload, 1_000, bytes, { "upload-checksum": `sha256 ${Buffer.alloc(32).toString("base64")}` });
  assert.equal(wrong.status, 460, await wrong.text());
  const offset = async () => Number((await tus(teacher, "HEAD", upload)).headers.get("upload-offset"));
  assert.equal(await offset(), 1_000);
  assert.equal((await patch(teacher, upload, 500, bytes)).status, 409);
  assert.equal((await patch(teacher, upload, 1_000, randomBytes(1_001))).status, 413);
  assert.equal(await offset(), 1_000);
});

test("captions with broken times: 422 with the line, and what was there stays", async () => {
  const draft = await draftLesson(teacher);
  const [owner] = rows(folder.path, "SELECT id FROM accounts WHERE login = 'teacher'");
  // The video itself does not matter here: a row that says it is ready is enough.
  const sql = `INSERT INTO media_assets (id, owner_id, lesson_id, state, file_name, source_bytes, source_sha256, version, duration_ms, has_video, has_audio, created_at, ready_at)
    VALUES ('ready', '${owner.id}', '${draft}', 'READY', 'a.mp4', 1, 'none', 'v1', 20000, 1, 1, 1, 1); UPDATE version_lessons SET asset_id = 'ready' WHERE lesson_id = '${draft}'`;
  execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(folder.path, "tongxing.db"), sql]);
  const form = new FormData();
  form.append("file", new Blob(["WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n好\n\n00:00:09.000 --> 00:00:03.000\n倒\n"], { type: "text/vtt" }), "c.vtt");
  const answer = await teacher.json("PUT", `/api/v1/lessons/${draft}/captions/zh-Hans?kind=CAPTION`, { body: form });
  assert.equal(answer.status, 422, answer.text);
  assert.ok(answer.body.findings.some((finding) => finding.line === 6), answer.text);
  assert.equal(count("tracks", "asset_id = 'ready'"), 0);
});

test("errors are in the language of the request", async () => {
  const words = { "zh-CN": /登录/, "zh-HK": /登錄/, "en-GB": /sign in/i };
  for (const [language, expected] of Object.entries(words)) {
    const answer = await new Client(server, "", language).json("GET", "/api/v1/me");
    assert.equal(answer.status, 401);
    assert.match(`${answer.body.title} ${answer.body.detail}`, expected, language);
  }
});

test("a second server on the same data folder says so and goes; the first goes on", async () => {
  await assert.rejects(startServer({ data: folder.path }), (error) => {
    assert.match(error.message, /ended with [1-9]/);
    assert.match(error.message, new RegExp(`in use by another process \\(number ${server.pid}\\)`));
    return true;
  });
  assert.equal((await fetch(`${server.url}/courses`)).status, 200);
});

test("data of a newer program: refused, and it says which", async () => {
  const newer = temporaryFolder();
  seed(newer.path, 0);
  execFileSync("sqlite3", [join(newer.path, "tongxing.db"), "INSERT INTO schema_migrations VALUES (9999, '9999_from_the_future.sql', 'x', 0)"]);
  await assert.rejects(startServer({ data: newer.path }), /newer than this program.*9999_from_the_future/s);
  newer.remove();
});

test("a stop in the middle of a request lets it finish, and ends with 0", async () => {
  const own = temporaryFolder();
  createAccount(own.path, "teacher", "instructor");
  const other = spawn(program(), ["serve", "--data", own.path, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(other.stdout.setEncoding("utf8"), "data");
  const port = Number(/listening on \S+:(\d+)/.exec(line)[1]);
  const at = { port, url: `http://127.0.0.1:${port}` };
  const instructor = await new Client(at).signIn("teacher");
  const body = JSON.stringify({ title: "停机前", summary: "慢慢发来。" });
  const half = Buffer.from(body).subarray(0, 20);
  const head = `POST /api/v1/courses HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: tongxing_session=${instructor.token}\r\nX-CSRF: 1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const socket = connect(port, "127.0.0.1");
  socket.write(head);
  socket.write(half);
  await sleep(300);
  const ended = once(other, "exit");
  other.kill("SIGTERM");
  await sleep(500);
  const answered = once(socket, "data");
  socket.write(Buffer.from(body).subarray(20));
  assert.match(`${(await answered)[0]}`, /^HTTP\/1\.1 201/);
  const [code] = await ended;
  assert.equal(code, 0);
  assert.equal(rows(own.path, "SELECT count(*) AS n FROM course_versions WHERE title = '停机前'")[0].n, 1);
  own.remove();
});
