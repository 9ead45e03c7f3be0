// Plan, then do: what is computed, what is not, and that it is right.
import { copyFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import type { Corpus, Source } from '../../src/corpus/corpus.js';
import type { ExtractionEvent } from '../../src/extract/event.js';
import { extract, incomplete, type ExtractOptions } from '../../src/extract/extract.js';
import { planExtraction } from '../../src/extract/plan.js';
import type { FeatureRows, Store } from '../../src/store/contracts.js';
import { openStore } from '../../src/store/store.js';
import { clipBytes, corpusOf, folder, mediaFile, pairFeatures, source } from '../support/clips.js';

const store = (root: string): Promise<Store> =>
  openStore(join(root, '.tinyvmaf'), { create: true });

/** Plans and extracts; with the events. */
const run = async (corpus: Corpus, into: Store, options: Partial<ExtractOptions> = {}) => {
  const events: ExtractionEvent[] = [];
  const plan = await planExtraction(corpus, into);
  const summary = await extract(plan, {
    store: into,
    threads: 0,
    checkpoints: { everyMs: 0 },
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return { plan, summary, events };
};

const featuresOf = async (from: Store, clip: string): Promise<FeatureRows | undefined> => {
  const record = from.clips().find((each) => each.clip === clip);
  if (record === undefined) return undefined;
  const found = await from.readFeatures(record.features)();
  if (found._tag === 'Left') throw new Error(found.left._tag);
  return found.right;
};

const expectRight = async (from: Store, corpus: Corpus): Promise<void> => {
  for (const { reference, rungs } of corpus.sources) {
    for (const { clip, file } of rungs) {
      if (reference === undefined) continue;
      const alone = await pairFeatures(corpus.root, reference, file);
      const kept = await featuresOf(from, clip);
      expect(kept?.frames).toBe(alone.frames);
      for (const name of FEATURES) expect(kept?.columns[name]).toEqual(alone.columns[name]);
    }
  }
};

const chunks = (events: readonly ExtractionEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'chunk' ? [`${event.clip} ${event.start}`] : []));

const rungsOf = (from: Source, ...which: readonly number[]): Source => ({
  ...from,
  rungs: which.flatMap((i) => from.rungs[i] ?? []),
});

describe('extraction', () => {
  it('gives the features of each pair, as bits, in one pass a source', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 70, [8, 32]), source(root, 'b', 33, [16], 500));
    const into = await store(root);
    const { plan, summary, events } = await run(corpus, into);
    expect(plan).toMatchObject({ clips: 3, frames: 173, cached: [], skipped: [] });
    expect(JSON.parse(JSON.stringify(plan.jobs))).toEqual(plan.jobs);
    expect(summary).toMatchObject({
      computed: 3,
      cached: 0,
      content: 0,
      frames: 173,
      failures: [],
    });
    expect(incomplete(summary)._tag).toBe('Right');
    await expectRight(into, corpus);
    expect(chunks(events)).toEqual([
      'dis/a_8.yuv 0',
      'dis/a_32.yuv 0',
      'dis/a_8.yuv 32',
      'dis/a_32.yuv 32',
      'dis/b_16.yuv 0',
    ]);
    const ticks = events.flatMap((event) => (event.type === 'tick' ? [event.clips] : []));
    expect(ticks).toHaveLength(103);
    expect(into.clips().map(({ clip, frames, metadata }) => ({ clip, frames, metadata }))).toEqual([
      { clip: 'dis/a_32.yuv', frames: 70, metadata: { q: 32 } },
      { clip: 'dis/a_8.yuv', frames: 70, metadata: { q: 8 } },
      { clip: 'dis/b_16.yuv', frames: 33, metadata: { q: 16 } },
    ]);
    await into.close();
  });

  it('computes nothing again, in this store or in one opened anew', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 40, [8, 32]));
    const into = await store(root);
    await run(corpus, into);
    for (const again of [into, await store(root)]) {
      const { plan, summary, events } = await run(corpus, again);
      expect(plan).toMatchObject({ jobs: [], clips: 0, bytes: 0, frames: 0 });
      expect(plan.cached.map(({ recorded }) => recorded)).toEqual([true, true]);
      expect(summary).toMatchObject({ computed: 0, cached: 2, frames: 0 });
      expect(events.filter(({ type }) => type === 'tick' || type === 'job')).toEqual([]);
    }
  });

  it('takes many rungs at a time without a word from Node', async () => {
    const root = folder();
    const heard: string[] = [];
    const listen = ({ message }: Error): void => void heard.push(message);
    process.on('warning', listen);
    const steps = Array.from({ length: 14 }, (_, i) => i + 2);
    const corpus = corpusOf(root, source(root, 'a', 2, steps));
    const { summary } = await run(corpus, await store(root));
    await new Promise((done) => setTimeout(done, 10));
    process.off('warning', listen);
    expect(summary).toMatchObject({ computed: 14, failures: [] });
    expect(heard).toEqual([]);
  });

  it('adds a rung without the others', async () => {
    const root = folder();
    const whole = source(root, 'a', 40, [8, 16, 32]);
    const into = await store(root);
    await run(corpusOf(root, rungsOf(whole, 0, 2)), into);
    const { plan, summary } = await run(corpusOf(root, whole), into);
    expect(plan.jobs.map(({ rungs }) => rungs.map(({ clip }) => clip))).toEqual([['dis/a_16.yuv']]);
    expect(summary).toMatchObject({ computed: 1, cached: 2, frames: 40 });
    await expectRight(into, corpusOf(root, whole));
  });

  it('computes nothing for content that is there under another name', async () => {
    const root = folder();
    const a = source(root, 'a', 40, [8, 32]);
    const into = await store(root);
    await run(corpusOf(root, a), into);
    // Renamed, and copied beside a copy of the reference.
    renameSync(join(root, 'dis/a_8.yuv'), join(root, 'dis/renamed.yuv'));
    copyFileSync(join(root, 'ref/a.yuv'), join(root, 'ref/copy.yuv'));
    copyFileSync(join(root, 'dis/a_32.yuv'), join(root, 'dis/copy.yuv'));
    const bytes = a.reference?.bytes ?? 0;
    const format = a.reference?.format;
    const file = (path: string) => ({ path, bytes, ...(format === undefined ? {} : { format }) });
    const rung = (path: string) => ({ clip: path, file: file(path), metadata: {}, labels: [] });
    const renamed = { ...a, rungs: [rung('dis/renamed.yuv')] };
    const copied = {
      ...a,
      id: 'copy',
      reference: file('ref/copy.yuv'),
      rungs: [rung('dis/copy.yuv')],
    };
    const { summary, events } = await run(corpusOf(root, renamed, copied), into);
    expect(summary).toMatchObject({ computed: 0, content: 2, frames: 0 });
    expect(events.filter(({ type }) => type === 'tick')).toEqual([]);
    const keys = into.clips().map(({ clip, features }) => [clip, features] as const);
    const key = new Map(keys);
    expect(key.get('dis/renamed.yuv')).toBe(key.get('dis/a_8.yuv'));
    expect(key.get('dis/copy.yuv')).toBe(key.get('dis/a_32.yuv'));
  });

  it('notices a file that has changed between two runs', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 40, [8, 32]));
    const into = await store(root);
    await run(corpus, into);
    writeFileSync(join(root, 'dis/a_8.yuv'), clipBytes(40, 24));
    const { plan, summary } = await run(corpus, into);
    expect(plan.clips).toBe(1);
    expect(summary).toMatchObject({ computed: 1, cached: 1 });
    await expectRight(into, corpus);
    // A new time and the old content: read, and nothing computed.
    utimesSync(join(root, 'dis/a_32.yuv'), 1e9, 1e9);
    expect((await run(corpus, into)).summary).toMatchObject({ computed: 0, content: 1, cached: 1 });
  });

  it('goes on behind the chunks of an interrupted run', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 130, [8, 16, 32]));
    const into = await store(root);
    const controller = new AbortController();
    let ticks = 0;
    const first = run(corpus, into, {
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'tick' && ++ticks === 75) controller.abort();
      },
    });
    await expect(first).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    const { plan, summary, events } = await run(corpus, into);
    expect(plan.jobs.flatMap(({ rungs }) => rungs.map(({ done }) => done))).toEqual([64, 64, 64]);
    expect(plan.frames).toBe(3 * 66);
    expect(summary).toMatchObject({ computed: 3, frames: 3 * 66 });
    expect(chunks(events)).toEqual(
      ['8', '16', '32']
        .map((q) => `dis/a_${q}.yuv 64`)
        .concat(['8', '16', '32'].map((q) => `dis/a_${q}.yuv 96`)),
    );
    await expectRight(into, corpus);
  });

  it('lets rungs that are behind catch up first', async () => {
    const root = folder();
    const whole = source(root, 'a', 100, [8, 16, 32]);
    const into = await store(root);
    const stopAt = async (corpus: Corpus, at: number): Promise<void> => {
      const controller = new AbortController();
      let ticks = 0;
      await run(corpus, into, {
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === 'tick' && ++ticks === at) controller.abort();
        },
      }).catch(() => undefined);
    };
    await stopAt(corpusOf(root, rungsOf(whole, 0)), 98);
    await stopAt(corpusOf(root, rungsOf(whole, 1)), 40);
    const { plan, summary, events } = await run(corpusOf(root, whole), into);
    expect(plan.jobs.flatMap(({ rungs }) => rungs.map(({ done }) => done))).toEqual([96, 32, 0]);
    expect(summary.frames).toBe(4 + 68 + 100);
    const ticks = events.flatMap((event) => (event.type === 'tick' ? [event.clips] : []));
    expect(ticks).toEqual([...Array(32).fill(1), ...Array(64).fill(2), ...Array(4).fill(3)]);
    await expectRight(into, corpusOf(root, whole));
  });
});

