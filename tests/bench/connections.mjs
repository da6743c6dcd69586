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

async function cost(server, port, kind, count, path) {
  await wrk(`http://127.0.0.1:${port}/ready.html`, { seconds: 1, connections: 50 });
  await sleep(500);
  const before = { process: memoryBytes(server.pid), kernel: tcpMemory() };
  const { process_, line } = await saying(join(build, 'net_bench_client'), [kind, String(port), String(count), path]);
  if (line !== `ready ${count}`) throw new Error(`${kind}: ${line} of ${count}`);
  await sleep(1500);
  const after = { process: memoryBytes(server.pid), kernel: tcpMemory() };
  await stop(process_);
  await sleep(500);
  return { process: (after.process - before.process) / count, kernel: (after.kernel - before.kernel) / count };
}

await bench('connections', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ready.html'), 'ready');
  writeFileSync(join(folder, 'large'), randomBytes(4 * 1024 * 1024));
  const [ourPort, nginxPort] = [await freePort(), await freePort()];
  const ours = await startBareServer(folder, ourPort);
  const nginx = await startNginx(folder, nginxPort);
  const ourStalled = await cost(ours, ourPort, 'stalled', stalled, '/large');
  const nginxStalled = await cost(nginx, nginxPort, 'stalled', stalled, '/large');
  const ourIdle = await cost(ours, ourPort, 'idle', idle, '/ready.html');
  const nginxIdle = await cost(nginx, nginxPort, 'idle', idle, '/ready.html');
  const all = (a) => a.process + a.kernel;
  return [
    row(`bytes of an idle connection (of ${idle})`, ourIdle.process, 'B', '<=', 4096),
    row('idle: process memory against nginx', ourIdle.process / nginxIdle.process, '×', '<=', 3),
    row('kilobytes of a stalled reader, with the kernel', all(ourStalled) / 1024, 'KB', '<=', 400),
    row('stalled: process and kernel memory against nginx', all(ourStalled) / all(nginxStalled), '×', '<=', 0.1),
  ];
});
