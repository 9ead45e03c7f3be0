// Reports of files that workers read themselves: all that a report says is as
// in one thread, counts and warnings of the sources included.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { VideoFormat } from '@tinyvmaf/core';
import { rawFile, textureLuma } from '@tinyvmaf/testkit';
import { openVideo } from '@tinyvmaf/yuv-io/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, type CompareRequest } from '../../src/node/index.js';

// 10-bit words declared as 16 bits: the sources have a warning to give.
const format: VideoFormat = { width: 64, height: 48, bitDepth: 16, chroma: '420' };

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-threads-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const file = (name: string, frames: number, quantiser: number): string => {
  const at = path.join(dir, name);
  const lumas = Array.from({ length: frames }, (_, t) => textureLuma(64, 48, t, 10, quantiser));
  writeFileSync(at, rawFile(lumas));
  return at;
};

describe('a report', () => {
  it.each<[string, Partial<CompareRequest>]>([
    ['of all frames', {}],
    ['of every third frame', { subsample: 3 }],
  ])('%s is the same for any number of workers', async (_name, settings) => {
    const [reference, ...distorted] = [
      file('r.yuv', 17, 1),
      file('a.yuv', 17, 40),
      file('b.yuv', 9, 8),
    ];
    const hints = { raw: format };
    const run = async (threads: number) => {
      const reports = await compare({
        reference,
        distorted,
        models: [],
        features: ['vif', 'motion'],
        allowShorter: true,
        referenceHints: hints,
        distortedHints: hints,
        threads,
        ...settings,
      });
      return reports.map(({ series, frameCount, warnings }) => ({
        frameCount,
        warnings,
        frames: series.frames,
        values: series.keys.map((key) => series.column(key)),
      }));
    };
    const expected = await run(0);
    expect(expected.map(({ frameCount }) => frameCount)).toEqual([17, 9]);
    expect(expected[0]?.warnings.map(({ code }) => code)).toContain('suspicious-depth');
    for (const threads of [1, 2]) expect(await run(threads)).toEqual(expected);
  });

  it('counts anew where a source is read once more', async () => {
    const source = await openVideo(file('c.yuv', 6, 1), { raw: format });
    for (const threads of [2, 0, 2]) {
      const [report] = await compare({
        reference: source,
        distorted: [file('d.yuv', 6, 30)],
        models: [],
        features: ['motion'],
        distortedHints: { raw: format },
        threads,
      });
      expect(report?.frameCount).toBe(6);
    }
    await source.close();
  });
});
