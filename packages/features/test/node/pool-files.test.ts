// Workers that read raw and Y4M files themselves: the same bits as one thread
// that reads in order, the same warnings, and the same or plainer errors.
import {
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { frameBytes, TinyVmafException, unwrap, type VideoFormat } from '@tinyvmaf/core';
import { rawFile, textureLuma, y4mFile, type Luma } from '@tinyvmaf/testkit';
import { openVideo } from '@tinyvmaf/yuv-io/node';
import type { FrameSource, VideoHints } from '@tinyvmaf/yuv-io';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createExtractor, type NodeExtractorConfig } from '../../src/node/index.js';
import { runLength } from '../../src/node/pool/runs.js';

const FORMAT: VideoFormat = { width: 64, height: 48, bitDepth: 8, chroma: '420' };

const CONFIG = {
  format: FORMAT,
  extractors: [{ name: 'adm' }, { name: 'motion' }, { name: 'vif' }],
} as const satisfies NodeExtractorConfig;

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-pool-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const open: FrameSource[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((source) => source.close()));
});

let serial = 0;
const file = (bytes: Uint8Array): string => {
  serial += 1;
  const name = path.join(dir, `${serial}.bin`);
  writeFileSync(name, bytes);
  return name;
};

const lumas = (frames: number, quantiser: number, { bitDepth } = FORMAT): readonly Luma[] =>
  Array.from({ length: frames }, (_, t) =>
    textureLuma(FORMAT.width, FORMAT.height, t, bitDepth, quantiser),
  );

const source = async (name: string, hints: VideoHints = { raw: FORMAT }): Promise<FrameSource> => {
  const one = await openVideo(name, hints);
  open.push(one);
  return one;
};

const raw = (frames: number, quantiser: number): Promise<FrameSource> =>
  source(file(rawFile(lumas(frames, quantiser))));

/** The same source without the way around its stream. */
const streamed = ({ located: _, ...rest }: FrameSource): FrameSource => rest;

/** The same source, which must not be read in order. */
const onlyLocated = (one: FrameSource): FrameSource => ({
  ...one,
  frames: () => {
    throw new Error('was read in order');
  },
});

type Rows = (readonly [frame: number, distorted: number, ...values: number[]])[];

const run = async (
  config: Partial<NodeExtractorConfig>,
  [reference, ...distorted]: readonly FrameSource[],
  { signal, onFrame }: { signal?: AbortSignal; onFrame?: (frame: number) => unknown } = {},
): Promise<Rows> => {
  const extractor = unwrap(createExtractor({ ...CONFIG, ...config }));
  const out: Rows = [];
  if (reference === undefined) throw new Error('a reference is needed');
  for await (const frames of extractor.run(reference, distorted, signal)) {
    for (const { frame, distorted: video, values } of frames) {
      out.push([frame, video, ...values.values()]);
      await onFrame?.(frame);
    }
  }
  return out;
};

