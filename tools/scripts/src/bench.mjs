/**
 * `npm run bench`: builds the features, their benchmark and the command that it
 * starts, and runs it.
 *
 *     npm run bench -- --sizes 1080p --depths 8
 *     npm run bench -- --sizes 1080p --depths 8 --process    # the command alone
 */
import path from 'node:path';
import { build } from './build.mjs';
import { BUNDLE } from './bundle.mjs';
import { describeResult, tally, verdict } from './lib/check.mjs';
import { binOf, node, ROOT } from './lib/workspace.mjs';

const FEATURES = path.join(ROOT, 'packages/features');

const built = await build(['features', 'tinyvmaf']);
if (tally(built).failed === 0) {
  // Tests and benchmarks are one project; what it emits runs as it is.
  const { status, output } = await node([binOf('typescript', 'tsc'), '-b', FEATURES]);
  built.push(verdict('build of the benchmark', status === 0, status === 0 ? '' : output));
}
if (tally(built).failed > 0) {
  for (const result of built) console.error(describeResult(result));
  process.exitCode = 1;
} else {
  const { status } = await node(
    [
      path.join(FEATURES, 'out-tsc/vitest/bench/main.js'),
      ...['--command', path.join(BUNDLE, 'tinyvmaf.js')],
      ...process.argv.slice(2),
    ],
    { show: true },
  );
  process.exitCode = status;
}
