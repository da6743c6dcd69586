// SPDX-License-Identifier: GPL-3.0-or-later
// The API does what its document says: every operation is called, and every answer is held against its schema.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { requireFromWeb } from "../browser/support/browser.mjs";
import { startServer } from "../browser/support/server.mjs";
import { Client, createAccount, password, seed, temporaryFolder } from "./support/system.mjs";

const Ajv = requireFromWeb("ajv/dist/2020").default;
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const folder = temporaryFolder();
const operations = new Map(); // operationId → {id, method, path, pointer, ...}
const succeeded = new Set();
let server;
let ajv;
let people;
let lesson;
let course;
let version;
let asset;

const escaped = (part) => part.replaceAll("~", "~0").replaceAll("/", "~1");

before(async () => {
  const seeded = seed(folder.path, 1);
  for (const [login, role] of [["admin", "administrator"], ["teacher", "instructor"], ["reviewer", "reviewer"]]) createAccount(folder.path, login, role);
  server = await startServer({ data: folder.path });
  people = { nobody: new Client(server), learner: new Client(server, seeded.tokens[0]), seededLesson: seeded.lesson };
  for (const login of ["admin", "teacher", "reviewer"]) people[login] = await new Client(server).signIn(login);
  const response = await fetch(`${server.url}/api/v1/openapi.json`);
  assert.equal(response.status, 200);
  const document = await response.json();
  people.document = document;
  // formats are notes for readers; unknown words are those of OpenAPI itself
  ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: "openapi", ...document });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const pointer = `openapi#/paths/${escaped(path)}/${method}`;
      operations.set(item[method].operationId, { ...item[method], path, method: method.toUpperCase(), pointer });
    }
  }
});
after(async () => {
  await server?.stop();
  folder.remove();
});

