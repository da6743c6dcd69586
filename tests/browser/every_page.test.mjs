// SPDX-License-Identifier: GPL-3.0-or-later
// Every page of the platform, in every language, as the person who may see it: HTML, axe, reflow, targets, titles.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ApiPerson } from "./support/api.mjs";
import { assertAccessible } from "./support/axe.mjs";
import { assertValidHtml } from "./support/html.mjs";
import { launchBrowser, screenshot, sidewaysScroll, smallTargets } from "./support/browser.mjs";
import { sample } from "./support/media.mjs";
import { publishedCourse, readyLesson, startPlatform } from "./support/platform.mjs";

const clip = sample("big-buck-bunny-480p-30s.mp4");
const languages = { "zh-CN": "zh-Hans", "zh-HK": "zh-Hant", "en-GB": "en" };

let browser;
let platform;
let people;
/** Addresses that the pages below need. */
const at = {};

/** A second course in every other state, and one of each kind of lesson. */
async function otherCourses() {
  const { instructor, reviewer, trainee } = platform;
  const published = await publishedCourse(platform, clip, { seconds: 6 });
  at.public = published;
  await trainee.enrol(published.course);
  at.draft = (await instructor.createCourse("刚开始的课程")).course;
  at.emptyLesson = await instructor.createLesson(at.draft, "还没有视频的一课");
  const waiting = {};
  for (const state of ["submitted", "taken", "returned"]) {
    waiting[state] = (await instructor.createCourse(`${state} 的课程`)).course;
    at[`${state}Lesson`] = await readyLesson(platform, clip, { seconds: 6, in: waiting[state], title: "只有一课" });
    // Captions that nobody has read over yet bring their own buttons and boxes.
    await instructor.attachCaptions(at[`${state}Lesson`], "WEBVTT\n\n00:00.500 --> 00:05.500\n【音乐】\n", "zh-Hans", "machine");
    at[state] = await instructor.submit(waiting[state]);
  }
  Object.assign(at, { submittedCourse: waiting.submitted, returnedCourse: waiting.returned });
  await reviewer.take(at.taken);
  await reviewer.take(at.returned);
  await reviewer.returnCourse(at.returned, { reason: "第 3 秒的字幕和说的话不一样。", lesson: at.returnedLesson, at_ms: 3000 });
  at.account = (await platform.admin.send("GET", "/api/v1/accounts")).json.accounts.find((a) => a.login === "teacher").id;
}

before(async () => {
  if (!clip) return;
  browser = await launchBrowser();
  platform = await startPlatform();
  await otherCourses();
  people = { visitor: new ApiPerson(platform.server), ...platform };
});
after(async () => {
  await browser?.close();
  await platform?.server.remove();
});

