/**
 * The other operations of the layer graph, forward and backward. They are plain
 * loops: what takes time is in `gemm`. Gradients are added to what is there.
 * An address of 0 for a gradient means that nobody wants it.
 */

function get(base: usize, at: u32): f32 {
  return load<f32>(base + ((<usize>at) << 2));
}

function put(base: usize, at: u32, value: f32): void {
  store<f32>(base + ((<usize>at) << 2), value);
}

function more(base: usize, at: u32, value: f32): void {
  put(base, at, get(base, at) + value);
}

const ADD: u32 = 0;
const SUBTRACT: u32 = 1;

/**
 * `out = a + b` (0), `a - b` (1) or `a * b` (2). `bi` and `bj` are elements of b
 * from one row, one column to the next: 0 where one counts for all.
 */
export function binary(
  op: u32,
  a: usize,
  b: usize,
  out: usize,
  rows: u32,
  columns: u32,
  bi: u32,
  bj: u32,
): void {
  for (let i: u32 = 0, at: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < columns; j++, at++) {
      const x = get(a, at);
      const y = get(b, i * bi + j * bj);
      put(out, at, op == ADD ? x + y : op == SUBTRACT ? x - y : x * y);
    }
  }
}

/** Gradients of `binary`: `d` of the result, `da` and `db` of the operands. */
export function binaryBack(
  op: u32,
  a: usize,
  b: usize,
  d: usize,
  da: usize,
  db: usize,
  rows: u32,
  columns: u32,
  bi: u32,
  bj: u32,
): void {
  for (let i: u32 = 0, at: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < columns; j++, at++) {
      const other = i * bi + j * bj;
      const gradient = get(d, at);
      const linear = op == ADD || op == SUBTRACT;
      if (da != 0) more(da, at, linear ? gradient : gradient * get(b, other));
      if (db != 0) {
        more(db, other, op == ADD ? gradient : op == SUBTRACT ? -gradient : gradient * get(a, at));
      }
    }
  }
}

/** `out = a * factor`. */
export function scale(a: usize, out: usize, count: u32, factor: f32): void {
  for (let at: u32 = 0; at < count; at++) put(out, at, get(a, at) * factor);
}

/** Gradient of `scale`. */
export function scaleBack(d: usize, da: usize, count: u32, factor: f32): void {
  for (let at: u32 = 0; at < count; at++) more(da, at, get(d, at) * factor);
}

/** `out = a` kept within `low` and `high`; infinities where there is no limit. */
export function clamp(a: usize, out: usize, count: u32, low: f32, high: f32): void {
  for (let at: u32 = 0; at < count; at++) {
    const x = get(a, at);
    put(out, at, x < low ? low : x > high ? high : x);
  }
}

/** Gradient of `clamp`: passes strictly between the limits. */
export function clampBack(a: usize, d: usize, da: usize, count: u32, low: f32, high: f32): void {
  for (let at: u32 = 0; at < count; at++) {
    const x = get(a, at);
    if (x > low && x < high) more(da, at, get(d, at));
  }
}

const LOG2_E: f64 = 1.4426950408889634;
const LN_2_HIGH: f64 = 0.6931471803691238; // 33 bits, so that its products with small integers are exact
const LN_2_LOW: f64 = 1.9082149292705877e-10;

/** e to the x for binary32: a Taylor sum in binary64, below half a unit in the last place but for ties. */
function power(x: f32): f32 {
  if (!(x < 89)) return x != x ? x : Infinity;
  if (x < -104) return 0;
  const n = nearest(<f64>x * LOG2_E);
  const r = <f64>x - n * LN_2_HIGH - n * LN_2_LOW;
  let sum: f64 = 1;
  for (let k = 13; k > 0; k--) sum = 1 + (sum * r) / <f64>k;
  return <f32>(sum * reinterpret<f64>((<i64>n + 1023) << 52));
}

/** `out = e^a`. */
export function exponential(a: usize, out: usize, count: u32): void {
  for (let at: u32 = 0; at < count; at++) put(out, at, power(get(a, at)));
}

/** Gradient of `exponential`, from its result `y`. */
export function exponentialBack(y: usize, d: usize, da: usize, count: u32): void {
  for (let at: u32 = 0; at < count; at++) more(da, at, get(d, at) * get(y, at));
}

/** `out[i] = sum over j of a[i][j]`. */
export function rowSums(a: usize, out: usize, rows: u32, columns: u32): void {
  for (let i: u32 = 0, at: u32 = 0; i < rows; i++) {
    let sum: f32 = 0;
    for (let j: u32 = 0; j < columns; j++, at++) sum += get(a, at);
    put(out, i, sum);
  }
}

/** Gradient of `rowSums`. */
export function rowSumsBack(d: usize, da: usize, rows: u32, columns: u32): void {
  for (let i: u32 = 0, at: u32 = 0; i < rows; i++) {
    const gradient = get(d, i);
    for (let j: u32 = 0; j < columns; j++, at++) more(da, at, gradient);
  }
}

/** `out[i][j] = sum over k of (a[i][k] - b[j][k])^2`; a has `rows` rows, b `others`. */
export function distances(
  a: usize,
  b: usize,
  out: usize,
  rows: u32,
  others: u32,
  columns: u32,
): void {
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < others; j++) {
      let sum: f32 = 0;
      for (let k: u32 = 0; k < columns; k++) {
        const difference = get(a, i * columns + k) - get(b, j * columns + k);
        sum += difference * difference;
      }
      put(out, i * others + j, sum);
    }
  }
}

/** Gradients of `distances`. */
export function distancesBack(
  a: usize,
  b: usize,
  d: usize,
  da: usize,
  db: usize,
  rows: u32,
  others: u32,
  columns: u32,
): void {
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < others; j++) {
      const gradient: f32 = <f32>2 * get(d, i * others + j);
      for (let k: u32 = 0; k < columns; k++) {
        const part = gradient * (get(a, i * columns + k) - get(b, j * columns + k));
        if (da != 0) more(da, i * columns + k, part);
        if (db != 0) more(db, j * columns + k, -part);
      }
    }
  }
}

/** Softmax of each row; columns whose `mask` is 0 give 0. `mask` 0: all count. */
export function softmax(a: usize, mask: usize, out: usize, rows: u32, columns: u32): void {
  for (let i: u32 = 0; i < rows; i++) {
    const base = i * columns;
    let largest: f32 = -Infinity;
    for (let j: u32 = 0; j < columns; j++) {
      if (mask == 0 || get(mask, j) != 0) largest = max(largest, get(a, base + j));
    }
    let sum: f32 = 0;
    for (let j: u32 = 0; j < columns; j++) {
      const term: f32 = mask == 0 || get(mask, j) != 0 ? power(get(a, base + j) - largest) : 0;
      put(out, base + j, term);
      sum += term;
    }
    for (let j: u32 = 0; j < columns; j++) put(out, base + j, get(out, base + j) / sum);
  }
}

/** Gradient of `softmax`, from its result `y`. */
export function softmaxBack(y: usize, d: usize, da: usize, rows: u32, columns: u32): void {
  for (let i: u32 = 0; i < rows; i++) {
    const base = i * columns;
    let dot: f32 = 0;
    for (let j: u32 = 0; j < columns; j++) dot += get(d, base + j) * get(y, base + j);
    for (let j: u32 = 0; j < columns; j++) {
      more(da, base + j, get(y, base + j) * (get(d, base + j) - dot));
    }
  }
}