describe('workers that read files', () => {
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

  it.each(Object.entries(CASES))('give the same bits %s', async (_name, config) => {
    // Several runs of frames for each worker.
    const videos = await Promise.all([raw(40, 1), raw(40, 32), raw(40, 8)]);
    const expected = await run({ ...config, threads: 0 }, videos);
    expect(expected.length).toBeGreaterThan(0);
    for (const threads of [1, 2, 3]) {
      expect(await run({ ...config, threads }, videos.map(onlyLocated))).toEqual(expected);
      expect(await run({ ...config, threads }, videos.map(streamed))).toEqual(expected);
    }
  });

  it.each([
    [1, { threads: 3 }],
    [2, { threads: 3 }],
    [13, { threads: 2 }],
  ])('give the same bits for %d frames', async (frames, config) => {
    const videos = await Promise.all([raw(frames, 1), raw(frames, 32)]);
    expect(await run(config, videos.map(onlyLocated))).toEqual(await run({ threads: 0 }, videos));
  });

  it.each([10, 12, 16] as const)('give the same bits for %d-bit video', async (bitDepth) => {
    const format = { ...FORMAT, bitDepth };
    const videos = await Promise.all(
      [1, 40].map((q) => source(file(rawFile(lumas(9, q, format))), { raw: format })),
    );
    expect(await run({ format, threads: 2 }, videos.map(onlyLocated))).toEqual(
      await run({ format, threads: 0 }, videos),
    );
  });

  it('give the same bits where videos end at different frames', async () => {
    for (const [r, a, b] of [
      [7, 3, 9],
      [9, 3, 5],
    ] as const) {
      const videos = await Promise.all([raw(r, 1), raw(a, 32), raw(b, 8)]);
      const config = { allowShorter: true };
      expect(await run({ ...config, threads: 2 }, videos.map(onlyLocated))).toEqual(
        await run({ ...config, threads: 0 }, videos),
      );
    }
  });

  it('give the same bits for parts of files', async () => {
    const name = file(rawFile(lumas(20, 1)));
    const other = file(y4mFile(lumas(20, 32)));
    const videos = await Promise.all([
      source(name, { raw: FORMAT, skip: 5, limit: 14 }),
      source(other, { limit: 14 }),
    ]);
    expect(await run({ threads: 2 }, videos.map(onlyLocated))).toEqual(
      await run({ threads: 0 }, videos),
    );
  });

  it('give the same bits on the plain kernels', async () => {
    const videos = await Promise.all([raw(3, 1), raw(3, 32)]);
    const config = { backend: 'reference' } as const;
    expect(await run({ ...config, threads: 2 }, videos.map(onlyLocated))).toEqual(
      await run({ threads: 0 }, videos),
    );
  });

  it('read in order what was deleted after it was opened', async () => {
    const name = file(rawFile(lumas(5, 32)));
    const videos = [await raw(5, 1), await source(name)];
    unlinkSync(name);
    expect(await run({ threads: 2 }, videos)).toEqual(await run({ threads: 0 }, videos));
  });

  it('read in order what was replaced after it was opened', async () => {
    const name = file(rawFile(lumas(5, 32)));
    const videos = [await raw(5, 1), await source(name)];
    renameSync(file(rawFile(lumas(5, 100))), name);
    expect(await run({ threads: 2 }, videos)).toEqual(await run({ threads: 0 }, videos));
  });

  it('begin again in order where Y4M frames turn out to lie elsewhere', async () => {
    // The line of frame 30 is longer by as much as a frame with its line: the size fits one more.
    const length = 6 + frameBytes(FORMAT);
    const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
    const header = 'YUV4MPEG2 W64 H48 F25:1 C420\n';
    const bytes = Buffer.concat([
      ascii(header),
      ...lumas(40, 32).flatMap((luma, t) => [
        ascii(t === 30 ? `FRAME X${'x'.repeat(length - 2)}\n` : 'FRAME\n'),
        rawFile([luma]),
      ]),
    ]);
    const odd = await source(file(bytes), {});
    const videos = [await raw(40, 1), odd];
    expect(odd.located?.location.frames).toBe(41);
    const expected = await run({ threads: 0 }, videos);
    expect(expected).toHaveLength(40);
    expect(await run({ threads: 2, allowShorter: true }, videos)).toEqual(expected);
    // By its size the other one has one frame less, which is not so.
    const longer = await source(file(rawFile(lumas(41, 1))));
    await expect(run({ threads: 2 }, [longer, odd])).rejects.toMatchObject({
      code: 'ERR_FRAME_COUNT_MISMATCH',
      error: { reference: { frames: 41 }, distorted: { frames: 40 } },
    });
  });
});

