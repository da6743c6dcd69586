// SPDX-License-Identifier: GPL-3.0-or-later
// What each person of the platform does, through the pages and nothing else.
import assert from "node:assert/strict";
import { newPerson } from "./browser.mjs";

export const password = "一句自己记得住的话 2026";

async function fill(page, name, value) {
  await page.locator(`main [name="${name}"]`).fill(value);
}

/** Presses the button and waits for the page that follows. */
export async function press(page, name) {
  const button = page.getByRole("button", { name, exact: true });
  await Promise.all([page.waitForEvent("load"), button.click()]);
}

export async function setUpAdministrator(browser, server, { login = "admin" } = {}) {
  const person = await newPerson(browser);
  await person.page.goto(server.setup);
  await fill(person.page, "display_name", "管理员小林");
  await fill(person.page, "login", login);
  await fill(person.page, "password", password);
  await press(person.page, "建立管理员并登录");
  return person;
}

export async function createAccount(admin, server, { login, name, role }) {
  await admin.page.goto(`${server.url}/admin/accounts/new`);
  await fill(admin.page, "display_name", name);
  await fill(admin.page, "login", login);
  await fill(admin.page, "password", password);
  await admin.page.getByRole("checkbox", { name: role }).check();
  for (const other of ["学员", "讲师", "审核员", "管理员"]) {
    if (other !== role) await admin.page.getByRole("checkbox", { name: other }).uncheck();
  }
  await press(admin.page, "建立账户");
  await admin.page.getByText("账户已建立。").waitFor();
}

export async function signIn(browser, server, login, options = {}) {
  const person = await newPerson(browser, options);
  await person.page.goto(`${server.url}/sign-in`);
  await fill(person.page, "login", login);
  await fill(person.page, "password", password);
  await press(person.page, "登录");
  return person;
}

export async function register(browser, server, login, name, options = {}) {
  const person = await newPerson(browser, options);
  await person.page.goto(`${server.url}/register`);
  await fill(person.page, "display_name", name);
  await fill(person.page, "login", login);
  await fill(person.page, "password", password);
  await press(person.page, "注册并登录");
  await person.page.getByText("注册成功").waitFor();
  return person;
}

/** Makes a course with one lesson; leaves the instructor on the lesson's page and gives its address. */
export async function createLesson({ page }, server, { course, lesson }) {
  await page.goto(`${server.url}/teach/courses/new`);
  await fill(page, "title", course);
  await fill(page, "summary", "给初学的人：看完就会做。");
  await page.getByRole("radio", { name: "计学习积分" }).check();
  await press(page, "建立课程");
  await page.getByRole("link", { name: "添加一课" }).click();
  await fill(page, "title", lesson);
  await press(page, "添加这一课");
  if (!/\/teach\/lessons\//.test(page.url())) await page.getByRole("link", { name: lesson }).click();
  await page.waitForURL(/\/teach\/lessons\//);
  return page.url().split(/[?#]/)[0];
}

/** Chooses a file and begins to send it. */
export async function chooseVideo({ page }, file) {
  await page.locator('input[type="file"][name="video"], [data-module~="upload"] input[type="file"]').first().setInputFiles(file);
  await page.getByRole("button", { name: "开始上传" }).first().click(); // the lesson's own panel comes first
}

export async function waitUntilReady({ page }, address, limitMs = 480_000) {
  // Leaving the page would interrupt the upload; the server's own work goes on without it.
  await page.getByText(/上传完成|服务器正在处理视频|视频可以播放/).first().waitFor({ timeout: 60_000 });
  const until = Date.now() + limitMs;
  while (Date.now() < until) {
    await page.goto(address);
    if (await page.getByText("视频可以播放").isVisible()) return;
    assert.equal(await page.getByText("视频处理失败").count(), 0, "the video could not be prepared");
    await page.waitForTimeout(1_000);
  }
  throw new Error("the video was not ready in time");
}

export async function attachCaptions({ page }, address, vtt) {
  await page.goto(address);
  await page.getByRole("radio", { name: /^字幕/ }).check();
  await page.getByRole("radio", { name: /^简体中文/ }).check();
  await page.locator("#file, main input[name=file]").first().setInputFiles({ name: "captions.vtt", mimeType: "text/vtt", buffer: Buffer.from(vtt) });
  await press(page, "上传字幕");
}

export async function submitCourse({ page }) {
  await page.getByRole("link", { name: "返回课程" }).click();
  await press(page, "提交审核");
  await page.getByText("已提交审核。").waitFor();
}

export async function publishCourse({ page }, server, course) {
  await page.goto(`${server.url}/review`);
  await page.getByRole("link", { name: course }).first().click();
  await press(page, "由我审核");
  for (const question of ["内容检查的结果", "无障碍检查的结果", "版权检查的结果"]) {
    await page.getByRole("group", { name: question }).getByRole("radio", { name: "通过", exact: true }).check();
  }
  const statement = page.getByRole("checkbox", { name: /画面里没有未用声音说明的信息/ });
  if (await statement.count()) await statement.check();
  await press(page, "保存检查结果");
  await press(page, "通过并发布");
  await page.getByText("课程已发布。").waitFor();
}

/** The address of a course's first lesson, from the catalogue on. */
export async function openLesson({ page }, server, course) {
  await page.goto(`${server.url}/courses`);
  await page.getByRole("link", { name: course }).first().click();
  await page.waitForURL(/\/courses\/[a-z0-9]+$/);
}
