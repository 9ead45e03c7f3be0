// Kernels with one thing changed on purpose: the published values must tell.
// Each mutant is a copy of the sources with one piece of text replaced, so a
// piece that is no longer there, or there twice, fails the test.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { flatHalfPair, vectorPair, type Luma } from '@tinyvmaf/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADM_DEFAULTS } from '../../src/adm/options.js';
import { planeOf } from './planes.js';
import { EIGHT_BITS, FLAT_HALF, TEN_BITS, type Expected } from './published.js';

type Kernel = typeof import('../../src/adm/adm.js');

interface Mutation {
  readonly stage: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const change = (stage: string, file: string, find: string, replace: string): Mutation => ({
  stage,
  file,
  find,
  replace,
});

const MUTATIONS: readonly Mutation[] = [
  change('a wavelet tap', 'filters.ts', '[15826, 27411,', '[15826, 27412,'),
  change(
    'a wavelet rounding constant',
    'filters.ts',
    'addHorizontal: 32768,\n  };',
    'addHorizontal: 0,\n  };',
  ),
  change(
    'a wavelet shift',
    'filters.ts',
    'addLow: 0, addHigh: 0, horizontalShift: 15',
    'addLow: 0, addHigh: 0, horizontalShift: 16',
  ),
  change(
    'a wavelet band',
    'dwt.ts',
    'plan.high, output.h, output.d',
    'plan.high, output.d, output.h',
  ),
  change('the border at the start', 'border.ts', 'return -position;', 'return -position - 1;'),
  change(
    'the border at the end',
    'border.ts',
    '2 * size - 1 - position',
    '2 * size - 2 - position',
  ),
  change('the crop margin', 'regions.ts', 'size * 0.1 - 0.5', 'size * 0.1'),
  change(
    'the division table',
    'reciprocal.ts',
    'Math.floor(2 ** 30 / i)',
    'Math.round(2 ** 30 / i)',
  ),
  change('rounding of the ratio', 'decouple.ts', 'product + 16384 * unit', 'product'),
  change('the scaled divisor', 'decouple.ts', 'magnitude + unit / 2', 'magnitude'),
  change('rounding of the restored part', 'decouple.ts', '* o + 16384', '* o'),
  change('the angle test', 'decouple.ts', 'x * x >= ', 'x * x > 1.001 * '),
  change('the gain limit', 'decouple.ts', 'Math.min(r * gainLimit, t)', 'Math.min(r, t)'),
  change('a fixed-point factor', 'csf.ts', '[36453, 36453, 49417]', '[36454, 36454, 49417]'),
  change('a weight', 'csf-watson.ts', '0x1.06050cp-5', '0x1.06050ep-5'),
  change(
    'the masking of the diagonal band',
    'masking.ts',
    'factor[2], 65535, 17',
    'factor[2], 65535, 16',
  ),
  change('the spread at scale 0', 'masking.ts', '4369 * csf + 2048', '4369 * csf'),
  change(
    'the sign of a constant',
    'masking.ts',
    'multiplyShift(143165577, csf, -(2 ** 31), 32)',
    'multiplyShift(143165577, csf, 2 ** 31, 32)',
  ),
  change(
    'a masking neighbour',
    'masking.ts',
    '(spread[below + after] as number)',
    '(spread[below + before] as number)',
  ),
  change(
    'rounding of the denominator square',
    'denominator.ts',
    'const squareAdd = power2(squareShift)',
    'const squareAdd = power2(squareShift - 1)',
  ),
  change('the denominator shift', 'denominator.ts', '[0, 31, 30, 31]', '[0, 31, 31, 31]'),
  change(
    'the row sums of the denominator',
    'denominator.ts',
    'total.addShifted(row, rowAdd, rowShift)',
    'total.addShifted(row, 0, rowShift)',
  ),
  change('the unit of the threshold', 'numerator.ts', 'thresholdShift: 10', 'thresholdShift: 11'),
  change('a numerator shift', 'numerator.ts', 'squareShift: 29', 'squareShift: 30'),
  change(
    'rounding of the numerator square',
    'numerator.ts',
    'multiplyShift(masked, masked, 2 ** 29, 30)',
    'multiplyShift(masked, masked, 0, 30)',
  ),
  change(
    'the column shift of the numerator',
    'numerator.ts',
    'const columnShift = ceilLog2(width);',
    'const columnShift = ceilLog2(width) - 1;',
  ),
  change('the exponent of the cube root', 'cbrt32.ts', '0.3333333432674408', '0.3333333333333333'),
  change(
    'the order of the bands',
    'combine.ts',
    'f32(f32(rootH + rootV) + rootD)',
    'f32(rootH + rootV + rootD)',
  ),
  change(
    'the parts in AIM',
    'adm.ts',
    'maskedOf(scale, additive, restored, 0)',
    'maskedOf(scale, additive, restored, floor)',
  ),
];

const SOURCES = resolve(import.meta.dirname, '../../src/adm');
const COPIES = resolve(import.meta.dirname, '../../out-tsc/adm-mutants');

const load = async (name: string, mutation?: Mutation): Promise<Kernel> => {
  const folder = resolve(COPIES, name);
  mkdirSync(folder, { recursive: true });
  cpSync(SOURCES, folder, { recursive: true });
  if (mutation !== undefined) {
    const path = resolve(folder, mutation.file);
    const parts = readFileSync(path, 'utf8').split(mutation.find);
    expect(parts.length - 1, `occurrences of ${mutation.find} in ${mutation.file}`).toBe(1);
    writeFileSync(path, parts.join(mutation.replace));
  }
  return (await import(/* @vite-ignore */ resolve(folder, 'adm.ts'))) as Kernel;
};

const PAIRS: readonly [{ readonly reference: Luma; readonly distorted: Luma }, Expected][] = [
  [vectorPair(0, 8), EIGHT_BITS],
  [vectorPair(0, 10), TEN_BITS],
  [flatHalfPair(), FLAT_HALF],
];

/** Whether a kernel gives the published values of all three pairs. */
const passes = ({ createAdm }: Kernel): boolean =>
  PAIRS.every(([pair, expected]) => {
    const { width, height, bitDepth } = pair.reference;
    const { adm2, aim, adm3, sums, scaleDen, scaleNum } = createAdm(
      width,
      height,
      bitDepth,
      ADM_DEFAULTS,
    ).compute(planeOf(pair.reference), planeOf(pair.distorted));
    return (
      [adm2 === expected.adm2, aim === expected.aim, adm3 === expected.adm3].every(Boolean) &&
      expected.rows.every(
        (row, s) =>
          row.den.every((sum, b) => sums.den[s]![b] === sum) &&
          row.num.every((sum, b) => sums.num[s]![b] === sum) &&
          Math.fround(row.denPooled) === scaleDen[s] &&
          Math.fround(row.numPooled) === scaleNum[s],
      )
    );
  });

describe('the published values', () => {
  const clean = (): void => rmSync(COPIES, { recursive: true, force: true });
  beforeAll(clean);
  afterAll(clean);

  it('pass a copy without a change', async () => {
    expect(passes(await load('unchanged'))).toBe(true);
  });

  it.each(MUTATIONS.map((mutation, i) => ({ ...mutation, mutation, i })))(
    'catch a change of $stage',
    async ({ mutation, i }) => {
      expect(passes(await load(String(i), mutation))).toBe(false);
    },
  );
});
