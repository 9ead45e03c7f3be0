// How a run ends: unequal lengths, empty videos, aborts, errors, bad samples.
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { createExtractor } from '@tinyvmaf/features';
import { flatLuma, lumaOf, type Luma } from '@tinyvmaf/testkit';
import type { Frame, FrameSource } from '@tinyvmaf/yuv-io';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { collect, runClips, runSources, seriesOf } from '../support/run.js';
import { clip, memorySource, type MemoryOptions, type MemorySource } from '../support/sources.js';

const errorOf = async (work: Promise<unknown>): Promise<TinyVmafError> => {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) return thrown.error;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

const sources = (
  lengths: readonly number[],
  options: MemoryOptions = {},
): [MemorySource, ...MemorySource[]] =>
  lengths.map((length, i) =>
    memorySource(clip(length, i), {
      name: `video ${i}`,
      ...options,
      format: { width: 48, height: 40, bitDepth: 8, chroma: '420' },
    }),
  ) as [MemorySource, ...MemorySource[]];

describe('unequal lengths', () => {
  it.each([
    [[3, 5], 0, 3, 1, 5],
    [[5, 3], 0, 5, 1, 3],
    [[3, 3, 4], 0, 3, 2, 4],
    [[4, 4, 2], 0, 4, 2, 2],
    [[1, 2], 0, 1, 1, 2],
  ] as const)('%j are an error with both counts', async (lengths, r, reference, d, distorted) => {
    const all = sources(lengths);
    const [first, ...rest] = all;
    expect(await errorOf(runSources(first, rest))).toEqual({
      _tag: 'FrameCountMismatch',
      reference: { source: `video ${r}`, frames: reference },
      distorted: { source: `video ${d}`, frames: distorted },
    });
    expect(all.map((source) => source.released())).toEqual(all.map(() => true));
  });

  it('known beforehand are an error before any work', async () => {
    const [reference, distorted] = sources([3, 5], { counted: true }) as [
      MemorySource,
      MemorySource,
    ];
    expect(await errorOf(runSources(reference, [distorted]))).toMatchObject({
      _tag: 'FrameCountMismatch',
      reference: { frames: 3 },
      distorted: { frames: 5 },
    });
    expect([reference.delivered(), distorted.delivered()]).toEqual([0, 0]);
  });

  it('may be allowed: each pair ends by itself', async () => {
    const lengths = [4, 2, 6, 4];
    const [reference, ...distorted] = sources(lengths);
    const frames = await runSources(reference, distorted, { allowShorter: true });
    expect(frames.map((entries) => entries.map((entry) => entry.distorted))).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [1, 2],
      [1, 2],
    ]);
    // The last common frame follows the end-of-clip rule: motion2 is its own motion.
    const whole = await runClips(clip(4, 0), [clip(4, 1)]);
    const cut = await runClips(clip(2, 0), [clip(2, 1)]);
    expect(seriesOf(frames, 'integer_motion2', 0)).toEqual(seriesOf(cut, 'integer_motion2'));
    expect(seriesOf(frames, 'integer_motion2', 1)).toEqual(seriesOf(whole, 'integer_motion2'));
    expect(seriesOf(frames, 'integer_adm2', 0)).toEqual(seriesOf(cut, 'integer_adm2'));
  });

  it('are allowed with a five-frame window too', async () => {
    const [reference, ...distorted] = sources([6, 1, 3, 6]);
    const extractors = [{ name: 'motion', options: { mffw: true } }] as const;
    const frames = await runSources(reference, distorted, { allowShorter: true, extractors });
    expect([0, 1, 2].map((i) => seriesOf(frames, 'integer_motion2_mffw', i).length)).toEqual([
      1, 3, 6,
    ]);
  });
});

describe('empty videos', () => {
  it.each([
    [[0, 3], 'video 0'],
    [[3, 0], 'video 1'],
    [[0, 0], 'video 0'],
    [[2, 2, 0], 'video 2'],
  ] as const)('%j are named', async (lengths, source) => {
    for (const options of [{}, { counted: true }]) {
      for (const allowShorter of [false, true]) {
        const [reference, ...distorted] = sources(lengths, options);
        const run = runSources(reference, distorted, { allowShorter });
        expect(await errorOf(run)).toEqual({ _tag: 'NoFrames', source, problem: 'has no frames' });
      }
    }
  });
});

