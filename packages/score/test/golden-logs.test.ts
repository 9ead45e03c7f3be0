import { readFileSync } from 'node:fs';
import { goldenPath, has, TEACHER } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { csvLog, jsonLog, subLog, xmlLog, type ScoreReport } from '../src/index.js';
import { score, type ScoreRequest } from '../src/node/index.js';

type Run = Omit<ScoreRequest, 'reference' | 'distorted'> & {
  readonly reference: string;
  readonly distorted: string;
};

const raw = (width: number, height: number, bitDepth: 8 | 10 = 8) =>
  ({ width, height, bitDepth, chroma: '420' }) as const;

const pair = (name: string, format: ReturnType<typeof raw>, limit?: number): Run => {
  const hints = { raw: format, ...(limit === undefined ? {} : { limit }) };
  return {
    reference: `clips/${name.replace('*', 'ref')}`,
    distorted: `clips/${name.replace('*', 'dis')}`,
    referenceHints: hints,
    distortedHints: hints,
  };
};

const S = pair('src01_*_576x324_8b_3f.yuv', raw(576, 324));

// The arguments of golden/logs/README.md.
const RUNS: Readonly<Record<string, Run>> = {
  src01_v061: { ...S, models: ['version=vmaf_v0.6.1'] },
  src01_neg_named: { ...S, models: ['version=vmaf_v0.6.1neg:name=neg'] },
  src01_two_models: {
    ...S,
    models: ['version=vmaf_v0.6.1:name=a', 'version=vmaf_v0.6.1neg:name=b'],
  },
  src01_bootstrap: { ...S, models: [`path=${TEACHER}/vmaf_b_v0.6.3.json`] },
  src01_phone_noclip: { ...S, models: ['version=vmaf_v0.6.1:enable_transform:disable_clip'] },
  src01_feature_only: { ...S, models: [], features: ['vif', 'motion', 'adm'] },
  src01_subsample2: {
    ...pair('src01_*_160x90_8b_48f.yuv', raw(160, 90), 9),
    models: ['version=vmaf_v0.6.1'],
    subsample: 2,
  },
  sparks_10b: {
    ...pair('sparks_*_480x270_10b_5f.yuv', raw(480, 270, 10)),
    models: ['version=vmaf_v0.6.1'],
  },
  parkjoy_y4m: {
    reference: 'clips/parkjoy_ref_480x270_8b_3f.y4m',
    distorted: 'clips/parkjoy_dis_480x270_8b_3f.y4m',
  },
  flash_ties: {
    ...pair('flash_ref_64x48_8b_4f.yuv', raw(64, 48)),
  },
  identical: {
    ...pair('src01_ref_576x324_8b_3f.yuv', raw(576, 324)),
  },
};

const WRITERS = { json: jsonLog, xml: xmlLog, csv: csvLog, sub: subLog };

/** The speed of a run is its own; everything else is compared. */
const withoutFps = (text: string): string =>
  text.replace(/"fps": [^,]*,/, '"fps": X,').replace(/<fyi fps="[^"]*"/, '<fyi fps="X"');

describe.skipIf(!has('shared'))("libvmaf's logs, byte for byte", () => {
  describe.each(Object.entries(RUNS))('%s', (name, run) => {
    let report: Promise<ScoreReport> | undefined;
    it.each(Object.entries(WRITERS))('%s', async (extension, write) => {
      report ??= score({
        ...run,
        teacher: TEACHER,
        reference: goldenPath(run.reference),
        distorted: goldenPath(run.distorted),
      });
      const expected = readFileSync(goldenPath(`logs/${name}.${extension}`), 'utf8');
      expect(withoutFps(write(await report))).toBe(withoutFps(expected));
    });
  });
});
