/**
 * How visible each wavelet band is: the contrast sensitivity factors of ADM as
 * floating-point weights (for the denominator) and as fixed-point multipliers
 * (for masking and numerator). Spec/adm.md sections 7 and 11.3.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { PerBand } from './bands.js';
import { blendWeights } from './csf-blend.js';
import { DEFAULT_WEIGHTS, watsonWeights, type CsfWeights } from './csf-watson.js';
import type { AdmOptions } from './options.js';

/** The factors of one scale. */
export interface CsfScale {
  /** Weights rf, binary32 values. */
  readonly weight: PerBand<number>;
  /** rf in fixed point: units of 2^-21 (`d`: 2^-23) at scale 0, 2^-32 above. */
  readonly factor: PerBand<number>;
}

/** The factors of scales 0..3. */
export type CsfScales = readonly [CsfScale, CsfScale, CsfScale, CsfScale];

/** Smallest viewing distance times display height: 3 heights of 1080 rows. */
export const MIN_DISTANCE_ROWS = 3240;

/** Scale 0 of the default viewing conditions; not quite what the weights give. */
const DEFAULT_FACTOR0: PerBand<number> = [36453, 36453, 49417];

/**
 * The factors for the viewing conditions and the CSF mode of `options`.
 * Left: `BadArgument` where the distance is too small, the mode is one of
 * those that tinyvmaf does not compute, or mode 2 has no entry for it.
 */
export const csfScales = (options: AdmOptions): E.Either<TinyVmafError, CsfScales> =>
  F.pipe(
    checkDistance(options),
    E.flatMap(() => weightsOf(options)),
    E.map((weights): CsfScales => {
      const [scale0, ...upper] = weights;
      const [scale1, scale2, scale3] = upper.map(upperScale) as unknown as UpperScales;
      return [firstScale(scale0, isDefault(options)), scale1, scale2, scale3];
    }),
  );

type UpperScales = readonly [CsfScale, CsfScale, CsfScale];

const isDefault = ({ csfMode, normViewDist, refDisplayHeight }: AdmOptions): boolean =>
  csfMode === 0 && Math.abs(normViewDist * refDisplayHeight - MIN_DISTANCE_ROWS) < 1e-8;

const weightsOf = (options: AdmOptions): E.Either<TinyVmafError, CsfWeights> => {
  switch (options.csfMode) {
    case 0:
      return E.right(isDefault(options) ? DEFAULT_WEIGHTS : watsonWeights(options));
    case 2:
      return blendWeights(options);
    default:
      return E.left({
        _tag: 'BadArgument',
        argument: 'adm_csf_mode',
        rule: 'must be 0 (Watson) or 2 (blend table); modes 1 (Barten) and 3 are not supported',
        value: String(options.csfMode),
      });
  }
};

const checkDistance = (options: AdmOptions): E.Either<TinyVmafError, void> => {
  const rows = options.normViewDist * options.refDisplayHeight;
  return rows >= MIN_DISTANCE_ROWS
    ? E.right(undefined)
    : E.left({
        _tag: 'BadArgument',
        argument: 'adm_norm_view_dist * adm_ref_display_height',
        rule: `must be at least ${MIN_DISTANCE_ROWS}`,
        value: `${options.normViewDist} * ${options.refDisplayHeight} = ${rows}`,
      });
};

const firstScale = (weights: readonly [number, number], defaults: boolean): CsfScale => ({
  weight: perBand(weights),
  // 16 bits are kept.
  factor: defaults
    ? DEFAULT_FACTOR0
    : perBand([
        Math.trunc(weights[0] * 2 ** 21) & 0xffff,
        Math.trunc(weights[1] * 2 ** 23) & 0xffff,
      ]),
});

const upperScale = (weights: readonly [number, number]): CsfScale => ({
  weight: perBand(weights),
  factor: perBand([Math.trunc(weights[0] * 2 ** 32), Math.trunc(weights[1] * 2 ** 32)]),
});

const perBand = ([hv, d]: readonly [number, number]): PerBand<number> => [hv, hv, d];
