import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countTests } from '../src/checks/unit-tests.mjs';
import { ROOT, tally } from './helpers.js';

const file = (status: string, tests: readonly string[], message = '') => ({
  name: path.join(ROOT, 'packages/core/test/a.test.ts'),
  status,
  message,
  assertionResults: tests.map((test, i) => ({
    fullName: `t${i}`,
    status: test,
    failureMessages: test === 'failed' ? ['expected 1 to be 2'] : [],
  })),
});

describe('counting tests', () => {
  it('counts each one; pending and todo are skipped', () => {
    const results = countTests({
      testResults: [file('failed', ['passed', 'failed', 'pending', 'todo', 'skipped'])],
    });
    expect(tally(results)).toEqual({ passed: 1, failed: 1, skipped: 3 });
    expect(results[1]).toMatchObject({
      name: 'packages/core/test/a.test.ts: t1',
      detail: 'expected 1 to be 2',
    });
  });

  it('counts a file that failed to load as one failure', () => {
    const results = countTests({ testResults: [file('failed', [], 'cannot import')] });
    expect(results).toMatchObject([{ status: 'failed', detail: 'cannot import' }]);
  });

  it('counts a file whose hook failed after its tests passed', () => {
    const results = countTests({ testResults: [file('failed', ['passed'], 'afterAll broke')] });
    expect(tally(results)).toMatchObject({ passed: 1, failed: 1 });
  });
});
