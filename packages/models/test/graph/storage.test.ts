import { dequantise, quantise, storedValues } from '@tinyvmaf/models';
import { describe, expect, it } from 'vitest';

describe('quantise', () => {
  it('gives each column its own scale', () => {
    const { codes, scales } = quantise([127, 0.5, -254, -1], 2, 2);
    expect(Array.from(scales)).toEqual([2, Math.fround(1 / 127)]);
    // 63.5 is a tie and goes to the even 64; 0.5 over 1/127 in binary32 lies just below or at it.
    expect(Array.from(codes)).toEqual([64, Math.round(0.5 / Math.fround(1 / 127)), -127, -127]);
  });

  it('takes columns of zeros and of the smallest numbers', () => {
    const { codes, scales } = quantise([0, 1e-60], 1, 2);
    expect(Array.from(codes)).toEqual([0, 0]);
    expect(scales.every((scale) => scale > 0)).toBe(true);
  });

  it('is stable: what was stored is stored again as it is', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i) * (1 + (i % 5)));
    const once = dequantise(quantise(values, 12, 5));
    const twice = dequantise(quantise(once, 12, 5));
    expect(twice).toEqual(once);
    values.forEach((value, i) => {
      const largest = Math.max(...values.filter((_, k) => k % 5 === i % 5).map(Math.abs));
      expect(Math.abs(value - once[i]!)).toBeLessThanOrEqual((largest / 254) * 1.0001);
    });
  });
});

describe('storedValues', () => {
  it('rounds as the storage does', () => {
    const values = Float64Array.of(0.1, 1);
    expect(storedValues(values, 1, 2, 'float64')).toBe(values);
    expect(Array.from(storedValues(values, 1, 2, 'float32'))).toEqual([Math.fround(0.1), 1]);
  });
});
