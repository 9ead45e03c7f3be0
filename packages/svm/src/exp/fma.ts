/**
 * Fused multiply-add, which JavaScript lacks: `a * b + c` with one rounding.
 * Exact product by splitting (Dekker, Veltkamp), exact sums (Knuth), and a last
 * addition rounded to odd so that the final rounding is the only one (Boldo and
 * Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
 */

// One double and its two 32-bit halves, to step to a neighbouring double.
const scratch = new Float64Array(1);
const halves = new Uint32Array(scratch.buffer);
// Position of the low half depends on the machine's byte order.
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** 2^27 + 1: splits a 53-bit significand into 26 and 26 bits (and a sign). */
const SPLITTER = 134217729;

/**
 * `a * b + c`, rounded once, to nearest, ties to even.
 *
 * Exact while nothing overflows or becomes subnormal on the way: |a|, |b| and
 * |c| below 2^990, |a * b| below 2^990 and either 0 or above 2^-960, and c
 * either 0 or above 2^-960. The exponential stays far inside.
 */
export const fma = (a: number, b: number, c: number): number => {
  // product + productError = a * b
  const product = a * b;
  let t = SPLITTER * a;
  const aHigh = t - (t - a);
  const aLow = a - aHigh;
  t = SPLITTER * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  const productError = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  // sumLow + sumLowError = c + productError
  const sumLow = c + productError;
  t = sumLow - c;
  const sumLowError = c - (sumLow - t) + (productError - t);
  // sum + sumError = product + sumLow
  const sum = product + sumLow;
  t = sum - product;
  const sumError = product - (sum - t) + (sumLow - t);
  const rest = sumLowError + sumError;
  const result = sum + rest;
  // Rounding `rest` first and then the result goes wrong only where sum + rest
  // lies in the middle of two doubles (or looks like it): rare, and slower.
  const twice = 2 * (rest - (result - sum));
  return twice === 0 || result + twice - result !== twice
    ? result
    : sum + addRoundedToOdd(sumLowError, sumError);
};

/**
 * `a + b` rounded to odd: where the sum is not exact, of the two neighbours the
 * one with an odd last bit. It can then be rounded again without harm.
 */
const addRoundedToOdd = (a: number, b: number): number => {
  const sum = a + b;
  const t = sum - a;
  const error = a - (sum - t) + (b - t);
  if (error === 0) return sum;
  scratch[0] = sum;
  const low = halves[LOW] ?? 0;
  if ((low & 1) === 1) return sum;
  // An even sum is never 0 here, so the step changes the magnitude only.
  if (error > 0 === sum > 0) halves[LOW] = low + 1;
  else if (low === 0) {
    halves[LOW] = 0xffffffff;
    halves[HIGH] = (halves[HIGH] ?? 0) - 1;
  } else halves[LOW] = low - 1;
  return scratch[0];
};
