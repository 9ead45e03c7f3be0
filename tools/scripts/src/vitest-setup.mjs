/**
 * Runs before the tests of each project: the kernels that they load are those
 * of the sources, also when Vitest is started by hand.
 */
import { asc } from './asc.mjs';
import { describeResult } from './lib/check.mjs';

/** Compiles what has changed. */
export const setup = async () => {
  const failed = (await asc()).filter(({ status }) => status === 'failed');
  if (failed.length > 0) throw new Error(failed.map(describeResult).join('\n'));
};
