// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is full to the last block: what is saved stays, people get in and learn on, and once there is room again
// everything works again by itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, statfsSync, writeFileSync, openSync, writeSync, closeSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../browser/support/server.mjs";
import { Client, createAccount, doctor, password, rows, seed, temporaryFolder } from "./support/system.mjs";
import { askForUpload, createUpload, draftLesson, patch, tus } from "./support/tus.mjs";

const MiB = 1 << 20;
const folder = temporaryFolder();
const disk = join(folder.path, "disk");
const data = join(disk, "data");
let server;
let mounted = false;
let lesson;
let learner;
let teacher;
let draft;
let upload;
let playback;

function mount() {
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], { stdio: "pipe" });
    mounted = true;
  } catch (error) {
    if (process.env.CI) throw new Error(`continuous integration must be able to mount a tmpfs: ${error.stderr}`);
    console.log("skipped: cannot mount");
  }
}

/** Takes every block that is left. */
function fill() {
  const file = openSync(join(disk, "filler"), "a");
  try {
    for (const size of [MiB, 4096, 1]) {
      for (;;) {
        try {
          if (writeSync(file, Buffer.alloc(size, 1)) < size) break;
        } catch (error) {
          assert.equal(error.code, "ENOSPC");
          break;
        }
      }
    }
  } finally {
    closeSync(file);
  }
  assert.equal(statfsSync(disk).bavail, 0);
}

const heartbeat = (seq) =>
  learner.json("POST", `/api/v1/playback-sessions/${playback}/heartbeats`, { body: { seq, from_ms: seq * 1_000, to_ms: seq * 1_000 + 10, wall_ms: 10 } });

/** As a browser without JavaScript signs in. */
async function signInByForm() {
  const browser = new Client(server);
  const page = await browser.send("GET", "/sign-in");
  const cookie = page.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())[1];
  return browser.send("POST", "/sign-in", { headers: { cookie }, body: new URLSearchParams({ csrf, login: "visitor", password }) });
}

before(async () => {
  mount();
  if (!mounted) return;
  mkdirSync(data, { mode: 0o700 });
  const seeded = seed(data, 2);
  lesson = seeded.lesson;
  for (const login of ["teacher", "visitor"]) createAccount(data, login, login === "teacher" ? "instructor" : "trainee");
  const segment = join(data, "media", "asset", "v1", "v240");
  mkdirSync(segment, { recursive: true });
  writeFileSync(join(segment, "s0.m4s"), randomBytes(100_000));
  server = await startServer({ data, args: ["--upload-reserve", "0"] });
  learner = new Client(server, seeded.tokens[0]);
  teacher = await new Client(server).signIn("teacher");
  draft = await draftLesson(teacher);
  upload = await createUpload(teacher, draft, 8 * MiB, "a.mp4");
  assert.equal((await patch(teacher, upload, 0, randomBytes(MiB))).status, 204);
  playback = (await learner.json("POST", `/api/v1/lessons/${lesson}/playback-sessions`)).body.id;
  assert.equal((await heartbeat(1)).body.results[0].accepted, true);
});
after(async () => {
  await server?.stop().catch(() => {});
  if (mounted) execFileSync("umount", ["-l", disk]);
  folder.remove();
});

const skip = () => !mounted;

test("full: whatever would take room is refused in the visitor's language, and nothing is lost", async (t) => {
  if (skip()) return t.skip("cannot mount");
  fill();
  await sleep(600);
  const refused = await heartbeat(2);
  assert.equal(refused.status, 507, refused.text);
  assert.equal(refused.headers.get("content-type"), "application/problem+json");
  assert.match(refused.body.detail, /run out of space/);
  for (const [language, words] of Object.entries({ "zh-CN": /空间|存储/, "zh-HK": /空間|儲存/, en: /space/ })) {
    const answer = await askForUpload(new Client(server, teacher.token, language), draft, 1_000);
    assert.equal(answer.status, 507);
    assert.match((await answer.json()).detail, words, language);
    assert.equal((await patch(new Client(server, teacher.token, language), upload, MiB, randomBytes(MiB))).status, 507);
  }
  assert.equal(Number((await tus(teacher, "HEAD", upload)).headers.get("upload-offset")), MiB);
  const form = await new Client(server).send("POST", "/register", { body: new URLSearchParams({ login: "newcomer" }) });
  assert.equal(form.status, 507);
  assert.match(form.headers.get("content-type"), /text\/html/);
});

