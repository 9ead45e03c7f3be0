// Small corpora on disk, made of the test kit's pictures, and what their
// features are when each pair is computed by itself.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FEATURES, unwrap, type VideoFormat } from '@tinyvmaf/core';
import { featureVectorOf } from '@tinyvmaf/features';
import { createExtractor } from '@tinyvmaf/features/node';
import { rawFile, textureLuma } from '@tinyvmaf/testkit';
import { openVideo } from '@tinyvmaf/yuv-io/node';
import { onTestFinished } from 'vitest';
import type { Corpus, MediaFile, Source } from '../../src/corpus/corpus.js';
import type { FeatureRows } from '../../src/store/contracts.js';

/** 96x64 8-bit 4:2:0, the format of all clips here. */
export const FORMAT: VideoFormat = { width: 96, height: 64, bitDepth: 8, chroma: '420' };

/** An empty folder, links resolved, gone after the test. */
export const folder = (): string => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'tinyvmaf-extract-')));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
};

/** Bytes of a clip: `q` 1 is the reference; `from` is the first frame's number. */
export const clipBytes = (
  frames: number,
  q: number,
  from = 0,
  { width, height } = FORMAT,
): Uint8Array =>
  rawFile(Array.from({ length: frames }, (_, t) => textureLuma(width, height, from + t, 8, q)));

/** A file of a corpus, written. */
export const mediaFile = (
  root: string,
  path: string,
  bytes: Uint8Array,
  format = FORMAT,
): MediaFile => {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, bytes);
  return { path, bytes: bytes.length, format };
};

/** A source with a rung per quantiser. */
export const source = (
  root: string,
  id: string,
  frames: number,
  quantisers: readonly number[],
  from = 0,
): Source => ({
  id,
  group: id,
  reference: mediaFile(root, `ref/${id}.yuv`, clipBytes(frames, 1, from)),
  rungs: quantisers.map((q) => {
    const file = mediaFile(root, `dis/${id}_${q}.yuv`, clipBytes(frames, q, from));
    return { clip: file.path, file, metadata: { q }, labels: [] };
  }),
  metadata: {},
  labels: [],
});

/** A corpus of sources. */
export const corpusOf = (root: string, ...sources: readonly Source[]): Corpus => ({
  root,
  layouts: ['test'],
  sources,
  findings: [],
});

/** The features of one pair, by the extractor alone. */
export const pairFeatures = async (
  root: string,
  reference: MediaFile,
  distorted: MediaFile,
): Promise<FeatureRows> => {
  const open = ({ path, format }: MediaFile) =>
    openVideo(join(root, path), format === undefined ? {} : { raw: format });
  const [r, d] = [await open(reference), await open(distorted)];
  const extractor = unwrap(
    createExtractor({
      format: r.format,
      threads: 0,
      extractors: [
        { name: 'adm', options: { adm_skip_aim: true } },
        { name: 'motion' },
        { name: 'vif' },
      ],
    }),
  );
  const rows: Float64Array[] = [];
  for await (const [frame] of extractor.run(r, [d])) {
    if (frame !== undefined) rows.push(unwrap(featureVectorOf(frame.values)));
  }
  await r.close();
  await d.close();
  return {
    frames: rows.length,
    columns: Object.fromEntries(
      FEATURES.map((name, i) => [name, Float64Array.from(rows, (row) => row[i] ?? NaN)]),
    ) as FeatureRows['columns'],
  };
};
