// cases.md A3: bit depth declared wrongly, words aligned to the high bits.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { G, rawClip, scratch, T, write } from '../support/files.js';

const geometry = (bits: string): readonly string[] => [
  '-w',
  '96',
  '-h',
  '64',
  '-p',
  '420',
  '-b',
  bits,
];

const shiftedBySix = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(new Uint16Array(bytes.slice().buffer).map((word) => word << 6).buffer);

describe.skipIf(!has('shared'))('A3 bit depth', () => {
  const { path } = scratch();
  const ten = (q: 1 | 32): Uint8Array => rawClip({ bitDepth: 10, q });
  const low = [write(path('d10_1.yuv'), ten(1)), write(path('d10_32.yuv'), ten(32))] as const;
  const high = [
    write(path('msb_1.yuv'), shiftedBySix(ten(1))),
    write(path('msb_32.yuv'), shiftedBySix(ten(32))),
  ] as const;
  const SCORES = [65.22155, 69.512432, 71.455636];

  it('10 bits as 10 bits', async () => {
    const log = logOf(await tinyvmaf(...T, ...low, ...geometry('10')));
    expect(scoresOf(log)).toEqual(SCORES);
    expect(meanOf(log)).toBe(68.729873);
  });

  it('10 bits as 8 bits: scored, with a warning on stderr and in the report', async () => {
    const outcome = await tinyvmaf(...T, '--extended', ...low, ...geometry('8'));
    const log = logOf(outcome);
    expect(meanOf(log)).toBe(68.847579);
    expect(outcome.stderr).toMatch(/16-bit words/);
    expect(log.tinyvmaf?.warnings.map(({ code }) => code)).toContain('suspicious-depth');
  });

  it('words in the high bits, declared as 10 bits: an error with frame and value', async () => {
    const { status, stdout, stderr } = await tinyvmaf(...T, ...high, ...geometry('10'));
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/frame 0/);
    expect(stderr).toMatch(/1023/);
    expect(stderr).toMatch(/16 bits/);
  });

  it('words in the high bits, declared as 16 bits: equal to 10 bits', async () => {
    expect(scoresOf(logOf(await tinyvmaf(...T, ...high, ...geometry('16'))))).toEqual(SCORES);
  });

  it('8 bits as 10 bits: bytes needed and present', async () => {
    const files = [
      write(path('a.yuv'), rawClip({ q: 1 })),
      write(path('b.yuv'), rawClip({ q: 32 })),
    ];
    const { status, stderr } = await tinyvmaf(...T, ...files, ...geometry('10'));
    expect(status).toBe(3);
    expect(stderr).toMatch(/18432/);
    expect(stderr).toMatch(/9216|27648/);
  });

  it('8 bits as 8 bits: no warning', async () => {
    const files = [path('a.yuv'), path('b.yuv')];
    expect((await tinyvmaf(...T, ...files, ...G)).stderr).not.toMatch(/words/);
  });
});
