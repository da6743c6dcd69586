// SPDX-License-Identifier: GPL-3.0-or-later
// A platform with people and courses on it, ready in seconds: what the tests of pages begin from.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setUp } from "./api.mjs";
import { captionsOf } from "./media.mjs";
import { startServer } from "./server.mjs";

export const course = "兔子动画入门";
export const lesson = "第一课 认识兔子";

/** The first seconds of a sample, its streams copied as they are. */
export function shortened(clip, seconds, target) {
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", clip, "-t", String(seconds), "-c", "copy", target]);
  return target;
}

/** The server with an administrator, an instructor, a reviewer and a trainee. */
export async function startPlatform() {
  const server = await startServer();
  try {
    const admin = await setUp(server);
    const instructor = await admin.createAccount("teacher", "陈老师", "instructor");
    const reviewer = await admin.createAccount("reviewer", "王审核", "reviewer");
    const trainee = await admin.createAccount("xiaoming", "小明", "trainee");
    return { server, admin, instructor, reviewer, trainee };
  } catch (error) {
    await server.remove();
    throw error;
  }
}

/** A lesson with a packaged video and captions in two languages. */
export async function readyLesson({ server, instructor }, clip, { seconds, in: courseId, title = lesson }) {
  const id = await instructor.createLesson(courseId, title);
  const film = seconds ? shortened(clip, seconds, join(server.data, `${id}.mp4`)) : clip;
  await instructor.upload(id, readFileSync(film), "兔子.mp4");
  const { duration_ms } = await instructor.untilReady(id);
  await instructor.attachCaptions(id, captionsOf(Math.floor(duration_ms / 1000), 2));
  await instructor.attachCaptions(id, captionsOf(Math.floor(duration_ms / 1000), 2), "en");
  return id;
}

/** A published course of one lesson; gives its ids. */
export async function publishedCourse(platform, clip, { title = course, seconds } = {}) {
  const { instructor, reviewer } = platform;
  const made = (await instructor.createCourse(title)).course;
  const lessonId = await readyLesson(platform, clip, { seconds, in: made });
  const version = await instructor.submit(made);
  await reviewer.take(version);
  await reviewer.publish(version);
  return { course: made, lesson: lessonId, version };
}
