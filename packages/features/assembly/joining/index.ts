// A loop that takes half the time where pairs of 128-bit operations are joined to
// 256-bit ones, and nothing is gained by it otherwise: to find out what an engine
// and a processor make of it.
import { origin } from '../common/splat';

/** Vectors that are worked on; they stay in the nearest cache. */
const SIZE: i32 = 2048;
const NUMBERS = memory.data(SIZE, 32);

function step(x: v128): v128 {
  const y = i32x4.add(i32x4.dot_i16x8_s(x, x), x);
  const z = v128.xor(i32x4.shr_u(y, 3), i32x4.sub(y, x));
  const u = i32x4.add(i32x4.dot_i16x8_s(z, y), z);
  return v128.xor(i32x4.shr_u(u, 5), i32x4.sub(u, z));
}

/** Goes over the numbers `rounds` times. */
export function run(rounds: i32): void {
  for (let i: i32 = 0; i < rounds; i++) {
    let at = NUMBERS + origin();
    for (const end = at + SIZE; at < end; at += 32) {
      const a = step(v128.load(at));
      const b = step(v128.load(at, 16));
      v128.store(at, b, 16);
      v128.store(at, a);
    }
  }
}

/** A number that depends on all that was done. */
export function result(): i32 {
  let sum: i32 = 0;
  const from = NUMBERS + origin();
  for (let i: i32 = 0; i < SIZE; i += 4) sum = sum * 31 + load<i32>(from + i);
  return sum;
}
