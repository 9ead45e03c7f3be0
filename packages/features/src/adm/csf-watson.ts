/**
 * CSF mode 0: the visibility of wavelet quantisation noise after Watson et al.
 * 1997 (9/7 wavelet, luma), used by all models of the v0.6.1 family. Spec/adm.md
 * section 7.
 */
import { hexFloat } from './hex-float.js';
import type { AdmOptions } from './options.js';

/** The weights rf of one scale: bands `h` and `v` share one, `d` has its own. */
export type ScaleWeights = readonly [hv: number, d: number];

/** The weights of scales 0..3, binary32 values. */
export type CsfWeights = readonly [ScaleWeights, ScaleWeights, ScaleWeights, ScaleWeights];

const f32 = Math.fround;

const weights = (hv: string, d: string): ScaleWeights => [hexFloat(hv), hexFloat(d)];

/**
 * The weights for 3 heights of 1080 rows, kept as constants because they must
 * not depend on an engine's logarithm and power.
 */
export const DEFAULT_WEIGHTS: CsfWeights = [
  weights('0x1.1cc774p-6', '0x1.820d54p-8'),
  weights('0x1.06050cp-5', '0x1.d48d46p-7'),
  weights('0x1.634f1p-5', '0x1.8fb80cp-6'),
  weights('0x1.762816p-5', '0x1.008392p-5'),
];

/** The same for any viewing condition. Intermediate roundings to binary32 are part of the model. */
export const watsonWeights = (
  viewing: Pick<AdmOptions, 'normViewDist' | 'refDisplayHeight'>,
): CsfWeights => {
  // Samples per degree of visual angle.
  const resolution = f32((viewing.normViewDist * viewing.refDisplayHeight * Math.PI) / 180);
  const scale = (s: number, amplitudeHv: number, amplitudeD: number): ScaleWeights => [
    weight(s, resolution, 1, amplitudeHv),
    weight(s, resolution, 0.534, amplitudeD),
  ];
  return [
    scale(0, 0.67234, 0.72709),
    scale(1, 0.41317, 0.49428),
    scale(2, 0.22727, 0.28688),
    scale(3, 0.11792, 0.15214),
  ];
};

const weight = (scale: number, resolution: number, g: number, amplitude: number): number => {
  const logRatio = f32(Math.log10((2 ** (scale + 1) * f32(0.401) * f32(g)) / resolution));
  const exponent = f32(f32(f32(0.466) * logRatio) * logRatio);
  const quantiser = f32((2 * f32(0.495) * 10 ** exponent) / f32(amplitude));
  return f32(1 / quantiser);
};
