// SPDX-License-Identifier: GPL-3.0-or-later
// An upload goes on after the tab was closed and the server was killed, and tells those without scripts what it needs.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./support/browser.mjs";
import * as people from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const size = 12_000_000; // more than the 8 MiB after which the server records how far it is
let browser;
let server;
let folder;
let file;
let lesson;

before(async () => {
  browser = await launchBrowser();
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), "tongxing-upload-"));
  file = join(folder, "长课.mp4");
  writeFileSync(file, randomBytes(size)); // no video: what becomes of it is another test's business
  const admin = await people.setUpAdministrator(browser, server);
  await people.createAccount(admin, server, { login: "teacher", name: "陈老师", role: "讲师" });
  await admin.context.close();
});
after(async () => {
  await browser?.close();
  await server?.remove();
  if (folder) rmSync(folder, { recursive: true });
});

/** A network of so many kbit/s upwards. */
async function upstream(page, kilobits) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 5,
    downloadThroughput: -1,
    uploadThroughput: kilobits === 0 ? -1 : (kilobits * 1000) / 8,
  });
}

const offsets = (page) => {
  const seen = [];
  page.on("request", (request) => {
    const offset = request.headers()["upload-offset"];
    if (request.method() === "PATCH" && offset !== undefined) seen.push(Number(offset));
  });
  return seen;
};

test("the tab is closed and the server killed in the middle; the same file goes on where it was", { timeout: 120_000 }, async () => {
  const first = await people.signIn(browser, server, "teacher");
  lesson = await people.createLesson(first, server, { course: "断点续传", lesson: "第一课" });
  await upstream(first.page, 24_000);
  await people.chooseVideo(first, file);
  await first.page.getByText(/已上传 [8-9]\d%/).first().waitFor({ timeout: 60_000 });
  await server.kill();
  await first.context.close();
  await server.start();

  // Another context: no local storage, as on another device.
  const second = await people.signIn(browser, server, "teacher");
  await second.page.goto(lesson);
  await second.page.getByText(/没有传完：长课\.mp4/).waitFor();
  const seen = offsets(second.page);
  await people.chooseVideo(second, file);
  await second.page.getByText("上传完成").first().waitFor({ timeout: 60_000 });
  assert.ok(seen[0] >= 4_000_000, `went on at ${seen[0]} of ${size}`);
  assert.deepEqual(second.page.problems, []);
  await second.context.close();
});

test("an unfinished upload can be given up from the page", { timeout: 120_000 }, async () => {
  const teacher = await people.signIn(browser, server, "teacher");
  const { page } = teacher;
  const other = await people.createLesson(teacher, server, { course: "不传了", lesson: "第一课" });
  await upstream(page, 8_000);
  await people.chooseVideo(teacher, file);
  await page.getByText(/已上传 [1-9]\d?%/).first().waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "暂停" }).click();
  await page.getByText("已暂停").first().waitFor();
  await page.goto(other);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: /取消上传：长课\.mp4/ }).click();
  await page.getByText(/没有传完/).waitFor({ state: "detached" });
  await page.goto(other);
  assert.equal(await page.getByText(/没有传完/).count(), 0);
  await teacher.context.close();
});

test("without JavaScript the page says what an upload needs", async () => {
  const teacher = await people.signIn(browser, server, "teacher", { javaScript: false });
  await teacher.page.goto(lesson);
  await teacher.page.getByText(/上传视频需要打开浏览器的 JavaScript/).waitFor();
  await teacher.context.close();
});
