// Compares ADM with the values of one golden case, series by series.
import { goldenCase, goldenLuma, goldenNames, has, type GoldenCase } from '@tinyvmaf/testkit';
import { ADM_EXACT_SIZE, ADM_MIN_SIZE, createAdm, type AdmResult } from '../../src/adm/adm.js';
import { ADM_DEFAULTS, type AdmOptions } from '../../src/adm/options.js';
import { planeOf } from './planes.js';

/** What a comparison found. */
export interface Compared {
  /** Both sides are large enough for scale 3 and all that contains it to be compared. */
  readonly exact: boolean;
  /** Frame values compared, those with the options of VMAF v1 among them. */
  readonly values: number;
  readonly v1Values: number;
  readonly differences: readonly string[];
}

/** The features that a model's block carries beside its scores; v1 models do. */
const featuresOf = (model: unknown): Readonly<Record<string, unknown>> =>
  (model as { readonly features?: Readonly<Record<string, unknown>> } | undefined)?.features ?? {};

/** Groups of series that share options, as the golden set names them. */
const GROUPS: readonly {
  readonly suffix: string;
  readonly options: Partial<AdmOptions>;
  readonly series: (golden: GoldenCase) => Readonly<Record<string, unknown>>;
}[] = [
  { suffix: '', options: {}, series: (golden) => golden.features['integer'] ?? {} },
  {
    suffix: '_egl_1',
    options: { gainLimit: 1 },
    series: (golden) => golden.features['integer_neg'] ?? {},
  },
  {
    suffix: '_csf_2_dlmw_0.7_egl_1_min_0.5_nw_0.02',
    options: { csfMode: 2, dlmWeight: 0.7, gainLimit: 1, minVal: 0.5, noiseWeight: 0.02 },
    series: (golden) => featuresOf(golden.models['vmaf_v1.0.16_3d0h']),
  },
];

/** The value behind a printed name without its option suffix; undefined for other features. */
const valueOf = (name: string, result: AdmResult): number | undefined => {
  const scale = Number(/scale(\d)$/.exec(name)?.[1]);
  switch (name.replace(/scale\d$/, 'scale')) {
    case 'integer_adm':
    case 'integer_adm2':
      return result.adm2;
    case 'integer_aim':
      return result.aim;
    case 'integer_adm3':
      return result.adm3;
    case 'integer_adm_num':
      return result.num;
    case 'integer_adm_den':
      return result.den;
    case 'integer_adm_scale':
      return result.admScale[scale];
    case 'integer_adm_num_scale':
      return result.scaleNum[scale];
    case 'integer_adm_den_scale':
      return result.scaleDen[scale];
    default:
      return undefined;
  }
};

/** Below 33 samples only scales 0..2 are defined in libvmaf (spec/adm.md section 3.2). */
const DEFINED_WHEN_SMALL = /scale[012]$/;

/** Generated clips of 1920x1080 and more: minutes, not seconds. */
export const LARGE = /^(texture_|checkerboard_|flat_)/;

/** Names of the cases that ADM takes; none where the golden set is missing. */
export const casesWithAdm = (wanted: (name: string) => boolean): readonly string[] =>
  has('shared')
    ? goldenNames().filter((name) => {
        const { width, height } = goldenCase(name).format;
        return Math.min(width, height) >= ADM_MIN_SIZE && wanted(name);
      })
    : [];

/** How much a list of comparisons covered. */
export const total = (
  compared: readonly Compared[],
): Readonly<Record<'cases' | 'exact' | 'values' | 'v1Values', number>> => ({
  cases: compared.length,
  exact: compared.filter(({ exact }) => exact).length,
  values: compared.reduce((sum, { values }) => sum + values, 0),
  v1Values: compared.reduce((sum, { v1Values }) => sum + v1Values, 0),
});

/** Compares every ADM series of the case, frame by frame, as bits. */
export const compareCase = (name: string): Compared => {
  const golden = goldenCase(name);
  const { width, height, bitdepth } = golden.format;
  const smaller = Math.min(width, height);
  const exact = smaller >= ADM_EXACT_SIZE;
  const differences: string[] = [];
  let values = 0;
  let v1Values = 0;
  const references = goldenLuma(golden, 'ref').map(planeOf);
  const distorted = goldenLuma(golden, 'dis').map(planeOf);
  for (const { suffix, options, series } of GROUPS) {
    const entries = Object.entries(series(golden)) as [string, { frames: (number | string)[] }][];
    const wanted = entries
      .filter(([printed]) => /^integer_(adm|aim)/.test(printed) && printed.endsWith(suffix))
      .map(([printed, { frames }]) => ({
        feature: printed.slice(0, printed.length - suffix.length),
        frames,
      }))
      .filter(({ feature }) => exact || DEFINED_WHEN_SMALL.test(feature));
    if (wanted.length === 0) continue;
    const kernel = createAdm(width, height, bitdepth, { ...ADM_DEFAULTS, ...options });
    references.forEach((reference, i) => {
      const result = kernel.compute(reference, distorted[i]!);
      for (const { feature, frames } of wanted) {
        const actual = valueOf(feature, result);
        if (!Object.is(actual, frames[i])) {
          differences.push(`frame ${i}: ${feature}${suffix} is ${actual}, should be ${frames[i]}`);
        }
        values++;
        if (suffix.includes('csf')) v1Values++;
      }
    });
  }
  return { exact, values, v1Values, differences };
};
