// SPDX-License-Identifier: GPL-3.0-or-later
// The worker against one ffmpeg process that makes the same renditions from the same file: same sizes, rates, caps,
// groups of pictures, segment length and sound, split after one decode. Twice: with our own preset and options, and with
// the preset "veryfast" as people type it. Compared: wall time, processor time, peak memory, bytes and quality; and when
// the lesson can be played.
// Usage: node tests/bench/transcode.mjs [--json] [--seconds 60]. TONGXING_BUILD names another build folder.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bench, build, median, root, row, temporaryFolder } from './support.mjs';

const option = (name, otherwise) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise);
const seconds = option('--seconds', 60);
const rounds = option('--rounds', 3);
const worker = join(process.env.TONGXING_BUILD ? join(root, process.env.TONGXING_BUILD) : build, 'tongxing-worker');
const rate = 25;
const clockTicks = 100; // a second, of /proc/PID/stat
// Quality and caps of a 1280×720 source (media/pipeline/ladder.cpp); sizes and rates are read from what the worker made.
const quality = {
  v234: { crf: 26, cap: 110, profile: 'main' },
  v360: { crf: 24, cap: 365, profile: 'main' },
  v480: { crf: 23, cap: 700, profile: 'main' },
  v720: { crf: 23, cap: 1500, profile: 'high' },
};
// What media/av/encoder.cpp asks of x264, and what people ask of it.
const presets = {
  'same options': ['-preset', 'superfast', '-bf', '3', '-b_strategy', '0', '-mbtree', '1', '-rc-lookahead', '10', '-forced-idr', '1',
    '-x264-params', 'scenecut=0:open-gop=0:force-cfr=0:b-pyramid=none'],
  veryfast: ['-preset', 'veryfast'],
};
const lessons = {
  'talking head': { filter: `life=s=320x180:mold=10:r=${rate}:ratio=0.1:death_color=#c08060:life_color=#e0b090,gblur=sigma=3,scale=1280:720,noise=alls=5:allf=t`, goal: 0.8 },
  slides: { filter: `testsrc2=s=1280x720:r=${rate},fps=1/8,fps=${rate}`, goal: 0.4 },
};

function makeSource(filter, file, length = seconds) {
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', filter, '-f', 'lavfi', '-i', 'sine=300:r=48000',
    '-t', String(length), '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-c:a', 'aac',
    '-movflags', '+faststart', file]);
}

/** Runs a program to its end: wall and processor time in seconds, peak memory in bytes. `look` is called all the while. */
function measured(command, args, look = () => {}) {
  return new Promise((done, failed) => {
    const start = process.hrtime.bigint();
    const passed = () => Number(process.hrtime.bigint() - start) / 1e9;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const figures = { wall: 0, cpu: 0, memory: 0 };
    const sample = () => {
      try {
        const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
        figures.cpu = Math.max(figures.cpu, (Number(stat[11]) + Number(stat[12])) / clockTicks);
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (peak) figures.memory = Math.max(figures.memory, Number(peak[1]) * 1024);
      } catch {
        // ended meanwhile
      }
      look(passed());
    };
    const timer = setInterval(sample, 20);
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.once('error', failed);
    child.once('close', (code) => {
      clearInterval(timer);
      figures.wall = passed();
      if (code === 0) done({ ...figures, text });
      else failed(new Error(`${command} ended with ${code}: ${text.slice(-300)}`));
    });
  });
}

function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

/** Also: `first`, when a playlist with segments of the lowest rung and of the sound is there; `lowest`, when all of them are. */
async function ours(source, folder) {
  emptied(folder);
  const job = `${folder}.json`;
  writeFileSync(job, JSON.stringify({ input: source, output: folder, threads: 2 }));
  const times = { first: 0, lowest: 0 };
  let names;
  const there = (segment) => names.every((name) => existsSync(join(folder, name, `s${segment}.m4s`)));
  const last = Math.ceil(seconds / 6) - 1;
  const listed = () => existsSync(join(folder, 'first.m3u8'));
  const figures = await measured(worker, ['package', '--job', job], (now) => {
    names ??= existsSync(join(folder, 'v234')) ? ['v234', 'a-cmn'] : undefined;
    if (names && times.first === 0 && listed()) times.first = now;
    if (names && times.lowest === 0 && there(last)) times.lowest = now;
  });
  return { ...figures, first: times.first || figures.wall, lowest: times.lowest || figures.wall };
}

function referenceArguments(source, folder, rungs, preset) {
  const splits = rungs.map((_, i) => `[s${i}]`).join('');
  const scales = rungs.map((r, i) => `[s${i}]scale=${r.width}:${r.height}[o${i}]`).join(';');
  const args = ['-v', 'error', '-y', '-i', source, '-filter_complex', `[0:v]split=${rungs.length}${splits};${scales}`];
  const hls = (name) => ['-f', 'hls', '-hls_time', '6', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4',
    '-hls_fmp4_init_filename', `${name}-init.mp4`, '-hls_segment_filename', join(folder, `${name}-%d.m4s`), join(folder, `${name}.m3u8`)];
  rungs.forEach((r, i) => {
    const { crf, cap, profile } = quality[r.name];
    const group = String(Math.round(2 * r.frame_rate));
    args.push('-map', `[o${i}]`, '-c:v', 'libx264', ...presets[preset], '-profile:v', profile, '-crf', String(crf),
      '-maxrate', `${cap}k`, '-bufsize', `${cap}k`, '-g', group, '-keyint_min', group, '-sc_threshold', '0',
      '-r', String(r.frame_rate), ...hls(r.name));
  });
  return [...args, '-map', '0:a', '-c:a', 'aac', '-b:a', '48k', '-ac', '1', '-ar', '48000', ...hls('a')];
}

