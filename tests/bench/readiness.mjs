// SPDX-License-Identifier: GPL-3.0-or-later
// Who can take a thousand lessons: all needs and the publish gate, from the facts of the lessons.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bench, build, row } from './support.mjs';

await bench('readiness', () => {
  const { ms } = JSON.parse(execFileSync(join(build, 'bench_readiness'), { encoding: 'utf8' }));
  return [row('1,000 lessons: every need, and the gate', ms, 'ms', '<=', 50)];
});
