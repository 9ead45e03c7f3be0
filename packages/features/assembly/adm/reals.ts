// Integers of 32 bits as binary64 and back, by operations that V8 joins to 256
// bits; conversions are not among those.
import { zipHigh32, zipLow32 } from './lanes';

/** Lanes 0 and 1 of x, unsigned: `upper` completes them to 2^52 more than they are. */
export function lowReals(x: v128, upper: v128, integer: v128): v128 {
  return f64x2.sub(zipLow32(x, upper), integer);
}

/** Lanes 2 and 3. */
export function highReals(x: v128, upper: v128, integer: v128): v128 {
  return f64x2.sub(zipHigh32(x, upper), integer);
}

/**
 * The integer below 0 <= x < 2^31, for an x whose fraction is at most 1 - 2^-15 and
 * that is less than 2^-20 away from what it should be: less 1/2 - 2^-17 it is
 * rounded to that integer by adding 2^52.
 */
export function floorOf(x: v128, almostHalf: v128, integer: v128): v128 {
  return f64x2.sub(f64x2.add(f64x2.sub(x, almostHalf), integer), integer);
}
