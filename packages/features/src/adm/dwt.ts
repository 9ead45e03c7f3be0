/**
 * One scale of the wavelet transform: a vertical pass over four input rows
 * gives a low and a high line, a horizontal pass over each line gives the four
 * bands (spec/adm.md section 3). The same loops serve all scales and bit
 * depths; only the rounding differs.
 */
import type { WaveletBands } from './bands.js';
import { tapPositions } from './border.js';
import { HIGH_PASS, LOW_PASS, type WaveletRounding } from './filters.js';

/** What the transform of one input size needs and keeps between frames. */
export interface WaveletPlan {
  /** Input size in samples. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly rowTaps: Int32Array;
  readonly columnTaps: Int32Array;
  /** Scratch: the low-pass and high-pass line of the output row in hand. */
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** Tap tables and scratch lines for an input of `inputWidth` x `inputHeight`, each 2 or more. */
export const createWaveletPlan = (inputWidth: number, inputHeight: number): WaveletPlan => ({
  inputWidth,
  inputHeight,
  rowTaps: tapPositions(inputHeight),
  columnTaps: tapPositions(inputWidth),
  low: new Int32Array(inputWidth),
  high: new Int32Array(inputWidth),
});

/**
 * Transforms `input` (`inputWidth * inputHeight`, no padding) into `output`,
 * whose size is half the input's, rounded up.
 *
 * Sums stay below 2^47, so doubles hold them exactly; every result, the lines
 * included, fits 32 bits. Shifts round half up: `floor((sum + add) / 2^shift)`.
 */
export const wavelet = (
  plan: WaveletPlan,
  rounding: WaveletRounding,
  input: Int32Array,
  output: WaveletBands,
): void => {
  for (let i = 0; i < output.height; i++) {
    verticalPass(plan, rounding, input, i);
    horizontalPass(plan, rounding, plan.low, output.a, output.v, i * output.width);
    horizontalPass(plan, rounding, plan.high, output.h, output.d, i * output.width);
  }
};

const verticalPass = (
  plan: WaveletPlan,
  rounding: WaveletRounding,
  input: Int32Array,
  outputRow: number,
): void => {
  const { inputWidth: width, rowTaps, low, high } = plan;
  const { addLow, addHigh } = rounding;
  const [l0, l1, l2, l3] = LOW_PASS;
  const [h0, h1, h2, h3] = HIGH_PASS;
  const scale = 2 ** -rounding.verticalShift;
  const row0 = (rowTaps[4 * outputRow] as number) * width;
  const row1 = (rowTaps[4 * outputRow + 1] as number) * width;
  const row2 = (rowTaps[4 * outputRow + 2] as number) * width;
  const row3 = (rowTaps[4 * outputRow + 3] as number) * width;
  for (let j = 0; j < width; j++) {
    const x0 = input[row0 + j] as number;
    const x1 = input[row1 + j] as number;
    const x2 = input[row2 + j] as number;
    const x3 = input[row3 + j] as number;
    const sumLow = l0 * x0 + l1 * x1 + l2 * x2 + l3 * x3;
    const sumHigh = h0 * x0 + h1 * x1 + h2 * x2 + h3 * x3;
    low[j] = Math.floor((sumLow + addLow) * scale);
    high[j] = Math.floor((sumHigh + addHigh) * scale);
  }
};

const horizontalPass = (
  plan: WaveletPlan,
  rounding: WaveletRounding,
  line: Int32Array,
  outLow: Int32Array,
  outHigh: Int32Array,
  outStart: number,
): void => {
  const { columnTaps } = plan;
  const add = rounding.addHorizontal;
  const [l0, l1, l2, l3] = LOW_PASS;
  const [h0, h1, h2, h3] = HIGH_PASS;
  const scale = 2 ** -rounding.horizontalShift;
  const outputs = columnTaps.length / 4;
  for (let j = 0; j < outputs; j++) {
    const x0 = line[columnTaps[4 * j] as number] as number;
    const x1 = line[columnTaps[4 * j + 1] as number] as number;
    const x2 = line[columnTaps[4 * j + 2] as number] as number;
    const x3 = line[columnTaps[4 * j + 3] as number] as number;
    const sumLow = l0 * x0 + l1 * x1 + l2 * x2 + l3 * x3;
    const sumHigh = h0 * x0 + h1 * x1 + h2 * x2 + h3 * x3;
    outLow[outStart + j] = Math.floor((sumLow + add) * scale);
    outHigh[outStart + j] = Math.floor((sumHigh + add) * scale);
  }
};
