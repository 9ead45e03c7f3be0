/**
 * Integer ADM, the detail loss measure of VMAF, with AIM and ADM3: the plain
 * kernel that every other implementation is judged by. Equal to the portable
 * path of libvmaf 3.2.0 to the last bit for pictures of 33 rows and columns or
 * more. Spec/adm.md.
 */
import { TinyVmafException, unwrap, type TinyVmafError } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { createDetailBands, type DetailBands, type PerBand } from './bands.js';
import { combineScales, noiseFloor, poolBands, type AdmScores, type PerScale } from './combine.js';
import { csfScales, type CsfScale } from './csf.js';
import { decouple } from './decouple.js';
import { denominatorSums, type BandSum } from './denominator.js';
import { createMaskingPlanes, maskingThreshold, type MaskingPlanes } from './masking.js';
import { numeratorSums } from './numerator.js';
import type { AdmOptions } from './options.js';
import { createPyramidBuilder, type Pyramid } from './pyramid.js';
import { cropRegion, type CropRegion } from './regions.js';

/** Smallest width and height that ADM takes. */
export const ADM_MIN_SIZE = 17;

/** Smallest width and height whose values can be compared with libvmaf; below, scale 3 cannot. */
export const ADM_EXACT_SIZE = 33;

/** The integer sums acc_b behind a result, for each scale and band. */
export interface AdmSums {
  /** Sums of the denominator. */
  readonly den: PerScale<PerBand<bigint>>;
  /** Sums of the numerator. */
  readonly num: PerScale<PerBand<bigint>>;
  /** Zeros with `skipAim`. */
  readonly aim: PerScale<PerBand<bigint>>;
}

/** ADM of one frame. */
export interface AdmResult extends AdmScores {
  /** Numerator of each scale, a binary32 value. */
  readonly scaleNum: PerScale<number>;
  /** Denominator of each scale, a binary32 value. */
  readonly scaleDen: PerScale<number>;
  /** The integer sums behind the values. */
  readonly sums: AdmSums;
}

/** What one reference frame gives to all comparisons with it. Borrowed: see {@link AdmKernel}. */
export interface AdmReference {
  /** Wavelet bands of the reference, four scales. */
  readonly pyramid: Pyramid;
  /** Denominator of each scale, a binary32 value. */
  readonly scaleDen: PerScale<number>;
  /** Sums of the denominator for each scale and band. */
  readonly sums: PerScale<PerBand<bigint>>;
}

/**
 * ADM of pictures of one size and bit depth. The kernel owns its buffers and
 * allocates no picture after it was made, so what `prepare` returns is valid
 * until its next call (`compute` calls it as well).
 */
export interface AdmKernel {
  /** The reference's share of the work, for any number of comparisons. */
  prepare(reference: Plane): AdmReference;
  /** One distorted frame against the prepared reference. */
  compare(reference: AdmReference, distorted: Plane): AdmResult;
  /** `prepare` and `compare` in one. */
  compute(reference: Plane, distorted: Plane): AdmResult;
}

/** Buffers and constants of one scale. */
interface Scale {
  readonly index: number;
  readonly skipped: boolean;
  readonly csf: CsfScale;
  readonly region: CropRegion;
  /** Noise floor of numerator and denominator; AIM has none. */
  readonly floor: number;
  readonly restored: DetailBands;
  readonly additive: DetailBands;
  readonly masking: MaskingPlanes;
}

/** One pooled value of one scale and the sums behind it. */
interface Pooled {
  readonly value: number;
  readonly sums: PerBand<bigint>;
}

const NOTHING: Pooled = { value: 0, sums: [0n, 0n, 0n] };

/** What libvmaf puts in place of a skipped denominator. */
const SKIPPED_DENOMINATOR: Pooled = { value: Math.fround(1e-10), sums: [0n, 0n, 0n] };

/**
 * An ADM kernel for luma of `width` x `height`, each {@link ADM_MIN_SIZE} or
 * more, of 8, 10, 12 or 16 bits. Throws `TinyVmafException`: `BadGeometry` for
 * smaller pictures, and what `checkAdmOptions` finds; its methods throw
 * `Internal` for a plane of another size.
 */