test("full: signing in and reading go on", async (t) => {
  if (skip()) return t.skip("cannot mount");
  const visitor = new Client(server);
  for (const path of ["/", "/courses", "/sign-in", "/courses/course", `/courses/course/lessons/${lesson}`, "/api/v1/catalogue", "/m/asset/v1/v240/s0.m4s"]) {
    const answer = await visitor.send("GET", path);
    assert.equal(answer.status, 200, `${path}: ${await answer.text()}`);
    await answer.arrayBuffer().catch(() => {});
  }
  for (let i = 0; i < 30; i += 1) {
    await visitor.signIn("visitor");
    assert.equal((await visitor.json("GET", "/api/v1/me")).body.login, "visitor");
    assert.equal((await visitor.send("GET", "/my/learning")).status, 200);
    if (i % 2 === 0) assert.equal((await visitor.send("DELETE", "/api/v1/session")).status, 204);
  }
  assert.equal((await signInByForm()).status, 303);
  assert.equal(statfsSync(disk).bavail, 0, "the disk was full all the time");
});

test("room again: within ten seconds everything works, without a restart", async (t) => {
  if (skip()) return t.skip("cannot mount");
  rmSync(join(disk, "filler"));
  const began = performance.now();
  let answer;
  do {
    await sleep(100);
    answer = await heartbeat(2);
  } while (answer.status !== 200 && performance.now() - began < 10_000);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.results[0].accepted, true);
  t.diagnostic(`works again after ${(performance.now() - began).toFixed(0)} ms`);
  assert.equal((await patch(teacher, upload, MiB, randomBytes(7 * MiB))).status, 204);
  assert.equal((await new Client(server).signIn("visitor")).token.length > 20, true);
});

test("full in the middle of a piece: what was acknowledged stays, and the upload can go on later", async (t) => {
  if (skip()) return t.skip("cannot mount");
  const second = await draftLesson(teacher);
  const bytes = randomBytes(20 * MiB);
  const other = await createUpload(teacher, second, bytes.length, "b.mp4");
  const keep = openSync(join(disk, "filler"), "w");
  const free = statfsSync(disk);
  const room = free.bavail * free.bsize - 17 * MiB;
  for (let at = 0; at < room; at += MiB) writeSync(keep, Buffer.alloc(Math.min(MiB, room - at), 1));
  closeSync(keep);
  const answer = await patch(teacher, other, 0, bytes);
  assert.equal(answer.status, 507, await answer.clone().text());
  assert.match((await answer.json()).detail, /磁盘|空间/);
  const offset = Number((await tus(teacher, "HEAD", other)).headers.get("upload-offset"));
  assert.ok(offset >= 8 * MiB && offset <= 18 * MiB, `kept ${offset}`);
  rmSync(join(disk, "filler"));
  await sleep(600);
  assert.equal((await patch(teacher, other, offset, bytes.subarray(offset))).status, 204);
});

test("the database is whole", async (t) => {
  if (skip()) return t.skip("cannot mount");
  assert.deepEqual(rows(data, "SELECT seq FROM learning_events WHERE accepted = 1 ORDER BY seq"), [{ seq: 1 }, { seq: 2 }]);
  assert.equal(await server.stop(), 0);
  const report = await doctor(data);
  assert.deepEqual(report.findings.filter((f) => /^(The database|Row \S+ of table)/.test(f.text)), [], report.text);
});
