// Published figures of the synthetic test pictures (spec/test-vectors.md) and
// the checks against them, shared by the kernel tests and the mutation tests.
import { flatHalfPair, flatLuma, lumaOf, vectorPair, type Luma } from '@tinyvmaf/testkit';
import type { Plane } from '@tinyvmaf/yuv-io';

export const planeOf = (luma: Luma): Plane => ({
  data: luma.data,
  width: luma.width,
  height: luma.height,
  stride: luma.width,
});

/** numLog, denLog, numLin, cntLin and vif of a scale. */
export type VifFigures = readonly [number, number, number, number, number];

export const VIF_VECTORS: readonly {
  readonly name: string;
  readonly pair: () => { readonly reference: Luma; readonly distorted: Luma };
  readonly scales: readonly [VifFigures, VifFigures, VifFigures, VifFigures];
}[] = [
  {
    name: '8-bit',
    pair: () => vectorPair(0, 8),
    scales: [
      [54840824, 106302256, 0, 0, 0.51589518785476685],
      [18808314, 22331694, 0, 0, 0.84222513437271118],
      [4499401, 5002643, 0, 0, 0.89940476417541504],
      [1008318, 1074576, 0, 0, 0.93834030628204346],
    ],
  },
  {
    name: '10-bit',
    pair: () => vectorPair(0, 10),
    scales: [
      [54790663, 106304907, 0, 0, 0.51541048288345337],
      [18808123, 22331806, 0, 0, 0.84221237897872925],
      [4499248, 5002644, 0, 0, 0.89937400817871094],
      [1008354, 1074612, 0, 0, 0.9383423924446106],
    ],
  },
  {
    name: 'flat half',
    pair: flatHalfPair,
    scales: [
      [30925265, 57815270, 115193355, 2579, 0.57382756471633911],
      [10394195, 12152189, 1050748, 633, 0.86928009986877441],
      [2536452, 2791916, 264848, 149, 0.91751408576965332],
      [604011, 640449, 100768, 33, 0.94853603839874268],
    ],
  },
];

/** Motion of the option table: frames 0, 1, 3, 3, 4 of the 8-bit reference. */
export const MOTION_CLIP = [0, 1, 3, 3, 4];

/** SAD of frames 1 and 2 against the frame before, at 8 and at 10 bits. */
export const MOTION_SADS = [28994689, 28868934];

/**
 * A pair whose vertical sum is an exact tie in one row, which rounds up for
 * one order of the frames and down for the other. By hand, rows 1..6 of
 * spec/motion.md section 1: 195 + 889 + 1506 (1505.5 rounded up) + 978 + 258 +
 * 14 = 3840 per column; the other way round -1505 in place of 1506.
 */
export const MOTION_TIE = {
  rows: lumaOf(8, 9, 8, (_, y) => ({ 3: 14, 4: 1 })[y] ?? 0),
  zero: flatLuma(8, 9, 8, 0),
  sadFromRows: 8 * 3840,
  sadToRows: 8 * 3839,
} as const;
