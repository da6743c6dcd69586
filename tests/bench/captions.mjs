// SPDX-License-Identifier: GPL-3.0-or-later
// Reading WebVTT on one core, in megabytes a second of processor time: our reader, which also looks through the text of
// every cue, against vtt.js 0.15.2 (the parser of video.js and dash.js, here in Node) on the same files in the same run.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alternate, bench, build, root, row, temporaryFolder } from './support.mjs';

const kCues = 10_000; // a file of some 1.3 MB, below the limit of an upload
const kSeconds = 1;
const kRounds = 5;
const kChinese = '今天我们学习怎样把消毒液按照说明书上的比例稀释然后装进瓶子里请注意不要接触皮肤如果不小心碰到马上用清水冲洗';
const kEnglish = 'today we will learn how to mix the disinfectant with water in the right proportion and keep it away'.split(' ');

let seed = 1;
const random = (limit) => {
  seed = (seed * 48271) % 2147483647;
  return seed % limit;
};
const time = (ms) => new Date(ms).toISOString().slice(11, 23);
const chinese = () => Array.from({ length: 14 }, () => kChinese[random(kChinese.length)]).join('') + '，';
const english = () => Array.from({ length: 7 }, () => kEnglish[random(kEnglish.length)]).join(' ');

/** `tagged`: of how many cues one has a speaker and other markup. */
function captions(line, tagged) {
  let text = 'WEBVTT\n';
  for (let i = 0; i < kCues; ++i) {
    const settings = i % 5 === 0 ? ' line:85% position:50% align:center' : '';
    const words = `${line()}\n${line()}`;
    const shown = i % tagged === 0 ? `<v 老师>${words} <i>x</i> &amp; <b>y</b></v>` : words;
    text += `\n${i + 1}\n${time(i * 2500)} --> ${time(i * 2500 + 2300)}${settings}\n${shown}\n`;
  }
  return text;
}

function vttJs() {
  const require = createRequire(import.meta.url);
  require(join(root, 'web', 'node_modules', 'dashjs', 'contrib', 'videojs-vtt.js', 'vtt.min.js'));
  const { WebVTT, VTTCue, VTTRegion } = globalThis.vttjs; // it looks for a window, and takes what there is
  return (text) => {
    let cues = 0;
    const parser = new WebVTT.Parser({ VTTCue, VTTRegion }, WebVTT.StringDecoder());
    parser.oncue = () => ++cues;
    parser.parse(text);
    parser.flush();
    if (cues !== kCues) throw new Error(`vtt.js read ${cues} cues`);
  };
}

await bench('captions', async () => {
  const folder = temporaryFolder();
  const parse = vttJs();
  const rows = [];
  const kinds = { 'Chinese': captions(chinese, 3), 'English': captions(english, 3), 'markup in every cue': captions(chinese, 1) };
  for (const [name, text] of Object.entries(kinds)) {
    const file = join(folder, 'captions.vtt');
    writeFileSync(file, text);
    const bytes = readFileSync(file).length;
    const reference = () => {
      const before = process.cpuUsage();
      parse(text);
      const used = process.cpuUsage(before);
      return bytes / (used.user + used.system);
    };
    reference(); // compiled from here on
    const ours = () => JSON.parse(execFileSync(join(build, 'bench_captions'), [String(kSeconds), file]).toString()).parsed;
    const result = await alternate(kRounds, ours, reference);
    rows.push(row(`WebVTT read, ${name}`, result.ours, 'MB/s', '>=', 100));
    rows.push(row(`against vtt.js (${result.reference.toPrecision(2)} MB/s)`, result.ratio, '×', '>=', 3));
  }
  return rows;
});