/** Page: who sees it, where, and with which status. `form`: its button is pressed with nothing (or `typed`) filled in. */
const pages = [
  { name: "home", who: "visitor", path: () => "/" },
  { name: "courses", who: "visitor", path: () => "/courses" },
  { name: "search with a result", who: "visitor", path: () => `/courses?q=${encodeURIComponent("兔子")}`, same: "courses" },
  { name: "search without a result", who: "visitor", path: () => "/courses?q=zzzz", same: "courses" },
  { name: "course", who: "visitor", path: () => `/courses/${at.public.course}` },
  { name: "course, enrolled", who: "trainee", path: () => `/courses/${at.public.course}`, same: "course" },
  { name: "lesson", who: "trainee", path: () => `/courses/${at.public.course}/lessons/${at.public.lesson}` },
  { name: "lesson, not signed in", who: "visitor", path: () => `/courses/${at.public.course}/lessons/${at.public.lesson}`, same: "lesson" },
  { name: "sign in", who: "visitor", path: () => "/sign-in" },
  { name: "register", who: "visitor", path: () => "/register" },
  { name: "setup refused", who: "visitor", path: () => "/setup?token=used", status: 410 },
  { name: "not found", who: "visitor", path: () => "/nowhere", status: 404 },
  { name: "forbidden", who: "trainee", path: () => "/admin/accounts", status: 403 },
  { name: "account", who: "trainee", path: () => "/account" },
  { name: "my learning", who: "trainee", path: () => "/my/learning" },
  { name: "my learning, nothing yet", who: "reviewer", path: () => "/my/learning", same: "my learning" },
  { name: "my credits", who: "trainee", path: () => "/my/credits" },
  { name: "accounts", who: "admin", path: () => "/admin/accounts" },
  { name: "new account", who: "admin", path: () => "/admin/accounts/new" },
  { name: "one account", who: "admin", path: () => `/admin/accounts/${at.account}` },
  { name: "teach", who: "instructor", path: () => "/teach" },
  { name: "new course", who: "instructor", path: () => "/teach/courses/new" },
  { name: "draft", who: "instructor", path: () => `/teach/courses/${at.draft}` },
  { name: "submitted course", who: "instructor", path: () => `/teach/courses/${at.submittedCourse}` },
  { name: "returned course", who: "instructor", path: () => `/teach/courses/${at.returnedCourse}` },
  { name: "published course", who: "instructor", path: () => `/teach/courses/${at.public.course}` },
  { name: "new lesson", who: "instructor", path: () => `/teach/courses/${at.draft}/lessons/new` },
  { name: "lesson without video", who: "instructor", path: () => `/teach/lessons/${at.emptyLesson}` },
  { name: "lesson with video", who: "instructor", path: () => `/teach/lessons/${at.returnedLesson}` },
  { name: "preview", same: "a preview", who: "instructor", path: () => `/teach/lessons/${at.returnedLesson}/preview` },
  { name: "review queue", who: "reviewer", path: () => "/review" },
  { name: "review, not taken", who: "reviewer", path: () => `/review/${at.submitted}` },
  { name: "review, taken", who: "reviewer", path: () => `/review/${at.taken}` },
  { name: "review, published", who: "reviewer", path: () => `/review/${at.public.version}` },
  { name: "review preview", same: "a preview", who: "reviewer", path: () => `/review/${at.taken}/lessons/${at.takenLesson}` },
];

/** Forms sent as they are, or with what is wrong in them. `form`: the end of its action. */
const failing = [
  { who: "visitor", path: () => "/sign-in", form: "/sign-in" },
  { who: "visitor", path: () => "/register", form: "/register" },
  { who: "trainee", path: () => "/account", form: "/account", typed: { display_name: "" } },
  { who: "trainee", path: () => "/account", form: "/account/password", typed: { current_password: "nonsense", password: "x" } },
  { who: "admin", path: () => "/admin/accounts/new", form: "/admin/accounts/new" },
  { who: "admin", path: () => `/admin/accounts/${at.account}`, form: "/password", typed: { password: "x" } },
  { who: "instructor", path: () => "/teach/courses/new", form: "/teach/courses/new" },
  { who: "instructor", path: () => `/teach/courses/${at.draft}`, form: (a) => `/teach/courses/${a.draft}`, typed: { title: "" } },
  { who: "instructor", path: () => `/teach/courses/${at.draft}/lessons/new`, form: "/lessons/new" },
  { who: "instructor", path: () => `/teach/lessons/${at.returnedLesson}`, form: (a) => `/teach/lessons/${a.returnedLesson}`, typed: { title: "" } },
  { who: "instructor", path: () => `/teach/lessons/${at.returnedLesson}`, form: "/captions" },
  { who: "reviewer", path: () => `/review/${at.taken}`, form: "/checklists", failed: true },
  { who: "reviewer", path: () => `/review/${at.taken}`, form: "/return", typed: { at: "half past" } },
];

