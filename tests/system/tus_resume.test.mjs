// SPDX-License-Identifier: GPL-3.0-or-later
// An upload over a bad line and through a power cut, with plain requests as the tus 1.0 text has them.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../browser/support/server.mjs";
import { Client, createAccount, rows, temporaryFolder } from "./support/system.mjs";
import { createUpload, draftLesson, patch, tus } from "./support/tus.mjs";

const MiB = 1 << 20;
const folder = temporaryFolder();
let server;
let teacher;
let lesson;

before(async () => {
  createAccount(folder.path, "teacher", "instructor");
  server = await startServer({ data: folder.path });
  teacher = await new Client(server).signIn("teacher");
  lesson = await draftLesson(teacher);
});
after(async () => {
  await server?.stop();
  folder.remove();
});

/** Sends a PATCH slowly over a socket of its own; gives up the moment the server is gone. */
function slowPatch(upload, offset, bytes) {
  const head =
    `PATCH ${upload} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: tongxing_session=${teacher.token}\r\nX-CSRF: 1\r\n` +
    `Tus-Resumable: 1.0.0\r\nUpload-Offset: ${offset}\r\nContent-Type: application/offset+octet-stream\r\n` +
    `Content-Length: ${bytes.length}\r\n\r\n`;
  const state = { sent: 0, closed: false };
  const socket = connect(server.port, "127.0.0.1", async () => {
    socket.write(head);
    for (let at = 0; at < bytes.length && !state.closed; at += 256 * 1024) {
      const piece = bytes.subarray(at, at + 256 * 1024);
      if (!socket.write(piece)) await Promise.race([new Promise((go) => socket.once("drain", go)), sleep(1_000)]);
      state.sent = at + piece.length;
      await sleep(5);
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => (state.closed = true));
  return state;
}

test("20 MB in pieces, kill -9 in the middle of one: it goes on, and the original is the same file", async (t) => {
  const bytes = randomBytes(20 * MiB + 12_345);
  const upload = await createUpload(teacher, lesson, bytes.length, "第一课.mp4");
  let acknowledged = 0;
  for (const size of [1 * MiB, 3 * MiB + 7]) {
    const answer = await patch(teacher, upload, acknowledged, bytes.subarray(acknowledged, acknowledged + size));
    assert.equal(answer.status, 204, await answer.text());
    acknowledged += size;
    assert.equal(Number(answer.headers.get("upload-offset")), acknowledged);
  }
  const piece = slowPatch(upload, acknowledged, bytes.subarray(acknowledged, acknowledged + 14 * MiB));
  while (piece.sent < 10 * MiB && !piece.closed) await sleep(5);
  await server.kill();
  const sent = acknowledged + piece.sent;
  await server.start();

  const status = await tus(teacher, "HEAD", upload);
  assert.equal(status.status, 200);
  const offset = Number(status.headers.get("upload-offset"));
  t.diagnostic(`acknowledged ${acknowledged}, sent ${sent}, goes on at ${offset} of ${bytes.length}`);
  assert.ok(offset >= acknowledged, `${offset} is less than the ${acknowledged} that were acknowledged`);
  assert.ok(offset <= sent, `${offset} is more than the ${sent} that were sent`);
  assert.equal(Number(status.headers.get("upload-length")), bytes.length);
  assert.match(status.headers.get("cache-control"), /no-store/);

  const rest = await patch(teacher, upload, offset, bytes.subarray(offset));
  assert.equal(rest.status, 204, await rest.text());
  assert.equal(Number(rest.headers.get("upload-offset")), bytes.length);
  const [asset] = rows(folder.path, `SELECT id, source_sha256, source_bytes FROM media_assets WHERE lesson_id = '${lesson}'`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  assert.equal(asset.source_sha256, sha256);
  assert.equal(createHash("sha256").update(readFileSync(join(folder.path, "originals", asset.id))).digest("hex"), sha256);
  assert.deepEqual(readdirSync(join(folder.path, "uploads")), []);
});

test("kill -9 again and again: the offset never goes back behind what was acknowledged", { timeout: 120_000 }, async () => {
  const other = await draftLesson(teacher);
  const bytes = randomBytes(6 * MiB);
  const upload = await createUpload(teacher, other, bytes.length, "b.mp4");
  let offset = 0;
  for (let round = 0; round < 5; round += 1) {
    const answer = await patch(teacher, upload, offset, bytes.subarray(offset, offset + MiB));
    assert.equal(answer.status, 204);
    const acknowledged = Number(answer.headers.get("upload-offset"));
    const piece = slowPatch(upload, acknowledged, bytes.subarray(acknowledged, acknowledged + 300_000));
    await sleep(round * 7);
    await server.restart({ hard: true });
    offset = Number((await tus(teacher, "HEAD", upload)).headers.get("upload-offset"));
    assert.ok(offset >= acknowledged && offset <= acknowledged + piece.sent, `round ${round}: ${offset} after ${acknowledged}`);
  }
  assert.equal((await patch(teacher, upload, offset, bytes.subarray(offset))).status, 204);
  const [asset] = rows(folder.path, `SELECT id FROM media_assets WHERE lesson_id = '${other}'`);
  assert.ok(readFileSync(join(folder.path, "originals", asset.id)).equals(bytes));
});

test("OPTIONS says what is spoken; creation and pieces say when the upload expires", async () => {
  const options = await teacher.send("OPTIONS", "/api/v1/uploads");
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("tus-version"), "1.0.0");
  for (const extension of ["creation", "termination", "checksum", "expiration"]) {
    assert.ok(options.headers.get("tus-extension").split(",").includes(extension), extension);
  }
  const created = await tus(teacher, "POST", "/api/v1/uploads", {
    "upload-length": "10",
    "upload-metadata": `lesson ${Buffer.from(await draftLesson(teacher)).toString("base64")}`,
  });
  assert.equal(created.status, 201, await created.text());
  assert.equal(created.headers.get("tus-resumable"), "1.0.0");
  const upload = created.headers.get("location");
  const days = (response) => (Date.parse(response.headers.get("upload-expires")) - Date.now()) / 86_400_000;
  assert.ok(Math.abs(days(created) - 7) < 0.01, created.headers.get("upload-expires"));
  const answer = await patch(teacher, upload, 0, Buffer.from("12345"));
  assert.equal(answer.status, 204, await answer.text());
  assert.ok(Math.abs(days(answer) - 7) < 0.01);
  assert.ok(Math.abs(days(await tus(teacher, "HEAD", upload)) - 7) < 0.01);
  assert.equal((await tus(teacher, "DELETE", upload)).status, 204); // three open ones are the most
});

test("termination forgets the bytes; afterwards the upload is gone", async () => {
  const upload = await createUpload(teacher, await draftLesson(teacher), 1_000, "c.mp4");
  assert.equal((await patch(teacher, upload, 0, randomBytes(500))).status, 204);
  const file = join(folder.path, "uploads", upload.split("/").at(-1));
  assert.ok(existsSync(file));
  assert.equal((await tus(teacher, "DELETE", upload)).status, 204);
  assert.ok(!existsSync(file));
  assert.equal((await tus(teacher, "HEAD", upload)).status, 410);
  assert.equal((await patch(teacher, upload, 500, randomBytes(500))).status, 410);
});

test("somebody else's upload does not exist for them", async () => {
  const upload = await createUpload(teacher, await draftLesson(teacher), 1_000, "d.mp4");
  createAccount(folder.path, "other", "instructor");
  const other = await new Client(server).signIn("other");
  for (const method of ["HEAD", "DELETE"]) assert.equal((await tus(other, method, upload)).status, 404);
  assert.equal((await patch(other, upload, 0, randomBytes(10))).status, 404);
});
