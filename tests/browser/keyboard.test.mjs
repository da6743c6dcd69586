// SPDX-License-Identifier: GPL-3.0-or-later
// With the keyboard alone: from signing in to signing out, the player and its shortcuts, and a review.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { focused, launchBrowser, newPerson } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { password } from "./support/people.mjs";
import { course, lesson, publishedCourse, readyLesson, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const waiting = "等待审核的一门课";

let browser;
let platform;
let lessonPath;

before(async () => {
  if (!clip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  const made = await publishedCourse(platform, clip);
  lessonPath = `/courses/${made.course}/lessons/${made.lesson}`;
  const other = (await platform.instructor.createCourse(waiting)).course;
  await readyLesson(platform, clip, { seconds: 4, in: other });
  await platform.instructor.submit(other);
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

/** Presses Tab until the focus is on what is called so. Every stop on the way must be seen, and be on the screen. */
async function reach(page, wanted, { key = "Tab", limit = 80 } = {}) {
  const matches = (name) => (wanted instanceof RegExp ? wanted.test(name) : name === wanted);
  const way = [];
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (!at) continue;
    const name = at.name.replaceAll(/\s+/g, " ");
    way.push(name.slice(0, 20));
    assert.ok(at.visible, `the focus on ${at.tag} "${name}" cannot be seen`);
    const inView = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight;
    });
    assert.ok(inView, `${at.tag} "${name}" has the focus and is off the screen`);
    if (matches(name)) return at;
  }
  throw new Error(`Tab never came to ${wanted}; it went: ${way.join(" → ")}`);
}

async function follow(page, key = "Enter") {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);
}

async function signIn(page, login) {
  await page.goto(platform.server.url);
  await reach(page, "登录");
  await follow(page);
  await reach(page, "用户名");
  await page.keyboard.type(login);
  await reach(page, "密码");
  await page.keyboard.type(password);
  await follow(page);
  await page.getByRole("button", { name: "退出登录" }).waitFor();
}

const ready = (page) => page.locator("#player.player--ready").waitFor();
const time = (page) => page.locator("#player video").evaluate((video) => video.currentTime);
const state = (page, property) => page.locator("#player video").evaluate((video, name) => video[name], property);
const until = (page, test_, value) => page.waitForFunction(test_, value, { timeout: 20_000 });

