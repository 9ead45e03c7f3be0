// ADM on WebAssembly against the plain kernel: integer sums and values.
import { TinyVmafException } from '@tinyvmaf/core';
import { flatHalfPair, flatLuma, lumaOf, textureLuma, vectorPair } from '@tinyvmaf/testkit';
import type { Plane } from '@tinyvmaf/yuv-io';
import { describe, expect, it } from 'vitest';
import { csfScales } from '../../src/adm/csf.js';
import { ADM_DEFAULTS } from '../../src/adm/options.js';
import { unwrap } from '@tinyvmaf/core';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { compareOne } from '../support/compare-one.js';
import { planeOf } from '../support/vectors.js';
import { extremeLuma, type Band } from './adm-extremes.js';
import { DEPTHS, expectEqual, plainAdm, randomOptions, wasmAdm } from './adm-parity.js';

describe('ADM on WebAssembly equals the reference', () => {
  it.each(DEPTHS)('at small and odd sizes and %i bits', (depth) => {
    const random = randomFrom(depth);
    // All widths below a vector's worth of positions at scale 0, some heights each.
    for (let width = 17; width <= 66; width += 1) {
      const height = 17 + ((width * 7) % 31);
      const [a, b] = contentPair(random.pick(CONTENT_NAMES), random, width, height, depth);
      expectEqual(a, b);
    }
    for (let height = 17; height <= 66; height += 3) {
      const [a, b] = contentPair('noise', random, 17 + (height % 5), height, depth);
      expectEqual(a, b);
    }
  });

  it.each(CONTENT_NAMES)('on %s, with options at random', (name) => {
    const random = randomFrom(11);
    for (const depth of DEPTHS) {
      for (const [width, height] of [
        [64, 48],
        [77, 39],
        [161, 91],
      ] as const) {
        const [a, b] = contentPair(name, random, width, height, depth);
        expectEqual(a, b, randomOptions(random), name);
      }
    }
  });

  it.each([1, 1.2, 2, 100])('with a gain limit of %d on enhanced contrast', (gainLimit) => {
    const random = randomFrom(5);
    for (const depth of DEPTHS) {
      const [a, b] = contentPair('enhanced', random, 131, 70, depth);
      expectEqual(a, b, { gainLimit });
      expectEqual(b, a, { gainLimit });
    }
  });

  it.each(DEPTHS)('where the centre of the mask wraps, at %i bits', (depth) => {
    const random = randomFrom(21);
    const peak = 2 ** depth - 1;
    for (const [width, height] of [
      [96, 80],
      [33, 49],
      [17, 17],
    ] as const) {
      const level = (): number => (random.next() < 0.5 ? 0 : peak);
      const [a, b] = [lumaOf(width, height, depth, level), lumaOf(width, height, depth, level)];
      expectEqual(a, b);
      expectEqual(flatLuma(width, height, depth, 0), b);
      expectEqual(a, flatLuma(width, height, depth, peak));
    }
  });

  const bands: readonly Band[] = ['a', 'h', 'v', 'd'];

  it.each(bands)('with coefficients of band %s at their limits', (band) => {
    for (const scale of [0, 1, 2, 3] as const) {
      for (const tiled of [false, true]) {
        const depth = DEPTHS[scale];
        const make = (sign: number, of: Band) =>
          extremeLuma(97, 90, depth, { scale, band: of, sign, tiled });
        const label = `scale ${scale}, tiled ${tiled}`;
        expectEqual(make(1, band), make(-1, band), {}, label);
        expectEqual(make(-1, band), make(-1, band), {}, label);
        for (const other of bands) expectEqual(make(1, band), make(1, other), {}, label);
      }
    }
  });

  it('on the pictures of the published vectors', () => {
    for (const i of [0, 1, 2]) {
      for (const depth of [8, 10] as const) {
        const { reference, distorted } = vectorPair(i, depth);
        expectEqual(reference, distorted);
        expectEqual(reference, distorted, { gainLimit: 1, skipAim: true });
      }
    }
    const { reference, distorted } = flatHalfPair();
    expectEqual(reference, distorted);
  });

  it.each([
    [161, 91, 10],
    [481, 321, 8],
    [576, 324, 12],
    [1283, 131, 16],
    [1920, 1080, 8],
  ] as const)('at %ix%i and %i bits', (width, height, depth) => {
    expectEqual(textureLuma(width, height, 0, depth, 1), textureLuma(width, height, 0, depth, 32));
  });
});

