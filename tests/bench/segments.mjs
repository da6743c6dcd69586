// SPDX-License-Identifier: GPL-3.0-or-later
// Media segments over HTTP against nginx on the same files: requests a second, and processor time a request of all
// processes of each server. In turn, in short rounds, so that what else the machine does falls on both.
import { writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { bench, cpuSeconds, freePort, median, row, startBareServer, startNginx, temporaryFolder, wrk } from './support.mjs';

const rounds = Number(process.env.TONGXING_BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.TONGXING_BENCH_SECONDS ?? 1);
const cases = [
  { what: '4 KB', size: 4 * 1024 },
  { what: '64 KB', size: 64 * 1024 },
  { what: '500 KB', size: 500 * 1000 },
  { what: '4 MB', size: 4 * 1024 * 1024 },
  { what: '100 KB range of 4 MB', size: 4 * 1024 * 1024, header: 'Range: bytes=1000000-1099999' },
];

async function measure(server, port, name, header) {
  const before = cpuSeconds(server.pid);
  const { perSecond, requests } = await wrk(`http://127.0.0.1:${port}/${name}`, { seconds, connections: 32, header });
  return { perSecond, cpu: (cpuSeconds(server.pid) - before) / requests };
}

await bench('segments', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ready.html'), 'ready');
  for (const { size } of cases) writeFileSync(join(folder, `f${size}`), randomBytes(size));
  const [ourPort, nginxPort] = [await freePort(), await freePort()];
  const ours = await startBareServer(folder, ourPort);
  const nginx = await startNginx(folder, nginxPort);
  const rows = [];
  for (const { what, size, header } of cases) {
    const speed = [];
    const cpu = [];
    for (let i = 0; i < rounds; ++i) {
      const a = await measure(ours, ourPort, `f${size}`, header);
      const b = await measure(nginx, nginxPort, `f${size}`, header);
      speed.push(a.perSecond / b.perSecond);
      cpu.push(a.cpu / b.cpu);
    }
    rows.push(row(`${what}: requests/s against nginx`, median(speed), '×', '>=', 1));
    rows.push(row(`${what}: processor time a request against nginx`, median(cpu), '×', '<=', 1));
  }
  return rows;
});