test("a trainee: sign in, find, enrol, play with captions, faster, leave, sign out", { skip: !clip }, async () => {
  const { context, page } = await newPerson(browser);
  await signIn(page, "xiaoming");
  await page.goto(platform.server.url);
  await reach(page, "找课程");
  await page.keyboard.type("兔子");
  await follow(page);
  await page.getByText("找到 1 门课程").waitFor();
  await reach(page, course);
  await follow(page);
  await reach(page, "报名学习");
  await follow(page);
  await page.getByText("报名成功").waitFor();
  await reach(page, /^开始学习/);
  await follow(page);
  await ready(page);

  await reach(page, "播放");
  await page.keyboard.press("Space");
  await until(page, () => document.querySelector("#player video").currentTime > 1.2);
  await reach(page, "字幕");
  const captions = page.getByRole("button", { name: "字幕", exact: true });
  if ((await captions.getAttribute("aria-pressed")) !== "true") await page.keyboard.press("Enter");
  assert.equal(await captions.getAttribute("aria-pressed"), "true");
  await page.locator("#player").getByText(/第 \d+ 秒：兔子走出来/).first().waitFor();

  await reach(page, /^1 倍/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  assert.equal((await focused(page)).name, "1 倍", "the dialog opens on what is chosen");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.match((await focused(page)).name, /^1\.\d+ 倍/, "the focus is back on the button");
  assert.ok((await state(page, "playbackRate")) > 1);

  await reach(page, /^从还没学的地方开始|^0:0/, { limit: 8 }); // out of the player, forwards
  await reach(page, "退出登录", { key: "Shift+Tab" }); // and through it, backwards
  await follow(page);
  await page.getByText("您已退出登录。").waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});

test("every dialog of the player takes the focus, keeps it, and gives it back", { skip: !clip }, async () => {
  const { context, page } = await platform.trainee.browse(browser);
  await page.goto(platform.server.url + lessonPath);
  await ready(page);
  for (const opener of [/倍 · 播放速度$/, /画质$/, "播放设置"]) {
    const button = await reach(page, opener);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    for (let step = 0; step < 12; step += 1) {
      const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
      assert.ok(inside, `${button.name}: the focus left the open dialog`);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector("#player dialog"));
    assert.equal((await focused(page)).name, button.name);
  }
  await context.close();
});

test("the player's shortcuts", { skip: !clip }, async () => {
  const { context, page } = await platform.trainee.browse(browser);
  const press = (key) => page.keyboard.press(key);
  await page.goto(platform.server.url + lessonPath);
  await ready(page);

  await reach(page, "0:01"); // outside: a line of the transcript
  for (const key of ["k", "m", "c", "j", "l", "f", "?"]) await press(key);
  assert.equal(await state(page, "paused"), true);
  assert.equal(await state(page, "muted"), false);
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await page.evaluate(() => document.fullscreenElement), null);

  await reach(page, /^后退 10 秒/, { key: "Shift+Tab" });
  await press("k");
  await until(page, () => !document.querySelector("#player video").paused);
  await until(page, () => document.querySelector("#player video").currentTime > 0.5);
  await press("k");
  await until(page, () => document.querySelector("#player video").paused);
  const moves = [["l", 10], ["ArrowRight", 5], ["ArrowLeft", -5], ["j", -10], ["ArrowRight ArrowRight ArrowRight", 15]];
  for (const [key, seconds] of moves) {
    const before_ = await time(page);
    for (const one of key.split(" ")) await press(one); // pressed faster than the player jumps
    const wanted = Math.max(0, before_ + seconds);
    await page.waitForFunction((t) => Math.abs(document.querySelector("#player video").currentTime - t) < 0.6, wanted, { timeout: 5_000 })
      .catch(async () => assert.fail(`${key} went from ${before_} to ${await time(page)}, not to ${wanted}`));
  }
  await press("m");
  await until(page, () => document.querySelector("#player video").muted);
  await press("m");
  await until(page, () => !document.querySelector("#player video").muted);
  await press("ArrowDown");
  await until(page, () => document.querySelector("#player video").volume < 0.99);
  await press("ArrowUp");
  await until(page, () => document.querySelector("#player video").volume > 0.99);

  const captions = page.getByRole("button", { name: "字幕", exact: true });
  const pressed = await captions.getAttribute("aria-pressed");
  await press("c");
  assert.notEqual(await captions.getAttribute("aria-pressed"), pressed);
  await press("Shift+Period");
  await until(page, () => document.querySelector("#player video").playbackRate > 1);

  await press("?");
  const list = page.getByRole("dialog", { name: "播放器的快捷键" });
  await list.waitFor();
  assert.ok(await list.getByRole("row", { name: /播放或暂停/ }).isVisible());
  await press("Escape");
  assert.match((await focused(page)).name, /^后退 10 秒/);
  await press("f");
  await until(page, () => document.fullscreenElement?.id === "player");
  await press("f");
  await until(page, () => document.fullscreenElement === null);

  await reach(page, "播放", { key: "Shift+Tab" });
  await press("Space"); // the button's own key, and not the shortcut on top of it
  await until(page, () => !document.querySelector("#player video").paused);
  await press("Control+k"); // the browser's and the screen reader's keys are left alone
  assert.equal(await state(page, "paused"), false);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test("what a screen reader is told about the player's controls", { skip: !clip }, async () => {
  const { context, page } = await platform.reviewer.browse(browser);
  await page.goto(platform.server.url + lessonPath);
  await ready(page);
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const region = nodes.find((node) => node.role?.value === "region" && node.name?.value === `课程视频：${lesson}`);
  assert.ok(region, "the player is a region with a name");
  const inside = (node) => node === region || (node.parentId !== undefined && inside(byId.get(node.parentId)));
  const found = nodes
    .filter((node) => !node.ignored && ["button", "slider", "group"].includes(node.role?.value) && inside(node))
    .map((node) => ({
      role: node.role.value,
      name: node.name?.value ?? "",
      ...Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
      text: node.value?.value,
    }));
  const told = (role, name) => {
    const node = found.find((one) => one.role === role && (name instanceof RegExp ? name.test(one.name) : one.name === name));
    assert.ok(node, `${role} ${name}: there are ${found.map((one) => `${one.role} "${one.name}"`).join(", ")}`);
    return node;
  };
  for (const name of ["播放和跳转", "声音", "字幕和设置"]) told("group", name);
  for (const name of [/^后退 10 秒/, /^前进 10 秒/, /^1 倍 · 播放速度$/, /^自动.* · 画质$/, "播放设置"]) told("button", name);
  assert.equal(told("button", "播放").pressed, "false");
  assert.equal(told("button", "静音").pressed, "false");
  assert.equal(told("button", "全屏").pressed, "false");
  assert.match(told("button", "字幕").pressed, /^(true|false)$/);
  const seek = told("slider", "播放位置");
  assert.deepEqual([seek.valuemin, seek.valuemax], [0, 30]);
  told("slider", "音量");
  // Chromium's protocol gives a native slider's number; what screen readers speak instead is in the attribute.
  const spoken = (name) => page.getByRole("slider", { name }).getAttribute("aria-valuetext");
  assert.equal(await spoken("播放位置"), "0 秒，共 30 秒");
  assert.equal(await spoken("音量"), "100%");
  for (const one of found) {
    assert.notEqual(one.name, "", `a ${one.role} without a name`);
    if (one.role !== "group") assert.equal(one.focusable, true, `${one.name} cannot be reached`);
  }
  await context.close();
});

test("a failed form moves the focus to its summary, and from there to the field", { skip: !clip }, async () => {
  const { context, page } = await newPerson(browser);
  await page.goto(`${platform.server.url}/register`);
  await reach(page, "注册并登录");
  await follow(page);
  await until(page, () => document.activeElement?.matches(".error-summary"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const at = await focused(page);
  assert.equal(at.tag, "input");
  assert.equal(await page.locator(`[id="${at.id}"]`).getAttribute("aria-invalid"), "true");
  await context.close();
});

test("a reviewer takes, checks and publishes a course", { skip: !clip }, async () => {
  const { context, page } = await newPerson(browser);
  await signIn(page, "reviewer");
  await reach(page, "课程审核");
  await follow(page);
  await reach(page, waiting);
  await follow(page);
  await reach(page, "由我审核");
  await follow(page);
  await page.getByText("现在由您审核这门课程。").waitFor();
  for (let checklist = 0; checklist < 3; checklist += 1) {
    await reach(page, /^通过$/);
    await page.keyboard.press("Space");
    await reach(page, /^说明/);
  }
  await reach(page, /画面里没有未用声音说明的信息/);
  await page.keyboard.press("Space");
  await reach(page, "保存检查结果");
  await follow(page);
  await page.getByText("检查结果已保存。").waitFor();
  await reach(page, "通过并发布");
  await follow(page);
  await page.getByText("课程已发布。").waitFor();
  assert.deepEqual(page.problems, []);
  await context.close();
});