describe('checks of files that workers read', () => {
  const deep: VideoFormat = { ...FORMAT, bitDepth: 10 };

  /** 10-bit clips of which one sample of frame 6 is too large. */
  const damaged = async (which: 0 | 1): Promise<readonly FrameSource[]> => {
    const clips = [1, 40].map((q) => rawFile(lumas(9, q, deep)));
    const words = new Uint16Array(clips[which]?.buffer ?? new ArrayBuffer(0));
    words[(6 * frameBytes(deep)) / 2 + 700] = 1029;
    return Promise.all(
      clips.map((bytes, i) => source(file(bytes), { raw: deep, name: i === 0 ? 'ref' : 'dis' })),
    );
  };

  it.each([
    [0, 'ref'],
    [1, 'dis'],
  ] as const)('find samples above the depth in video %d', async (which, name) => {
    const videos = await damaged(which);
    for (const threads of [0, 1, 2]) {
      for (const way of [videos, videos.map(streamed)]) {
        await expect(run({ format: deep, threads }, way)).rejects.toMatchObject({
          code: 'ERR_SAMPLE_RANGE',
          error: { source: name, frame: 6, value: 1029, bitDepth: 10 },
        });
      }
    }
  });

  it('give the warnings of the stream', async () => {
    // 10-bit words declared as 16 bits.
    const format: VideoFormat = { ...FORMAT, bitDepth: 16 };
    const name = file(rawFile(lumas(70, 1, deep)));
    const fresh = (): Promise<readonly FrameSource[]> =>
      Promise.all(['a', 'b'].map((label) => source(name, { raw: format, name: label })));
    const warnings = async (threads: number, way: (one: FrameSource) => FrameSource) => {
      const videos = await fresh();
      await run({ format, threads }, videos.map(way));
      return videos.map((one) => one.warnings());
    };
    const expected = await warnings(0, (one) => one);
    expect(expected).toMatchObject([
      [{ code: 'suspicious-depth' }],
      [{ code: 'suspicious-depth' }],
    ]);
    expect(await warnings(2, onlyLocated)).toEqual(expected);
  });

  it('tell unequal lengths of Y4M files with both counts', async () => {
    const videos = await Promise.all(
      [12, 9].map((frames) => source(file(y4mFile(lumas(frames, 1))), {})),
    );
    await expect(run({ threads: 2 }, videos)).rejects.toMatchObject({
      code: 'ERR_FRAME_COUNT_MISMATCH',
      error: { reference: { frames: 12 }, distorted: { frames: 9 } },
    });
  });

  // What is read ahead ends well before frame 80 while the first frame is not taken.
  const BYTES = frameBytes(FORMAT);
  it.each([
    [
      'cut',
      (name: string) => {
        truncateSync(name, 80 * BYTES + 5);
      },
      { code: 'ERR_TRUNCATED_FRAME', error: { frame: 80, presentBytes: 5, neededBytes: BYTES } },
    ],
    [
      'written to',
      (name: string) => {
        utimesSync(name, 1, 1);
      },
      { code: 'ERR_IO', message: expect.stringMatching(/changed while it was read, at frame/) },
    ],
  ])('notice a file that is %s while it is read', async (_name, change, error) => {
    for (const threads of [1, 2]) {
      const name = file(rawFile(lumas(90, 32)));
      const videos = [await raw(90, 1), await source(name, { raw: FORMAT, name: 'dis' })];
      const onFrame = async (frame: number): Promise<void> => {
        if (frame !== 0) return;
        // Time for all that is read ahead.
        await new Promise((resolve) => setTimeout(resolve, 500));
        change(name);
      };
      await expect(run({ threads }, videos, { onFrame })).rejects.toMatchObject(error);
    }
  });
});

describe('ends of workers that read files', () => {
  it('stops on abort', async () => {
    const videos = await Promise.all([raw(60, 1), raw(60, 32)]);
    const controller = new AbortController();
    const seen: number[] = [];
    const running = run({ threads: 2 }, videos.map(onlyLocated), {
      signal: controller.signal,
      onFrame: (frame) => {
        seen.push(frame);
        if (frame === 3) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('stops before it begins', async () => {
    const videos = await Promise.all([raw(6, 1), raw(6, 32)]);
    await expect(
      run({ threads: 2 }, videos, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
  });

  it('lets a reader leave early, and another come', async () => {
    const videos = await Promise.all([raw(60, 1), raw(60, 32)]);
    const extractor = unwrap(createExtractor({ ...CONFIG, threads: 2 }));
    const [reference, ...distorted] = videos;
    if (reference === undefined) throw new Error('a reference is needed');
    for await (const frames of extractor.run(reference, distorted)) {
      if (frames[0]?.frame === 2) break;
    }
    expect(await run({ threads: 2 }, videos)).toEqual(await run({ threads: 0 }, videos));
  });

  it('names the frames that a dying worker owed', async () => {
    const script = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (task) => { if ('first' in task) process.exit(5); });`;
    const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
    const videos = await Promise.all([raw(6, 1), raw(6, 32)]);
    await expect(run({ threads: 1, workerUrl }, videos)).rejects.toThrow(
      /died at frame 0, 1, 2, 3, 4, 5: .*status 5/,
    );
    await expect(run({ threads: 1, workerUrl }, videos)).rejects.toBeInstanceOf(TinyVmafException);
  });
});

describe('the length of runs', () => {
  it.each([1, 2, 3, 8])('covers all frames with %d workers, shorter towards the end', (workers) => {
    for (const total of [1, 2, 7, 30, 1000]) {
      const lengths: number[] = [];
      for (let left = total; left > 0; left -= lengths.at(-1) ?? left) {
        lengths.push(runLength(left, workers));
      }
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(total);
      expect(Math.min(...lengths)).toBeGreaterThan(0);
      expect(lengths.toSorted((a, b) => b - a)).toEqual(lengths);
      if (workers > 1) expect(lengths.at(-1)).toBe(1);
    }
  });
});
