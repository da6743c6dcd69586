// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing describe` says what it refuses in the reader's language, and no sentence of it was forgotten.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { program } from "../browser/support/server.mjs";
import { temporaryFolder } from "./support/system.mjs";

const root = new URL("../../", import.meta.url).pathname;
const texts = (locale) => JSON.parse(readFileSync(join(root, "web/locales", locale, "describe_tool.json"), "utf8"));
const folder = temporaryFolder();
after(() => folder.remove());

const describe = (...args) => spawnSync(program(), ["describe", ...args], { encoding: "utf8", timeout: 60_000 });
const file = (name, text) => (writeFileSync(join(folder.path, name), text), join(folder.path, name));

test("every sentence that is refused with has its text in the locale files", () => {
  const phrases = Object.values(texts("en").phrases).map((phrase) => phrase.split(/\{\w+\}/)).flat();
  const forgotten = [];
  for (const name of readdirSync(join(root, "media/worker")).filter((one) => /^describe_(options|support|render|command)\.cpp$/.test(one))) {
    const source = readFileSync(join(root, "media/worker", name), "utf8").replace(/const char\* describe_usage[\s\S]*/, "").replace(/"\s*\n\s*"/g, "");
    for (const [, sentence] of source.matchAll(/"([^"\\\n]*[a-z]{2,} [a-z][^"\\\n]*[.?])"/g)) {
      if (!phrases.some((part) => part !== "" && sentence.includes(part.trim()))) forgotten.push(`${name}: ${sentence}`);
    }
  }
  assert.deepEqual(forgotten, []);
  for (const locale of ["zh-Hans", "zh-Hant"]) assert.deepEqual(Object.keys(texts(locale).phrases), Object.keys(texts("en").phrases));
});

test("what is wrong with a script, an option or a film is said in three languages", () => {
  const long = file("long.vtt", `WEBVTT\n\n00:01.000 --> 00:02.000\n${"长".repeat(400)}\n`);
  const good = file("good.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n一只兔子。\n");
  const notes = file("notes.mp4", "no film at all ".repeat(200));
  const cases = [
    [["plan", long, "--duration", "9000"], [`${long} 第 3 行：有一条文字超过 1,024 字节（约 340 个汉字），请分成几条。`, `${long} 第 3 行：有一條文字超過 1,024 字節（約 340 個漢字），請分成幾條。`, `${long}, line 3: one text is longer than 1,024 bytes (about 340 Chinese characters); divide it.`]],
    [["plan", "nowhere.vtt", "--duration", "9000"], ["打不开 nowhere.vtt。请检查路径和权限。", "打不開 nowhere.vtt。請檢查路徑和權限。", "nowhere.vtt cannot be opened."]],
    [["plan", good, "--duration", "9000", "--duck", "-3"], ["--duck 要写 -6 到 -12 分贝，需要特别清楚时写 -20。", "--duck 要寫 -6 到 -12 分貝，需要特別清楚時寫 -20。", "--duck takes -6 to -12 decibel, or -20 for clear speech."]],
    [["plan", good, "--media", notes], [/既不是视频也不是音频|视频/, /視頻/, /neither video nor audio/]],
  ];
  for (const [args, wanted] of cases) {
    for (const [i, locale] of ["zh-Hans", "zh-Hant", "en"].entries()) {
      const { status, stderr } = describe(...args, "--locale", locale);
      assert.equal(status, 2, stderr);
      const [line] = stderr.split("\n");
      if (wanted[i] instanceof RegExp) assert.match(line, wanted[i]);
      else assert.equal(line, wanted[i]);
    }
  }
  assert.match(describe("plan", good).stderr, /^请用 --duration 给出时长[\s\S]*用法：/);
  const fine = describe("plan", good, "--duration", "9000", "--json");
  assert.equal(fine.status, 0, fine.stderr);
  assert.equal(JSON.parse(fine.stdout).totals.cues, 1);
});