export const createAdm = (
  width: number,
  height: number,
  bitDepth: number,
  options: AdmOptions,
): AdmKernel => {
  if (width < ADM_MIN_SIZE || height < ADM_MIN_SIZE) {
    throw new TinyVmafException({
      _tag: 'BadGeometry',
      source: 'The picture',
      problem: `is ${width}x${height}; ADM needs both sides >= ${ADM_MIN_SIZE}`,
    });
  }
  const csf = unwrap(csfScales(options));
  const builder = createPyramidBuilder(width, height, bitDepth);
  const ofReference = builder.create();
  const ofDistorted = builder.create();
  const scales = mapScales((s) =>
    createScale(s, csf[s], ofReference[s].width, ofReference[s].height, options),
  );

  const prepare = (reference: Plane): AdmReference => {
    checkSize(reference, width, height);
    builder.fill(reference, ofReference);
    const pooled = mapScales((s) => denominatorOf(scales[s], ofReference[s]));
    return { pyramid: ofReference, scaleDen: valuesOf(pooled), sums: sumsOf(pooled) };
  };

  const compare = (reference: AdmReference, distorted: Plane): AdmResult => {
    checkSize(distorted, width, height);
    builder.fill(distorted, ofDistorted);
    const parts = mapScales((s) => {
      const scale = scales[s];
      if (scale.skipped) return { num: NOTHING, aim: NOTHING };
      const { restored, additive, floor } = scale;
      decouple(reference.pyramid[s], ofDistorted[s], options.gainLimit, restored, additive);
      return {
        num: maskedOf(scale, restored, additive, floor),
        // AIM: the two parts change places, and there is no noise floor.
        aim: options.skipAim ? NOTHING : maskedOf(scale, additive, restored, 0),
      };
    });
    const num = mapScales((s) => parts[s].num);
    const aim = mapScales((s) => parts[s].aim);
    const scaleNum = valuesOf(num);
    const scaleDen = reference.scaleDen;
    return {
      ...combineScales(width * height, scaleNum, scaleDen, valuesOf(aim), options),
      scaleNum,
      scaleDen,
      sums: { den: reference.sums, num: sumsOf(num), aim: sumsOf(aim) },
    };
  };

  return {
    prepare,
    compare,
    compute: (reference, distorted) => compare(prepare(reference), distorted),
  };
};

const createScale = (
  index: number,
  csf: CsfScale,
  width: number,
  height: number,
  options: AdmOptions,
): Scale => {
  const region = cropRegion(width, height);
  return {
    index,
    skipped: index === 0 && options.skipScale0,
    csf,
    region,
    floor: noiseFloor(region.area, options.noiseWeight),
    restored: createDetailBands(width, height),
    additive: createDetailBands(width, height),
    masking: createMaskingPlanes(width * height),
  };
};

const denominatorOf = (scale: Scale, reference: DetailBands): Pooled => {
  if (scale.skipped) return SKIPPED_DENOMINATOR;
  const bands = denominatorSums(reference, scale.csf.weight, scale.index, scale.region);
  return pooledOf(bands, scale.floor);
};

/** The part `signal` as far as `masker` does not hide it. */
const maskedOf = (
  { csf, index, region, masking }: Scale,
  signal: DetailBands,
  masker: DetailBands,
  floor: number,
): Pooled => {
  maskingThreshold(masker, csf.factor, index === 0, region, masking);
  return pooledOf(numeratorSums(signal, csf.factor, masking.threshold, index, region), floor);
};

const pooledOf = (bands: PerBand<BandSum>, floor: number): Pooled => ({
  value: poolBands(bands, floor),
  sums: [bands[0].sum, bands[1].sum, bands[2].sum],
});

const mapScales = <A>(of: (scale: 0 | 1 | 2 | 3) => A): PerScale<A> => [of(0), of(1), of(2), of(3)];

const valuesOf = (pooled: PerScale<Pooled>): PerScale<number> => mapScales((s) => pooled[s].value);

const sumsOf = (pooled: PerScale<Pooled>): PerScale<PerBand<bigint>> =>
  mapScales((s) => pooled[s].sums);

const checkSize = (plane: Plane, width: number, height: number): void => {
  if (plane.width === width && plane.height === height) return;
  const error: TinyVmafError = {
    _tag: 'Internal',
    problem: `an ADM kernel for ${width}x${height} was given a plane of ${plane.width}x${plane.height}`,
  };
  throw new TinyVmafException(error);
};
