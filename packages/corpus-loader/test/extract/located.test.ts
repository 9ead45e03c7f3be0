// Frames that workers read themselves: their content hashes are those of a
// file that is read in order, whatever happens on the way.
import { appendFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap, type VideoFormat } from '@tinyvmaf/core';
import { createExtractor } from '@tinyvmaf/features/node';
import { rawFile, textureLuma, y4mFile } from '@tinyvmaf/testkit';
import { frameRange, type FrameSource } from '@tinyvmaf/yuv-io';
import { openVideo } from '@tinyvmaf/yuv-io/node';
import { describe, expect, it } from 'vitest';
import type { Corpus, MediaFile, Source } from '../../src/corpus/corpus.js';
import { extract, type ExtractOptions } from '../../src/extract/extract.js';
import { planExtraction } from '../../src/extract/plan.js';
import { createReread, type Reread } from '../../src/extract/reread.js';
import { hashOf, takenHash, tapped } from '../../src/extract/tap.js';
import type { ContentHash, Store } from '../../src/store/contracts.js';
import { openStore } from '../../src/store/store.js';
import { clipBytes, corpusOf, folder, FORMAT, mediaFile, source } from '../support/clips.js';

const FRAMES = 70;

const DEEP: VideoFormat = { ...FORMAT, bitDepth: 10 };

const pictures = (bitDepth: 8 | 10, q: number) =>
  Array.from({ length: FRAMES }, (_, t) =>
    textureLuma(FORMAT.width, FORMAT.height, t, bitDepth, q),
  );

/** Y4M whose size fits plain frame lines, with one more frame than there are. */
const oddY4m = (q: number): Uint8Array => {
  const length = 6 + FORMAT.width * FORMAT.height * 1.5;
  const parts: Uint8Array[] = [Buffer.from('YUV4MPEG2 W96 H64 F25:1 C420\n')];
  for (const [t, luma] of pictures(8, q).entries()) {
    parts.push(Buffer.from(t === 50 ? `FRAME X${'x'.repeat(length - 2)}\n` : 'FRAME\n'));
    parts.push(rawFile([luma]));
  }
  return Buffer.concat(parts);
};

const withoutFormat = ({ path, bytes }: MediaFile): MediaFile => ({ path, bytes });

/** Two rungs, all files of one kind. */
const KINDS = {
  raw: (root: string, path: string, q: number) =>
    mediaFile(root, `${path}.yuv`, rawFile(pictures(8, q))),
  'raw 10-bit': (root: string, path: string, q: number) =>
    mediaFile(root, `${path}.yuv`, rawFile(pictures(10, q)), DEEP),
  y4m: (root: string, path: string, q: number) =>
    withoutFormat(mediaFile(root, `${path}.y4m`, y4mFile(pictures(8, q)))),
  'y4m with frames elsewhere': (root: string, path: string, q: number) =>
    withoutFormat(mediaFile(root, `${path}.y4m`, oddY4m(q))),
} as const;

const kindSource = (root: string, kind: keyof typeof KINDS): Source => ({
  id: 'a',
  group: 'a',
  reference: KINDS[kind](root, 'ref', 1),
  rungs: [8, 32].map((q) => {
    const file = KINDS[kind](root, `dis${q}`, q);
    return { clip: file.path, file, metadata: {}, labels: [] };
  }),
  metadata: {},
  labels: [],
});

const open = (root: string, { path, format }: MediaFile): Promise<FrameSource> =>
  openVideo(join(root, path), { name: path, ...(format === undefined ? {} : { raw: format }) });

const inOrder = async (root: string, file: MediaFile): Promise<ContentHash> => {
  const video = await open(root, file);
  try {
    return await hashOf(video);
  } finally {
    await video.close();
  }
};

let stores = 0;
const run = async (root: string, corpus: Corpus, options: Partial<ExtractOptions>, at?: Store) => {
  const into = at ?? (await openStore(join(root, `.store-${stores++}`), { create: true }));
  const summary = await extract(await planExtraction(corpus, into), { store: into, ...options });
  return { into, summary };
};

const expectHashes = async (into: Store, root: string, from: Source): Promise<void> => {
  if (from.reference === undefined) throw new Error('expected a reference');
  const reference = await inOrder(root, from.reference);
  const expected = new Map<string, unknown>();
  for (const { clip, file } of from.rungs) {
    const distorted = await inOrder(root, file);
    expect(distorted.frames).toBe(reference.frames);
    const frames = reference.frames;
    expected.set(clip, { frames, reference: reference.root, distorted: distorted.root });
  }
  const kept = into
    .clips()
    .map(({ clip, frames, reference: r, distorted: d }): [string, unknown] => [
      clip,
      { frames, reference: r, distorted: d },
    ]);
  expect(new Map(kept)).toEqual(expected);
};

