// The contrast sensitivity factors against the tables of spec/adm.md section 7,
// and the viewing conditions that are refused.
import { errorMessage } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { csfScales, type CsfScales } from '../../src/adm/csf.js';
import { DEFAULT_WEIGHTS, watsonWeights } from '../../src/adm/csf-watson.js';
import { hexFloat } from '../../src/adm/hex-float.js';
import { ADM_DEFAULTS, checkAdmOptions, type AdmOptions } from '../../src/adm/options.js';

const scales = (options: Partial<AdmOptions>): CsfScales => {
  const result = csfScales({ ...ADM_DEFAULTS, ...options });
  if (E.isLeft(result)) throw new Error(errorMessage(result.left));
  return result.right;
};

const refusal = (options: Partial<AdmOptions>): string => {
  const result = checkAdmOptions({ ...ADM_DEFAULTS, ...options });
  return E.isLeft(result) ? errorMessage(result.left) : 'accepted';
};

describe('mode 0 at the default viewing distance', () => {
  it('has the published weights and their cubes', () => {
    const cubes = scales({}).map(({ weight }) => weight.map((rf) => rf * rf * rf));
    expect(scales({}).map(({ weight }) => weight)).toEqual(
      DEFAULT_WEIGHTS.map(([hv, d]) => [hv, hv, d]),
    );
    expect(cubes.map(([h, , d]) => [h, d])).toEqual(
      [
        ['0x1.60682e40ca298p-18', '0x1.b6f67955c18e8p-23'],
        ['0x1.127cb41f44aabp-15', '0x1.88675620541cbp-19'],
        ['0x1.5638de3f6e459p-14', '0x1.e740af5557bdcp-17'],
        ['0x1.8f9f6fa0b6d35p-14', '0x1.018b80fefe987p-15'],
      ].map((row) => row.map(hexFloat)),
    );
  });

  it('has the published fixed-point factors', () => {
    expect(scales({}).map(({ factor }) => factor)).toEqual([
      [36453, 36453, 49417],
      [137373792, 137373792, 61414028],
      [186284160, 186284160, 104783920],
      [196165808, 196165808, 134487184],
    ]);
  });

  it('equals the formula', () => {
    expect(watsonWeights(ADM_DEFAULTS)).toEqual(DEFAULT_WEIGHTS);
    const { factor } = scales({ normViewDist: 3.0000001 })[0];
    expect(factor).toEqual([36451, 36451, 49414]);
  });

  it('is the same for other screens at the same angle', () => {
    expect(scales({ normViewDist: 1.5, refDisplayHeight: 2160 })).toEqual(scales({}));
  });
});

describe('mode 2', () => {
  it('takes its weights from the table, in binary32', () => {
    const [first, , , last] = scales({ csfMode: 2 });
    const f32 = Math.fround;
    expect(first.weight).toEqual([f32(0.01183), f32(0.01183), f32(0.004302)]);
    expect(first.factor).toEqual([24809, 24809, 36087]);
    expect(last.weight).toEqual([f32(0.058621), f32(0.058621), f32(0.035901)]);
    expect(last.factor[0]).toBe(Math.trunc(f32(0.058621) * 2 ** 32));
  });

  it.each([
    [1080, 3],
    [2160, 1.5],
    [1080, 5],
    [2160, 3],
    [2160, 5],
    [720, 5],
  ])('knows %d rows at %d heights', (refDisplayHeight, normViewDist) => {
    expect(refusal({ csfMode: 2, refDisplayHeight, normViewDist })).toBe('accepted');
  });
});

describe('refused options', () => {
  it('name the rule and both numbers', () => {
    expect(refusal({ normViewDist: 2 })).toBe(
      'adm_norm_view_dist * adm_ref_display_height must be at least 3240, got "2 * 1080 = 2160".',
    );
    expect(refusal({ csfMode: 1 })).toBe(
      'adm_csf_mode must be 0 (Watson) or 2 (blend table); modes 1 (Barten) and 3 are not supported, got "1".',
    );
    expect(refusal({ csfMode: 3 })).toContain('adm_csf_mode');
    expect(refusal({ csfMode: 2, normViewDist: 4 })).toBe(
      'adm_ref_display_height/adm_norm_view_dist must be one of 1080/3, 2160/1.5, 1080/5, 2160/3, 2160/5, 720/5 when adm_csf_mode is 2, got "1080/4".',
    );
    expect(refusal({ normViewDist: Number.NaN })).toContain('must be at least 3240');
  });

  it('do not include the defaults', () => {
    expect(checkAdmOptions(ADM_DEFAULTS)).toEqual(E.right(ADM_DEFAULTS));
  });
});
