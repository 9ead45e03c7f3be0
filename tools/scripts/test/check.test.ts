import { describe, expect, it } from 'vitest';
import { attempt, closing, describeResult, tally, verdict } from '../src/lib/check.mjs';

describe('checks', () => {
  it('turn an exception into a failure that keeps the message', async () => {
    const results = await attempt('it', () => {
      throw new Error('broke');
    });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ name: 'it', status: 'failed' });
    expect(results[0]!.detail).toContain('broke');
  });

  it('fail when they looked at nothing', async () => {
    expect(await attempt('it', () => [])).toMatchObject([{ status: 'failed' }]);
  });

  it('are counted, and close with one line and a status', () => {
    const results = [
      verdict('a', true),
      verdict('b', false, 'why'),
      { name: 'c', status: 'skipped' as const },
    ];
    expect(tally(results)).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(closing(tally(results))).toEqual({ line: '1 passed, 1 failed', status: 1 });
    expect(closing({ passed: 2, failed: 0 })).toEqual({ line: '2 passed, 0 failed', status: 0 });
  });

  it('do not close well when nothing ran', () => {
    expect(closing({ passed: 0, failed: 0 }).status).toBe(1);
  });

  it('are described on one line, long details below', () => {
    expect(describeResult(verdict('size', true, '5 bytes of 6'))).toBe('ok   size: 5 bytes of 6');
    expect(describeResult(verdict('a', false, 'x\ny'))).toBe('FAIL a\n       x\n       y');
  });
});
