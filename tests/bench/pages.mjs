// SPDX-License-Identifier: GPL-3.0-or-later
// Pages made by the server against nginx sending the same bytes as a file.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, bench, build, freePort, row, startNginx, startTongxing, temporaryFolder, wrk } from './support.mjs';

await bench('pages', async () => {
  const data = temporaryFolder();
  execFileSync(join(build, 'seed_players'), [data, '1']);
  const [ourPort, nginxPort] = [await freePort(), await freePort()];
  await startTongxing(data, ourPort);
  const ours = `http://127.0.0.1:${ourPort}`;
  const files = temporaryFolder();
  writeFileSync(join(files, 'ready.html'), 'ready');
  const pages = { catalogue: '/courses', course: '/courses/course', lesson: '/courses/course/lessons/lesson' };
  for (const [name, path] of Object.entries(pages)) {
    const response = await fetch(ours + path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    writeFileSync(join(files, `${name}.html`), await response.text());
  }
  await startNginx(files, nginxPort);
  const rows = [];
  for (const [name, path] of Object.entries(pages)) {
    const url = ours + path;
    await wrk(url, { seconds: 1 });
    const rate = await alternate(
      5,
      async () => (await wrk(url)).perSecond,
      async () => (await wrk(`http://127.0.0.1:${nginxPort}/${name}.html`)).perSecond,
    );
    rows.push(row(`${name}: requests/s against nginx (${Math.round(rate.ours)}/s)`, rate.ratio, '×', '>=', 0.25));
    const calm = await wrk(url, { connections: 8 });
    rows.push(row(`${name}: 99th percentile, 8 connections`, calm.p99Ms, 'ms', '<=', 20));
  }
  return rows;
});