function reference(source, folder, rungs, preset) {
  emptied(folder);
  // The worker steps back behind the pages (nice 10): so must its reference.
  return measured('nice', ['-n', '10', 'ffmpeg', ...referenceArguments(source, folder, rungs, preset)]);
}

const inOrder = (files) => files.sort((a, b) => Number(/(\d+)\.m4s/.exec(a)[1]) - Number(/(\d+)\.m4s/.exec(b)[1]));

/** Mean SSIM of one rendition against the source scaled to its size, at the source's rate; and its bytes. */
function judged(source, init, folder, prefix, rung) {
  const files = inOrder(readdirSync(folder).filter((f) => f.startsWith(prefix) && f.endsWith('.m4s'))).map((f) => join(folder, f));
  const joined = join(folder, `${prefix}joined.mp4`);
  writeFileSync(joined, Buffer.concat([init, ...files].map((piece) => readFileSync(piece))));
  const text = execFileSync('sh', ['-c', `ffmpeg -hide_banner -i "$0" -i "$1" -lavfi "[0:v]fps=${rate}[o];[1:v]scale=$2[r];[o][r]ssim" -f null - 2>&1`,
    joined, source, `${rung.width}:${rung.height}`]).toString();
  return { ssim: Number(/SSIM .*All:([\d.]+)/.exec(text)[1]), bytes: files.reduce((sum, f) => sum + statSync(f).size, 0) };
}

function compareQuality(source, mine, theirs, rungs) {
  let lost = 0;
  let own = 0;
  let other = 0;
  for (const rung of rungs) {
    const a = judged(source, join(mine, rung.name, 'init.mp4'), join(mine, rung.name), 's', rung);
    const b = judged(source, join(theirs, `${rung.name}-init.mp4`), theirs, `${rung.name}-`, rung);
    lost += (b.ssim - a.ssim) / rungs.length;
    own += a.bytes;
    other += b.bytes;
  }
  return { lost, bytes: own / other };
}

/** The rows that set `mine` beside the same rounds' runs of one reference. */
function rowsAgainst(name, preset, goal, mine, theirs, { lost, bytes }) {
  const ratio = (key) => median(mine.map((figures, i) => figures[key] / theirs[i][key]));
  const both = (key) => `${median(mine.map((f) => f[key])).toFixed(1)} s / ${median(theirs.map((f) => f[key])).toFixed(1)} s`;
  const against = `${name}, against ffmpeg with ${preset}`;
  return [
    row(`${against}: wall time (${both('wall')})`, ratio('wall'), '', '<=', goal),
    row(`${against}: processor time (${both('cpu')})`, ratio('cpu'), '', '<=', 1),
    row(`${against}: mean SSIM lost`, lost, '', '<=', 0.001),
    row(`${against}: bytes`, bytes, '', '<=', 1.15),
    row(`${against}: peak memory`, ratio('memory'), '', '<=', 0.8),
  ];
}

async function compare(name, { filter, goal }) {
  const folder = temporaryFolder();
  const source = join(folder, 'source.mp4');
  makeSource(filter, source);
  const own = join(folder, 'ours');
  const mine = [];
  const theirs = Object.fromEntries(Object.keys(presets).map((preset) => [preset, []]));
  const place = (preset) => join(folder, preset.replace(' ', '-'));
  let rungs;
  for (let i = 0; i < rounds; ++i) {
    mine.push(await ours(source, own));
    rungs ??= JSON.parse(readFileSync(join(own, 'package.json'))).renditions.filter((r) => r.kind === 'video');
    for (const [preset, runs] of Object.entries(theirs)) runs.push(await reference(source, place(preset), rungs, preset));
  }
  return [
    ...Object.entries(theirs).flatMap(([preset, runs]) =>
      rowsAgainst(name, preset, goal, mine, runs, compareQuality(source, own, place(preset), rungs))),
    row(`${name}: lowest rung and sound listed and playable, of all`, median(mine.map((f) => f.first / f.wall)), '', '<=', 0.15),
    row(`${name}: whole lowest rung and sound, of all`, median(mine.map((f) => f.lowest / f.wall)), '', '<=', 1),
  ];
}

/** Peak memory of a long source against a short one of the same kind. */
async function memoryGrowth() {
  const folder = temporaryFolder();
  const peaks = [];
  for (const length of [120, 7200]) {
    const source = join(folder, `${length}.mp4`);
    makeSource('color=gray:s=1280x720:r=10', source, length);
    peaks.push((await ours(source, join(folder, 'ours'))).memory);
  }
  return row('peak memory, two hours against two minutes', peaks[1] / peaks[0], '', '<=', 1.1);
}

await bench('transcode', async () => {
  const rows = [];
  for (const [name, lesson] of Object.entries(lessons)) rows.push(...(await compare(name, lesson)));
  rows.push(await memoryGrowth());
  return rows;
});
