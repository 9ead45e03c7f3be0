/**
 * The shape every check of the workspace has, so that `npm test` can count
 * them like tests and each can also be run alone.
 */
import { isMain } from './workspace.mjs';

/**
 * @typedef {object} Result one thing that was looked at
 * @property {string} name
 * @property {'passed' | 'failed' | 'skipped'} status
 * @property {string} [detail] why it failed or was skipped; a figure when it passed
 */

/**
 * A passed or failed result.
 * @param {string} name
 * @param {boolean} good
 * @param {string} [detail]
 * @returns {Result}
 */
export const verdict = (name, good, detail) => ({
  name,
  status: good ? 'passed' : 'failed',
  ...(detail === undefined || detail === '' ? {} : { detail }),
});

/**
 * A result that fails when there is anything in a list of complaints.
 * @param {string} name
 * @param {readonly string[]} complaints
 * @returns {Result}
 */
export const noComplaints = (name, complaints) =>
  verdict(name, complaints.length === 0, complaints.join('\n'));

/**
 * A check that throws is a check that failed; one that looks at nothing too.
 * @param {string} name
 * @param {() => Promise<Result[]> | Result[]} check
 * @returns {Promise<Result[]>}
 */
export const attempt = async (name, check) => {
  try {
    const results = await check();
    return results.length > 0 ? results : [verdict(name, false, 'it found nothing to look at')];
  } catch (error) {
    return [
      verdict(name, false, error instanceof Error ? (error.stack ?? error.message) : String(error)),
    ];
  }
};

const SIGN = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' };

/**
 * One result as a person reads it.
 * @param {Result} result
 * @returns {string}
 */
export const describeResult = ({ name, status, detail }) => {
  const head = `${SIGN[status]} ${name}`;
  if (detail === undefined) return head;
  return detail.includes('\n') || detail.length > 100
    ? `${head}\n${detail.replace(/^/gm, '       ')}`
    : `${head}: ${detail}`;
};

/**
 * How many passed, failed and were skipped.
 * @param {readonly Result[]} results
 */
export const tally = (results) => ({
  passed: results.filter(({ status }) => status === 'passed').length,
  failed: results.filter(({ status }) => status === 'failed').length,
  skipped: results.filter(({ status }) => status === 'skipped').length,
});

/**
 * The closing line of a run: `12 passed, 0 failed`. A run that looked at
 * nothing is a failed one.
 * @param {{ passed: number, failed: number }} counts
 * @returns {{ line: string, status: 0 | 1 }} the line, and the exit status that goes with it
 */
export const closing = ({ passed, failed }) => ({
  line: `${passed} passed, ${failed} failed`,
  status: failed > 0 || passed === 0 ? 1 : 0,
});

/**
 * Runs a check when its module is the program that was started.
 * @param {string} url the module's `import.meta.url`
 * @param {string} name
 * @param {() => Promise<Result[]> | Result[]} check
 * @returns {Promise<void>}
 */
export const runAlone = async (url, name, check) => {
  if (!isMain(url)) return;
  const results = await attempt(name, check);
  for (const result of results) console.log(describeResult(result));
  const { line, status } = closing(tally(results));
  console.log(line);
  process.exitCode = status;
};
