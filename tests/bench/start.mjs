// SPDX-License-Identifier: GPL-3.0-or-later
// From starting the program on an existing data folder to its first page; memory when nobody is there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answering, bench, build, child, freePort, median, row, sleep, stop, temporaryFolder } from './support.mjs';

await bench('start', async () => {
  const data = temporaryFolder();
  execFileSync(join(build, 'seed_players'), [data, '100']);
  const times = [];
  const memory = [];
  for (let i = 0; i < 5; ++i) {
    const port = await freePort();
    const began = performance.now();
    const server = child(join(build, 'tongxing'), ['serve', '--data', data, '--port', String(port)]);
    await answering(`http://127.0.0.1:${port}/courses`);
    times.push(performance.now() - began);
    await sleep(500);
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    memory.push(Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024);
    await stop(server);
  }
  return [
    row('first page after start', median(times), 'ms', '<=', 300),
    row('resident memory, idle', median(memory), 'MB', '<=', 64),
  ];
});
