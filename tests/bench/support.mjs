// SPDX-License-Identifier: GPL-3.0-or-later
// What the benches share: temporary folders, the program and its references as child processes, wrk, medians, tables.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const build = join(root, 'build', 'release');
export const asJson = process.argv.includes('--json');
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const cleanups = [];
/** Runs `body`, then stops every child and removes every folder that was made for it, whatever happens. */
export async function bench(name, body) {
  try {
    const rows = await body();
    print(name, rows);
  } finally {
    for (const undo of cleanups.reverse()) await undo();
  }
}

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'));
  chmodSync(folder, 0o755);
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

export function child(command, args, options = {}) {
  const process_ = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'], ...options });
  cleanups.push(() => stop(process_));
  return process_;
}

export async function stop(process_) {
  if (process_.exitCode !== null || process_.signalCode !== null) return;
  const gone = new Promise((done) => process_.once('exit', done));
  process_.kill('SIGTERM');
  const late = setTimeout(() => process_.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(late);
}

export async function answering(url, limitMs = 20_000) {
  const until = Date.now() + limitMs;
  while (Date.now() < until) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
    } catch {
      // not listening yet
    }
    await sleep(5);
  }
  throw new Error(`${url} did not answer`);
}

/** Starts the release build on `data`; answers when /healthz does. */
export async function startTongxing(data, port) {
  const process_ = child(join(build, 'tongxing'), ['serve', '--data', data, '--port', String(port)]);
  await answering(`http://127.0.0.1:${port}/healthz`);
  return process_;
}

/** nginx as its documentation recommends for files: sendfile, open_file_cache, no log, two workers. */
export async function startNginx(folder, port) {
  const prefix = temporaryFolder();
  mkdirSync(join(prefix, 'logs'));
  const configuration = `daemon off; master_process on; worker_processes 2; worker_rlimit_nofile 20000;
pid ${prefix}/nginx.pid; error_log ${prefix}/logs/error.log crit;
events { worker_connections 12000; }
http { sendfile on; tcp_nopush on; tcp_nodelay on; access_log off; keepalive_requests 1000000; keepalive_timeout 600;
 open_file_cache max=1000 inactive=60s; types { text/html html; } default_type application/octet-stream;
 client_body_temp_path ${prefix}/b; proxy_temp_path ${prefix}/p; fastcgi_temp_path ${prefix}/f; uwsgi_temp_path ${prefix}/u; scgi_temp_path ${prefix}/s;
 server { listen 127.0.0.1:${port}; root ${folder}; } }`;
  const file = join(prefix, 'nginx.conf');
  writeFileSync(file, configuration);
  const process_ = child('nginx', ['-p', prefix, '-c', file]);
  await answering(`http://127.0.0.1:${port}/ready.html`);
  return process_;
}

/** A PostgreSQL of its own, as the distribution configures it, on a socket in a temporary folder. */
export async function startPostgres() {
  const folder = temporaryFolder();
  const found = (name) => execFileSync('sh', ['-c', `command -v ${name} || ls /usr/lib/postgresql/*/bin/${name} | tail -1`]).toString().trim();
  const asRoot = process.getuid() === 0;
  const user = asRoot ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) } : {};
  if (asRoot) execFileSync('chown', ['-R', 'postgres', folder]);
  const data = join(folder, 'data');
  await run(found('initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'], user);
  child(found('postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=100'], user);
  for (let tries = 0; tries < 400; ++tries) {
    try {
      await run(found('psql'), ['-h', folder, '-U', 'postgres', '-c', 'SELECT 1']);
      return { host: folder, psql: found('psql'), pgbench: found('pgbench') };
    } catch {
      await sleep(50);
    }
  }
  throw new Error('PostgreSQL did not start');
}

/** One short run of wrk; requests a second and the 99th percentile in ms. */
export async function wrk(url, { seconds = 2, connections = 64, threads = 1, header } = {}) {
  const fields = header ? ['-H', header] : [];
  const { stdout } = await run('wrk', ['-t', String(threads), '-c', String(connections), '-d', `${seconds}s`, '--latency', ...fields, url]);
  const errors = /Non-2xx or 3xx responses: (\d+)/.exec(stdout);
  if (errors) throw new Error(`${url}: ${errors[0]}`);
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    p99Ms: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit],
    requests: Number(/(\d+) requests in/.exec(stdout)[1]),
  };
}

/** The process and those that it started. */
export function family(pid) {
  const pids = [pid];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) pids.push(Number(entry));
    } catch {
      // ended meanwhile
    }
  }
  return pids;
}

/** Processor time of a process and those that it started, in seconds (all living threads, user and kernel, to the ns). */
export function cpuSeconds(pid) {
  let nanoseconds = 0;
  for (const member of family(pid)) {
    for (const thread of readdirSync(`/proc/${member}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${member}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    }
  }
  return nanoseconds / 1e9;
}

/** Resident memory of a process and those that it started, in bytes; what they share counts once. */
export function memoryBytes(pid) {
  let bytes = 0;
  for (const member of family(pid)) {
    const text = readFileSync(`/proc/${member}/smaps_rollup`, 'utf8');
    bytes += Number(/^Pss:\s+(\d+) kB/m.exec(text)[1]) * 1024;
  }
  return bytes;
}

/** A child that tells on its first line that it is ready; answers with the process and that line. */
export function saying(command, args, options = {}) {
  return new Promise((done, failed) => {
    const process_ = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
    cleanups.push(() => stop(process_));
    process_.once('error', failed);
    process_.once('exit', () => failed(new Error(`${command} ended`)));
    process_.stdout.once('data', (text) => done({ process_, line: String(text).trim() }));
  });
}

/** server/net with nothing behind it, over a folder. */
export async function startBareServer(folder, port) {
  const { process_ } = await saying(join(build, 'net_bench_server'), [folder, String(port)]);
  return process_;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Pairs two measurements in turn, so that a drift of the machine falls on both; gives the median ratio. */
export async function alternate(rounds, ours, reference) {
  const pairs = [];
  for (let i = 0; i < rounds; ++i) pairs.push([await ours(), await reference()]);
  return {
    ours: median(pairs.map(([a]) => a)),
    reference: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  };
}

/** rows: {what, figure, unit, goal, ok} */
function print(name, rows) {
  if (asJson) {
    console.log(JSON.stringify({ bench: name, rows }));
    return;
  }
  console.log(`\n${name}`);
  for (const row of rows) {
    const figure = `${Number(row.figure.toPrecision(3))} ${row.unit}`;
    console.log(`  ${row.ok ? 'reached' : 'MISSED '}  ${row.what.padEnd(52)} ${figure.padEnd(16)} goal ${row.goal}`);
  }
}

/** One figure with its goal: `compare` is '>=' or '<='. */
export function row(what, figure, unit, compare, goal) {
  return { what, figure, unit, goal: `${compare} ${goal}`, ok: compare === '>=' ? figure >= goal : figure <= goal };
}
