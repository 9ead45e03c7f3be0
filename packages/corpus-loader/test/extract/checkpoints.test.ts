// When finished chunks of a clip go to the store, and what becomes of them.
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { taskEither as TE } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import type { ExtractionEvent } from '../../src/extract/event.js';
import { extract, type ExtractOptions } from '../../src/extract/extract.js';
import { planExtraction } from '../../src/extract/plan.js';
import type { Store } from '../../src/store/contracts.js';
import { gc } from '../../src/store/gc.js';
import { openStore } from '../../src/store/store.js';
import { clipBytes, corpusOf, folder, source } from '../support/clips.js';

const store = (root: string): Promise<Store> =>
  openStore(join(root, '.tinyvmaf'), { create: true });

/** Extracts; starts of chunks as they are written, and how it ended. */
const run = async (
  corpus: Corpus,
  into: Store,
  options: Partial<ExtractOptions> = {},
  onTick: (ticks: number) => void = () => undefined,
) => {
  const starts: number[] = [];
  let ticks = 0;
  const onEvent = (event: ExtractionEvent): void => {
    if (event.type === 'chunk') starts.push(event.start);
    if (event.type === 'tick') onTick(++ticks);
  };
  const plan = await planExtraction(corpus, into);
  const ended = extract(plan, { store: into, threads: 0, onEvent, ...options });
  const code = await ended.then(
    () => 'complete',
    (thrown: unknown) => (thrown as { code: string }).code,
  );
  return { code, starts, frames: plan.frames };
};

/** Stops a run after so many frames. */
const stopAt = (corpus: Corpus, into: Store, at: number, options: Partial<ExtractOptions> = {}) => {
  const controller = new AbortController();
  return run(corpus, into, { signal: controller.signal, ...options }, (ticks) => {
    if (ticks === at) controller.abort();
  });
};

describe('checkpoints', () => {
  it('are due when two seconds have passed, and take everything that is finished', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 200, [8]));
    let time = 1e6;
    const checkpoints = { now: () => time };
    // 25 ms a frame: 800 ms a chunk, so the third is the first that comes late enough.
    const { starts } = await run(corpus, await store(root), { checkpoints }, () => (time += 25));
    expect(starts).toEqual([0, 32, 64, 96, 128, 160]);
    expect(starts).toHaveLength(6);
    time = 1e6;
    const seen: number[] = [];
    const other = await openStore(join(root, 'other'), { create: true });
    const noting: Store = {
      ...other,
      writeChunk: (pair, chunk) => {
        seen.push(Math.round((time - 1e6) / 25));
        return other.writeChunk(pair, chunk);
      },
    };
    await run(corpus, noting, { checkpoints }, () => (time += 25));
    expect(seen).toEqual([97, 97, 97, 193, 193, 193]);
  });

  it('cost nothing where the work is short', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 100, [8, 16]));
    const checkpoints = { now: () => 0 };
    const { code, starts } = await run(corpus, await store(root), { checkpoints });
    expect([code, starts]).toEqual(['complete', []]);
  });

  it('are made at the end of a run that is stopped', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 130, [8, 16]));
    const into = await store(root);
    const checkpoints = { now: () => 0 };
    // At 64 frames nothing says yet that there is another: that chunk may be the end.
    for (const [at, starts, left] of [
      [64, [0, 0], 2 * 98],
      [33, [32, 32], 2 * 66],
    ] as const) {
      const stopped = await stopAt(corpus, into, at, { checkpoints });
      expect(stopped).toMatchObject({ code: 'ERR_CANCELLED', starts });
      expect((await planExtraction(corpus, into)).frames).toBe(left);
    }
    expect(await run(corpus, into)).toMatchObject({ code: 'complete', frames: 2 * 66 });
  });

  it('do not hide why a run ended', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 70, [8]));
    const into = await store(root);
    const full: Store = {
      ...into,
      writeChunk: () =>
        TE.left({
          _tag: 'Io',
          operation: 'write',
          target: 'chunk',
          problem: 'full',
          errno: 'ENOSPC',
        }),
    };
    const checkpoints = { now: () => 0 };
    expect(await stopAt(corpus, full, 50, { checkpoints })).toMatchObject({
      code: 'ERR_CANCELLED',
      starts: [],
    });
  });

  it('are known for those of a complete pair when nobody took them away', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 70, [8]));
    const into = await store(root);
    // As if the process ended before it came to that.
    const dying: Store = { ...into, dropChunks: () => TE.right(undefined) };
    const checkpoints = { everyMs: 0 };
    await stopAt(corpus, dying, 50, { checkpoints });
    expect((await gc(into, { minAgeMs: 0, dryRun: true })).items).toEqual([]);
    expect(await run(corpus, dying, { checkpoints })).toMatchObject({ code: 'complete' });
    const { items } = await gc(into, { minAgeMs: 0 });
    expect(items.map(({ reason }) => reason)).toContain('chunks of a complete pair');
    expect((await gc(into, { minAgeMs: 0 })).items).toEqual([]);
    expect(await run(corpus, into)).toMatchObject({ code: 'complete', frames: 0 });
  });
});

describe('a file whose time of change is only whole seconds, and now', () => {
  it('is not known again: within the same second it may have changed', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 40, [8]));
    const into = await store(root);
    const file = join(root, 'dis/a_8.yuv');
    const second = Math.floor(Date.now() / 1000) - 1;
    utimesSync(file, second, second);
    const checkpoints = { everyMs: 0 };
    // Nor are its chunks: another content would be taken up in the middle.
    expect(await run(corpus, into, { checkpoints })).toMatchObject({
      code: 'complete',
      starts: [],
    });
    const before = into.clips()[0]?.features;
    writeFileSync(file, clipBytes(40, 24));
    utimesSync(file, second, second);
    expect(await run(corpus, into)).toMatchObject({ code: 'complete', frames: 40 });
    expect(into.clips()[0]?.features).not.toBe(before);
    // Once it is older it is read once more, and then remembered.
    utimesSync(file, second - 10, second - 10);
    expect((await run(corpus, into)).frames).toBe(40);
    expect((await run(corpus, into)).frames).toBe(0);
  });
});
