/** What a linear layer needs beside the product: masks, sums of columns, transposes. */

/** `d[i] = 0` where `y[i]` is not above 0. `count` is padded to a multiple of 4 by the caller. */
export function maskPositive(y: usize, d: usize, count: u32): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    v128.store(d + at, v128.and(v128.load(d + at), f32x4.gt(v128.load(y + at), zero)));
  }
}

/** `to[j] (+)= sum over i of from[i][j]`, in order of i. */
export function columnSums(from: usize, to: usize, rows: u32, columns: u32, accumulate: u32): void {
  const line = (<usize>columns) << 2;
  let j: u32 = 0;
  for (; j + 8 <= columns; j += 8) {
    const column = (<usize>j) << 2;
    let s0 = accumulate != 0 ? v128.load(to + column) : f32x4.splat(0);
    let s1 = accumulate != 0 ? v128.load(to + column, 16) : f32x4.splat(0);
    let at = from + column;
    for (let i: u32 = 0; i < rows; i++) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      at += line;
    }
    v128.store(to + column, s0);
    v128.store(to + column, s1, 16);
  }
  for (; j < columns; j++) {
    const column = (<usize>j) << 2;
    let sum: f32 = accumulate != 0 ? load<f32>(to + column) : 0;
    let at = from + column;
    for (let i: u32 = 0; i < rows; i++) {
      sum += load<f32>(at);
      at += line;
    }
    store<f32>(to + column, sum);
  }
}

/** `to[j][i] = from[i][j]`, or added to it. */
export function transpose(from: usize, to: usize, rows: u32, columns: u32, accumulate: u32): void {
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < columns; j++) {
      const out = to + ((<usize>j * rows + i) << 2);
      const value = load<f32>(from + ((<usize>i * columns + j) << 2));
      store<f32>(out, accumulate != 0 ? load<f32>(out) + value : value);
    }
  }
}