/** What no page may lack, whatever it shows. */
async function assertGoodPage(page, html, name, lang) {
  assert.equal(await page.getAttribute("html", "lang"), lang);
  await assertValidHtml(html, name);
  assert.equal(await page.locator("h1").count(), 1, "exactly one h1");
  assert.doesNotMatch(html, /⟦|\{\{/);
  await assertAccessible(page, name);
  assert.deepEqual(await smallTargets(page), []);
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  assert.equal(await sidewaysScroll(page), 0, "sideways scroll at 320 px");
  assert.deepEqual(await smallTargets(page), []);
  await page.setViewportSize(wide);
}

/** A status that is meant to be there is also a line on the browser's console; everything else there is a fault. */
function problems(page) {
  return page.problems.splice(0).filter((line) => !/the server responded with a status of 4\d\d/.test(line));
}

/** Scripts that upgrade the page have done so. */
async function settled(page) {
  await page.waitForFunction(() => [...document.querySelectorAll("[data-module]")].every((e) => e.dataset.moduleState));
}

const titles = new Map(); // name → lang → title

for (const [locale, lang] of Object.entries(languages)) {
  describe(`in ${lang}`, { skip: !clip }, () => {
    const browsing = new Map();
    const pageOf = async (who) => {
      if (!browsing.has(who)) browsing.set(who, await people[who].browse(browser, { locale }));
      return browsing.get(who).page;
    };
    after(async () => {
      for (const { context } of browsing.values()) await context.close();
    });

    for (const { name, who, path, status = 200 } of pages) {
      test(name, async () => {
        const page = await pageOf(who);
        const response = await page.goto(platform.server.url + path());
        assert.equal(response.status(), status);
        await settled(page);
        await assertGoodPage(page, await response.text(), name, lang);
        titles.set(name, { ...titles.get(name), [lang]: await page.title() });
        assert.deepEqual(problems(page), []);
      });
    }

    for (const { who, path, form, typed = {}, failed } of failing) {
      const shown = typeof form === "string" ? form : form.toString().replace(/.*=> /, "");
      test(`a failed form: ${who} ${shown}`, async () => {
        const page = await pageOf(who);
        await page.goto(platform.server.url + path());
        const end = typeof form === "string" ? form : form(at);
        const sent = page.locator(`main form[action$="${end}"]`);
        for (const [field, value] of Object.entries(typed)) await sent.locator(`[name="${field}"]`).fill(value);
        if (failed) await sent.locator('input[type=radio][value="fail"]').first().check();
        const answer = page.waitForResponse((r) => r.request().method() === "POST");
        await sent.locator("button:not([type=button])").first().click();
        const response = await answer;
        assert.equal(response.status(), 422);
        await page.waitForLoadState("load");
        const html = await response.text();
        await page.waitForFunction(() => document.activeElement?.matches(".error-summary"));
        for (const link of await page.locator(".error-summary a").all()) {
          const id = (await link.getAttribute("href")).slice(1);
          assert.equal(await page.locator(`[id="${id}"]`).count(), 1, `the summary leads to #${id}`);
        }
        for (const [field, value] of Object.entries(typed)) {
          if (/password/.test(field)) continue;
          assert.equal(await sent.locator(`[name="${field}"]`).inputValue(), value, "what was typed stays");
        }
        await assertGoodPage(page, html, `failed ${shown}`, lang);
        assert.deepEqual(problems(page), []);
      });
    }
  });
}

test("titles are translated, and no two pages share one", { skip: !clip }, () => {
  const owners = new Map();
  for (const { name, same } of pages) {
    const found = titles.get(name);
    assert.ok(found, `${name} was not visited`);
    assert.notEqual(found.en, found["zh-Hans"], `${name}: the English title is not translated`);
    assert.doesNotMatch(found.en.replaceAll(/同行|兔子动画入门|第一课 认识兔子|[^ ]+ ?的课程|只有一课|刚开始的课程|还没有视频的一课|陈老师/g, ""), /\p{Script=Han}/u, name);
    const key = same ?? name;
    const other = owners.get(found["zh-Hans"]);
    assert.ok(!other || other === key, `${name} and ${other} share the title ${found["zh-Hans"]}`);
    owners.set(found["zh-Hans"], key);
  }
});

const looks = { dark: { colorScheme: "dark" }, forced: { forcedColors: "active" }, contrast: { contrast: "more" } };
for (const [look, settings] of Object.entries(looks)) {
  test(`${look}: axe sees enough contrast`, { skip: !clip }, async () => {
    for (const name of ["lesson", "lesson with video", "review, taken"]) {
      const { who, path } = pages.find((page) => page.name === name);
      const { context, page } = await people[who].browse(browser, settings);
      await page.goto(platform.server.url + path());
      await settled(page);
      await assertAccessible(page, `${name} (${look})`);
      await screenshot(page, `every-${name}-${look}`);
      await context.close();
    }
  });
}

test("pictures of the pages, for people to look at", { skip: !clip || !process.env.TONGXING_PICTURES }, async () => {
  for (const { name, who, path } of pages) {
    const { context, page } = await people[who].browse(browser);
    for (const [width, height] of [[390, 800], [1280, 800]]) {
      await page.setViewportSize({ width, height });
      await page.goto(platform.server.url + path());
      await settled(page);
      await screenshot(page, `page-${name}-${width}`);
    }
    await context.close();
  }
});
