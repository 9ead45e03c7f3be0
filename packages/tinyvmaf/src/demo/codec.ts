/**
 * Damage such as a codec does: each 8x8 block is transformed (DCT-II),
 * its coefficients are quantised more coarsely the higher their frequency, and
 * the block is transformed back. Products and sums of literals only, so the
 * result does not depend on an engine's `Math.cos`.
 */

const SIZE = 8;

// cos(k * pi / 16) / 2 for k = 0..8; orthonormal 8-point DCT-II weights.
const HALF_COSINES = [
  0.5, 0.4903926402016152, 0.46193976625564337, 0.4157348061512726, 0.3535533905932738,
  0.2777851165098011, 0.1913417161825449, 0.09754516100806417, 0,
];

/** cos(n * pi / 16) / 2 for any n, from the first quadrant. */
const halfCosine = (n: number): number => {
  const folded = n % 32 > 16 ? 32 - (n % 32) : n % 32;
  return folded <= 8 ? (HALF_COSINES[folded] ?? 0) : -(HALF_COSINES[16 - folded] ?? 0);
};

/** BASIS[u * 8 + x]: weight of sample x in coefficient u. */
const BASIS = Float64Array.from({ length: SIZE * SIZE }, (_, i) => {
  const u = Math.floor(i / SIZE);
  const x = i % SIZE;
  return u === 0 ? 0.3535533905932738 : halfCosine((2 * x + 1) * u);
});

const weight = (u: number, x: number): number => BASIS[u * SIZE + x] ?? 0;

type Block = Float64Array;

const transformRows = (block: Block, inverse: boolean): Block => {
  const out = new Float64Array(SIZE * SIZE);
  for (let row = 0; row < SIZE; row++) {
    for (let i = 0; i < SIZE; i++) {
      let sum = 0;
      for (let k = 0; k < SIZE; k++) {
        sum += (block[row * SIZE + k] ?? 0) * (inverse ? weight(k, i) : weight(i, k));
      }
      // Transposed, so that two calls make the two-dimensional transform.
      out[i * SIZE + row] = sum;
    }
  }
  return out;
};

const transform = (block: Block, inverse: boolean): Block =>
  transformRows(transformRows(block, inverse), inverse);

/**
 * A plane as it looks after coarse coding.
 * @param step quantiser step of the lowest frequency, in code values; each
 * frequency step adds a third of it.
 */
export const quantisePlane = (
  luma: Uint8Array,
  width: number,
  height: number,
  step: number,
): Uint8Array => {
  const out = new Uint8Array(luma.length);
  for (let top = 0; top < height; top += SIZE) {
    for (let left = 0; left < width; left += SIZE) {
      const block = Float64Array.from({ length: SIZE * SIZE }, (_, i) => {
        const y = Math.min(top + Math.floor(i / SIZE), height - 1);
        const x = Math.min(left + (i % SIZE), width - 1);
        return luma[y * width + x] ?? 0;
      });
      const decoded = transform(quantise(transform(block, false), step), true);
      for (let i = 0; i < SIZE * SIZE; i++) {
        const y = top + Math.floor(i / SIZE);
        const x = left + (i % SIZE);
        if (y >= height || x >= width) continue;
        out[y * width + x] = Math.min(255, Math.max(0, Math.round(decoded[i] ?? 0)));
      }
    }
  }
  return out;
};

const quantise = (coefficients: Block, step: number): Block =>
  coefficients.map((value, i) => {
    const frequency = Math.floor(i / SIZE) + (i % SIZE);
    const size = step * (1 + frequency / 3);
    return Math.round(value / size) * size;
  });
