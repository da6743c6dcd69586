// SPDX-License-Identifier: GPL-3.0-or-later
// Heartbeats acknowledged after fsync, 1,000 players over HTTP, against PostgreSQL committing one row a transaction for
// 64 clients on the same disk in the same run.
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bench, build, freePort, median, row, startPostgres, startTongxing, temporaryFolder } from './support.mjs';

const run = promisify(execFile);
const kPlayers = 1000;
const kSeconds = 4;
const kRounds = 3;

async function players(port, lesson, tokens) {
  const child = run(join(build, 'heartbeat_players'), [String(port), lesson, String(kSeconds)]);
  child.child.stdin.end(tokens.join('\n'));
  return JSON.parse((await child).stdout);
}

await bench('progress', async () => {
  const data = temporaryFolder();
  const [lesson, ...tokens] = execFileSync(join(build, 'seed_players'), [data, String(kPlayers)]).toString().trim().split('\n');
  const port = await freePort();
  await startTongxing(data, port);

  const postgres = await startPostgres();
  const connect = ['-h', postgres.host, '-U', 'postgres'];
  await run(postgres.psql, [...connect, '-c', 'CREATE TABLE events (id bigserial PRIMARY KEY, player int, seq int, from_ms bigint, to_ms bigint, at timestamptz DEFAULT now())']);
  const script = join(temporaryFolder(), 'insert.sql');
  writeFileSync(script, '\\set player random(1, 1000)\nINSERT INTO events (player, seq, from_ms, to_ms) VALUES (:player, 1, 0, 15000);\n');
  const reference = async () => {
    const { stdout } = await run(postgres.pgbench, [...connect, '-n', '-c', '64', '-j', '1', '-T', String(kSeconds), '-f', script, 'postgres']);
    return Number(/tps = ([\d.]+)/.exec(stdout)[1]);
  };

  const ours = [];
  const theirs = [];
  for (let i = 0; i < kRounds; ++i) {
    ours.push(await players(port, lesson, tokens));
    theirs.push(await reference());
  }
  const perSecond = median(ours.map((r) => r.per_second));
  const refused = ours.reduce((sum, r) => sum + r.refused, 0);
  return [
    row(`accepted heartbeats a second, ${kPlayers} players`, perSecond, '/s', '>=', 20_000),
    row(`against PostgreSQL (${Math.round(median(theirs))}/s)`, median(ours.map((r, i) => r.per_second / theirs[i])), '×', '>=', 3),
    row('99th percentile', median(ours.map((r) => r.p99_ms)), 'ms', '<=', 100),
    row('heartbeats refused', refused, '', '<=', 0),
  ];
});