function conforms(pointer, value, what) {
  const holds = ajv.validate({ $ref: pointer.replaceAll(/[^\w#/~.:+-]/g, encodeURIComponent) }, value);
  assert.ok(holds, `${what}: ${ajv.errorsText(ajv.errors, { separator: "\n  " })}\n${JSON.stringify(value, null, 1).slice(0, 2_000)}`);
}

/** Calls an operation and holds status, content type and body against the document. Gives the body. */
async function call(id, as, { params = {}, query = {}, body, raw, headers = {}, expect, ...more } = {}) {
  const operation = operations.get(id);
  assert.ok(operation, `no operation ${id} in the document`);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : "";
  if (body !== undefined && !more.unsound) conforms(`${operation.pointer}/requestBody/content/application~1json/schema`, body, `request of ${id}`);
  const response = await as.send(operation.method, path + search, { body: raw ?? body, headers });
  const documented = operation.responses[response.status];
  const type = response.headers.get("content-type")?.split(";")[0];
  if (type === "text/event-stream" && response.ok) await response.body.cancel();
  const text = type === "text/event-stream" ? "" : await response.text();
  const what = `${id} answered ${response.status} ${text.slice(0, 500)}`;
  assert.equal(response.status, expect, what);
  assert.ok(documented, `${what}: the document does not know this status`);
  const content = documented.content ?? {};
  if (Object.keys(content).length === 0 || operation.method === "HEAD") {
    assert.equal(text, "", `${what}: the document promises no body`);
  } else {
    assert.ok(content[type], `${what}: ${type} is not documented`);
    if (/json$/.test(type)) conforms(`${operation.pointer}/responses/${response.status}/content/${escaped(type)}/schema`, JSON.parse(text), what);
  }
  for (const [name, header] of Object.entries(documented.headers ?? {})) {
    if (header.required) assert.ok(response.headers.get(name), `${what}: ${name} is missing`);
  }
  if (response.status < 400) succeeded.add(id);
  return { status: response.status, headers: response.headers, body: /json$/.test(type ?? "") && text !== "" ? JSON.parse(text) : undefined };
}

test("the document is OpenAPI 3.1, and every operation has a name of its own", () => {
  const { document } = people;
  assert.match(document.openapi, /^3\.1\.\d+$/);
  const ids = Object.values(document.paths).flatMap((item) => METHODS.filter((m) => item[m]).map((m) => item[m].operationId));
  assert.ok(ids.every((id) => /^[a-z]\w+$/.test(id)), "a missing or odd operationId");
  assert.equal(new Set(ids).size, ids.length);
  for (const [path, item] of Object.entries(document.paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const method of METHODS.filter((m) => item[m])) {
      const described = [...(item.parameters ?? []), ...(item[method].parameters ?? [])].filter((p) => p.in === "path").map((p) => p.name);
      assert.deepEqual(described.toSorted(), named.toSorted(), `${method} ${path}`);
      for (const code of Object.keys(item[method].responses)) assert.match(code, /^[1-5]\d\d$/);
    }
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
});

test("every documented operation exists", async () => {
  const admin = await new Client(server).signIn("admin"); // one of the operations signs out
  for (const { method, path, operationId } of operations.values()) {
    const answer = await admin.send(method, path.replaceAll(/\{\w+\}/g, "none"));
    const problem = answer.headers.get("content-type") === "application/problem+json" && method !== "HEAD" ? await answer.json() : {};
    assert.notEqual(answer.status, 405, operationId);
    // A route that is not there has the general text; one whose thing is not there has its own.
    const noRoute = answer.status === 404 && problem.code === "common.error_page.not_found" && !path.includes("{");
    assert.ok(!noRoute, `${method} ${path} (${operationId}) is no route`);
    if (!answer.bodyUsed) await answer.body?.cancel();
  }
});

test("sessions and accounts", async () => {
  const { nobody, admin, teacher } = people;
  await call("signIn", nobody, { body: { login: "teacher", password }, expect: 200 });
  await call("signIn", nobody, { body: { login: "teacher", password: "not this one" }, expect: 422 });
  await call("signIn", nobody, { raw: "login=teacher", headers: { "content-type": "text/plain" }, expect: 415 });
  await call("signIn", nobody, { raw: "{", headers: { "content-type": "application/json" }, expect: 400 });
  await call("getMe", teacher, { expect: 200 });
  await call("getMe", nobody, { expect: 401 });
  await call("listAccounts", admin, { query: { limit: 2 }, expect: 200 });
  await call("listAccounts", admin, { query: { limit: 0 }, expect: 422 });
  await call("listAccounts", teacher, { expect: 403 });
  const body = { login: "newcomer", display_name: "小明", password, roles: ["trainee"], locale: "zh-Hant" };
  const made = await call("createAccount", admin, { body, expect: 201 });
  await call("createAccount", admin, { body, expect: 422 });
  await call("createAccount", nobody, { body, expect: 401 });
  await call("getAccount", admin, { params: { account: made.body.id }, expect: 200 });
  await call("getAccount", admin, { params: { account: "nobody" }, expect: 404 });
  await call("signOut", await new Client(server).signIn("newcomer"), { expect: 204 });
  await call("signOut", nobody, { expect: 401 });
});

test("learning", async () => {
  const { nobody, learner } = people;
  await call("listCatalogue", nobody, { query: { q: "洗车", page: 1 }, expect: 200 });
  await call("listCatalogue", nobody, { query: { q: "车".repeat(500) }, expect: 422 });
  await call("getCatalogueCourse", nobody, { params: { course: "course" }, expect: 200 });
  await call("getCatalogueCourse", nobody, { params: { course: "none" }, expect: 404 });
  await call("getCourseAccess", nobody, { params: { course: "none" }, expect: 404 });
  await call("getCourseAccess", nobody, { params: { course: "course" }, expect: 200 });
  const params = { course: "course" };
  await call("enrol", learner, { params, expect: 200 });
  await call("enrol", people.reviewer, { params, expect: 201 });
  await call("enrol", nobody, { params, expect: 401 });
  await call("startPlayback", learner, { params: { lesson: "none" }, expect: 404 });
  const { body: session } = await call("startPlayback", learner, { params: { lesson: people.seededLesson }, expect: 201 });
  const beat = { seq: 1, from_ms: 0, to_ms: 500, wall_ms: 500, form: "plain", speed_percent: 100 };
  const answer = await call("recordHeartbeats", learner, { params: { session: session.id }, body: beat, expect: 200 });
  assert.equal(answer.body.results[0].accepted, true);
  const many = [{ ...beat, seq: 2, from_ms: 500, to_ms: 600, wall_ms: 100, position_ms: 600 }, { ...beat, seq: 3, from_ms: 600, to_ms: 60_000, wall_ms: 10 }];
  const both = await call("recordHeartbeats", learner, { params: { session: session.id }, body: many, expect: 200 });
  assert.deepEqual(both.body.results.map((r) => r.reason), ["", "SPEED"]);
  await call("recordHeartbeats", learner, { params: { session: session.id }, body: { seq: 4 }, unsound: true, expect: 422 });
  await call("recordHeartbeats", people.teacher, { params: { session: session.id }, body: beat, expect: 404 });
  await call("recordHeartbeats", learner, { params: { session: session.id }, raw: "[", headers: { "content-type": "application/json" }, expect: 400 });
  await call("getMyProgress", learner, { expect: 200 });
  await call("getMyProgress", nobody, { expect: 401 });
  await call("getMyCredits", learner, { query: { page: 1 }, expect: 200 });
  await call("getMyCredits", nobody, { expect: 401 });
});

test("courses and lessons", async () => {
  const { teacher, learner } = people;
  const details = { title: "咖啡入门", summary: "从磨豆开始。", language: "cmn", policy: "OPEN" };
  const made = await call("createCourse", teacher, { body: details, expect: 201 });
  ({ course, version } = made.body);
  await call("createCourse", teacher, { body: { title: "", summary: "" }, unsound: true, expect: 422 });
  await call("createCourse", learner, { body: details, expect: 403 });
  await call("listCourses", teacher, { expect: 200 });
  await call("listCourses", people.nobody, { expect: 401 });
  await call("getCourse", teacher, { params: { course }, expect: 200 });
  await call("getCourse", teacher, { params: { course: "none" }, expect: 404 });
  await call("editCourse", teacher, { params: { course }, body: { title: "咖啡入门（新）" }, expect: 200 });
  await call("editCourse", teacher, { params: { course }, body: { language: "xx" }, unsound: true, expect: 422 });
  const added = await call("createLesson", teacher, { params: { course }, body: { title: "第一课", summary: "磨豆" }, expect: 201 });
  lesson = added.body.id;
  await call("createLesson", teacher, { params: { course }, body: { title: "" }, unsound: true, expect: 422 });
  await call("getLesson", teacher, { params: { lesson }, expect: 200 });
  await call("getLesson", teacher, { params: { lesson: "none" }, expect: 404 });
  await call("submitCourse", teacher, { params: { course }, expect: 409 });
});

test("uploads and what becomes of them", { timeout: 180_000 }, async () => {
  const { teacher } = people;
  const film = join(folder.path, "film.mp4");
  const source = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=6", "-f", "lavfi", "-i", "sine=frequency=330:duration=6"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...source, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", film]);
  const bytes = readFileSync(film);
  const version_ = { "tus-resumable": "1.0.0" };
  const metadata = `lesson ${Buffer.from(lesson).toString("base64")},filename ${Buffer.from("film.mp4").toString("base64")}`;
  const creation = { ...version_, "upload-length": String(bytes.length), "upload-metadata": metadata };
  await call("describeUploads", teacher, { expect: 204 });
  const first = await call("createUpload", teacher, { headers: creation, expect: 201 });
  await call("createUpload", teacher, { headers: { ...creation, "tus-resumable": "0.2.0" }, expect: 412 });
  await call("createUpload", teacher, { headers: { ...version_, "upload-metadata": metadata }, expect: 400 });
  await call("createUpload", teacher, { headers: { ...creation, "upload-length": String(1e15) }, expect: 413 });
  const upload = (answer) => ({ upload: answer.headers.get("location").split("/").at(-1) });
  await call("terminateUpload", teacher, { params: upload(first), headers: version_, expect: 204 });
  await call("uploadStatus", teacher, { params: upload(first), headers: version_, expect: 410 });
  const params = upload(await call("createUpload", teacher, { headers: creation, expect: 201 }));
  const piece = { ...version_, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  await call("appendUpload", teacher, { params, headers: { ...piece, "content-type": "application/json" }, raw: bytes, expect: 415 });
  await call("appendUpload", teacher, { params, headers: { ...piece, "upload-offset": "7" }, raw: bytes, expect: 409 });
  await call("appendUpload", teacher, { params, headers: { ...piece, "upload-checksum": `sha1 ${Buffer.alloc(20).toString("base64")}` }, raw: bytes, expect: 460 });
  await call("uploadStatus", teacher, { params, headers: version_, expect: 200 });
  await call("uploadStatus", teacher, { params: { upload: "none" }, headers: version_, expect: 404 });
  await call("appendUpload", teacher, { params, headers: piece, raw: bytes, expect: 204 });
  await call("terminateUpload", teacher, { params, headers: version_, expect: 409 });
  asset = (await call("getLesson", teacher, { params: { lesson }, expect: 200 })).body.asset;
  await call("getAsset", people.learner, { params: { asset }, expect: 404 });
  await call("followAsset", teacher, { params: { asset }, headers: { accept: "text/event-stream" }, expect: 200 });
  await call("followAsset", people.nobody, { params: { asset }, expect: 401 });
  for (let state = ""; state !== "READY"; await sleep(500)) {
    ({ state } = (await call("getAsset", teacher, { params: { asset }, expect: 200 })).body);
    assert.notEqual(state, "FAILED");
  }
});

const captions = (text) => {
  const form = new FormData();
  form.append("file", new Blob([text], { type: "text/vtt" }), "captions.vtt");
  return { raw: form };
};

test("captions", async () => {
  const { teacher } = people;
  const params = { lesson, language: "zh-Hans" };
  const query = { kind: "CAPTION" };
  const good = captions("WEBVTT\n\n00:00:00.500 --> 00:00:05.500\n磨豆要均匀\n");
  await call("putCaptions", teacher, { params, query, ...good, expect: 200 });
  const broken = await call("putCaptions", teacher, { params, query, ...captions("WEBVTT\n\n00:00:05.000 --> 00:00:02.000\n倒着走\n"), expect: 422 });
  assert.equal(broken.body.findings[0].line, 3);
  await call("listCaptions", teacher, { params: { lesson }, expect: 200 });
  await call("listCaptions", teacher, { params: { lesson: "none" }, expect: 404 });
  await call("deleteCaptions", teacher, { params, query, expect: 204 });
  await call("deleteCaptions", teacher, { params, query, expect: 404 });
  await call("putCaptions", teacher, { params, query: { ...query, origin: "robot" }, ...good, expect: 422 });
  await call("putCaptions", teacher, { params, query: { ...query, origin: "machine" }, ...good, expect: 200 });
  await call("reviewCaptions", teacher, { params, query, expect: 204 });
  await call("reviewCaptions", teacher, { params, query, expect: 409 });
  const [track] = (await call("listCaptions", teacher, { params: { lesson }, expect: 200 })).body.captions;
  assert.equal(track.origin, "machine-reviewed");
  assert.ok(track.reviewed_at > 0);
  await call("putCaptions", teacher, { params, query: { ...query, origin: "machine" }, ...good, expect: 200 }); // for the reviewer
});

const script = (text) => {
  const form = new FormData();
  form.append("script", new Blob([text], { type: "text/vtt" }), "description.vtt");
  return { raw: form };
};

test("descriptions", { timeout: 120_000 }, async () => {
  const { teacher } = people;
  const params = { lesson };
  assert.equal((await call("getDescription", teacher, { params, expect: 200 })).body.state, "NONE");
  await call("followDescription", teacher, { params, headers: { accept: "text/event-stream" }, expect: 404 });
  await call("deleteDescription", teacher, { params, expect: 404 });
  await call("putDescription", teacher, { params, ...script("no script"), expect: 422 });
  await call("putDescription", people.learner, { params, ...script("WEBVTT\n"), expect: 403 });
  const good = script("WEBVTT\n\n00:01.000 --> 00:02.000\n一个人在磨豆子。\n");
  await call("putDescription", teacher, { params, ...good, expect: 200 });
  await call("deleteDescription", teacher, { params, expect: 204 });
  const put = await call("putDescription", teacher, { params, ...good, expect: 200 });
  assert.equal(put.body.descriptions, 1);
  await call("followDescription", teacher, { params, headers: { accept: "text/event-stream" }, expect: 200 });
  for (let state = ""; state !== "READY"; await sleep(300)) {
    ({ state } = (await call("getDescription", teacher, { params, expect: 200 })).body);
    assert.notEqual(state, "FAILED");
  }
  await call("stateSignConsent", teacher, { params, body: { stated: true }, expect: 409 }); // there is no signer
  await call("stateSignConsent", teacher, { params, body: { stated: false }, expect: 204 });
});

async function pass(checklists) {
  for (const checklist of checklists) {
    await call("recordChecklist", people.reviewer, { params: { version }, body: { checklist, passed: true, note: "" }, expect: 200 });
  }
}

test("review", async () => {
  const { teacher, reviewer } = people;
  const all = ["CONTENT", "ACCESSIBILITY", "RIGHTS"];
  await call("submitCourse", teacher, { params: { course }, expect: 200 });
  await call("editCourse", teacher, { params: { course }, body: { title: "晚了" }, expect: 409 });
  await call("listReviews", reviewer, { expect: 200 });
  await call("listReviews", teacher, { expect: 403 });
  await call("getReview", reviewer, { params: { version }, expect: 200 });
  await call("getReview", reviewer, { params: { version: "none" }, expect: 404 });
  await call("publishVersion", reviewer, { params: { version }, expect: 409 });
  await call("takeReview", reviewer, { params: { version }, expect: 200 });
  await call("takeReview", teacher, { params: { version }, expect: 403 });
  await call("recordChecklist", reviewer, { params: { version }, body: { checklist: "CONTENT", passed: false }, expect: 422 });
  await call("returnVersion", reviewer, { params: { version }, body: { reason: "请补充字幕。", lesson, at_ms: 1_000 }, expect: 204 });
  await call("submitCourse", teacher, { params: { course }, expect: 200 });
  await call("takeReview", reviewer, { params: { version }, expect: 200 });
  await call("publishVersion", reviewer, { params: { version }, expect: 409 });
  await call("recordVisualStatement", reviewer, { params: { version }, body: { statement: "画面里没有只能看见的内容。" }, expect: 200 });
  await call("recordChecklist", reviewer, { params: { version }, body: { checklist: "ACCESSIBILITY", passed: true }, expect: 409 });
  const point = { lesson, point: "ON_SCREEN_TEXT", ticked: true };
  await call("recordTick", reviewer, { params: { version }, body: { ...point, point: "SIGN_PICTURE" }, expect: 409 });
  await call("recordTick", teacher, { params: { version }, body: point, expect: 403 });
  const ticks = (await call("recordTick", reviewer, { params: { version }, body: point, expect: 200 })).body.ticks;
  assert.deepEqual(ticks, [point]);
  await pass(all);
  const refused = await call("publishVersion", reviewer, { params: { version }, expect: 409 });
  assert.equal(refused.body.code, "errors.review.pack_incomplete");
  const review = (await call("getReview", reviewer, { params: { version }, expect: 200 })).body;
  assert.deepEqual(review.missing.map((one) => one.code), ["teaching.missing.captions_review"]);
  const track = review.lessons[0].tracks[0].id;
  await call("confirmCaptions", reviewer, { params: { version, track: "none" }, expect: 404 });
  await call("confirmCaptions", reviewer, { params: { version, track }, expect: 200 });
  await call("publishVersion", reviewer, { params: { version }, expect: 200 });
  await call("getCatalogueCourse", people.nobody, { params: { course }, expect: 200 });
  const access = await call("getCourseAccess", people.nobody, { params: { course }, expect: 200 });
  const needs = Object.fromEntries(access.body.lessons[0].needs.map(({ need, answer }) => [need, answer]));
  assert.equal(needs.cannot_hear, "yes");
  assert.equal(needs.cannot_see, "yes", "it is described");
  assert.deepEqual(access.body.lessons[0].afa.hasAdaptation.map((a) => a.adaptationType).sort(), ["audioDescription", "captions", "longDescription", "transcript"]);
  await call("createCourseVersion", teacher, { params: { course }, expect: 200 });
  await call("createCourseVersion", teacher, { params: { course: "none" }, expect: 404 });
  await call("suspendVersion", reviewer, { params: { version }, body: { reason: "音乐没有授权。" }, expect: 200 });
  await call("getCatalogueCourse", people.nobody, { params: { course }, expect: 404 });
});

test("every operation was called and succeeded", (t) => {
  assert.deepEqual([...operations.keys()].filter((id) => !succeeded.has(id)), []);
  t.diagnostic(`${operations.size} operations`);
});
