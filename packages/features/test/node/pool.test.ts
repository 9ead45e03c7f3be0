// Worker threads: the same bits as in one thread, whatever their number, and
// ends that are told. The workers run the built package.
import { unwrap } from '@tinyvmaf/core';
import { lumaSource, textureLuma, type LumaSource } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { createExtractor, MAX_THREADS, type NodeExtractorConfig } from '../../src/node/index.js';

const WIDTH = 64;
const HEIGHT = 48;

const clip = (name: string, frames: number, quantiser: number, from = 0): LumaSource =>
  lumaSource(
    name,
    Array.from({ length: frames }, (_, t) => textureLuma(WIDTH, HEIGHT, from + t, 8, quantiser)),
    { counted: false },
  );

const CONFIG = {
  format: { width: WIDTH, height: HEIGHT, bitDepth: 8, chroma: '420' },
  extractors: [{ name: 'adm' }, { name: 'motion' }, { name: 'vif' }],
} as const satisfies NodeExtractorConfig;

type Rows = readonly (readonly [frame: number, distorted: number, ...values: number[]])[];

const rows = async (
  config: Partial<NodeExtractorConfig>,
  reference: LumaSource,
  distorted: readonly LumaSource[],
  signal?: AbortSignal,
): Promise<Rows> => {
  const extractor = unwrap(createExtractor({ ...CONFIG, ...config }));
  const out: [number, number, ...number[]][] = [];
  for await (const frames of extractor.run(reference, distorted, signal)) {
    for (const { frame, distorted: video, values } of frames) {
      out.push([frame, video, ...values.values()]);
    }
  }
  return out;
};

describe('any number of workers', () => {
  const CASES: Readonly<Record<string, Partial<NodeExtractorConfig>>> = {
    plainly: {},
    'with subsampling': { subsample: 3 },
    'with a five-frame window beside the usual one': {
      extractors: [
        ...CONFIG.extractors,
        { name: 'motion', options: { motion_five_frame_window: true } },
      ],
    },
    'as libvmaf 3.1': { compat: 'libvmaf-3.1' },
  };

  it.each(Object.entries(CASES))('gives the same bits %s', async (_name, config) => {
    const run = (threads: number): Promise<Rows> =>
      rows({ ...config, threads }, clip('r', 9, 1), [clip('a', 9, 32), clip('b', 9, 8)]);
    const expected = await run(0);
    expect(expected.length).toBeGreaterThan(0);
    for (const threads of [1, 2, 3]) expect(await run(threads)).toEqual(expected);
  });

  it('gives the same bits where videos end at different frames', async () => {
    const run = (threads: number): Promise<Rows> =>
      rows({ threads, allowShorter: true }, clip('r', 7, 1), [clip('a', 3, 32), clip('b', 9, 8)]);
    expect(await run(2)).toEqual(await run(0));
  });

  it('gives the same bits for one frame', async () => {
    const run = (threads: number): Promise<Rows> =>
      rows({ threads }, clip('r', 1, 1), [clip('a', 1, 32)]);
    expect(await run(3)).toEqual(await run(0));
  });
});

describe('ends', () => {
  it('tells unequal lengths', async () => {
    const run = rows({ threads: 2 }, clip('r', 5, 1), [clip('a', 3, 32)]);
    await expect(run).rejects.toMatchObject({ code: 'ERR_FRAME_COUNT_MISMATCH' });
  });

  it('stops on abort', async () => {
    const controller = new AbortController();
    const endless: LumaSource = {
      ...clip('r', 1, 1),
      frames: async function* (signal) {
        for (let index = 0; ; index++) {
          if (index === 4) controller.abort();
          for await (const frame of clip('r', 1, 1, index).frames(signal))
            yield { ...frame, index };
        }
      },
    };
    const run = rows({ threads: 2 }, endless, [{ ...endless }], controller.signal);
    await expect(run).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
  });

  it.each([
    ['throws', 'throw new Error("no such luck")', /died.*no such luck/],
    ['exits', 'process.exit(3)', /died.*status 3/],
    [
      'dies in the middle',
      'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(4))',
      /died at frame 0.*status 4/,
    ],
  ])('names the frame of a worker that %s', async (_name, script, message) => {
    const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
    const run = rows({ threads: 1, workerUrl }, clip('r', 4, 1), [clip('a', 4, 32)]);
    await expect(run).rejects.toThrow(message);
  });

  it.each([-1, 1.5, NaN, MAX_THREADS + 1])('refuses %d threads', (threads) => {
    const made = createExtractor({ ...CONFIG, threads });
    expect(E.isLeft(made) && made.left._tag).toBe('BadArgument');
  });
});
