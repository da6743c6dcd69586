// SPDX-License-Identifier: GPL-3.0-or-later
// ./dev bench [--json] [NAMES…]: runs the benches one after the other, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const notBenches = new Set(['run.mjs', 'support.mjs']);
const known = readdirSync(folder).filter((f) => f.endsWith('.mjs') && !notBenches.has(f)).map((f) => f.slice(0, -4));
const wanted = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exit(2);
}
let failed = false;
for (const name of wanted.length > 0 ? wanted : known) {
  const options = process.argv.includes('--json') ? ['--json'] : [];
  const result = spawnSync(process.execPath, [join(folder, `${name}.mjs`), ...options], { stdio: 'inherit' });
  if (result.status !== 0) {
    failed = true;
    console.error(`${name}: did not finish`);
  }
}
process.exit(failed ? 1 : 0);
