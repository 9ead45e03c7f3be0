// The ADM kernel as its users see it: sizes, buffers, options.
import { TinyVmafException } from '@tinyvmaf/core';
import { lumaOf, textureLuma, vectorPair } from '@tinyvmaf/testkit';
import type { Plane } from '@tinyvmaf/yuv-io';
import { describe, expect, it } from 'vitest';
import { ADM_MIN_SIZE, createAdm, type AdmResult } from '../../src/adm/adm.js';
import { ADM_DEFAULTS, type AdmOptions } from '../../src/adm/options.js';
import { planeOf } from './planes.js';

const { reference, distorted } = vectorPair(0, 8);
const [ref, dis] = [planeOf(reference), planeOf(distorted)];

const kernelOf = (options: Partial<AdmOptions> = {}) =>
  createAdm(96, 64, 8, { ...ADM_DEFAULTS, ...options });

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (thrown) {
    return thrown instanceof TinyVmafException ? thrown.message : thrown;
  }
  return 'nothing';
};

describe('one reference against several distorted pictures', () => {
  it('prepares the reference once', () => {
    const kernel = kernelOf();
    const other = planeOf(vectorPair(1, 8).distorted);
    const prepared = kernel.prepare(ref);
    const results = [kernel.compare(prepared, dis), kernel.compare(prepared, other)];
    expect(results).toEqual([kernelOf().compute(ref, dis), kernelOf().compute(ref, other)]);
  });

  it('leaves nothing of one frame in the next', () => {
    const kernel = kernelOf();
    const first = kernel.compute(ref, dis);
    const second = vectorPair(2, 8);
    kernel.compute(planeOf(second.reference), planeOf(second.distorted));
    kernel.compute(dis, ref);
    expect(kernel.compute(ref, dis)).toEqual(first);
  });
});

describe('planes', () => {
  it('may have padding, which is not read', () => {
    const padded = (plane: Plane): Plane => {
      const stride = 101;
      const data = new Uint8Array(stride * plane.height).fill(255);
      for (let y = 0; y < plane.height; y++) {
        data.set(plane.data.subarray(y * plane.width, (y + 1) * plane.width), y * stride);
      }
      return { ...plane, data, stride };
    };
    expect(kernelOf().compute(padded(ref), padded(dis))).toEqual(kernelOf().compute(ref, dis));
  });

  it('may hold 8 bits in 16-bit words', () => {
    const wide = (plane: Plane): Plane => ({ ...plane, data: Uint16Array.from(plane.data) });
    expect(kernelOf().compute(wide(ref), wide(dis))).toEqual(kernelOf().compute(ref, dis));
  });

  it.each([10, 12, 16] as const)(
    'of %d bits that are shifted 8-bit samples give the same',
    (bits) => {
      const shifted = (plane: Plane): Plane => ({
        ...plane,
        data: Uint16Array.from(plane.data, (sample) => sample << (bits - 8)),
      });
      const kernel = createAdm(96, 64, bits, ADM_DEFAULTS);
      expect(kernel.compute(shifted(ref), shifted(dis))).toEqual(kernelOf().compute(ref, dis));
    },
  );

  it('of another size are an error of ours', () => {
    const other = planeOf(lumaOf(64, 96, 8, () => 0));
    const message =
      'Internal error, please report it: an ADM kernel for 96x64 was given a plane of 64x96.';
    expect(thrownBy(() => kernelOf().prepare(other))).toBe(message);
    expect(thrownBy(() => kernelOf().compute(ref, other))).toBe(message);
  });
});

describe('identical pictures', () => {
  it.each([8, 10, 12, 16] as const)('keep all detail at %d bits', (bits) => {
    const plane = planeOf(textureLuma(75, 50, 0, bits, 1));
    const { adm2, admScale, aim } = createAdm(75, 50, bits, ADM_DEFAULTS).compute(plane, plane);
    // Masking and fixed point leave the quotient close to 1, not at it.
    for (const value of [adm2, ...admScale]) expect(Math.abs(value - 1)).toBeLessThan(0.05);
    expect(aim).toBeLessThan(0.01);
  });

  it('have adm2 = 1 when flat', () => {
    const flat = planeOf(lumaOf(64, 48, 8, () => 200));
    const result = createAdm(64, 48, 8, ADM_DEFAULTS).compute(flat, flat);
    expect(result).toMatchObject({ adm2: 1, admScale: [1, 1, 1, 1] });
    const noiseless = createAdm(64, 48, 8, { ...ADM_DEFAULTS, noiseWeight: 0 });
    expect(noiseless.compute(flat, flat)).toMatchObject({ adm2: 1, aim: 0, adm3: 1, den: 0 });
  });
});

