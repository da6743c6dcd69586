// SPDX-License-Identifier: GPL-3.0-or-later
// An hour of film described: the worker against the ffmpeg command that ducks the film's sound under one voice track and
// writes the same AAC segments. Neither touches the pictures.
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alternate, bench, build, row, temporaryFolder } from './support.mjs';

const run = promisify(execFile);
const worker = join(build, 'tongxing-worker');
const seconds = 3600;
const every = 20; // a description each
const rounds = 1;

const stamp = (s) => new Date(s * 1000).toISOString().slice(11, 23);
const ffmpeg = (...args) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);

/** Half a minute of something like speech with music, looped to an hour without encoding anew. */
function makeFilm(folder) {
  const piece = join(folder, 'piece.mp4');
  const voice = '0.3*sin(2*PI*(180+20*sin(2*PI*1.3*t))*t)*(0.5+0.5*sin(2*PI*4*t))*gt(sin(2*PI*0.17*t)\\,-0.3)';
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25', '-f', 'lavfi', '-i', `aevalsrc=${voice}+0.02*random(0)+0.05*sin(2*PI*523*t):s=48000`,
    '-t', '30', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-b:a', '96k', piece);
  const film = join(folder, 'film.mp4');
  ffmpeg('-stream_loop', String(seconds / 30 - 1), '-i', piece, '-t', String(seconds), '-c', 'copy', film);
  return film;
}

/** Two of three descriptions fit into their gap of 8 s, the third makes the lesson stand still. */
function makeScript(folder) {
  const recorded = join(folder, 'recorded');
  mkdirSync(recorded);
  const lengths = [4, 6, 12];
  const sounds = lengths.map((length) => {
    const file = join(folder, `voice${length}.wav`);
    ffmpeg('-f', 'lavfi', '-i', `aevalsrc=0.4*sin(2*PI*(220+30*sin(2*PI*2*t))*t)*(0.6+0.4*sin(2*PI*4*t)):s=24000:d=${length}`, file);
    return file;
  });
  let script = 'WEBVTT\n';
  let captions = 'WEBVTT\n';
  for (let i = 0; i * every < seconds; ++i) {
    script += `\nd${i}\n${stamp(i * every + 1)} --> ${stamp(i * every + 3)}\n他把面粉倒进大碗里面。\n`;
    captions += `\n${stamp(i * every + 9)} --> ${stamp(i * every + 19)}\n说话。\n`;
    copyFileSync(sounds[i % 3], join(recorded, `d${i}.wav`));
  }
  writeFileSync(join(folder, 'script.vtt'), script);
  writeFileSync(join(folder, 'captions.vtt'), captions);
  const track = join(folder, 'voice.wav'); // what the reference mixes: the same voice all along
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc=0.4*sin(2*PI*220*t)*lt(mod(t\\,${every})\\,5):s=24000:d=${seconds}`, track);
  return { recorded, track };
}

async function timed(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

await bench('describe', async () => {
  const folder = temporaryFolder();
  const film = makeFilm(folder);
  const { recorded, track } = makeScript(folder);
  const out = join(folder, 'out');
  const ours = () => {
    rmSync(out, { recursive: true, force: true });
    return timed(() => run(worker, ['describe', 'render', join(folder, 'script.vtt'), '--captions', join(folder, 'captions.vtt'),
      '--media', film, '--recorded', recorded, '--out', out], { maxBuffer: 1 << 26 }));
  };
  const other = join(folder, 'reference');
  mkdirSync(other);
  const mix = '[0:a]aformat=sample_rates=48000:channel_layouts=mono[a];[1:a]aresample=48000,asplit[v][k];'
    + '[a][k]sidechaincompress=threshold=0.02:ratio=4:attack=300:release=300[d];[d][v]amix=normalize=0,alimiter=limit=0.7[m]';
  // The worker steps back behind the pages (nice 10): so must its reference.
  const reference = () => timed(() => run('nice', ['-n', '10', 'ffmpeg', '-v', 'error', '-y', '-i', film, '-i', track, '-filter_complex', mix,
    '-map', '[m]', '-c:a', 'aac', '-b:a', '48k', '-f', 'hls', '-hls_time', '6', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4',
    '-hls_segment_filename', join(other, 's%d.m4s'), join(other, 'index.m3u8')]));
  const times = await alternate(rounds, ours, reference);
  return [
    row(`an hour described, part of its duration (${times.ours.toFixed(1)} s)`, times.ours / seconds, '', '<=', 0.0167),
    row(`wall time against ffmpeg (${times.ours.toFixed(1)} s / ${times.reference.toFixed(1)} s)`, times.ratio, '', '<=', 1),
  ];
});
