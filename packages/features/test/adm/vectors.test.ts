// ADM against the published test vectors, stage by stage: wavelet bands,
// integer sums of each scale and band, pooled values, features.
import { describe, expect, it } from 'vitest';
import { flatHalfPair, vectorPair } from '@tinyvmaf/testkit';
import { ADM_DEFAULTS } from '../../src/adm/options.js';
import { createAdm } from '../../src/adm/adm.js';
import { planeOf } from './planes.js';
import { EIGHT_BITS, FLAT_HALF, TEN_BITS } from './published.js';

const cases = [
  { name: '8-bit pair', pair: vectorPair(0, 8), expected: EIGHT_BITS },
  { name: '10-bit pair', pair: vectorPair(0, 10), expected: TEN_BITS },
  { name: 'flat-half pair', pair: flatHalfPair(), expected: FLAT_HALF },
];

describe.each(cases)('the $name of the test vectors', ({ pair, expected }) => {
  const { reference, distorted } = pair;
  const { width, height, bitDepth } = reference;
  const kernel = createAdm(width, height, bitDepth, ADM_DEFAULTS);
  const result = kernel.compute(planeOf(reference), planeOf(distorted));

  it('gives the integer sums of every scale and band', () => {
    expect(result.sums.den).toEqual(expected.rows.map(({ den }) => den));
    expect(result.sums.num).toEqual(expected.rows.map(({ num }) => num));
  });

  it('gives the pooled values of every scale', () => {
    const f32 = (values: readonly number[]): number[] => values.map((value) => Math.fround(value));
    expect(result.scaleDen).toEqual(f32(expected.rows.map(({ denPooled }) => denPooled)));
    expect(result.scaleNum).toEqual(f32(expected.rows.map(({ numPooled }) => numPooled)));
    expect(result.admScale).toEqual(expected.rows.map(({ admScale }) => admScale));
  });

  it('gives adm2, aim and adm3', () => {
    const { adm2, aim, adm3 } = result;
    expect({ adm2, aim, adm3 }).toEqual({
      adm2: expected.adm2,
      aim: expected.aim,
      adm3: expected.adm3,
    });
  });
});

describe('the wavelet bands of the 8-bit reference', () => {
  const { reference } = vectorPair(0, 8);
  const { pyramid } = createAdm(reference.width, reference.height, 8, ADM_DEFAULTS).prepare(
    planeOf(reference),
  );

  it.each([
    { scale: 0, first: [-8379, -117, -70, 0], last: [487, 219, 131, 0] },
    {
      scale: 1,
      first: [-543135370, -65301998, -11939263, 1646],
      last: [-48478632, 3779782, 17776903, -4096],
    },
    {
      scale: 2,
      first: [-237122279, -11982902, -23756179, 2825898],
      last: [-99745414, 75525, -8714178, 7735073],
    },
    {
      scale: 3,
      first: [-181931736, -35609863, -32068289, -21376041],
      last: [-60653077, 21646965, 9983831, -11282663],
    },
  ])('have the published corners at scale $scale', ({ scale, first, last }) => {
    const { a, v, h, d } = pyramid[scale]!;
    expect([a, v, h, d].map((band) => band[0])).toEqual(first);
    expect([a, v, h, d].map((band) => band.at(-1))).toEqual(last);
  });
});