describe('content hashes', () => {
  it.each(Object.keys(KINDS) as (keyof typeof KINDS)[])(
    'are the same with any number of threads: %s',
    async (kind) => {
      const root = folder();
      const files = kindSource(root, kind);
      for (const threads of [0, 1, 2]) {
        const { into, summary } = await run(root, corpusOf(root, files), { threads });
        expect(summary).toMatchObject({ computed: 2, failures: [] });
        await expectHashes(into, root, files);
      }
    },
  );

  it('go on behind the chunks of an interrupted run', async () => {
    const root = folder();
    const files = source(root, 'a', 130, [8, 16]);
    const corpus = corpusOf(root, files);
    const controller = new AbortController();
    const into = await openStore(join(root, '.store'), { create: true });
    let ticks = 0;
    const first = run(
      root,
      corpus,
      {
        threads: 2,
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === 'tick' && ++ticks === 75) controller.abort();
        },
      },
      into,
    );
    await expect(first).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    const { summary } = await run(root, corpus, { threads: 2 }, into);
    expect(summary).toMatchObject({ computed: 2, frames: 2 * 66, failures: [] });
    await expectHashes(into, root, files);
  });

  it('are right where another clip is given up on the way', async () => {
    const root = folder();
    const files = source(root, 'a', 130, [8, 16, 32]);
    let ticks = 0;
    const { into, summary } = await run(root, corpusOf(root, files), {
      threads: 2,
      onEvent: ({ type }) => {
        if (type === 'tick' && ++ticks === 35) utimesSync(join(root, 'dis/a_16.yuv'), 1e9, 1e9);
      },
    });
    expect(summary.failures).toMatchObject([{ clip: 'dis/a_16.yuv', error: { _tag: 'Io' } }]);
    expect(summary.computed).toBe(2);
    const others = files.rungs.filter(({ clip }) => clip !== 'dis/a_16.yuv');
    await expectHashes(into, root, { ...files, rungs: others });
  });
});

describe('a tapped source', () => {
  /** A reread that notes what it is asked for. */
  const noting = (): Reread & { readonly asked: number[] } => {
    const inner = createReread();
    const asked: number[] = [];
    return {
      asked,
      luma: (location, index) => {
        asked.push(index);
        return inner.luma(location, index);
      },
      close: () => {
        inner.close();
      },
    };
  };

  it('is read beside its stream, each frame once more', async () => {
    const root = folder();
    const files = [1, 8].map((q) => mediaFile(root, `${q}.yuv`, clipBytes(40, q)));
    const videos = await Promise.all(files.map((file) => open(root, file)));
    const hashes = videos.map(({ format }) => takenHash(format, []));
    const rereads = [noting(), noting()] as const;
    const extractor = unwrap(
      createExtractor({ format: FORMAT, threads: 2, extractors: [{ name: 'motion' }] }),
    );
    let streamed = 0;
    /** Frames `first` to `first + 29`, as a run that overlaps the one before. */
    const pass = async (first: number): Promise<number> => {
      const [r, d] = videos.map((video, i) => {
        const range = unwrap(frameRange(video, { skip: first, limit: 30 }));
        const [hash, reread] = [hashes[i], rereads[i]];
        if (hash === undefined) throw new Error('expected a hash');
        const counted: FrameSource = {
          ...range,
          frames: (...args) => {
            streamed += 1;
            return range.frames(...args);
          },
        };
        return tapped(counted, first, hash, reread);
      });
      if (r === undefined || d === undefined) throw new Error('expected two videos');
      let frames = 0;
      for await (const step of extractor.run(r, [d])) frames += step.length;
      return frames;
    };
    expect([await pass(0), await pass(10)]).toEqual([30, 30]);
    expect(streamed).toBe(0);
    const once = [...Array(30).keys(), ...Array.from({ length: 10 }, (_, i) => 20 + i)];
    expect(rereads.map(({ asked }) => asked)).toEqual([once, once]);
    for (const reread of rereads) reread.close();
    const expected = await Promise.all(files.map((file) => inOrder(root, file)));
    expect(hashes.map((hash) => hash.finish())).toEqual(expected);
    await Promise.all(videos.map((video) => video.close()));
  });

  it('says where its frames lie only to those who have them read again', async () => {
    const root = folder();
    const video = await open(root, mediaFile(root, 'a.yuv', clipBytes(2, 1)));
    const hash = takenHash(video.format, []);
    expect(tapped(video, 0, hash, undefined).located).toBeUndefined();
    const reread = createReread();
    expect(tapped(video, 0, hash, reread).located?.location).toBe(video.located?.location);
    await video.close();
  });
});

describe('files that are read once more', () => {
  it('are refused when they have changed', async () => {
    const root = folder();
    const file = mediaFile(root, 'a.yuv', clipBytes(3, 1));
    const video = await open(root, file);
    const location = video.located?.location;
    if (location === undefined) throw new Error('expected a location');
    const reread = createReread();
    expect(reread.luma(location, 1).data).toEqual(
      textureLuma(FORMAT.width, FORMAT.height, 1, 8, 1).data,
    );
    appendFileSync(join(root, 'a.yuv'), 'x');
    expect(() => reread.luma(location, 2)).toThrow(/a\.yuv/);
    reread.close();
    reread.close();
    await video.close();
  });
});
