// Arithmetic on integers of any size, as the specification writes it: what the
// split arithmetic of the kernels is compared with.

/** The integer in binary32, rounded once, ties to even; always exact in a number. */
export const float32OfBigInt = (value: bigint): number => {
  if (value < 0n) return -float32OfBigInt(-value);
  const excess = value.toString(2).length - 24;
  if (excess <= 0) return Number(value);
  const unit = 1n << BigInt(excess);
  const rest = value % unit;
  let kept = value / unit;
  if (2n * rest > unit || (2n * rest === unit && kept % 2n === 1n)) kept++;
  return Number(kept) * 2 ** excess;
};

/** Absolute value. */
export const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** The low 16 bits as a signed number. */
export const int16 = (value: bigint): bigint => BigInt.asIntN(16, value);

/** Half of `2^shift`, 0 for no shift. */
export const half = (shift: bigint): bigint => (shift === 0n ? 0n : 1n << (shift - 1n));

/** ceil(log2(n)) by shifting. */
export const ceilLog2 = (n: number): bigint => {
  let c = 0n;
  while (1n << c < BigInt(n)) c++;
  return c;
};

/** A repeatable stream of 32-bit words (xorshift). */
export const createRandom = (seed: number): (() => number) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

/** Signed integers below `2^bits` in magnitude, all magnitudes equally likely to occur. */
export const createShaped = (seed: number): ((bits: number) => number) => {
  const random = createRandom(seed);
  return (bits) => {
    const size = 2 ** (random() % (bits + 1));
    const magnitude = Math.floor((random() / 2 ** 32) * size);
    return random() % 2 === 0 ? magnitude : -magnitude;
  };
};
