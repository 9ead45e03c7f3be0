import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fma } from '../../src/exp/fma.js';
import { exact, fromBits, hex, round } from './bits.js';

/** a * b + c with integers, rounded once. */
const reference = (a: number, b: number, c: number): number => {
  const x = exact(a);
  const y = exact(b);
  const z = exact(c);
  const exponent = Math.min(x.exponent + y.exponent, z.exponent);
  const product = (x.significand * y.significand) << BigInt(x.exponent + y.exponent - exponent);
  return round(product + (z.significand << BigInt(z.exponent - exponent)), exponent);
};

/** A double with |x| in [2^low, 2^high) and any sign and significand. */
const double = (low: number, high: number) =>
  fc
    .tuple(
      fc.bigInt(0n, 0xfffffffffffffn),
      fc.integer({ min: low, max: high - 1 }),
      fc.boolean(),
      // Few significant bits now and then: exact products, ties.
      fc.constantFrom(0n, 0n, 26n, 45n, 51n),
    )
    .map(([fraction, exponent, negative, clear]) =>
      fromBits(
        (negative ? 1n << 63n : 0n) |
          (BigInt(exponent + 1023) << 52n) |
          ((fraction >> clear) << clear),
      ),
    );

const same = (a: number, b: number, c: number): void => {
  const expected = reference(a, b, c);
  // The sign of an exact zero is not part of the integer reference.
  if (expected === 0) expect(fma(a, b, c)).toBe(fma(a, b, c) * 0);
  else expect(hex(fma(a, b, c)), `fma(${a}, ${b}, ${c})`).toBe(hex(expected));
};

describe('fma', () => {
  it('rounds once for random operands', () => {
    fc.assert(fc.property(double(-40, 40), double(-40, 40), double(-90, 90), same), {
      numRuns: 5000,
      seed: 1,
    });
  });

  it('rounds once where the product nearly cancels the addend', () => {
    const nearly = fc
      .tuple(double(-20, 20), double(-20, 20), fc.integer({ min: -3, max: 3 }))
      .map(([a, b, ulps]): [number, number, number] => {
        const product = a * b;
        return [a, b, -fromBits(BigInt(`0x${hex(product)}`) + BigInt(ulps))];
      });
    fc.assert(
      fc.property(nearly, ([a, b, c]) => same(a, b, c)),
      { numRuns: 5000, seed: 2 },
    );
  });

  it('rounds once at and around ties between two doubles', () => {
    // c has an even or odd last bit; a * b is half an ulp of c, plus or minus a
    // tail far below, which plain double rounding would lose.
    for (const last of [0, 1]) {
      const c = 1 + last * 2 ** -52;
      for (const sign of [1, -1]) {
        for (const tail of [-(2 ** -52), -(2 ** -30), 0, 2 ** -52, 2 ** -30]) {
          for (const half of [2 ** -53, 2 ** -54]) {
            same(sign * half, 1 + tail, c);
            same(half * (1 + tail), sign * (1 - tail), c);
            same(sign * half * (1 + tail), 1 + tail, -c);
          }
        }
      }
    }
  });

  it('rounds once where the product is nearly half a unit of any addend', () => {
    const nearTie = fc
      .tuple(
        double(0, 1),
        fc.boolean(),
        fc.integer({ min: -4, max: 4 }),
        fc.integer({ min: -4, max: 4 }),
      )
      .chain(([c, negative, i, j]) =>
        // Half a unit of c, of its lower neighbour (at powers of two), or a quarter.
        fc.constantFrom(2 ** -53, 3 * 2 ** -53, 2 ** -54, 2 ** -55).map((half) => ({
          a: (negative ? -half : half) * (1 + i * 2 ** -52),
          b: 1 + j * 2 ** -52,
          c,
        })),
      );
    fc.assert(
      fc.property(nearTie, ({ a, b, c }) => same(a, b, c)),
      { numRuns: 5000, seed: 6 },
    );
  });

  it('rounds once for operands far apart', () => {
    fc.assert(fc.property(double(-300, 300), double(-300, 300), double(-600, 600), same), {
      numRuns: 3000,
      seed: 3,
    });
  });

  it('handles zeros', () => {
    expect(fma(0, 5, 3)).toBe(3);
    expect(fma(5, 0, -3)).toBe(-3);
    expect(fma(3, 5, 0)).toBe(15);
    expect(fma(3, 5, -15)).toBe(0);
  });

  it('differs from multiply and add where it matters', () => {
    const a = 1 + 2 ** -30;
    expect(a * a - (1 + 2 ** -29)).toBe(0);
    expect(fma(a, a, -(1 + 2 ** -29))).toBe(2 ** -60);
  });
});
