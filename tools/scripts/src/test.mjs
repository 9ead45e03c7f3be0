/**
 * `npm test` and `npm run test:long`: everything that is checked, in the order
 * of one table. Nothing stops at the first failure. Each check counts like a
 * test; the last line is `N passed, N failed`.
 */
import { styleText } from 'node:util';
import { build } from './build.mjs';
import { bundleCommand } from './bundle.mjs';
import { docblocks } from './checks/docblocks.mjs';
import { nodeMatrix } from './checks/node-matrix.mjs';
import { records } from './checks/records.mjs';
import { unitTests } from './checks/unit-tests.mjs';
import { words } from './checks/words.mjs';
import { attempt, closing, describeResult, tally, verdict } from './lib/check.mjs';
import { binOf, node, NX_ENV, ROOT } from './lib/workspace.mjs';
import { packCheck } from './pack-check.mjs';

/**
 * @typedef {import('./lib/check.mjs').Result} Result
 * @typedef {object} Step
 * @property {string} title
 * @property {() => Result[] | Promise<Result[]>} check
 * @property {boolean} [quiet] its single results are not listed when they pass
 */

/**
 * A program whose exit status is the verdict.
 * @param {string} name
 * @param {readonly string[]} args of Node
 * @returns {() => Promise<Result[]>}
 */
const program = (name, args) => async () => {
  const { status, output } = await node(args, { env: NX_ENV });
  return [verdict(name, status === 0, status === 0 ? '' : output.trim())];
};

/** @type {readonly Step[]} */
const SHORT = [
  { title: 'Format', check: program('prettier', [binOf('prettier'), '--check', '.']) },
  { title: 'Lint', check: program('eslint', [`${import.meta.dirname}/lint.mjs`]) },
  {
    title: 'Build and types',
    check: program('tsc -b, tests included', [binOf('typescript', 'tsc'), '-b']),
  },
  { title: 'Bundle', check: () => bundleCommand() },
  { title: 'Project references', check: program('nx sync:check', [binOf('nx'), 'sync:check']) },
  { title: 'Records', check: records },
  { title: 'Words', check: words },
  { title: 'Tests', check: () => unitTests(), quiet: true },
  { title: 'Docblocks', check: docblocks },
  { title: 'Packages', check: packCheck },
];

/** @type {readonly Step[]} */
const LONG = [
  { title: 'Build', check: () => build() },
  { title: 'Long tests', check: () => unitTests({ long: true }), quiet: true },
  { title: 'Other Nodes', check: nodeMatrix },
];

const steps = process.argv.includes('--long') ? LONG : SHORT;
/** @type {Result[]} */
const all = [];
/** @type {string[]} */
const summary = [];

process.chdir(ROOT);
for (const { title, check, quiet = false } of steps) {
  console.log(`\n${styleText('bold', title)}`);
  const started = performance.now();
  const results = await attempt(title, check);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const result of results) {
    if (!quiet || result.status === 'failed') console.log(`  ${describeResult(result)}`);
  }
  const { passed, failed, skipped } = tally(results);
  const skips = skipped > 0 ? `, ${skipped} skipped` : '';
  summary.push(`${title.padEnd(20)} ${passed} passed, ${failed} failed${skips} (${seconds} s)`);
  all.push(...results);
}

const failures = all.filter(({ status }) => status === 'failed');
if (failures.length > 0) {
  console.log(`\n${styleText('bold', 'What failed')}`);
  for (const { detail = '', ...failure } of failures) {
    // In full it stands above.
    const short = detail.split('\n').slice(0, 4).join('\n');
    console.log(`  ${describeResult({ ...failure, detail: short })}`);
  }
}
console.log(`\n${styleText('bold', 'Summary')}`);
for (const line of summary) console.log(`  ${line}`);
const counts = tally(all);
if (counts.skipped > 0) console.log(`  ${counts.skipped} skipped; the reasons stand above`);
const { line, status } = closing(counts);
console.log(`\n${line}`);
process.exitCode = status;