describe('formats', () => {
  it.each<[string, Partial<Luma>, MemoryOptions]>([
    ['width', { width: 50 }, {}],
    ['height', { height: 50 }, {}],
    ['depth', { bitDepth: 10 }, {}],
    ['chroma', {}, { chroma: '444' }],
  ])('of another %s are an error with both', async (_, luma, options) => {
    const reference = memorySource(clip(1, 0), { name: 'a' });
    const distorted = memorySource(clip(1, 1, luma), { name: 'b', ...options });
    expect(await errorOf(runSources(reference, [distorted]))).toEqual({
      _tag: 'FormatMismatch',
      reference: { source: 'a', format: reference.format },
      distorted: { source: 'b', format: distorted.format },
    });
  });

  it('must be the one the extractor was made for', async () => {
    const run = runSources(memorySource(clip(1, 0)), [memorySource(clip(1, 1))], {
      format: { width: 64, height: 64, bitDepth: 8, chroma: '420' },
    });
    expect(await errorOf(run)).toMatchObject({ _tag: 'BadArgument', argument: 'reference' });
  });

  it('and numbers of videos', async () => {
    const source = memorySource(clip(1, 0));
    expect(await errorOf(runSources(source, []))).toMatchObject({ _tag: 'BadArgument' });
    expect(await errorOf(runSources(source, [source]))).toMatchObject({ _tag: 'BadArgument' });
  });

  it('that a frame does not keep are damage', async () => {
    const odd = memorySource([...clip(1, 1), flatLuma(20, 20, 8, 1)], { name: 'odd' });
    expect(await errorOf(runSources(memorySource(clip(2, 0)), [odd]))).toMatchObject({
      _tag: 'DamagedInput',
      source: 'odd',
      frame: 1,
    });
  });
});

describe('samples above the depth', () => {
  const deep = (bitDepth: 10 | 12, sample: (x: number) => number): Luma =>
    lumaOf(48, 40, bitDepth, (x) => sample(x));
  const MSB = 'The words may be MSB-aligned: declare 16 bits.';
  const OTHER =
    'The bit depth may be declared wrong, or the file may not be raw video of this size.';

  it.each<[10 | 12, number, string]>([
    [10, 1024, MSB],
    [10, 1025, OTHER],
    [10, 65472, MSB],
    [12, 4096, MSB],
    [12, 65535, OTHER],
  ])('%i bits: %i is named', async (bitDepth, value, hint) => {
    const good = deep(bitDepth, () => 0);
    const bad = deep(bitDepth, (x) => (x === 7 ? value : 0));
    const run = runSources(memorySource([good, good], { name: 'a' }), [
      memorySource([good, bad], { name: 'b' }),
    ]);
    expect(await errorOf(run)).toEqual({
      _tag: 'SampleRange',
      source: 'b',
      frame: 1,
      value,
      bitDepth,
      hint,
    });
  });

  it('are found in the reference, and the largest legal sample is not', async () => {
    const top = deep(10, () => 1023);
    await runSources(memorySource([top]), [memorySource([top])]);
    const run = runSources(memorySource([deep(10, () => 1024)], { name: 'a' }), [
      memorySource([top]),
    ]);
    expect(await errorOf(run)).toMatchObject({ _tag: 'SampleRange', source: 'a', frame: 0 });
  });
});