describe('one reference against several distorted pictures', () => {
  const [a, b] = [vectorPair(0, 8), vectorPair(3, 8)];
  const [reference, first, second] = [a.reference, a.distorted, b.distorted].map(planeOf) as [
    Plane,
    Plane,
    Plane,
  ];
  const expected = (r: Plane, d: Plane) => plainAdm(96, 64, 8).compute(r, d);

  it('gives each what it gets alone, in any order', () => {
    const pictures = [first, undefined, second, reference, first];
    expect(wasmAdm(96, 64, 8).compareAll(reference, pictures)).toEqual(
      pictures.map((picture) => picture && expected(reference, picture)),
    );
  });

  it('leaves nothing of a reference in the next', () => {
    const kernel = wasmAdm(96, 64, 8);
    compareOne(kernel, second, first);
    expect(compareOne(kernel, reference, second)).toEqual(expected(reference, second));
  });
});

describe('planes', () => {
  const { reference, distorted } = vectorPair(0, 8);

  it.each([97, 101, 112, 128])('may have a stride of %i', (stride) => {
    const padded = ({ data, width, height }: Plane): Plane => {
      // The last row ends with its samples.
      const wide = new Uint8Array(stride * (height - 1) + width).fill(255);
      for (let y = 0; y < height; y++) {
        wide.set(data.subarray(y * width, (y + 1) * width), y * stride);
      }
      return { data: wide, width, height, stride };
    };
    const [r, d] = [planeOf(reference), planeOf(distorted)];
    expect(compareOne(wasmAdm(96, 64, 8), padded(r), padded(d))).toEqual(
      plainAdm(96, 64, 8).compute(r, d),
    );
  });

  it('may hold 8 bits in 16-bit words', () => {
    const wide = (plane: Plane): Plane => ({ ...plane, data: Uint16Array.from(plane.data) });
    const [r, d] = [planeOf(reference), planeOf(distorted)];
    expect(compareOne(wasmAdm(96, 64, 8), wide(r), wide(d))).toEqual(
      plainAdm(96, 64, 8).compute(r, d),
    );
  });

  it('of another size, and sizes below 17, are refused with both numbers', () => {
    const messageOf = (run: () => unknown): string => {
      try {
        run();
      } catch (thrown) {
        return thrown instanceof TinyVmafException ? thrown.message : String(thrown);
      }
      return 'nothing';
    };
    const other = planeOf(flatLuma(64, 96, 8, 0));
    const refused = (r: Plane, d: Plane) => messageOf(() => compareOne(wasmAdm(96, 64, 8), r, d));
    expect(refused(other, planeOf(distorted))).toContain('64x96');
    expect(refused(planeOf(reference), other)).toContain('64x96');
    expect(refused(planeOf(reference), other)).toContain('96x64');
    expect(messageOf(() => wasmAdm(16, 40, 8))).toBe(
      'The picture is 16x40; ADM needs both sides >= 17.',
    );
    expect(messageOf(() => wasmAdm(40, 40, 8, { normViewDist: 1 }))).toContain('3240');
  });
});

// What the kernel's 16-bit steps at scale 0 are proven for.
describe('contrast sensitivity factors', () => {
  it('are largest at the closest viewing distance', () => {
    const viewings = [];
    for (let distance = 0.75; distance <= 24; distance += 0.125) {
      const least = Math.ceil(3240 / distance);
      for (const height of [least, least + 1, 1080, 1440, 2160, 4320]) {
        if (height >= least && height <= 4320) viewings.push({ distance, height });
      }
    }
    for (const { distance, height } of viewings) {
      const options = { ...ADM_DEFAULTS, normViewDist: distance, refDisplayHeight: height };
      const [first, ...upper] = unwrap(csfScales(options));
      expect(first.factor[0]).toBeLessThanOrEqual(36453);
      expect(first.factor[2]).toBeLessThanOrEqual(49417);
      for (const { factor } of upper) {
        for (const f of factor) expect(f).toBeLessThan(2 ** 28);
      }
    }
    expect(viewings.length).toBeGreaterThan(500);
  });
});
