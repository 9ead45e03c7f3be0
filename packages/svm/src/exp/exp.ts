/**
 * The exponential of libvmaf's C library, bit for bit: the table method of the
 * Arm optimized routines with fused multiply-adds (spec/model-svm.md section
 * 4.1). `Math.exp` differs in the last bit for about 8 % of arguments, which
 * moves scores by up to 2.4e-12.
 */
import { fma } from './fma.js';
import { powerTable, TABLE_SIZE, type PowerTable } from './table.js';

/** A binary64 from its bit pattern. */
const bits = (pattern: bigint): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, pattern);
  return view.getFloat64(0);
};

/** Constants of the method: 128/ln 2, -ln 2/128 in two parts, polynomial coefficients. */
interface Constants extends PowerTable {
  readonly scale: number;
  readonly stepHigh: number;
  readonly stepLow: number;
  readonly c2: number;
  readonly c3: number;
  readonly c4: number;
  readonly c5: number;
}

const makeConstants = (): Constants => ({
  ...powerTable(),
  scale: bits(0x40671547652b82fen),
  stepHigh: bits(0xbf762e42fefa0000n),
  stepLow: bits(0xbd0cf79abc9e3b39n),
  c2: bits(0x3fdffffffffffdbdn),
  c3: bits(0x3fc555555555543cn),
  c4: bits(0x3fa55555cf172b91n),
  c5: bits(0x3f81111167a4d017n),
});

let constants: Constants | undefined;

/** Adding and subtracting it rounds to an integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;
const TINY = 2 ** -54;

/**
 * e^x for x <= 0, equal to the C library's result as bits for x > -512; below,
 * where the result is under 1e-222, the engine's own.
 * @param x at most 0. Positive arguments go to the engine's own, too.
 */
export const expNonPositive = (x: number): number => {
  if (!(x > -512 && x <= 0)) return Math.exp(x);
  if (x > -TINY) return 1 + x;
  constants ??= makeConstants();
  const { high, tail, scale, stepHigh, stepLow, c2, c3, c4, c5 } = constants;
  const kd = x * scale + ROUNDER - ROUNDER;
  // kd is an integer of at most 17 bits; & 127 of a negative one is its residue mod 128.
  const k = kd & (TABLE_SIZE - 1);
  const r = fma(kd, stepLow, fma(kd, stepHigh, x));
  const r2 = r * r;
  const p = fma(r, c3, c2);
  const q = fma(r, c5, c4);
  const u = fma(r2 * r2, q, fma(r2, p, (tail[k] ?? NaN) + r));
  // Exact: a power of two times a double in [1, 2), above 2^-740.
  const s = (high[k] ?? NaN) * 2 ** ((kd - k) / TABLE_SIZE);
  return fma(s, u, s);
};
