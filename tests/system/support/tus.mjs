// SPDX-License-Identifier: GPL-3.0-or-later
// A tus 1.0 client of plain requests, so that tests say exactly what goes over the wire.
import assert from "node:assert/strict";

export function tus(client, method, path, headers = {}, body = undefined) {
  return client.send(method, path, { headers: { "tus-resumable": "1.0.0", ...headers }, body });
}

export function patch(client, upload, offset, bytes, headers = {}) {
  return tus(client, "PATCH", upload, { "upload-offset": String(offset), "content-type": "application/offset+octet-stream", ...headers }, bytes);
}

const base64 = (text) => Buffer.from(text).toString("base64");

/** Asks for an upload; the answer as it is. */
export function askForUpload(client, lesson, length, name = "lesson.mp4") {
  return tus(client, "POST", "/api/v1/uploads", {
    "upload-length": String(length),
    "upload-metadata": `lesson ${base64(lesson)},filename ${base64(name)},filetype ${base64("video/mp4")}`,
  });
}

/** The path of a new upload. */
export async function createUpload(client, lesson, length, name) {
  const answer = await askForUpload(client, lesson, length, name);
  assert.equal(answer.status, 201, await answer.text());
  return new URL(answer.headers.get("location"), client.server.url).pathname;
}

/** A new draft course with one lesson; gives the lesson's id. */
export async function draftLesson(client, title = "洗车入门") {
  const course = await client.json("POST", "/api/v1/courses", { body: { title, summary: "一步一步学。" } });
  assert.equal(course.status, 201, course.text);
  const lesson = await client.json("POST", `/api/v1/courses/${course.body.course}/lessons`, { body: { title: "第一课" } });
  assert.equal(lesson.status, 201, lesson.text);
  return lesson.body.id;
}