describe('small pictures', () => {
  const sizes = [17, 18, 20, 23, 24, 31, 32];
  const pairs = sizes.flatMap((width) => sizes.map((height) => [width, height] as const));

  it.each(pairs)('of %dx%d give sane values', (width, height) => {
    const pictures = [1, 32].map((q) => planeOf(textureLuma(width, height, 0, 8, q)));
    const { adm2, aim, adm3, admScale } = createAdm(width, height, 8, ADM_DEFAULTS).compute(
      pictures[0]!,
      pictures[1]!,
    );
    for (const value of [adm2, adm3, ...admScale]) {
      expect(value).toBeGreaterThan(0.3);
      expect(value).toBeLessThan(1.1);
    }
    expect(aim).toBeGreaterThanOrEqual(0);
    expect(aim).toBeLessThan(0.5);
  });

  it('below 17 are refused with the minimum', () => {
    expect(ADM_MIN_SIZE).toBe(17);
    expect(thrownBy(() => createAdm(16, 40, 8, ADM_DEFAULTS))).toBe(
      'The picture is 16x40; ADM needs both sides >= 17.',
    );
    expect(thrownBy(() => createAdm(40, 16, 8, ADM_DEFAULTS))).toContain('40x16');
  });
});

describe('options', () => {
  const plain = kernelOf().compute(ref, dis);
  const withOptions = (options: Partial<AdmOptions>): AdmResult =>
    kernelOf(options).compute(ref, dis);

  it('skipAim gives an aim of 0 and changes nothing but adm3', () => {
    const { adm2, aim, adm3, sums } = withOptions({ skipAim: true });
    expect({ adm2, aim, adm3 }).toEqual({
      adm2: plain.adm2,
      aim: 0,
      adm3: plain.adm2 * 0.5 + 0.5,
    });
    expect(sums.num).toEqual(plain.sums.num);
    expect(sums.aim.flat()).toEqual(new Array(12).fill(0n));
  });

  it('skipScale0 takes the finest scale out of all sums', () => {
    const result = withOptions({ skipScale0: true });
    const tiny = Math.fround(1e-10);
    expect(result.scaleNum).toEqual([0, ...plain.scaleNum.slice(1)]);
    expect(result.scaleDen).toEqual([tiny, ...plain.scaleDen.slice(1)]);
    expect(result.admScale).toEqual([0, ...plain.admScale.slice(1)]);
    expect(result.den).toBe(tiny + plain.scaleDen[1] + plain.scaleDen[2] + plain.scaleDen[3]);
    expect(result.sums.aim[0]).toEqual([0n, 0n, 0n]);
    expect(result.sums.aim.slice(1)).toEqual(plain.sums.aim.slice(1));
  });

  it('gainLimit bounds the credit for enhancement', () => {
    const sharper = planeOf(
      lumaOf(96, 64, 8, (x, y) => 128 + 1.5 * (reference.data[y * 96 + x]! - 128)),
    );
    const credited = kernelOf().compute(ref, sharper).adm2;
    const bounded = kernelOf({ gainLimit: 1 }).compute(ref, sharper).adm2;
    expect(credited).toBeGreaterThan(1.1);
    expect(bounded).toBeLessThan(1.01);
  });

  it('noiseWeight, dlmWeight and minVal act where they should', () => {
    expect(withOptions({ noiseWeight: 0.02 }).sums).toEqual(plain.sums);
    expect(withOptions({ noiseWeight: 0.02 }).den).toBeLessThan(plain.den);
    expect(withOptions({ dlmWeight: 1 }).adm3).toBe(plain.adm2);
    expect(withOptions({ dlmWeight: 0 }).adm3).toBe(1 - plain.aim);
    expect(withOptions({ minVal: 0.99 }).adm3).toBe(0.99);
  });

  it('viewing conditions change the weights only', () => {
    const far = withOptions({ normViewDist: 5 });
    expect(far.sums.den).toEqual(plain.sums.den);
    expect(far.sums.num).not.toEqual(plain.sums.num);
    expect(far.scaleDen[0]).toBeLessThan(plain.scaleDen[0]);
  });

  it('that cannot be computed are refused', () => {
    expect(thrownBy(() => kernelOf({ csfMode: 1 }))).toContain('adm_csf_mode');
    expect(thrownBy(() => kernelOf({ normViewDist: 1 }))).toContain('3240');
  });
});
