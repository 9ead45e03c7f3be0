import { createRandom } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { factorise, gram, substitute } from '../../src/rbf/matrix.js';

const random = createRandom(17);
const uniform = (length: number): Float64Array =>
  Float64Array.from({ length }, () => random.float() - 0.5);

describe.each([1, 2, 3, 7, 12])('%i columns', (n) => {
  it.each([1, 5, 256, 301])('of %i rows: products as in the textbook', (rows) => {
    const columns = uniform(n * rows);
    const out = new Float64Array(n * n).fill(7);
    gram(columns, n, rows, out);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < rows; k++) sum += columns[i * rows + k]! * columns[j * rows + k]!;
        expect(out[i * n + j]).toBeCloseTo(sum, 12);
      }
    }
  });

  it('solves what it multiplied', () => {
    const columns = uniform(n * 60);
    const a = new Float64Array(n * n);
    gram(columns, n, 60, a);
    const x = uniform(n);
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) b[i]! += a[Math.max(i, j) * n + Math.min(i, j)]! * x[j]!;
    }
    expect(factorise(a, n)).toBe(true);
    substitute(a, n, b);
    for (let i = 0; i < n; i++) expect(b[i]).toBeCloseTo(x[i]!, 10);
  });
});

it('says when a matrix is not positive definite', () => {
  expect(factorise(Float64Array.of(1, 0, 1, 1), 2)).toBe(false);
  expect(factorise(Float64Array.of(1, 0, NaN, 1), 2)).toBe(false);
  expect(factorise(Float64Array.of(-1), 1)).toBe(false);
});
