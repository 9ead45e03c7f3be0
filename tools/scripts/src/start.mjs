/**
 * `npm start`: builds the command and lets it show what it does, on a pair of
 * pictures of its own. Arguments go to the command instead of `demo`.
 *
 *     npm start
 *     npm start -- score reference.y4m distorted.y4m
 */
import path from 'node:path';
import { build } from './build.mjs';
import { describeResult, tally } from './lib/check.mjs';
import { node, ROOT } from './lib/workspace.mjs';

const built = await build(['tinyvmaf']);
if (tally(built).failed > 0) {
  for (const result of built) console.error(describeResult(result));
  process.exitCode = 1;
} else {
  const args = process.argv.slice(2);
  const { status } = await node(
    [
      path.join(ROOT, 'packages/tinyvmaf/bundle/tinyvmaf.js'),
      ...(args.length > 0 ? args : ['demo']),
    ],
    { show: true, cwd: process.env['INIT_CWD'] ?? ROOT },
  );
  process.exitCode = status;
}
