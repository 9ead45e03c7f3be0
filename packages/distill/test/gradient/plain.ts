// The kernel as plain loops: binary32 by rounding every product and every sum.
// The bit reference for the WebAssembly one, at sizes where slowness is no matter.
import { dequantise, quantise } from '@tinyvmaf/models';
import type { Kernel } from '../../src/gradient/kernel.js';

const f = Math.fround;

/** e to the x as the kernel has it. */
const power = (x: number): number => {
  if (!(x < 89)) return Number.isNaN(x) ? x : Infinity;
  if (x < -104) return 0;
  const rounder = 1.5 * 2 ** 52;
  const n = x * 1.4426950408889634 + rounder - rounder;
  const r = x - n * 0.6931471803691238 - n * 1.9082149292705877e-10;
  let sum = 1;
  for (let k = 13; k > 0; k--) sum = 1 + (sum * r) / k;
  return f(sum * 2 ** n);
};

/** A kernel of plain loops. */
export const plainKernel = (): Kernel => {
  let memory = new Float32Array(1 << 14);
  const get = (base: number, at: number): number => memory[base / 4 + at]!;
  const put = (base: number, at: number, value: number): void => {
    memory[base / 4 + at] = value;
  };
  const more = (base: number, at: number, value: number): void =>
    put(base, at, f(get(base, at) + f(value)));
  const each = (rows: number, columns: number, run: (i: number, j: number, at: number) => void) => {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) run(i, j, i * columns + j);
  };
  const kernel: Kernel = {
    memory: {
      get buffer() {
        return memory.buffer;
      },
    },
    reserve: (bytes) => {
      if (bytes <= memory.buffer.byteLength) return;
      const larger = new Float32Array(Math.ceil(bytes / 4));
      larger.set(memory);
      memory = larger;
    },
    gemm: (a, ai, ak, b, bias, c, m, n, k, flags) =>
      each(m, n, (i, j, at) => {
        let sum = (flags & 1) !== 0 ? get(c, at) : bias === 0 ? 0 : get(bias, j);
        for (let l = 0; l < k; l++) sum = f(sum + f(get(a, i * ai + l * ak) * get(b, l * n + j)));
        put(c, at, (flags & 2) !== 0 && sum < 0 ? 0 : sum);
      }),
    maskPositive: (y, d, count) =>
      each(1, count, (_, __, at) => {
        if (!(get(y, at) > 0)) put(d, at, 0);
      }),
    columnSums: (from, to, rows, columns, accumulate) =>
      each(columns, 1, (j) => {
        let sum = accumulate === 0 ? 0 : get(to, j);
        for (let i = 0; i < rows; i++) sum = f(sum + get(from, i * columns + j));
        put(to, j, sum);
      }),
    transpose: (from, to, rows, columns, accumulate) =>
      each(rows, columns, (i, j, at) => {
        if (accumulate === 0) put(to, j * rows + i, get(from, at));
        else more(to, j * rows + i, get(from, at));
      }),
    binary: (op, a, b, out, rows, columns, bi, bj) =>
      each(rows, columns, (i, j, at) => {
        const [x, y] = [get(a, at), get(b, i * bi + j * bj)];
        put(out, at, op === 0 ? x + y : op === 1 ? x - y : x * y);
      }),
    binaryBack: (op, a, b, d, da, db, rows, columns, bi, bj) =>
      each(rows, columns, (i, j, at) => {
        const other = i * bi + j * bj;
        const gradient = get(d, at);
        if (da !== 0) more(da, at, op < 2 ? gradient : gradient * get(b, other));
        if (db !== 0)
          more(db, other, op === 0 ? gradient : op === 1 ? -gradient : gradient * get(a, at));
      }),
    scale: (a, out, count, factor) =>
      each(1, count, (_, __, at) => {
        put(out, at, get(a, at) * f(factor));
      }),
    scaleBack: (d, da, count, factor) =>
      each(1, count, (_, __, at) => {
        more(da, at, get(d, at) * f(factor));
      }),
    clamp: (a, out, count, low, high) =>
      each(1, count, (_, __, at) => {
        const x = get(a, at);
        put(out, at, x < f(low) ? low : x > f(high) ? high : x);
      }),
    clampBack: (a, d, da, count, low, high) =>
      each(1, count, (_, __, at) => {
        if (get(a, at) > f(low) && get(a, at) < f(high)) more(da, at, get(d, at));
      }),
    exponential: (a, out, count) =>
      each(1, count, (_, __, at) => {
        put(out, at, power(get(a, at)));
      }),
    exponentialBack: (y, d, da, count) =>
      each(1, count, (_, __, at) => {
        more(da, at, get(d, at) * get(y, at));
      }),
    rowSums: (a, out, rows, columns) =>
      each(rows, 1, (i) => {
        let sum = 0;
        for (let j = 0; j < columns; j++) sum = f(sum + get(a, i * columns + j));
        put(out, i, sum);
      }),
    rowSumsBack: (d, da, rows, columns) =>
      each(rows, columns, (i, _, at) => {
        more(da, at, get(d, i));
      }),
    distances: (a, b, out, rows, others, columns) =>
      each(rows, others, (i, j, at) => {
        let sum = 0;
        for (let k = 0; k < columns; k++) {
          const difference = f(get(a, i * columns + k) - get(b, j * columns + k));
          sum = f(sum + f(difference * difference));
        }
        put(out, at, sum);
      }),
    distancesBack: (a, b, d, da, db, rows, others, columns) =>
      each(rows, others, (i, j, at) => {
        const gradient = f(2 * get(d, at));
        for (let k = 0; k < columns; k++) {
          const part = f(gradient * f(get(a, i * columns + k) - get(b, j * columns + k)));
          if (da !== 0) more(da, i * columns + k, part);
          if (db !== 0) more(db, j * columns + k, -part);
        }
      }),
    softmax: (a, mask, out, rows, columns) =>
      each(rows, 1, (i) => {
        const counts = (j: number): boolean => mask === 0 || get(mask, j) !== 0;
        let largest = -Infinity;
        for (let j = 0; j < columns; j++)
          if (counts(j)) largest = Math.max(largest, get(a, i * columns + j));
        let sum = 0;
        for (let j = 0; j < columns; j++) {
          const term = counts(j) ? power(f(get(a, i * columns + j) - largest)) : 0;
          put(out, i * columns + j, term);
          sum = f(sum + term);
        }
        for (let j = 0; j < columns; j++)
          put(out, i * columns + j, get(out, i * columns + j) / sum);
      }),
    softmaxBack: (y, d, da, rows, columns) =>
      each(rows, 1, (i) => {
        let dot = 0;
        for (let j = 0; j < columns; j++)
          dot = f(dot + f(get(d, i * columns + j) * get(y, i * columns + j)));
        for (let j = 0; j < columns; j++) {
          const at = i * columns + j;
          more(da, at, get(y, at) * f(get(d, at) - dot));
        }
      }),
    gather: (from, index, to, rows, columns) => {
      const indices = new Uint32Array(memory.buffer, index, rows);
      each(rows, columns, (i, j, at) => {
        put(to, at, get(from, indices[i]! * columns + j));
      });
    },
    squaredError: (output, label, weight, gradient, rows, factor) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const difference = f(get(output, i) - get(label, i));
        const weighted = f(difference * get(weight, i));
        put(gradient, i, weighted * f(factor));
        sum += weighted * difference;
      }
      return sum;
    },
    adam: (w, m, v, g, count, rate, b1, b2, c1, c2, epsilon) =>
      each(1, count, (_, __, at) => {
        const gradient = get(g, at);
        let first = f(f(f(b1) * get(m, at)) + f(f(1 - f(b1)) * gradient));
        let second = f(f(f(b2) * get(v, at)) + f(f(1 - f(b2)) * f(gradient * gradient)));
        if (Math.abs(first) < 2 ** -100) first = 0;
        if (second < f(9.4039548065783e-38)) second = 0;
        put(m, at, first);
        put(v, at, second);
        const move = f(
          f(f(rate) * f(first * f(c1))) / f(f(Math.sqrt(f(second * f(c2)))) + f(epsilon)),
        );
        put(w, at, get(w, at) - move);
      }),
    quantise: (from, to, rows, columns) => {
      const values = memory.slice(from / 4, from / 4 + rows * columns);
      memory.set(dequantise(quantise(values, rows, columns)), to / 4);
    },
  };
  return kernel;
};
