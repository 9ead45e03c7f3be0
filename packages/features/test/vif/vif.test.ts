import { createVif } from '@tinyvmaf/features';
import { flatLuma, lumaOf, vectorPair } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { planeOf, VIF_VECTORS } from '../support/vectors.js';

describe.each(VIF_VECTORS)('VIF of the $name vector', ({ pair, scales }) => {
  const { reference, distorted } = pair();
  const kernel = createVif(reference.width, reference.height, reference.bitDepth);
  const result = kernel.compute(planeOf(reference), planeOf(distorted));

  it.each([0, 1, 2, 3] as const)('scale %i has the published sums and value', (scale) => {
    const { sums, vif } = result.scales[scale];
    expect([sums.numLog, sums.denLog, sums.numLin, sums.cntLin, vif]).toEqual(scales[scale]);
  });

  it('gives the same again: no state is left in the scratch memory', () => {
    expect(kernel.compute(planeOf(reference), planeOf(distorted))).toEqual(result);
  });

  it('adds the scales up in order', () => {
    const [a, b, c, d] = result.scales;
    expect(result.num).toBe(a.num + b.num + c.num + d.num);
    expect(result.den).toBe(a.den + b.den + c.den + d.den);
    expect(result.vif).toBe(result.num / result.den);
  });
});

const vif = (
  reference: Parameters<typeof planeOf>[0],
  distorted: Parameters<typeof planeOf>[0],
  options?: Parameters<typeof createVif>[3],
) =>
  createVif(reference.width, reference.height, reference.bitDepth, options).compute(
    planeOf(reference),
    planeOf(distorted),
  );

describe('VIF', () => {
  it('counts every place of a flat reference as flat', () => {
    const { scales } = vif(flatLuma(40, 24, 8, 90), flatLuma(40, 24, 8, 90));
    expect(scales.map(({ vif, den }) => [vif, den])).toEqual([
      [1, 960],
      [1, 240],
      [1, 60],
      [1, 15],
    ]);
  });

  it('is negative for full-swing 16-bit noise on a flat reference', () => {
    const noisy = lumaOf(64, 64, 16, (x, y) => ((x + y) & 1) * 65535);
    expect(vif(flatLuma(64, 64, 16, 32768), noisy).scales[0].vif).toBeLessThan(0);
  });

  it('limits the gain of enhanced contrast, not the rest', () => {
    const { reference } = vectorPair(0, 8);
    const enhanced = lumaOf(96, 64, 8, (x, y) => {
      const sample = reference.data[y * 96 + x] as number;
      return Math.min(Math.max(Math.round(1.3 * (sample - 120) + 120), 0), 255);
    });
    const free = vif(reference, enhanced);
    const limited = vif(reference, enhanced, { gainLimit: 1, skipScale0: false });
    expect(free.scales[3].vif).toBeGreaterThan(1);
    expect(limited.scales[3].vif).toBeLessThan(1);
    expect(limited.den).toBe(free.den);
  });

  it('leaves a skipped scale 0 out of the totals', () => {
    const { reference, distorted } = vectorPair(0, 8);
    const whole = vif(reference, distorted);
    const skipped = vif(reference, distorted, { gainLimit: 100, skipScale0: true });
    expect(skipped.scales[0]).toMatchObject({ vif: 0, num: 0, den: -1 });
    expect(skipped.scales.slice(1)).toEqual(whole.scales.slice(1));
    const [, b, c, d] = whole.scales;
    expect(skipped.num).toBe(b.num + c.num + d.num);
    expect(skipped.den).toBe(b.den + c.den + d.den);
  });

  it('reads a plane with a stride', () => {
    const { reference, distorted } = vectorPair(0, 8);
    const wide = new Uint8Array(64 * 100).fill(255);
    for (let y = 0; y < 64; y++) {
      wide.set(reference.data.subarray(y * 96, (y + 1) * 96), y * 100);
    }
    const strided = createVif(96, 64, 8).compute(
      { data: wide, width: 96, height: 64, stride: 100 },
      planeOf(distorted),
    );
    expect(strided).toEqual(vif(reference, distorted));
  });

  it('refuses sizes its filters do not fit, and planes of another size', () => {
    expect(() => createVif(15, 64, 8)).toThrow('The picture is 15x64; VIF needs both sides >= 16.');
    const { reference, distorted } = vectorPair(0, 8);
    expect(() => createVif(64, 64, 8).compute(planeOf(reference), planeOf(distorted))).toThrow(
      'The plane is 96x64; this kernel was made for 64x64.',
    );
  });
});
