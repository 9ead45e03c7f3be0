import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFixed, formatGeneral, formatLogNumber } from '../src/index.js';

// The exact value of a double as numerator / 2^shift, to judge rounding without floating point.
const exactRatio = (x: number): { numerator: bigint; shift: bigint } => {
  let shift = 0n;
  let scaled = x;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return { numerator: BigInt(scaled), shift };
};

const fixedByRatio = (x: number, decimals: number): string => {
  const { numerator, shift } = exactRatio(Math.abs(x));
  const scaled = numerator * 10n ** BigInt(decimals);
  const unit = 1n << shift;
  let quotient = scaled / unit;
  const twice = 2n * (scaled % unit);
  if (twice > unit || (twice === unit && quotient % 2n === 1n)) quotient++;
  const digits = quotient.toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return `${x < 0 ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
};

describe('formatFixed', () => {
  it('rounds the exact binary value, ties to even', () => {
    expect(formatFixed(0.0078125, 6)).toBe('0.007812');
    expect(formatFixed(0.0234375, 6)).toBe('0.023438');
    expect(formatFixed(0.5, 0)).toBe('0');
    expect(formatFixed(1.5, 0)).toBe('2');
    expect(formatFixed(999999.9999999, 6)).toBe('1000000.000000');
    expect(formatFixed(-0, 6)).toBe('-0.000000');
    expect(formatFixed(1e21, 2)).toBe('1000000000000000000000.00');
    expect(formatFixed(NaN, 6)).toBe('nan');
    expect(formatFixed(-Infinity, 6)).toBe('-inf');
  });

  it('agrees with exact rational arithmetic', () => {
    const ties = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => (2 * n + 1) / 128);
    const scores = fc.double({ min: -200, max: 200, noNaN: true }).filter((x) => x !== 0);
    fc.assert(
      fc.property(fc.oneof(ties, scores), (x) => {
        expect(formatFixed(x, 6)).toBe(fixedByRatio(x, 6));
      }),
    );
  });
});

describe('formatGeneral', () => {
  it.each([
    [1, 6, '1'],
    [1.1, 6, '1.1'],
    [100, 6, '100'],
    [0.03125, 6, '0.03125'],
    [1e-5, 6, '1e-05'],
    [1234567, 6, '1.23457e+06'],
    [0.99999999, 6, '1'],
    [2 ** -25, 17, '2.9802322387695312e-08'],
    [0, 6, '0'],
    [-0.5, 6, '-0.5'],
    [83.856284, 17, '83.856284000000002'],
  ])('%d to %d digits is %s', (x, digits, expected) => {
    expect(formatGeneral(x, digits)).toBe(expected);
  });

  // Right column: what printf("%g") of the GNU C library writes.
  it.each([
    [-0, '-0'],
    [0.7, '0.7'],
    [10000, '10000'],
    [99999.95, '99999.9'],
    [99999.96, '100000'],
    [999999.4, '999999'],
    [999999.5, '1e+06'],
    [1000000, '1e+06'],
    [0.0001, '0.0001'],
    [0.000099999996, '0.0001'],
    [0.0000123456789, '1.23457e-05'],
    [1 / 3, '0.333333'],
    [2 / 3, '0.666667'],
    [-12.5, '-12.5'],
    [1e100, '1e+100'],
    [5e-324, '4.94066e-324'],
    // Exact ties go to the even digit.
    [512.0625, '512.062'],
    [1000.125, '1000.12'],
    [1000.375, '1000.38'],
    [1000005, '1e+06'],
    [1000015, '1.00002e+06'],
  ])('%%g of %d is %s', (x, expected) => {
    expect(formatGeneral(x)).toBe(expected);
  });

  it('keeps every double at 17 digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Number(formatGeneral(x, 17))).toBe(x);
      }),
    );
  });
});

// The examples of spec/pooling-and-io.md section 2.
it.each([
  [100.0000001, '100.0000000999999941'],
  [0.0000005, '0.0000005000000000'],
  [0.0000015, '0.000002'],
  [1.0000009999, '1.0000009998999999'],
  [0.1234565, '0.123456'],
  [0.0078125, '0.007812'],
  [100, '100.000000'],
  [0, '0.000000'],
])('formatLogNumber(%d) is %s', (x, expected) => {
  expect(formatLogNumber(x)).toBe(expected);
});
