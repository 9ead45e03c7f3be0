/** What happens to parameters: Adam's step, and eight bits as a file will hold them. */

/** Smaller moments count as 0: subnormal numbers are slow, and mean nothing here. */
const TINY_FIRST: f32 = 7.888609052210118e-31; // 2^-100
const TINY_SECOND: f32 = 9.4039548065783e-38; // 2^-123

/**
 * Adam (Kingma and Ba 2015, algorithm 1) on `count` numbers, a multiple of 4.
 * @param w parameters, @param m first and @param v second moments, @param g gradients.
 * @param rate learning rate; @param b1, b2 decays of the moments.
 * @param c1, c2 `1 / (1 - decay^step)`.
 */
export function adam(
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  count: u32,
  rate: f32,
  b1: f32,
  b2: f32,
  c1: f32,
  c2: f32,
  epsilon: f32,
): void {
  const keep1 = f32x4.splat(b1);
  const take1 = f32x4.splat(1 - b1);
  const keep2 = f32x4.splat(b2);
  const take2 = f32x4.splat(1 - b2);
  const step = f32x4.splat(rate);
  const scale1 = f32x4.splat(c1);
  const scale2 = f32x4.splat(c2);
  const floor = f32x4.splat(epsilon);
  const tiny1 = f32x4.splat(TINY_FIRST);
  const tiny2 = f32x4.splat(TINY_SECOND);
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    const gradient = v128.load(g + at);
    let first = f32x4.add(f32x4.mul(keep1, v128.load(m + at)), f32x4.mul(take1, gradient));
    let second = f32x4.add(
      f32x4.mul(keep2, v128.load(v + at)),
      f32x4.mul(take2, f32x4.mul(gradient, gradient)),
    );
    first = v128.andnot(first, f32x4.lt(f32x4.abs(first), tiny1));
    second = v128.andnot(second, f32x4.lt(second, tiny2));
    v128.store(m + at, first);
    v128.store(v + at, second);
    const move = f32x4.div(
      f32x4.mul(step, f32x4.mul(first, scale1)),
      f32x4.add(f32x4.sqrt(f32x4.mul(second, scale2)), floor),
    );
    v128.store(w + at, f32x4.sub(v128.load(w + at), move));
  }
}

/** Scale of a column of zeros: the smallest normal number. */
const MIN_SCALE: f32 = 1.1754943508222875e-38;

/**
 * A matrix as an eight-bit file gives it back: codes -127 .. 127 to nearest,
 * ties to even, times one scale per column, its largest magnitude / 127. The
 * same numbers as `quantise` of `@tinyvmaf/models`: the quotient is binary64.
 */
export function quantise(from: usize, to: usize, rows: u32, columns: u32): void {
  const line = (<usize>columns) << 2;
  const size = <usize>rows * line;
  for (let column: usize = 0; column < line; column += 4) {
    let largest: f32 = 0;
    for (let at = column; at < size; at += line) largest = max(largest, abs(load<f32>(from + at)));
    const scale = max(largest / 127, MIN_SCALE);
    const divisor = <f64>scale;
    for (let at = column; at < size; at += line) {
      // An integer has no negative zero.
      const code = nearest(<f64>load<f32>(from + at) / divisor) + 0.0;
      store<f32>(to + at, <f32>max<f64>(-127, min<f64>(127, code)) * scale);
    }
  }
}
