// SPDX-License-Identifier: GPL-3.0-or-later
// What many connections cost in memory, against nginx: idle ones that wait for their next request, and readers that asked
// for a large file and stall. Kernel memory of sockets counts: that is where a stalled reader's bytes lie.
import { readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { bench, build, freePort, memoryBytes, row, saying, sleep, startBareServer, startNginx, stop, temporaryFolder, wrk } from './support.mjs';

const idle = Number(process.env.TONGXING_BENCH_IDLE ?? 10_000);
const stalled = 500;

/** Memory of TCP buffers of the whole machine, in bytes. */
function tcpMemory() {
  return Number(/^TCP:.* mem (\d+)/m.exec(readFileSync('/proc/net/sockstat', 'utf8'))[1]) * 4096;
}

/** Of one connection, on a fresh server: memory that another measurement left behind would hide what this one takes. */
async function cost(start, folder, kind, count, path) {
  const port = await freePort();
  const server = await start(folder, port);
  await wrk(`http://127.0.0.1:${port}/ready.html`, { seconds: 1, connections: 50 });
  await sleep(500);
  const before = { process: memoryBytes(server.pid), kernel: tcpMemory() };
  const { process_, line } = await saying(join(build, 'net_bench_client'), [kind, String(port), String(count), path]);
  if (line !== `ready ${count}`) throw new Error(`${kind}: ${line} of ${count}`);
  await sleep(1500);
  const after = { process: memoryBytes(server.pid), kernel: tcpMemory() };
  await stop(process_);
  await stop(server);
  return { process: (after.process - before.process) / count, kernel: (after.kernel - before.kernel) / count };
}

await bench('connections', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ready.html'), 'ready');
  writeFileSync(join(folder, 'large'), randomBytes(4 * 1024 * 1024));
  const ourStalled = await cost(startBareServer, folder, 'stalled', stalled, '/large');
  const nginxStalled = await cost(startNginx, folder, 'stalled', stalled, '/large');
  const ourIdle = await cost(startBareServer, folder, 'idle', idle, '/ready.html');
  const nginxIdle = await cost(startNginx, folder, 'idle', idle, '/ready.html');
  const all = (a) => a.process + a.kernel;
  return [
    row(`bytes of an idle connection (of ${idle})`, ourIdle.process, 'B', '<=', 4096),
    row('idle: process memory against nginx', ourIdle.process / nginxIdle.process, '×', '<=', 3),
    row('kilobytes of a stalled reader, with the kernel', all(ourStalled) / 1024, 'KB', '<=', 400),
    row('stalled: process and kernel memory against nginx', all(ourStalled) / all(nginxStalled), '×', '<=', 0.1),
  ];
});
