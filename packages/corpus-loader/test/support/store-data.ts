/** Stores in temporary folders, and rows, clips and labels to fill them with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createRandom, FEATURES, type FeatureName } from '@tinyvmaf/core';
import type { ClipRecord, FeatureFile, FeatureRows, ScoreFile } from '../../src/store/contracts.js';
import { featureKey, sha256 } from '../../src/store/keys.js';

/** A folder that is gone after the test. */
export const scratch = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-store-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

/** Doubles that break what is not exact. */
export const AWKWARD = [
  0,
  -0,
  5e-324,
  -5e-324,
  2.2250738585072009e-308,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.EPSILON,
  0.1,
  1 / 3,
  -1,
  2 ** 53 + 2,
];

export const featureRows = (frames: number, seed = 1): FeatureRows => {
  const random = createRandom(seed);
  const columns = Object.fromEntries(
    FEATURES.map((name) => [
      name,
      Float64Array.from({ length: frames }, () => random.float() * 1.2),
    ]),
  ) as Record<FeatureName, Float64Array>;
  return { frames, columns };
};

export const EXTRACTOR = { name: 'vmaf-six', version: 1, options: '{}' } as const;

export const featureFile = (name: string, frames = 5, reference = 'ref'): FeatureFile => ({
  ...featureRows(
    frames,
    name.length * 7919 + [...name].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7),
  ),
  address: { reference: sha256(reference), distorted: sha256(name), extractor: EXTRACTOR },
  format: { width: 960, height: 540, bitDepth: 8, chroma: '420' },
});

export const MODEL = sha256('a model');

export const scoreFile = (
  file: FeatureFile,
  modelName = 'vmaf_v0.6.1',
  model = MODEL,
): ScoreFile => ({
  address: { features: featureKey(file.address), model },
  modelName,
  scores: Float64Array.from({ length: file.frames }, (_, i) => 50 + ((i * 7919) % 4999) / 100),
});

export const clipOf = (
  clip: string,
  file: FeatureFile,
  more: Partial<ClipRecord> = {},
): ClipRecord => ({
  corpus: 'test',
  source: 'Source',
  group: 'Source',
  clip,
  frames: file.frames,
  format: file.format,
  frameRate: { numerator: 25, denominator: 1 },
  features: featureKey(file.address),
  reference: file.address.reference,
  distorted: file.address.distorted,
  metadata: { height: 540, codec: 'h264' },
  labels: [],
  ...more,
});

/** Bits of doubles, so that -0 is not 0. */
export const bits = (values: Float64Array): readonly bigint[] => [
  ...new BigUint64Array(Float64Array.from(values).buffer),
];
