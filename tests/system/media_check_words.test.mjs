// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing media check` tells what it found in the reader's language, and no sentence of the checker was forgotten.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { program } from "../browser/support/server.mjs";
import { temporaryFolder } from "./support/system.mjs";

const root = new URL("../../", import.meta.url).pathname;
const texts = (locale) => JSON.parse(readFileSync(join(root, "web/locales", locale, "media_check.json"), "utf8"));
const source = (name) => readFileSync(join(root, "media/check", name), "utf8");
const folder = temporaryFolder();
after(() => folder.remove());

function check(...args) {
  return spawnSync(program(), ["media", "check", ...args], { encoding: "utf8", timeout: 120_000 });
}

/** Every literal of a C++ source as its compiler sees it: neighbours are one. */
function literals(text) {
  const code = text.replace(/^\s*(\/\/|#include).*$/gm, "").replace(/\s\/\/.*$/gm, "").replace(/"\s*\n\s*"/g, "");
  return [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, inside]) => inside.replaceAll('\\"', '"'));
}

// Not said to anybody: tables, and what is only looked for.
const silent = new Set(["png ", "audio description", "text/vtt; charset=utf-8"]);
const notSentences = new Set(["languages.cpp", "rule.cpp", "report_text.cpp", "sample_entry.cpp"]);

test("every sentence of the checker has its text in the locale files", () => {
  const phrases = Object.values(texts("en").phrases).map((phrase) => phrase.split(/\{\w+\}/));
  const quoted = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // Those of few words, as "no …", would take in sentences that nobody has translated.
  const whole = phrases.filter((parts) => parts.join("").length > 5 && parts.join() !== ", has no ,").map((parts) => new RegExp(`^${parts.map(quoted).join(".*")}$`));
  const known = (sentence) =>
    phrases.some((parts) => parts.some((part) => part.includes(sentence))) ||
    whole.some((shape) => shape.test(sentence) || shape.test(`x ${sentence}`)) ||
    /^(?:has )?no (?:Accessibility )?[\w-]+(?:=\w+)?$/.test(sentence); // by the phrases for anything that is not there
  const forgotten = [];
  for (const name of readdirSync(join(root, "media/check")).filter((file) => file.endsWith(".cpp"))) {
    if (notSentences.has(name)) continue;
    for (const literal of literals(source(name))) {
      const sentence = literal.replace(/^"|"$/g, "").trim();
      if (!/[a-z]{2,} +[a-z]/i.test(sentence) || silent.has(literal)) continue;
      if (!known(sentence)) forgotten.push(`${name}: ${sentence}`);
    }
  }
  assert.deepEqual(forgotten, []);
});

test("every rule has its text in the locale files", () => {
  const rows = [...source("rule.cpp").replace(/"\s*\n\s*"/g, "").matchAll(/\{"([PHD]\d+)",/g)].map(([, id]) => id.toLowerCase());
  assert.ok(rows.length > 40);
  for (const locale of ["zh-Hans", "zh-Hant", "en"]) {
    assert.deepEqual(Object.keys(texts(locale).rules).sort(), [...rows].sort(), locale);
  }
});

/** A package whose every file is wrong in several ways. */
function spoiled() {
  const at = join(folder.path, "spoiled");
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "master.m3u8"), [
    "#EXTM3U", '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="讲解",LANGUAGE="zho",DEFAULT=YES,URI="a.m3u8"',
    '#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="v",NAME="手语",LANGUAGE="csl",URI="gone.m3u8"',
    '#EXT-X-STREAM-INF:BANDWIDTH=900000,AUDIO="a"', "v.m3u8", "#EXT-X-STREAM-INF:BANDWIDTH=1", "",
  ].join("\n"));
  writeFileSync(join(at, "v.m3u8"), "#EXTM3U\n#EXT-X-TARGETDURATION:x\n#EXTINF:9.5,\ngone.m4s\n");
  writeFileSync(join(at, "a.m3u8"), "\uFEFF#EXTM3U\n");
  writeFileSync(join(at, "manifest.mpd"), "<Nothing/>");
  return at;
}

// Names, and words that are the same in every language.
const technical = /[A-Z][A-Z0-9-]{2,}(?:=\w+)?|\b[\w./-]+\.(?:m3u8|mpd|m4s|mp4|js|json|m4a|vtt|jpg|webp)\b|\b(?:zh-Hans|cmn|en|zho|chi|eng|kb|hls|tongxing|moov|Shaka|Player|public[\w.-]*|bit)\b|\/\S+|\b[HDP]\d+\b/g;

for (const [locale, words] of [["zh-Hans", ["不符合 P1", "文件不存在", "应当是：", "怎么办："]], ["zh-Hant", ["不符合 P1", "文件不存在", "應當是：", "怎麼辦："]], ["en", ["FAILED P1", "the file is not there", "expected: ", "to do: "]]]) {
  test(`what is wrong, what was expected and what to do are told in ${locale}`, () => {
    const { status, stdout } = check(spoiled(), "--locale", locale);
    assert.equal(status, 1);
    for (const word of words) assert.ok(stdout.includes(word), `${word}\n${stdout}`);
    if (locale === "en") return;
    for (const line of stdout.replaceAll(folder.path, "").split("\n")) {
      const left = line.replaceAll(technical, " ");
      assert.doesNotMatch(left, /[a-z]{3,} [a-z]{2,}/, line);
    }
  });
}

test("Simplified Chinese is what is spoken where nothing is said, in JSON too", () => {
  const report = JSON.parse(check(spoiled(), "--json").stdout);
  assert.equal(report.verdict, "failed");
  const rule = report.rules.find(({ id }) => id === "P1");
  assert.equal(rule.status, "failed");
  assert.equal(rule.title, texts("zh-Hans").rules.p1.asks);
  assert.ok(rule.findings.some(({ found }) => found.includes("文件不存在")), JSON.stringify(rule.findings));
  assert.equal(rule.findings[0].message, texts("zh-Hans").rules.p1.mend);
});

test("a folder that is no package is refused with exit code 2, in words", () => {
  const empty = join(folder.path, "empty");
  mkdirSync(empty);
  const refused = check(empty);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /没有播放列表/);
  const missing = check(join(folder.path, "nowhere"));
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /没有这个文件夹/);
  const wrong = check();
  assert.equal(wrong.status, 64);
  assert.match(wrong.stderr, /用法/);
});
