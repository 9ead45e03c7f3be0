/**
 * CSF mode 2: weights from a table over viewing conditions, used by VMAF v1.
 * Spec/adm.md section 11.3; rows that fall under the smallest allowed distance
 * are left out.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { CsfWeights, ScaleWeights } from './csf-watson.js';
import type { AdmOptions } from './options.js';

type FourScales = readonly [number, number, number, number];

interface BlendRow {
  readonly height: number;
  readonly distance: number;
  readonly weights: CsfWeights;
}

const row = (height: number, distance: number, hv: FourScales, d: FourScales): BlendRow => {
  const at = (s: 0 | 1 | 2 | 3): ScaleWeights => [Math.fround(hv[s]), Math.fround(d[s])];
  return { height, distance, weights: [at(0), at(1), at(2), at(3)] };
};

const HV_3H_1080 = [0.01183, 0.025026, 0.04295, 0.058621] as const;
const D_3H_1080 = [0.004302, 0.011778, 0.023918, 0.035901] as const;

const TABLE: readonly BlendRow[] = [
  row(1080, 3, HV_3H_1080, D_3H_1080),
  row(2160, 1.5, HV_3H_1080, D_3H_1080),
  row(1080, 5, [0.004212, 0.014809, 0.029642, 0.047464], [0.000984, 0.005852, 0.0146, 0.027574]),
  row(2160, 3, [0.00226, 0.01183, 0.025026, 0.04295], [0.000479, 0.004302, 0.011778, 0.023918]),
  row(2160, 5, [0.000092, 0.004212, 0.014809, 0.029642], [0.00005, 0.000984, 0.005852, 0.0146]),
  row(720, 5, [0.010144, 0.022561, 0.040309, 0.05672], [0.003463, 0.010282, 0.021839, 0.034641]),
];

/** The table's weights; left: `BadArgument` naming the viewing conditions that it has. */
export const blendWeights = (
  viewing: Pick<AdmOptions, 'normViewDist' | 'refDisplayHeight'>,
): E.Either<TinyVmafError, CsfWeights> => {
  const found = TABLE.find(
    ({ height, distance }) =>
      height === viewing.refDisplayHeight && distance === viewing.normViewDist,
  );
  if (found !== undefined) return E.right(found.weights);
  const known = TABLE.map(({ height, distance }) => `${height}/${distance}`).join(', ');
  return E.left({
    _tag: 'BadArgument',
    argument: 'adm_ref_display_height/adm_norm_view_dist',
    rule: `must be one of ${known} when adm_csf_mode is 2`,
    value: `${viewing.refDisplayHeight}/${viewing.normViewDist}`,
  });
};
