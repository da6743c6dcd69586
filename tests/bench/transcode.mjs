// SPDX-License-Identifier: GPL-3.0-or-later
// Wall time of the worker against one ffmpeg process that makes the same renditions from the same file: same sizes,
// rate, presets, caps, groups of pictures, segment length and sound, split after one decode. Quality is compared too.
// Usage: node tests/bench/transcode.mjs [--json] [--seconds 60]. TONGXING_BUILD names another build folder.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alternate, bench, build, root, row, temporaryFolder } from './support.mjs';

const run = promisify(execFile);
const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 60;
const worker = join(process.env.TONGXING_BUILD ? join(root, process.env.TONGXING_BUILD) : build, 'tongxing-worker');
const rounds = 3;
const rate = 25;
// The ladder of a 1280×720 source (media/pipeline/ladder.cpp); the bench checks that the worker agrees.
const rungs = [
  { name: 'v234', size: '416x234', crf: 26, cap: 110, profile: 'main' },
  { name: 'v360', size: '640x360', crf: 24, cap: 365, profile: 'main' },
  { name: 'v480', size: '854x480', crf: 23, cap: 700, profile: 'main' },
  { name: 'v720', size: '1280x720', crf: 23, cap: 1500, profile: 'high' },
];
const lessons = {
  'talking head': { filter: `life=s=320x180:mold=10:r=${rate}:ratio=0.1:death_color=#c08060:life_color=#e0b090,gblur=sigma=3,scale=1280:720,noise=alls=5:allf=t`, goal: 0.8 },
  slides: { filter: `testsrc2=s=1280x720:r=${rate},fps=1/8,fps=${rate}`, goal: 0.4 },
};

function makeSource(filter, file) {
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', filter, '-f', 'lavfi', '-i', 'sine=300:r=48000',
    '-t', String(seconds), '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-c:a', 'aac',
    '-movflags', '+faststart', file]);
}

async function timed(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

async function ours(source, folder) {
  emptied(folder);
  const job = `${folder}.json`;
  writeFileSync(job, JSON.stringify({ input: source, output: folder, threads: 2 }));
  return timed(() => run(worker, ['package', '--job', job], { maxBuffer: 1 << 26 }));
}

async function reference(source, folder) {
  emptied(folder);
  const splits = rungs.map((_, i) => `[s${i}]`).join('');
  const scales = rungs.map((r, i) => `[s${i}]scale=${r.size.replace('x', ':')}[o${i}]`).join(';');
  const args = ['-v', 'error', '-y', '-i', source, '-filter_complex', `[0:v]split=${rungs.length}${splits};${scales}`];
  const hls = (name) => ['-f', 'hls', '-hls_time', '6', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4',
    '-hls_fmp4_init_filename', `${name}-init.mp4`, '-hls_segment_filename', join(folder, `${name}-%d.m4s`), join(folder, `${name}.m3u8`)];
  rungs.forEach((r, i) => {
    args.push('-map', `[o${i}]`, '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', r.profile, '-crf', String(r.crf),
      '-maxrate', `${r.cap}k`, '-bufsize', `${r.cap}k`, '-g', String(2 * rate), '-keyint_min', String(2 * rate),
      '-sc_threshold', '0', '-bf', '0', '-r', String(rate), ...hls(r.name));
  });
  args.push('-map', '0:a', '-c:a', 'aac', '-b:a', '48k', '-ac', '1', '-ar', '48000', ...hls('a'));
  // The worker steps back behind the pages (nice 10): so must its reference.
  return timed(() => run('nice', ['-n', '10', 'ffmpeg', ...args]));
}

/** Mean SSIM of one rendition against the source, scaled to its size. */
function quality(source, pieces, size) {
  const joined = `${pieces[0]}.joined.mp4`;
  writeFileSync(joined, Buffer.concat(pieces.map((piece) => readFileSync(piece))));
  const result = execFileSync('sh', ['-c', 'ffmpeg -hide_banner -i "$0" -i "$1" -lavfi "[1:v]scale=$2[r];[0:v][r]ssim" -f null - 2>&1',
    joined, source, size.replace('x', ':')]).toString();
  return Number(/SSIM .*All:([\d.]+)/.exec(result)[1]);
}

const inOrder = (files) => files.sort((a, b) => Number(/(\d+)\.m4s/.exec(a)[1]) - Number(/(\d+)\.m4s/.exec(b)[1]));

function qualityLoss(source, mine, theirs) {
  const losses = rungs.map((r) => {
    const own = inOrder(readdirSync(join(mine, r.name)).filter((f) => f.endsWith('.m4s'))).map((f) => join(mine, r.name, f));
    const other = inOrder(readdirSync(theirs).filter((f) => f.startsWith(`${r.name}-`) && f.endsWith('.m4s'))).map((f) => join(theirs, f));
    return quality(source, [join(theirs, `${r.name}-init.mp4`), ...other], r.size) -
      quality(source, [join(mine, r.name, 'init.mp4'), ...own], r.size);
  });
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

await bench('transcode', async () => {
  const rows = [];
  for (const [name, lesson] of Object.entries(lessons)) {
    const folder = temporaryFolder();
    const source = join(folder, 'source.mp4');
    makeSource(lesson.filter, source);
    const mine = join(folder, 'ours');
    const theirs = join(folder, 'reference');
    const times = await alternate(rounds, () => ours(source, mine), () => reference(source, theirs));
    const made = JSON.parse(readFileSync(join(mine, 'package.json'))).renditions.filter((r) => r.kind === 'video');
    const plan = made.map((r) => `${r.width}x${r.height}`).join();
    if (plan !== rungs.map((r) => r.size).join()) throw new Error(`the worker made ${plan}`);
    rows.push(row(`${name}: wall time against ffmpeg (${times.ours.toFixed(1)} s / ${times.reference.toFixed(1)} s)`, times.ratio, '', '<=', lesson.goal));
    rows.push(row(`${name}: mean SSIM lost against ffmpeg`, qualityLoss(source, mine, theirs), '', '<=', 0.001));
  }
  return rows;
});
