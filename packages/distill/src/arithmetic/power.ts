/**
 * The little arithmetic that trainers need beyond + - * / and square roots,
 * made of those: engines may choose the last bit of their own `pow`, `exp` and
 * `log`, and model files must not depend on the engine.
 */
import type { Random } from '@tinyvmaf/core';
import { expNonPositive } from '@tinyvmaf/svm';

/**
 * u to the power n / 16, from square roots.
 * @param u at least 0.
 * @param n an integer, at least 0: 24 is the power 1.5, 27 nearly 1.7.
 */
export const sixteenths = (u: number, n: number): number => {
  let out = 1;
  for (let whole = Math.floor(n / 16); whole > 0; whole--) out *= u;
  let root = u;
  for (let bit = 8; bit > 0; bit /= 2) {
    root = Math.sqrt(root);
    if ((n & bit) !== 0) out *= root;
  }
  return out;
};

/**
 * Nearly normal with mean 0 and deviation 1: twelve uniform numbers less 6.
 * Never beyond 6.
 */
export const normal = (random: Random): number => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.float();
  return sum;
};

/** e^x for x at most 0; 0 where the result is below 1e-222. */
export const decay = (x: number): number => (x < -512 ? 0 : expNonPositive(x));

/** e^x for |x| below 500. */
export const growth = (x: number): number => (x > 0 ? 1 / expNonPositive(-x) : expNonPositive(x));
