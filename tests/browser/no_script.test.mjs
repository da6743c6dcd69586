// SPDX-License-Identifier: GPL-3.0-or-later
// Without JavaScript everything works but uploading a video and counting what was played.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ApiPerson } from "./support/api.mjs";
import { launchBrowser } from "./support/browser.mjs";
import { captionsOf, sample } from "./support/media.mjs";
import * as people from "./support/people.mjs";
import { shortened, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const without = { javaScript: false, width: 390, height: 800 };
const course = "没有脚本也能学";
const lesson = "认识兔子";

let browser;
let platform;
let server;
let lessonAddress;

before(async () => {
  browser = await launchBrowser();
  platform = await startPlatform();
  server = platform.server;
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test("register, sign out, sign in", async () => {
  const person = await people.register(browser, server, "xiaohong", "小红", without);
  await people.press(person.page, "退出登录");
  await person.page.getByText("您已退出登录。").waitFor();
  await person.context.close();
  const again = await people.signIn(browser, server, "xiaohong", without);
  await again.page.getByText("小红").first().waitFor();
  await again.context.close();
});

test("change one's name, language and password", async () => {
  const person = await people.signIn(browser, server, "xiaohong", without);
  const { page } = person;
  await page.goto(`${server.url}/account`);
  await page.locator("main [name=display_name]").fill("红姐");
  await page.getByRole("radio", { name: "英文" }).check();
  await people.press(page, "保存姓名和语言");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.locator("main [name=display_name]").inputValue(), "红姐");
  await page.getByRole("radio", { name: "Simplified Chinese" }).check();
  await people.press(page, "Save name and language");
  const changed = `${people.password} 新`;
  await page.locator("main [name=current_password]").fill(people.password);
  await page.locator("main [name=password]").fill(changed);
  await people.press(page, "修改密码");
  await page.getByText("密码已修改").waitFor();
  await person.context.close();
  const json = { login: "xiaohong", password: people.password };
  await new ApiPerson(server).send("POST", "/api/v1/session", { json, expect: 422 });
});

test("an instructor makes a course, uploads captions and submits", { skip: !clip }, async () => {
  const teacher = await people.signIn(browser, server, "teacher", without);
  const { page } = teacher;
  lessonAddress = await people.createLesson(teacher, server, { course, lesson });
  assert.match(await page.locator("main noscript").first().innerText(), /上传视频需要打开浏览器的 JavaScript/);
  const film = shortened(clip, 6, join(server.data, "film.mp4"));
  const id = lessonAddress.split("/").at(-1);
  await platform.instructor.upload(id, readFileSync(film), "兔子.mp4");
  await platform.instructor.untilReady(id);
  await people.attachCaptions(teacher, lessonAddress, "WEBVTT\n\n00:00:05.000 --> 00:00:02.000\n倒着走\n");
  await page.getByText(/第 3 行/).first().waitFor();
  await people.attachCaptions(teacher, lessonAddress, captionsOf(6, 2));
  await page.getByText(/字幕已保存/).first().waitFor();
  await page.locator("main [name=summary]").fill("它住在草地上。");
  await people.press(page, "保存");
  await people.submitCourse(teacher);
  await teacher.context.close();
});

test("a reviewer returns it with a reason, the instructor reads it and submits again", { skip: !clip }, async () => {
  const reviewer = await people.signIn(browser, server, "reviewer", without);
  const { page } = reviewer;
  await page.goto(`${server.url}/review`);
  await page.getByRole("link", { name: course }).click();
  await people.press(page, "由我审核");
  await page.locator("main [name=reason]").last().fill("请写得再清楚一点。");
  await people.press(page, "退回给讲师");
  await page.getByText("已退回给讲师。").waitFor();
  await reviewer.context.close();
  const teacher = await people.signIn(browser, server, "teacher", without);
  await teacher.page.goto(`${server.url}/teach`);
  await teacher.page.getByRole("link", { name: course }).click();
  await teacher.page.getByText("请写得再清楚一点。").waitFor();
  await people.press(teacher.page, "提交审核");
  await teacher.page.getByText("已提交审核。").waitFor();
  await teacher.context.close();
});

test("a reviewer publishes it", { skip: !clip }, async () => {
  const reviewer = await people.signIn(browser, server, "reviewer", without);
  await people.publishCourse(reviewer, server, course);
  await reviewer.context.close();
});

test("a trainee finds it, enrols, reads the transcript and sees it in my learning", { skip: !clip }, async () => {
  const trainee = await people.signIn(browser, server, "xiaoming", without);
  const { page } = trainee;
  await page.goto(server.url);
  await page.locator("main [name=q]").fill("脚本");
  await people.press(page, "搜索");
  await page.getByText("找到 1 门课程").waitFor();
  await page.getByRole("link", { name: course }).click();
  await page.waitForURL(/\/courses\/[a-z0-9]+$/);
  await people.press(page, "报名学习");
  await page.getByText("报名成功").waitFor();
  await page.getByRole("link", { name: lesson }).first().click();
  await page.waitForURL(/\/lessons\//);
  assert.notEqual(await page.locator("#player video").getAttribute("controls"), null);
  await page.getByRole("region", { name: "文字稿" }).getByText("第 1 秒：兔子走出来").waitFor();
  const file = page.getByRole("link", { name: /WebVTT/ });
  assert.match(await (await fetch(new URL(await file.getAttribute("href"), server.url))).text(), /^WEBVTT/);
  await page.getByRole("link", { name: "我的学习" }).click();
  await page.getByText("学完 0 课，共 1 课").waitFor();
  await page.getByRole("link", { name: "我的积分" }).click();
  await page.getByText("一共 0 积分").waitFor();
  await trainee.context.close();
});
