// Encoded files: sizes and lengths come from the files themselves, smaller
// rungs are scaled, and a rerun knows them without opening any.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES, unwrap } from '@tinyvmaf/core';
import { featureVectorOf } from '@tinyvmaf/features';
import { createExtractor } from '@tinyvmaf/features/node';
import { has } from '@tinyvmaf/testkit';
import { scaleSource } from '@tinyvmaf/yuv-io';
import { openVideo } from '@tinyvmaf/yuv-io/node';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { extract } from '../../src/extract/extract.js';
import { planExtraction } from '../../src/extract/plan.js';
import { openStore } from '../../src/store/store.js';
import { corpusOf, folder } from '../support/clips.js';

const ffmpeg = (...words: readonly string[]): void => {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...words], { stdio: 'inherit' });
};

const encode = (root: string, name: string, size: string, crf: number): void => {
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=2:r=20', '-vf', `scale=${size}`],
    ...['-c:v', 'libx264', '-crf', `${crf}`, '-pix_fmt', 'yuv420p', join(root, name)],
  );
};

const corpusIn = (root: string, rungs: readonly string[]): Corpus => {
  const file = (path: string) => ({ path, bytes: statSync(join(root, path)).size });
  return corpusOf(root, {
    id: 'test',
    group: 'test',
    reference: file('ref.mp4'),
    rungs: rungs.map((path) => ({ clip: path, file: file(path), metadata: {}, labels: [] })),
    metadata: {},
    labels: [],
  });
};

const scaledPair = async (root: string, name: string): Promise<readonly Float64Array[]> => {
  const reference = await openVideo(join(root, 'ref.mp4'));
  const opened = await openVideo(join(root, name));
  const distorted = unwrap(scaleSource(opened, reference.format, 'bicubic'));
  const extractor = unwrap(
    createExtractor({
      format: reference.format,
      threads: 0,
      extractors: [
        { name: 'adm', options: { adm_skip_aim: true } },
        { name: 'motion' },
        { name: 'vif' },
      ],
    }),
  );
  const rows: Float64Array[] = [];
  for await (const [frame] of extractor.run(reference, [distorted])) {
    if (frame !== undefined) rows.push(unwrap(featureVectorOf(frame.values)));
  }
  await reference.close();
  await opened.close();
  return rows;
};

describe.skipIf(!has('ffmpeg'))('encoded rungs', () => {
  it('are scaled, and known again', async () => {
    const root = folder();
    encode(root, 'ref.mp4', '320:180', 10);
    encode(root, 'full.mp4', '320:180', 35);
    encode(root, 'half.mp4', '160:90', 20);
    const corpus = corpusIn(root, ['full.mp4', 'half.mp4']);
    const store = await openStore(join(root, 'store'), { create: true });
    const plan = await planExtraction(corpus, store);
    expect(plan).toMatchObject({ clips: 2 });
    expect(plan.frames).toBeUndefined();
    const summary = await extract(plan, { store, threads: 0 });
    expect(summary).toMatchObject({ computed: 2, frames: 80, failures: [] });
    for (const { clip, format, features } of store.clips()) {
      expect(format).toMatchObject({ width: 320, height: 180 });
      const kept = unwrap(await store.readFeatures(features)());
      const alone = await scaledPair(root, clip);
      FEATURES.forEach((name, i) => {
        expect([...(kept?.columns[name] ?? [])]).toEqual(alone.map((row) => row[i]));
      });
    }
    const again = await planExtraction(corpus, store);
    expect([again.clips, again.cached.length]).toEqual([0, 2]);
    // Another filter gives other pictures for the smaller one; the other is there by its content.
    const lanczos = await planExtraction(corpus, store, { scale: 'lanczos' });
    expect(lanczos.clips).toBe(2);
    const other = await extract(lanczos, { store, threads: 0 });
    expect(other).toMatchObject({ computed: 1, content: 1, frames: 40 });
  });

  it('go on behind the chunks of an interrupted run', async () => {
    const root = folder();
    encode(root, 'ref.mp4', '320:180', 10);
    encode(root, 'half.mp4', '160:90', 20);
    const corpus = corpusIn(root, ['half.mp4']);
    const store = await openStore(join(root, 'store'), { create: true });
    const controller = new AbortController();
    let ticks = 0;
    const stopped = extract(await planExtraction(corpus, store), {
      store,
      threads: 0,
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'tick' && ++ticks === 36) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    const summary = await extract(await planExtraction(corpus, store), { store, threads: 0 });
    expect(summary).toMatchObject({ computed: 1, frames: 8 });
    const [record] = store.clips();
    const kept = unwrap(await store.readFeatures(record?.features ?? '')());
    const alone = await scaledPair(root, 'half.mp4');
    FEATURES.forEach((name, i) => {
      expect([...(kept?.columns[name] ?? [])]).toEqual(alone.map((row) => row[i]));
    });
  });
});
