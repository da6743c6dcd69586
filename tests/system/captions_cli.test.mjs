// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing captions`: what a person or another program sees of a caption file at the command line.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { program } from "../browser/support/server.mjs";
import { temporaryFolder } from "./support/system.mjs";

const folder = temporaryFolder();
after(() => folder.remove());

function captions(args, input = "") {
  const { status, stdout, stderr } = spawnSync(program(), ["captions", ...args], { input });
  return { status, text: stdout.toString(), errors: stderr.toString() };
}

function file(name, content) {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

const lesson = file(
  "lesson.vtt",
  "WEBVTT\n\nREGION\nid:r\nwidth:40%\n\nSTYLE\n::cue(b){color:red}\n\nintro\n00:00:01.000 --> 00:00:03.500 region:r align:start\n" +
    "<v.t 李>你<i>好</i> &amp; <00:00:02.000>x</v>\n\n00:04.000 --> 00:05.000 line:-1 position:10%,line-left size:50% foo\n<ruby>漢<rt>hàn</rt></ruby>\n",
);

test("parse --json gives every cue with the names of the WebVTT API, its tree, and every remark with its line", () => {
  const { status, text } = captions(["parse", lesson, "--json", "--locale", "en"]);
  assert.equal(status, 0);
  const json = JSON.parse(text);
  assert.deepEqual(Object.keys(json).sort(), ["cues", "encoding", "errors", "format", "regions", "styles"]);
  assert.equal(json.format, "webvtt");
  assert.equal(json.encoding, "utf-8");
  assert.deepEqual(json.styles, ["::cue(b){color:red}"]);
  assert.deepEqual(json.regions, [
    { id: "r", width: 40, lines: 3, regionAnchorX: 0, regionAnchorY: 100, viewportAnchorX: 0, viewportAnchorY: 100, scroll: "" },
  ]);
  const [first, second] = json.cues;
  assert.deepEqual(first, {
    id: "intro",
    start_ms: 1000,
    end_ms: 3500,
    vertical: "",
    snapToLines: true,
    line: "auto",
    lineAlign: "start",
    position: "auto",
    positionAlign: "auto",
    size: 100,
    align: "start",
    region: "r",
    payload: "<v.t 李>你<i>好</i> &amp; <00:00:02.000>x</v>",
    text: "你好 & x",
    tree: [
      {
        type: "voice",
        classes: ["t"],
        value: "李",
        children: [
          { type: "text", value: "你" },
          { type: "italic", classes: [], children: [{ type: "text", value: "好" }] },
          { type: "text", value: " & " },
          { type: "timestamp", ms: 2000 },
          { type: "text", value: "x" },
        ],
      },
    ],
    source_line: 11,
  });
  assert.equal(second.line, -1);
  assert.equal(second.positionAlign, "line-left");
  assert.equal(second.region, null);
  assert.deepEqual(json.errors, [
    { line: 14, id: "setting_ignored", rule: "C25", severity: "warning", message: "The setting “foo” is not understood and is not used." },
  ]);
});

test("parse without --json is a list that a person can read, in the language that was asked for", () => {
  const { status, text } = captions(["parse", lesson]);
  assert.equal(status, 0);
  assert.match(text, /格式 webvtt，编码 utf-8：共 2 条字幕/);
  assert.match(text, /第 14 行［警告］C25：/);
  assert.match(text, /00:00:01\.000 --> 00:00:03\.500/);
  assert.match(captions(["parse", lesson, "--locale", "zh-Hant"]).text, /編碼/);
});

test("files in GBK, Big5 and UTF-16 are read, also from standard input", () => {
  const times = Buffer.from("1\r\n00:00:01,000 --> 00:00:04,000\r\n");
  const gbk = Buffer.concat([times, Buffer.from("c4e3bac3a3accac0bde7a1a3", "hex")]);
  const big5 = Buffer.concat([times, Buffer.from("a741a66ea141a540acc9a143", "hex")]);
  for (const [encoding, bytes] of [["gb18030", gbk], ["big5", big5], ["utf-16le", Buffer.from(`${times}你好，世界。`, "utf16le")]]) {
    const json = JSON.parse(captions(["parse", "-", "--json"], bytes).text);
    assert.equal(json.encoding, encoding);
    assert.equal(json.cues[0].text, "你好，世界。");
  }
});

test("a file that can not be read: exit code 2, the reason in words, and the same object as JSON", () => {
  const broken = file("broken.vtt", "webvtt\n\n00:01.000 --> 00:02.000\nx\n");
  const { status, text, errors } = captions(["parse", broken, "--json", "--locale", "en"]);
  assert.equal(status, 2);
  assert.match(errors, /cannot be read/);
  const json = JSON.parse(text);
  assert.equal(json.errors[0].id, "not_captions");
  assert.deepEqual(json.cues, []);
  assert.equal(captions(["parse", join(folder.path, "nothing.vtt")]).status, 2);
  assert.equal(captions(["parse", folder.path]).status, 2);
  const dtd = file("dtd.ttml", '<!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]><tt>&x;</tt>');
  assert.equal(JSON.parse(captions(["parse", dtd, "--json"]).text).errors[0].id, "xml_with_dtd");
});

test("convert goes by the names of the files, and says what is lost", () => {
  const out = join(folder.path, "lesson.srt");
  const { status, text, errors } = captions(["convert", lesson, out, "--locale", "en"]);
  assert.equal(status, 0);
  assert.equal(text, "");
  assert.match(errors, /Speakers, which are now written as text/);
  assert.match(errors, /“foo”/);
  assert.match(readFileSync(out, "utf8"), /^1\n00:00:01,000 --> 00:00:03,500\n李：你<i>好<\/i> & x\n\n2\n/);
  const ttml = join(folder.path, "lesson.ttml");
  const report = JSON.parse(captions(["convert", lesson, ttml, "--json", "--language", "zh-Hans"]).text);
  assert.equal(report.to, "ttml");
  assert.deepEqual([...new Set(report.losses.map((loss) => loss.id))].sort(), ["class_name", "inner_time", "position", "style"]);
  const back = captions(["convert", ttml, "-", "--to", "vtt"]);
  assert.equal(back.status, 0);
  assert.match(back.text, /<v 李>你<i>好<\/i> &amp; x<\/v>/);
});

test("convert refuses what it can not do, and never writes over what it reads", () => {
  assert.equal(captions(["convert", lesson, join(folder.path, "x.ass")]).status, 2);
  const before = readFileSync(lesson);
  assert.equal(captions(["convert", lesson, lesson]).status, 2);
  assert.deepEqual(readFileSync(lesson), before);
  assert.equal(captions(["convert", lesson, join(folder.path, "no", "x.srt")]).status, 1);
});
