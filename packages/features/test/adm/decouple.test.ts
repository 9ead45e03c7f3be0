// Decoupling against the formulas of spec/adm.md section 6 in big integers, in
// the form the text gives for each scale. The golden set does not decide the
// last bits of this stage, so ties and large coefficients are aimed at here.
import { describe, expect, it } from 'vitest';
import { createDetailBands } from '../../src/adm/bands.js';
import { decouple, gainRatio, restoredPart, sameDirection } from '../../src/adm/decouple.js';
import { createRandom, createShaped, float32OfBigInt } from './exact.js';

const reciprocal = (i: number): bigint => (1n << 30n) / BigInt(i);

const clamp = (q: bigint): number => Number(q < 0n ? 0n : q > 32768n ? 32768n : q);

const ratioOfScale0 = (o: number, t: number): number => {
  if (o === 0) return 32768;
  const signed = o < 0 ? -reciprocal(-o) : reciprocal(o);
  return clamp((signed * BigInt(t) + 16384n) >> 15n);
};

const ratioOfUpperScale = (o: number, t: number): number => {
  if (o === 0) return 32768;
  const magnitude = Math.abs(o);
  let m = BigInt(magnitude);
  let shift = 0n;
  if (magnitude >= 32768) {
    shift = BigInt(17 - Math.clz32(magnitude));
    m = (m + (1n << (shift - 1n))) >> shift;
  }
  const product = reciprocal(Number(m)) * BigInt(t) * BigInt(Math.sign(o));
  return clamp((product + (1n << (14n + shift))) >> (15n + shift));
};

const flagOf = (oh: number, ov: number, th: number, tv: number): boolean => {
  const [a, b, c, d] = [BigInt(oh), BigInt(ov), BigInt(th), BigInt(tv)];
  const x = float32OfBigInt(a * c + b * d) / 4096;
  const y = float32OfBigInt(a * a + b * b) / 4096;
  const z = float32OfBigInt(c * c + d * d) / 4096;
  return x >= 0 && x * x >= Math.fround(0.99969542026519775) * y * z;
};

describe('gainRatio', () => {
  it('equals the scale-0 form for 16-bit coefficients', () => {
    const shaped = createShaped(0x5eed5);
    for (let i = 0; i < 100_000; i++) {
      const [o, t] = [shaped(15), shaped(15)] as const;
      if (gainRatio(o, t) !== ratioOfScale0(o, t)) {
        expect([o, t, gainRatio(o, t)]).toEqual([o, t, ratioOfScale0(o, t)]);
      }
    }
  });

  it('equals the form of scales 1..3 for 32-bit coefficients', () => {
    const random = createRandom(0x5eed6);
    const shaped = createShaped(0x5eed7);
    let between = 0;
    for (let i = 0; i < 200_000; i++) {
      const o = shaped(31);
      // Half of them near o, where the ratio is not limited.
      const t = i % 2 === 0 ? shaped(31) : Math.trunc(o * (random() / 2 ** 32));
      const expected = ratioOfUpperScale(o, t);
      if (expected > 0 && expected < 32768) between++;
      if (gainRatio(o, t) !== expected) expect([o, t, gainRatio(o, t)]).toEqual([o, t, expected]);
    }
    expect(between).toBeGreaterThan(50_000);
  });

  it('equals it at the ends of every power of two', () => {
    for (let bits = 15; bits <= 31; bits++) {
      for (const o of [2 ** bits - 1, 2 ** bits, 2 ** bits + 1].filter((n) => n <= 2 ** 31)) {
        for (const sign of [1, -1]) {
          for (const share of [0, 1, 0.5, 0.3333, 0.99999, -0.5]) {
            const [signed, t] = [sign * o, Math.trunc(sign * o * share)] as const;
            const expected = ratioOfUpperScale(signed, t);
            expect([signed, t, gainRatio(signed, t)]).toEqual([signed, t, expected]);
          }
        }
      }
    }
  });

  it('rounds ties up', () => {
    // 2^30/21845 is 49152 = 1.5 * 2^15: odd t give ties.
    expect([1, 3, 5].map((t) => gainRatio(21845, t))).toEqual([2, 5, 8]);
    expect([-1, -3].map((t) => gainRatio(-21845, t))).toEqual([2, 5]);
    // The same with a scaled divisor: 87380 is 4 * 21845.
    expect([4, 12, 20].map((t) => gainRatio(87380, t))).toEqual([2, 5, 8]);
    expect([-4, -12].map((t) => gainRatio(-87380, t))).toEqual([2, 5]);
  });

  it('is limited, and 1 where the reference is 0', () => {
    expect(gainRatio(5, -5)).toBe(0);
    expect(gainRatio(5, 500)).toBe(32768);
    expect(gainRatio(1, 2 ** 31 - 1)).toBe(32768);
    expect(gainRatio(1, -(2 ** 31))).toBe(0);
    expect(gainRatio(0, 77)).toBe(32768);
  });
});