describe('every stream is closed', () => {
  it('after a full run', async () => {
    const all = sources([2, 2, 2]);
    const [reference, ...distorted] = all;
    await runSources(reference, distorted);
    expect(all.every((source) => source.released())).toBe(true);
  });

  it('after an error in one of them', async () => {
    const error = new TinyVmafException({
      _tag: 'Io',
      operation: 'read',
      target: 'x',
      problem: 'y',
    });
    const all = [
      memorySource(clip(3, 0)),
      memorySource(clip(3, 1), { failure: { at: 1, error } }),
      memorySource(clip(3, 2)),
    ] as const;
    expect(await errorOf(runSources(all[0], [all[1], all[2]]))).toEqual(error.error);
    expect(all.every((source) => source.released())).toBe(true);
  });

  it('after an error that is not ours', async () => {
    const error = new Error('boom');
    const all = [
      memorySource(clip(3, 0), { failure: { at: 2, error } }),
      memorySource(clip(3, 1)),
    ] as const;
    expect(await errorOf(runSources(all[0], [all[1]]))).toEqual({
      _tag: 'Internal',
      problem: 'boom',
      cause: error,
    });
    expect(all[1].released()).toBe(true);
  });

  it('when the consumer stops', async () => {
    const [reference, distorted] = sources([5, 5]) as [MemorySource, MemorySource];
    const made = createExtractor({ format: reference.format, extractors: [{ name: 'motion' }] });
    if (E.isLeft(made)) throw new TinyVmafException(made.left);
    for await (const frames of made.right.run(reference, [distorted])) {
      expect(frames).toHaveLength(1);
      break;
    }
    expect([reference.released(), distorted.released()]).toEqual([true, true]);
  });
});

describe('an abort', () => {
  it('before the start reads nothing', async () => {
    const [reference, distorted] = sources([2, 2]) as [MemorySource, MemorySource];
    const run = runSources(reference, [distorted], { signal: AbortSignal.abort() });
    expect(await errorOf(run)).toMatchObject({ _tag: 'Cancelled' });
    expect(reference.delivered()).toBe(0);
  });

  it('between frames closes the streams', async () => {
    const [reference, distorted] = sources([9, 9]) as [MemorySource, MemorySource];
    const controller = new AbortController();
    const made = createExtractor({ format: reference.format, extractors: [{ name: 'vif' }] });
    if (E.isLeft(made)) throw new TinyVmafException(made.left);
    const run = made.right.run(reference, [distorted], controller.signal);
    const seen: number[] = [];
    const work = (async () => {
      for await (const [entry] of run) {
        seen.push(entry?.frame ?? -1);
        if (entry?.frame === 2) controller.abort();
      }
    })();
    expect(await errorOf(work)).toMatchObject({ _tag: 'Cancelled' });
    expect(seen).toEqual([0, 1, 2]);
    expect([reference.released(), distorted.released()]).toEqual([true, true]);
  });

  it('by a timer gets its turn although the sources never wait', async () => {
    const controller = new AbortController();
    const endless = (damage: number): FrameSource => {
      const [luma] = clip(1, damage) as [Luma];
      return {
        ...memorySource([luma]),
        async *frames(): AsyncGenerator<Frame, void, void> {
          for (let index = 0; ; index++) {
            await Promise.resolve();
            yield { index, luma: { ...luma, stride: luma.width }, chroma: [] };
          }
        },
      };
    };
    setTimeout(() => {
      controller.abort();
    }, 60);
    const run = runSources(endless(0), [endless(2)], { signal: controller.signal });
    expect(await errorOf(run)).toMatchObject({ _tag: 'Cancelled' });
  });

  it.each(['abort', 'error'] as const)('does not wait for a stalled source (%s)', async (how) => {
    const stalled: FrameSource = {
      ...memorySource(clip(1, 0)),
      async *frames(): AsyncGenerator<Frame, void, void> {
        await new Promise(() => undefined);
      },
    };
    const controller = new AbortController();
    const error = new TinyVmafException({
      _tag: 'Io',
      operation: 'read',
      target: 'x',
      problem: 'y',
    });
    const other = memorySource(clip(1, 0), how === 'error' ? { failure: { at: 0, error } } : {});
    if (how === 'abort') {
      setTimeout(() => {
        controller.abort();
      }, 5);
    }
    const run = runSources(stalled, [other], { signal: controller.signal });
    expect((await errorOf(run))._tag).toBe(how === 'abort' ? 'Cancelled' : 'Io');
    expect(other.released()).toBe(true);
  });
});

it('collects nothing from nothing', async () => {
  expect(await collect(memorySource([]).frames())).toEqual([]);
});
