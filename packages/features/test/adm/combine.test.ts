// Pooling and the quotients, with the cases that real pictures do not reach.
import { describe, expect, it } from 'vitest';
import { combineScales, noiseFloor, poolBands } from '../../src/adm/combine.js';
import { ADM_DEFAULTS } from '../../src/adm/options.js';

const cube = (value: number) => ({ sum: 0n, cube: value });
const pixels = 1920 * 1080;

describe('poolBands', () => {
  it('adds in binary32, h and v first', () => {
    // 2^24 + 1 + 1 is 2^24 when every sum rounds to 24 bits.
    expect(poolBands([cube(2 ** 72), cube(1), cube(1)], 0)).not.toBe(
      poolBands([cube(1), cube(1), cube(2 ** 72)], 0),
    );
  });

  it('adds the noise floor to every band', () => {
    const floor = noiseFloor(256, 0.03125);
    expect(floor).toBe(2);
    expect(poolBands([cube(0), cube(0), cube(0)], floor)).toBe(6);
    expect(noiseFloor(1024, 0)).toBe(0);
  });
});

describe('combineScales', () => {
  it('gives 1 and no impairment where the reference has no detail at all', () => {
    const zeros = [0, 0, 0, 0] as const;
    const result = combineScales(pixels, zeros, zeros, zeros, ADM_DEFAULTS);
    expect(result).toMatchObject({ adm2: 1, aim: 0, adm3: 1, num: 0, den: 0 });
    // The quotient of a scale stays what it is.
    expect(result.admScale).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('takes totals below the limit as 0, but not the impairment', () => {
    const tiny = [0.9e-10, 0, 0, 0] as const;
    const result = combineScales(pixels, tiny, tiny, tiny, ADM_DEFAULTS);
    expect(result).toMatchObject({ adm2: 1, aim: 0, num: 0, den: 0 });
    const kept = combineScales(pixels, [1e-10, 0, 0, 0], [1e-10, 0, 0, 0], tiny, ADM_DEFAULTS);
    expect(kept).toMatchObject({ adm2: 1, aim: 0.9e-10 / 1e-10, num: 1e-10, den: 1e-10 });
    const half = combineScales(pixels / 2, tiny, tiny, tiny, ADM_DEFAULTS);
    expect(half.den).toBe(0.9e-10);
  });

  it('blends adm3 by weight and holds it at the minimum', () => {
    const options = { ...ADM_DEFAULTS, dlmWeight: 0.75, minVal: 0.5 };
    const of = (num: number, aim: number): number =>
      combineScales(pixels, [num, 0, 0, 0], [1, 0, 0, 0], [aim, 0, 0, 0], options).adm3;
    expect(of(0.5, 0.25)).toBe(0.5 * 0.75 + 0.75 * 0.25);
    expect(of(0.125, 0.5)).toBe(0.5);
  });

  it('sums the scales in order, in doubles', () => {
    const num = [1e16, 1, 1, 1] as const;
    const { num: sum } = combineScales(pixels, num, num, num, ADM_DEFAULTS);
    expect(sum).toBe(1e16 + 1 + 1 + 1);
    expect(sum).not.toBe(1e16 + 3);
  });
});
