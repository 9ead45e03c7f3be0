// Constants and scratch memory of the row loops.
import { origin } from '../common/splat';

const REALS = memory.data<f64>(
  [
    // 2^30, 2^52, 2^52 + 2^14, 2^52 + 2^31, 1/2 - 2^-17, 2^16, 1/2, 32768, 2^20, 0, 1.5 * 2^52
    1073741824, 4503599627370496, 4503599627386880, 4503601774854144, 0.49999237060546875, 65536,
    0.5, 32768, 1048576, 0, 6755399441055744,
  ],
  16,
);

export const POWER_30: usize = REALS;
/** From here to 2^53 the binary64 are the integers. */
export const INTEGER: usize = REALS + 8;
export const INTEGER_ROUND15: usize = REALS + 16;
export const INTEGER_SIGNED: usize = REALS + 24;
export const ALMOST_HALF: usize = REALS + 32;
export const POWER_16: usize = REALS + 40;
export const HALF: usize = REALS + 48;
export const FULL: usize = REALS + 56;
export const POWER_20: usize = REALS + 64;
export const ZERO: usize = REALS + 72;
export const INTEGER_ROUNDED: usize = REALS + 80;

const WORDS = memory.data<u32>(
  [
    // UPPER: the upper half of a binary64 from 2^52 to 2^52 + 2^32, whose lower half is the integer.
    0x43300000,
    // LEAST, FULL32, ROUND15, LOW: 1, 2^15, 2^14, the lower half-word.
    1, 32768, 16384, 0xffff,
    // THIRTIETH: (4369, 0). ROUND12, ROUND11: halves of what shifts by 12 and 11 take off. SIGN: 2^31.
    4369,
    2048, 1024, 0x80000000,
    // ROUND17: 2^16 - 1, what rounds band d.
    65535,
  ],
  16,
);

export const UPPER: usize = WORDS;
export const LEAST: usize = WORDS + 4;
export const FULL32: usize = WORDS + 8;
export const ROUND15: usize = WORDS + 12;
export const LOW: usize = WORDS + 16;
export const THIRTIETH: usize = WORDS + 20;
export const ROUND12: usize = WORDS + 24;
export const ROUND11: usize = WORDS + 28;
export const SIGN: usize = WORDS + 32;
export const ROUND17: usize = WORDS + 36;

const SCRATCH = memory.data(128, 16);

/** 128 bytes for sums and for what is known at run time only. */
export function scratch(): usize {
  return SCRATCH + origin();
}

/** A number of the run time in all lanes, from `offset` of the scratch memory. */
export function every32(value: i32): v128 {
  const at = scratch();
  store<i32>(at, value);
  return v128.load32_splat(at);
}

/** The same, both lanes. */
export function every64(value: i64): v128 {
  const at = scratch();
  store<i64>(at, value);
  return v128.load64_splat(at);
}
