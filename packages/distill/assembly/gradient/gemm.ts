/**
 * Matrix product. Forward passes, gradients of weights and gradients of inputs
 * are all this one loop, with other strides. How it is cut into tiles does not
 * show in the result: an element starts from its first value and takes its
 * products in order of k.
 */

/** Add to what is there, instead of starting anew. */
const ACCUMULATE: u32 = 1;
/** Negative sums become 0. */
const RELU: u32 = 2;

/** Steps of k that are done for all tiles before the next: both operands stay in the cache. */
const BLOCK: u32 = 128;

/**
 * `c[i][j] = start + sum over k of a(i, k) * b[k][j]`.
 * @param a left operand; `ai` and `ak` are elements from one row, one column to the next.
 * @param b right operand, `n` columns, row by row.
 * @param bias `n` numbers to start from, or 0 for zeros; ignored when accumulating.
 * @param c result, `n` columns, row by row.
 * @param flags 1: accumulate, 2: rectify.
 */
export function gemm(
  a: usize,
  ai: u32,
  ak: u32,
  b: usize,
  bias: usize,
  c: usize,
  m: u32,
  n: u32,
  k: u32,
  flags: u32,
): void {
  const rows = (<usize>ai) << 2;
  const steps = (<usize>ak) << 2;
  const line = (<usize>n) << 2;
  const biased = bias != 0;
  for (let from: u32 = 0; from < k; from += BLOCK) {
    const count = min(BLOCK, k - from);
    const relu = (flags & RELU) != 0 && from + count == k;
    const first = from == 0 && (flags & ACCUMULATE) == 0;
    const left = a + <usize>from * steps;
    const right = b + <usize>from * line;
    let j: u32 = 0;
    for (; j + 8 <= n; j += 8) {
      const column = (<usize>j) << 2;
      const start = bias + column;
      let i: u32 = 0;
      for (; i + 4 <= m; i += 4) {
        const x = left + <usize>i * rows;
        const out = c + <usize>i * line + column;
        tile(x, rows, steps, right + column, line, start, out, count, first, biased, relu);
      }
      for (; i < m; i++) {
        const x = left + <usize>i * rows;
        const out = c + <usize>i * line + column;
        strip(x, steps, right + column, line, start, out, count, first, biased, relu);
      }
    }
    for (; j < n; j++) {
      const column = (<usize>j) << 2;
      const start: f32 = biased ? load<f32>(bias + column) : 0;
      for (let i: u32 = 0; i < m; i++) {
        const x = left + <usize>i * rows;
        const out = c + <usize>i * line + column;
        let sum = first ? start : load<f32>(out);
        let y = right + column;
        for (let at: usize = 0, end = <usize>count * steps; at < end; at += steps) {
          sum += load<f32>(x + at) * load<f32>(y);
          y += line;
        }
        store<f32>(out, relu && sum < 0 ? 0 : sum);
      }
    }
  }
}

function ramp(sum: v128, relu: bool): v128 {
  return relu ? f32x4.pmax(sum, f32x4.splat(0)) : sum;
}

/** Four rows and eight columns of the result: eight sums in registers. */
function tile(
  x: usize,
  rows: usize,
  steps: usize,
  y: usize,
  line: usize,
  bias: usize,
  out: usize,
  count: u32,
  first: bool,
  biased: bool,
  relu: bool,
): void {
  const out1 = out + line;
  const out2 = out1 + line;
  const out3 = out2 + line;
  let s00: v128, s01: v128, s10: v128, s11: v128;
  let s20: v128, s21: v128, s30: v128, s31: v128;
  if (first) {
    s00 = biased ? v128.load(bias) : f32x4.splat(0);
    s01 = biased ? v128.load(bias, 16) : f32x4.splat(0);
    s10 = s00;
    s20 = s00;
    s30 = s00;
    s11 = s01;
    s21 = s01;
    s31 = s01;
  } else {
    s00 = v128.load(out);
    s01 = v128.load(out, 16);
    s10 = v128.load(out1);
    s11 = v128.load(out1, 16);
    s20 = v128.load(out2);
    s21 = v128.load(out2, 16);
    s30 = v128.load(out3);
    s31 = v128.load(out3, 16);
  }
  let x1 = x + rows;
  let x2 = x1 + rows;
  let x3 = x2 + rows;
  for (let k: u32 = 0; k < count; k++) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const a0 = v128.load32_splat(x);
    s00 = f32x4.add(s00, f32x4.mul(a0, y0));
    s01 = f32x4.add(s01, f32x4.mul(a0, y1));
    const a1 = v128.load32_splat(x1);
    s10 = f32x4.add(s10, f32x4.mul(a1, y0));
    s11 = f32x4.add(s11, f32x4.mul(a1, y1));
    const a2 = v128.load32_splat(x2);
    s20 = f32x4.add(s20, f32x4.mul(a2, y0));
    s21 = f32x4.add(s21, f32x4.mul(a2, y1));
    const a3 = v128.load32_splat(x3);
    s30 = f32x4.add(s30, f32x4.mul(a3, y0));
    s31 = f32x4.add(s31, f32x4.mul(a3, y1));
    x += steps;
    x1 += steps;
    x2 += steps;
    x3 += steps;
    y += line;
  }
  v128.store(out, ramp(s00, relu));
  v128.store(out, ramp(s01, relu), 16);
  v128.store(out1, ramp(s10, relu));
  v128.store(out1, ramp(s11, relu), 16);
  v128.store(out2, ramp(s20, relu));
  v128.store(out2, ramp(s21, relu), 16);
  v128.store(out3, ramp(s30, relu));
  v128.store(out3, ramp(s31, relu), 16);
}

/** One row and eight columns of the result. */
function strip(
  x: usize,
  steps: usize,
  y: usize,
  line: usize,
  bias: usize,
  out: usize,
  count: u32,
  first: bool,
  biased: bool,
  relu: bool,
): void {
  let s0 = first ? f32x4.splat(0) : v128.load(out);
  let s1 = first ? f32x4.splat(0) : v128.load(out, 16);
  if (first && biased) {
    s0 = v128.load(bias);
    s1 = v128.load(bias, 16);
  }
  for (let k: u32 = 0; k < count; k++) {
    const a = v128.load32_splat(x);
    s0 = f32x4.add(s0, f32x4.mul(a, v128.load(y)));
    s1 = f32x4.add(s1, f32x4.mul(a, v128.load(y, 16)));
    x += steps;
    y += line;
  }
  v128.store(out, ramp(s0, relu));
  v128.store(out, ramp(s1, relu), 16);
}
