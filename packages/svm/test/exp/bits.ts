// Doubles as bit patterns and as exact rationals, for references made of integers.

/** Bit pattern of a double. */
export const toBits = (x: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0);
};

/** Double of a bit pattern. */
export const fromBits = (pattern: bigint): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, pattern);
  return view.getFloat64(0);
};

/** Sixteen hexadecimal digits. */
export const hex = (x: number): string => toBits(x).toString(16).padStart(16, '0');

/** x = significand * 2^exponent, exactly. */
export const exact = (x: number): { significand: bigint; exponent: number } => {
  const pattern = toBits(x);
  const biased = Number((pattern >> 52n) & 0x7ffn);
  const fraction = pattern & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  return {
    significand: pattern >> 63n === 1n ? -magnitude : magnitude,
    exponent: Math.max(biased, 1) - 1075,
  };
};

/** significand * 2^exponent rounded to the nearest normal double, ties to even. */
export const round = (significand: bigint, exponent: number): number => {
  if (significand === 0n) return 0;
  if (significand < 0n) return -round(-significand, exponent);
  const excess = Math.max(significand.toString(2).length - 53, 0);
  let kept = significand >> BigInt(excess);
  const twice = (significand - (kept << BigInt(excess))) * 2n;
  const unit = 1n << BigInt(excess);
  if (twice > unit || (twice === unit && (kept & 1n) === 1n)) kept += 1n;
  const power = exponent + excess;
  // Two steps, so that the factor itself does not leave the range.
  return Number(kept) * 2 ** Math.floor(power / 2) * 2 ** Math.ceil(power / 2);
};
