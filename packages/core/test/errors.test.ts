import { readFileSync } from 'node:fs';
import { either as E, taskEither as TE } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import {
  ERROR_TABLE,
  errorCode,
  errorMessage,
  exitStatus,
  fromThrown,
  TinyVmafException,
  toPromise,
  tryTask,
  type TinyVmafError,
} from '../src/index.js';

const truncated: TinyVmafError = {
  _tag: 'TruncatedFrame',
  source: 'b.yuv',
  frame: 3,
  neededBytes: 9216,
  presentBytes: 2352,
};

describe('errors', () => {
  it('say both numbers', () => {
    expect(errorMessage(truncated)).toBe(
      'b.yuv ends inside frame 3: 9216 bytes needed, 2352 present.',
    );
    expect(
      errorMessage({
        _tag: 'FormatMismatch',
        reference: {
          source: 'a',
          format: { width: 96, height: 64, bitDepth: 8, chroma: '420' },
        },
        distorted: {
          source: 'b',
          format: { width: 64, height: 96, bitDepth: 10, chroma: '444' },
        },
      }),
    ).toContain('a is 96x64 8-bit 4:2:0, distorted b is 64x96 10-bit 4:4:4');
  });

  it('show values so that they cannot garble a terminal', () => {
    const message = errorMessage({
      _tag: 'BadArgument',
      argument: '--model',
      rule: 'must name a model',
      value: `\u001b[31m${'x'.repeat(500)}`,
    });
    expect(message).not.toContain('\u001b');
    expect(message.length).toBeLessThan(300);
  });

  it('have unique codes and documented statuses', () => {
    const entries = Object.values(ERROR_TABLE);
    expect(new Set(entries.map((entry) => entry.code)).size).toBe(entries.length);
    expect(entries.every((entry) => [1, 2, 3, 4, 5, 6, 7, 8, 130].includes(entry.exitStatus))).toBe(
      true,
    );
    expect([errorCode(truncated), exitStatus(truncated)]).toEqual(['ERR_TRUNCATED_FRAME', 3]);
  });

  it('are in the documentation, each with its status', () => {
    const page = readFileSync(new URL('../../../docs/exit-statuses.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    for (const [tag, { code, exitStatus: status }] of Object.entries(ERROR_TABLE)) {
      const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
      const ofStatus = cells.find(([, first]) => first === String(status));
      expect(ofStatus?.[3]?.split(', ')).toContain(`\`${code}\``);
      expect(cells.find(([, first]) => first === `\`${tag}\``)?.[2]).toBe(`\`${code}\``);
    }
    const codes = new Set(page.match(/ERR_[A-Z_]+/g));
    expect([...codes].sort()).toEqual(
      Object.values(ERROR_TABLE)
        .map(({ code }) => code)
        .sort(),
    );
  });
});

describe('the two faces of an effect', () => {
  it('turns a left into a rejection that carries code and data', async () => {
    const rejected = toPromise(TE.left(truncated));
    await expect(rejected).rejects.toBeInstanceOf(TinyVmafException);
    await expect(rejected).rejects.toMatchObject({
      code: 'ERR_TRUNCATED_FRAME',
      error: truncated,
    });
    await expect(toPromise(TE.right(1))).resolves.toBe(1);
  });

  it('turns whatever is thrown into a left', async () => {
    const thrown = await tryTask(() => Promise.reject(new TinyVmafException(truncated)))();
    expect(thrown).toEqual(E.left(truncated));
    const surprise = await tryTask(() => Promise.reject(new Error('boom')))();
    expect(E.isLeft(surprise) && surprise.left._tag).toBe('Internal');
    expect(fromThrown(new DOMException('stop', 'AbortError'), 'Scoring')._tag).toBe('Cancelled');
  });
});