describe('bad clips', () => {
  it('are reported, and the others are complete', async () => {
    const root = folder();
    const a = source(root, 'a', 40, [4, 8, 12, 16, 32]);
    const b = source(root, 'b', 5, [8], 100);
    mediaFile(root, 'dis/a_8.yuv', clipBytes(39, 8));
    truncateSync(join(root, 'dis/a_12.yuv'), 100_000);
    const gone = { ...a.rungs[0], clip: 'gone', file: { path: 'dis/gone.yuv', bytes: 1 } };
    const corpus = corpusOf(root, { ...a, rungs: [...a.rungs, gone as never] }, b);
    const into = await store(root);
    const { summary } = await run(corpus, into);
    expect(summary).toMatchObject({ computed: 4 });
    expect(summary.failures.map(({ clip, error }) => [clip, error._tag])).toEqual([
      ['dis/a_12.yuv', 'TruncatedFrame'],
      ['gone', 'Io'],
      ['dis/a_8.yuv', 'CorpusLayout'],
    ]);
    expect(incomplete(summary)).toMatchObject({
      left: { _tag: 'Incomplete', problem: '3 of 7 clips failed' },
    });
    await expectRight(into, corpusOf(root, rungsOf(a, 0, 3, 4), b));
  });

  it('do not take the frames of the others with them', async () => {
    const root = folder();
    const a = source(root, 'a', 40, [8, 32]);
    // A length that only reading tells, and the other rung is far by then.
    const y4m = Buffer.concat([
      Buffer.from('YUV4MPEG2 W96 H64 F25:1 Ip A1:1 C420\n'),
      ...Array.from({ length: 37 }, () =>
        Buffer.concat([Buffer.from('FRAME\n'), clipBytes(1, 16)]),
      ),
      Buffer.from('FRAME\nhalf a frame'),
    ]);
    const { format: _, ...file } = mediaFile(root, 'dis/cut.y4m', y4m);
    const cut = { clip: 'cut', file, metadata: {}, labels: [] };
    const into = await store(root);
    const { summary, events } = await run(corpusOf(root, { ...a, rungs: [cut, ...a.rungs] }), into);
    expect(summary.failures).toMatchObject([{ clip: 'cut', error: { _tag: 'TruncatedFrame' } }]);
    expect(summary).toMatchObject({ computed: 2, frames: 80 });
    const ticks = events.filter(({ type }) => type === 'tick');
    expect(ticks.length).toBeGreaterThanOrEqual(40);
    expect(ticks.length).toBeLessThanOrEqual(41);
    await expectRight(into, corpusOf(root, a));
  });

  it('end everything where that is asked for', async () => {
    const root = folder();
    const a = source(root, 'a', 5, [8]);
    const b = source(root, 'b', 5, [8, 16], 50);
    truncateSync(join(root, 'dis/b_8.yuv'), 10_000);
    const into = await store(root);
    const strict = run(corpusOf(root, a, b), into, { strict: true });
    await expect(strict).rejects.toMatchObject({ code: 'ERR_TRUNCATED_FRAME' });
    // What was finished before it is there.
    expect(into.clips().map(({ clip }) => clip)).toEqual(['dis/a_8.yuv']);
  });

  it('are those that change while they are read', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 40, [8, 32]));
    const into = await store(root);
    let ticks = 0;
    const { summary } = await run(corpus, into, {
      onEvent: ({ type }) => {
        if (type === 'tick' && ++ticks === 35) utimesSync(join(root, 'dis/a_8.yuv'), 1e9, 1e9);
      },
    });
    expect(summary.failures).toMatchObject([
      { clip: 'dis/a_8.yuv', error: { _tag: 'DamagedInput' } },
    ]);
    expect(into.clips().map(({ clip }) => clip)).toEqual(['dis/a_32.yuv']);
  });

  it('without a readable reference all fail, once each', async () => {
    const root = folder();
    const a = source(root, 'a', 40, [8, 32]);
    truncateSync(join(root, 'ref/a.yuv'), 100_000);
    const { summary } = await run(corpusOf(root, a), await store(root));
    expect(summary.failures.map(({ clip }) => clip)).toEqual(['dis/a_8.yuv', 'dis/a_32.yuv']);
  });
});
