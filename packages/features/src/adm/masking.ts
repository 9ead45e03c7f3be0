/**
 * The masking threshold: how much of the additive part hides the restored part
 * at each position, from the weighted additive part there and at its eight
 * neighbours in all three bands (spec/adm.md sections 9.1 and 9.2). AIM calls
 * it with the two parts exchanged.
 */
import type { DetailBands, PerBand } from './bands.js';
import { inside } from './border.js';
import { multiplyShift } from './int64.js';
import type { CropRegion } from './regions.js';

/** Scratch planes and result of one scale, each as large as a band. */
export interface MaskingPlanes {
  /** Sum over the bands of what a position adds to its neighbours' thresholds. */
  readonly spread: Int32Array;
  /** Sum over the bands of what a position adds to its own threshold. */
  readonly centre: Int32Array;
  /** The threshold; valid inside the crop region. May be negative. */
  readonly threshold: Int32Array;
}

/** Zeroed planes of `samples` positions. */
export const createMaskingPlanes = (samples: number): MaskingPlanes => ({
  spread: new Int32Array(samples),
  centre: new Int32Array(samples),
  threshold: new Int32Array(samples),
});

/** Adds up the masking of the three bands and fills `planes.threshold` in the crop region. */
export const maskingThreshold = (
  masker: DetailBands,
  factor: PerBand<number>,
  firstScale: boolean,
  region: CropRegion,
  planes: MaskingPlanes,
): void => {
  planes.spread.fill(0);
  planes.centre.fill(0);
  if (firstScale) {
    addFirstScale(masker.h, factor[0], 16384, 15, planes);
    addFirstScale(masker.v, factor[1], 16384, 15, planes);
    // 65535, not 65536.
    addFirstScale(masker.d, factor[2], 65535, 17, planes);
  } else {
    addUpperScale(masker.h, factor[0], planes);
    addUpperScale(masker.v, factor[1], planes);
    addUpperScale(masker.d, factor[2], planes);
  }
  sumNeighbours(masker.width, masker.height, region, planes);
};

const int16 = (value: number): number => (value << 16) >> 16;

/**
 * Scale 0: all in 32 bits, stored in 16. A centre of more than 15359 wraps to
 * a negative number, as it does in libvmaf; full-swing noise gets there.
 */
const addFirstScale = (
  masker: Int32Array,
  factor: number,
  add: number,
  shift: number,
  { spread, centre }: MaskingPlanes,
): void => {
  for (let i = 0; i < masker.length; i++) {
    const csf = Math.abs(int16((factor * (masker[i] as number) + add) >> shift));
    spread[i] = (spread[i] as number) + int16((4369 * csf + 2048) >> 12);
    centre[i] = (centre[i] as number) + int16((8738 * csf + 2048) >> 12);
  }
};

/** Scales 1..3: 64-bit products; the constant of the second shift is negative, as in libvmaf. */
const addUpperScale = (
  masker: Int32Array,
  factor: number,
  { spread, centre }: MaskingPlanes,
): void => {
  for (let i = 0; i < masker.length; i++) {
    const csf = Math.abs(multiplyShift(factor, masker[i] as number, 2 ** 27, 28));
    spread[i] = (spread[i] as number) + multiplyShift(143165577, csf, -(2 ** 31), 32);
    centre[i] = (centre[i] as number) + multiplyShift(286331153, csf, -(2 ** 31), 32);
  }
};

const sumNeighbours = (
  width: number,
  height: number,
  { left, top, right, bottom }: CropRegion,
  { spread, centre, threshold }: MaskingPlanes,
): void => {
  for (let i = top; i < bottom; i++) {
    const above = inside(i - 1, height) * width;
    const row = i * width;
    const below = inside(i + 1, height) * width;
    for (let j = left; j < right; j++) {
      const before = inside(j - 1, width);
      const after = inside(j + 1, width);
      const neighbours =
        (spread[above + before] as number) +
        (spread[above + j] as number) +
        (spread[above + after] as number) +
        (spread[row + before] as number) +
        (spread[row + after] as number) +
        (spread[below + before] as number) +
        (spread[below + j] as number) +
        (spread[below + after] as number);
      threshold[row + j] = (centre[row + j] as number) + neighbours;
    }
  }
};