describe('sameDirection', () => {
  it('equals the exact test', () => {
    const shaped = createShaped(0x5eed8);
    for (let i = 0; i < 50_000; i++) {
      const [oh, ov, th, tv] = [shaped(30), shaped(30), shaped(30), shaped(30)] as const;
      if (sameDirection(oh, ov, th, tv) !== flagOf(oh, ov, th, tv)) {
        expect([oh, ov, th, tv]).toEqual(['decided', 'otherwise']);
      }
    }
  });

  it('uses the rounded cosine, which decides pairs close to one degree', () => {
    const accurate = Math.cos(Math.PI / 180) ** 2;
    let decided = 0;
    for (let i = 0; i < 3000; i++) {
      // Angles spread by 1e-7 around one degree, lengths around 2^29.
      const angle = (Math.PI / 180) * (1 + (i - 1500) * 4e-9);
      const length = 2 ** 29 + 1001 * i;
      const [th, tv] = [Math.round(length * Math.cos(angle)), Math.round(length * Math.sin(angle))];
      const flag = flagOf(length, 0, th, tv);
      const x = float32OfBigInt(BigInt(length) * BigInt(th));
      const y = float32OfBigInt(BigInt(length) ** 2n);
      const z = float32OfBigInt(BigInt(th) ** 2n + BigInt(tv) ** 2n);
      if (x * x >= accurate * y * z !== flag) decided++;
      expect(sameDirection(length, 0, th, tv)).toBe(flag);
    }
    expect(decided).toBeGreaterThan(5);
  });

  it('does not depend on the order of its products', () => {
    const random = createRandom(0x5eed9);
    const cosine = Math.fround(0.99969542026519775);
    for (let i = 0; i < 50_000; i++) {
      const [y, z] = [Math.fround(random()), Math.fround(random() * 2 ** 20)] as const;
      if (cosine * y * z !== cosine * (y * z)) expect([y, z]).toEqual(['order', 'matters']);
    }
  });

  it('is true when one side is 0 and false for opposite directions', () => {
    expect(sameDirection(0, 0, 5, 7)).toBe(true);
    expect(sameDirection(5, 7, 0, 0)).toBe(true);
    expect(sameDirection(5, 7, -5, -7)).toBe(false);
    expect(sameDirection(100, 0, 100, 1)).toBe(true);
    expect(sameDirection(100, 0, 100, 2)).toBe(false);
  });
});

describe('restoredPart', () => {
  it('takes no more than the reference, rounding half up', () => {
    expect(restoredPart(1000, 500, false, 100)).toBe(500);
    expect(restoredPart(1000, 2000, false, 100)).toBe(1000);
    expect(restoredPart(1000, -500, false, 100)).toBe(0);
    // A ratio of exactly a quarter of 2^21 + 2 is a tie: up, for either sign.
    expect(gainRatio(2 ** 21 + 2, 2 ** 19)).toBe(8192);
    expect(restoredPart(2 ** 21 + 2, 2 ** 19, false, 100)).toBe(2 ** 19 + 1);
    expect(restoredPart(-(2 ** 21) - 2, -(2 ** 19), false, 100)).toBe(-(2 ** 19));
  });

  it('credits enhancement up to the gain limit and never past the distorted coefficient', () => {
    expect(restoredPart(1000, 2000, true, 100)).toBe(2000);
    expect(restoredPart(1000, 2000, true, 1)).toBe(1000);
    expect(restoredPart(1000, 2000, true, 1.2345)).toBe(1234);
    expect(restoredPart(-1000, -2000, true, 1.2345)).toBe(-1234);
    expect(restoredPart(-1000, -2000, true, 100)).toBe(-2000);
  });

  it('equals the formula in big integers', () => {
    const shaped = createShaped(0x5eeda);
    for (let i = 0; i < 100_000; i++) {
      const [o, t] = [shaped(31), shaped(31)] as const;
      const product = BigInt(ratioOfUpperScale(o, t)) * BigInt(o);
      const expected = Number((product + 16384n) >> 15n);
      if (restoredPart(o, t, false, 100) !== expected) {
        expect([o, t, restoredPart(o, t, false, 100)]).toEqual([o, t, expected]);
      }
    }
  });
});

describe('decouple', () => {
  it('splits every coefficient into parts that add up to it', () => {
    const shaped = createShaped(0x5eedb);
    const bands = () => createDetailBands(40, 25);
    const [reference, distorted, restored, additive] = [bands(), bands(), bands(), bands()];
    for (const name of ['h', 'v', 'd'] as const) {
      for (let i = 0; i < 1000; i++) {
        reference[name][i] = shaped(29);
        distorted[name][i] = i % 3 === 0 ? 2 * reference[name][i]! : shaped(29);
      }
    }
    decouple(reference, distorted, 100, restored, additive);
    let enhanced = 0;
    for (let i = 0; i < 1000; i++) {
      const [oh, ov, th, tv] = [reference.h, reference.v, distorted.h, distorted.v].map(
        (band) => band[i]!,
      );
      const aligned = flagOf(oh!, ov!, th!, tv!);
      for (const name of ['h', 'v', 'd'] as const) {
        const [o, t] = [reference[name][i]!, distorted[name][i]!];
        expect(restored[name][i]! + additive[name][i]!).toBe(t);
        expect(restored[name][i]).toBe(restoredPart(o, t, aligned, 100) + 0);
        if (Math.abs(restored[name][i]!) > Math.abs(o)) enhanced++;
      }
    }
    expect(enhanced).toBeGreaterThan(500);
  });
});
