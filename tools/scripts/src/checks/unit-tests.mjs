/**
 * The Vitest suites of all packages and tools in one run, counted test by test.
 * Tests that were skipped are listed with their reasons by `skip-reporter.mjs`.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runAlone, verdict } from '../lib/check.mjs';
import { binOf, node, readJson, ROOT } from '../lib/workspace.mjs';

/**
 * @typedef {object} Report what Vitest's JSON reporter writes, as far as it is read
 * @property {{
 *   name: string,
 *   status: string,
 *   message: string,
 *   assertionResults: { fullName: string, status: string, failureMessages?: string[] | null }[],
 * }[]} testResults
 */

/** @type {Record<string, import('../lib/check.mjs').Result['status']>} */
const STATUS = { passed: 'passed', failed: 'failed' };

/**
 * One result for each test, and one for each file that failed as a whole.
 * @param {Report} report
 * @returns {import('../lib/check.mjs').Result[]}
 */
export const countTests = (report) =>
  report.testResults.flatMap((file) => {
    const name = path.relative(ROOT, file.name);
    const tests = file.assertionResults.map((test) => {
      const status = STATUS[test.status] ?? 'skipped';
      const message = test.failureMessages?.join('\n') ?? '';
      return {
        name: `${name}: ${test.fullName}`,
        status,
        ...(status === 'failed' ? { detail: message.split('\n').slice(0, 12).join('\n') } : {}),
      };
    });
    const failedAsWhole =
      file.status === 'failed' && !tests.some(({ status }) => status === 'failed');
    return failedAsWhole || tests.length === 0
      ? [...tests, verdict(name, false, file.message || 'no test in this file ran')]
      : tests;
  });

/**
 * @param {{ long?: boolean, args?: readonly string[] }} [options] `long`: the
 *   files `*.long.test.ts` instead of the others
 * @returns {Promise<import('../lib/check.mjs').Result[]>}
 */
export const unitTests = async ({ long = false, args = [] } = {}) => {
  const json = path.join(ROOT, 'out-tsc', long ? 'vitest-long.json' : 'vitest.json');
  rmSync(json, { force: true });
  const { status } = await node(
    [
      binOf('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--reporter=${path.join(ROOT, 'tools/scripts/src/skip-reporter.mjs')}`,
      `--outputFile.json=${json}`,
      ...args,
    ],
    { show: true, env: { TINYVMAF_LONG: long ? '1' : undefined } },
  );
  if (!existsSync(json)) return [verdict('vitest', false, `it ended with ${status} and no report`)];
  const results = countTests(readJson(json));
  const anyFailed = results.some((result) => result.status === 'failed');
  // Errors outside of tests fail Vitest without failing a test.
  return status !== 0 && !anyFailed
    ? [...results, verdict('vitest', false, `it ended with ${status}; its output says why`)]
    : results;
};

await runAlone(import.meta.url, 'unit tests', () =>
  unitTests({
    long: process.argv.includes('--long'),
    args: process.argv.slice(2).filter((arg) => arg !== '--long'),
  }),
);
