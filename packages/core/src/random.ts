/**
 * Seeded random numbers, the same on every engine: 32-bit integer operations
 * only, nothing of `Math` whose last bits an engine may choose.
 */

/** A stream of random numbers. */
export interface Random {
  /** Uniform integer 0 .. 2^32 - 1. */
  uint32(): number;
  /** Uniform in [0, 1), a multiple of 2^-53. */
  float(): number;
  /** Uniform integer 0 .. `bound` - 1, without bias. `bound` is 1 .. 2^32. */
  below(bound: number): number;
  /** Shuffles in place (Fisher-Yates) and hands the array back. */
  shuffle<A>(items: A[]): A[];
}

/**
 * A generator from a 32-bit seed: sfc32 (C. Doty-Humphrey, PractRand), with
 * the seed spread by splitmix32 so that neighbouring seeds are unrelated.
 */
export const createRandom = (seed: number): Random => {
  const spread = splitmix32(seed);
  let a = spread();
  let b = spread();
  let c = spread();
  let counter = 1;
  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();

  const below = (bound: number): number => {
    // Values past the last whole multiple of the bound would favour small results.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const value = uint32();
      if (value < limit) return value % bound;
    }
  };
  const shuffle = <A>(items: A[]): A[] => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [items[i], items[j]] = [items[j] as A, items[i] as A];
    }
    return items;
  };
  return {
    uint32,
    float: () => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53,
    below,
    shuffle,
  };
};

const splitmix32 = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
};
