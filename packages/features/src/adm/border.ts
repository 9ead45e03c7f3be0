/**
 * Where a position outside a picture or band is read instead: the one border
 * rule of ADM, used by the wavelet transform and by the masking threshold
 * (spec/adm.md sections 3.2 and 9.2). Its two ends differ.
 */

/**
 * The position inside `0..size-1` that stands for `position`.
 * Before the start: mirrored around sample 0, which is not repeated (-1 -> 1).
 * Past the end: mirrored behind the last sample, which is repeated
 * (`size` -> `size-1`, `size+1` -> `size-2`).
 * @param position from -1 to `size + 1`
 * @param size 2 or more
 */
export const inside = (position: number, size: number): number => {
  if (position < 0) return -position;
  return position < size ? position : 2 * size - 1 - position;
};

/**
 * Positions of the four wavelet taps of every output sample: output `i` reads
 * inputs `2i-1 .. 2i+2`, mapped by {@link inside}.
 * @returns `Int32Array` of `4 * ceil(size / 2)`, taps of output `i` at `4i..4i+3`
 */
export const tapPositions = (size: number): Int32Array => {
  const outputs = Math.ceil(size / 2);
  const positions = new Int32Array(4 * outputs);
  for (let i = 0; i < outputs; i++) {
    for (let tap = 0; tap < 4; tap++) positions[4 * i + tap] = inside(2 * i - 1 + tap, size);
  }
  return positions;
};
