// Netflix's own published values (golden/published.json) that VIF, ADM and
// motion can give, at the decimal places stated there. What is skipped is
// counted by reason.
import { mean } from '@tinyvmaf/core';
import type { ExtractorRequest, OptionValue } from '@tinyvmaf/features';
import { flatLuma, goldenCase, goldenJson, goldenLuma, has, type Luma } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { extractSeries, type AllSeries } from './support/golden.js';

interface Asset {
  readonly ref: string;
  readonly dis: string;
  readonly case: string | null;
}

interface Value {
  readonly asset: number;
  readonly name: string;
  readonly frame?: number;
  readonly expected: number;
  readonly places: number;
  readonly status: string;
  readonly golden_status?: string;
}

interface Published {
  readonly tests: readonly {
    readonly file: string;
    readonly test: string;
    readonly runner: string | null;
    readonly options: Readonly<Record<string, OptionValue>>;
    readonly assets: readonly Asset[];
    readonly values: readonly Value[];
  }[];
}

const published = has('shared') ? (goldenJson('published.json') as Published) : { tests: [] };

/** Clips compared with themselves that no golden case has: from which case they come. */
const SELF: Readonly<Record<string, () => readonly Luma[]>> = {
  'flat_1920_1080_0.yuv': () => Array.from({ length: 3 }, () => flatLuma(1920, 1080, 8, 16)),
  'src01_hrc00_576x324_1frames.yuv': () => reference('src01_576x324_8b').slice(0, 1),
  'src01_hrc00_576x324_2frames.yuv': () => reference('src01_576x324_8b').slice(0, 2),
  'src01_hrc00_576x324.yuv420p12le.yuv': () => reference('src01_576x324_12b'),
  'ref_test_0_1_src01_hrc00_576x324_576x324_vs_src01_hrc01_576x324_576x324_q_160x90.yuv': () =>
    reference('src01_160x90_8b_48f'),
};

const reference = (name: string): readonly Luma[] => goldenLuma(goldenCase(name), 'ref');

const clips = (asset: Asset): readonly [readonly Luma[], readonly Luma[]] | undefined => {
  if (asset.case !== null) {
    const golden = goldenCase(asset.case);
    return [goldenLuma(golden, 'ref'), goldenLuma(golden, 'dis')];
  }
  const self = asset.ref === asset.dis ? SELF[asset.ref]?.() : undefined;
  return self === undefined ? undefined : [self, self];
};

/** `vif_scale0_egl_1` of a name like `integer_VIF_feature_vif_scale0_egl_1_score`. */
const outputOf = (name: string): string | undefined =>
  /^(?:VMAF_integer|integer_ADM|integer_VIF|integer_motion)_feature_(.+?)_scores?$/.exec(name)?.[1];

const passes = ({ status, golden_status }: Value): boolean =>
  status === 'pass' || golden_status === 'pass';

const NEG = { adm_enhn_gain_limit: 1, vif_enhn_gain_limit: 1 };

/** One extractor request for an output, with those of the test's options that it has. */
const requestFor = (
  output: string,
  { runner, options }: Published['tests'][number],
): ExtractorRequest => {
  const name = output.startsWith('motion') ? 'motion' : output.startsWith('vif') ? 'vif' : 'adm';
  const all = { ...options, ...(runner === 'VmafnegQualityRunner' ? NEG : {}) };
  const own = Object.entries(all).filter(([key]) => key.startsWith(`${name}_`));
  return { name, options: { ...Object.fromEntries(own), debug: true } };
};

interface Check extends Value {
  readonly label: string;
  readonly output: string;
  readonly pair: Asset;
  readonly request: ExtractorRequest;
}

const skipped = {
  'other extractors and scores': 0,
  'clip not bundled': 0,
  'clip neither bundled nor regenerable': 0,
};
const checks: Check[] = [];
for (const test of published.tests) {
  for (const value of test.values) {
    const output = outputOf(value.name);
    const pair = test.assets[value.asset];
    if (output === undefined || pair === undefined) skipped['other extractors and scores']++;
    else if (!passes(value)) skipped['clip not bundled']++;
    else if (pair.case === null && SELF[pair.ref] === undefined)
      skipped['clip neither bundled nor regenerable']++;
    else {
      const label = `${test.file} ${test.test} ${value.asset}`;
      checks.push({ ...value, label, output, pair, request: requestFor(output, test) });
    }
  }
}

/** Checks that share a pair of clips and a request, so that each is extracted once. */
const groups = new Map<string, Check[]>();
for (const check of checks) {
  const { pair, request } = check;
  const clip = pair.case ?? `${pair.ref} with itself`;
  const key = `${request.name} ${JSON.stringify(request.options)} of ${clip}`;
  groups.set(key, [...(groups.get(key) ?? []), check]);
}

/** The published key may leave the option suffix out. */
const seriesFor = (output: string, series: AllSeries): readonly number[] => {
  const exact = series.get(`integer_${output}`);
  if (exact !== undefined) return exact;
  const suffixed = [...series].filter(([key]) => key.startsWith(`integer_${output}_egl`));
  return suffixed.length === 1 ? (suffixed[0]?.[1] ?? []) : [];
};

describe.skipIf(!has('shared'))("Netflix's published values", () => {
  let checked = 0;

  it.each([...groups])('%s', async (_, group) => {
    const [first] = group;
    const pair = first === undefined ? undefined : clips(first.pair);
    if (first === undefined || pair === undefined) throw new Error('no clip');
    const series = await extractSeries(pair[0], pair[1], [first.request]);
    for (const { label, name, output, frame, expected, places } of group) {
      // The published values were made from what the tool prints: six decimals a frame.
      const values = seriesFor(output, series).map((value) => Number(value.toFixed(6)));
      const actual = frame === undefined ? mean(values) : values[frame];
      const difference = Math.abs((actual ?? NaN) - expected);
      // Python's round(difference, places) == 0.
      expect(difference, `${label} ${name}`).toBeLessThanOrEqual(0.5 * 10 ** -places);
      checked++;
    }
  });

  it('were checked as far as they go', () => {
    expect({ checked, ...skipped }).toEqual({
      checked: 220,
      'clip neither bundled nor regenerable': 6,
      'clip not bundled': 675,
      'other extractors and scores': 2031,
    });
  });
});
