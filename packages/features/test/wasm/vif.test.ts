// VIF on WebAssembly against the reference kernel: integer sums and values,
// compared as bits.
import { lumaOf, vectorPair, type Luma } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { VIF_WASM } from '../../src/generated/vif-wasm.js';
import { LOG_TABLE } from '../../src/vif/log-table.js';
import { createVif, VIF_DEFAULTS, type VifOptions, type VifResult } from '../../src/vif/vif.js';
import { moduleOf } from '../../src/wasm/module.js';
import { createWasmVif } from '../../src/wasm/vif.js';
import { compareOne } from '../support/compare-one.js';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { planeOf, VIF_VECTORS } from '../support/vectors.js';

const DEPTHS = [8, 10, 12, 16] as const;
type Pair = readonly [Luma, Luma];

const module = moduleOf(VIF_WASM);

/** All that a result says, as one list, so that -0 and 0 differ. */
const figures = ({ scales, num, den, vif }: VifResult): readonly number[] => [
  ...scales.flatMap((scale) => [
    ...[scale.sums.numLog, scale.sums.denLog, scale.sums.numLin, scale.sums.cntLin],
    ...[scale.num, scale.den, scale.vif],
  ]),
  ...[num, den, vif],
];

const reference = ([r, d]: Pair, options?: VifOptions): readonly number[] =>
  figures(createVif(r.width, r.height, r.bitDepth, options).compute(planeOf(r), planeOf(d)));

const wasm = ([r, d]: Pair, options?: VifOptions): readonly number[] =>
  figures(
    compareOne(
      createWasmVif(module, r.width, r.height, r.bitDepth, options),
      planeOf(r),
      planeOf(d),
    ),
  );

const compare = (pair: Pair, options?: VifOptions): void => {
  const { width, height, bitDepth } = pair[0];
  expect(wasm(pair, options), `${width}x${height}, ${bitDepth} bits`).toEqual(
    reference(pair, options),
  );
};

describe('VIF on WebAssembly', () => {
  it('equals the reference at every width from 16 to 40', () => {
    const random = randomFrom(1);
    for (let width = 16; width <= 40; width++) {
      for (const depth of DEPTHS) {
        compare(contentPair('noise', random, width, random.int(16, 24), depth));
      }
    }
  });

  it('equals the reference at every height from 16 to 40', () => {
    const random = randomFrom(2);
    for (let height = 16; height <= 40; height++) {
      for (const depth of [8, 16] as const) {
        compare(contentPair('twoLevels', random, random.int(16, 24), height, depth));
      }
    }
  });

  it.each(CONTENT_NAMES)('equals the reference on %s', (name) => {
    const random = randomFrom(3);
    for (const depth of DEPTHS) {
      for (const [width, height] of [
        [96, 64],
        [77, 39],
      ] as const) {
        for (const gainLimit of [100, 1, 1.1]) {
          const pair = contentPair(name, random, width, height, depth);
          compare(pair, { gainLimit, skipScale0: false });
        }
      }
    }
  });

  // A strip holds 960 columns at most: one, one that is full, two of unequal width, three.
  it.each([945, 959, 960, 961, 976, 977, 1921])(
    'equals the reference where strips meet, %i columns',
    (width) => {
      const random = randomFrom(width);
      compare(contentPair('noise', random, width, 17, 8));
      compare(contentPair('noise', random, width, 16, 10));
    },
  );

  it.each([
    [161, 91],
    [576, 324],
  ])('equals the reference at %ix%i', (width, height) => {
    const random = randomFrom(5);
    for (const depth of [8, 10] as const) {
      compare(contentPair('texture', random, width, height, depth));
    }
  });

  // Largest second moments, means at both ends, and covariances of both signs.
  it.each(DEPTHS)('equals the reference on extremes of %i bits', (depth) => {
    const peak = 2 ** depth - 1;
    const picture = (sample: (x: number, y: number) => number): Luma =>
      lumaOf(50, 34, depth, (x, y) => peak * sample(x, y));
    const pictures = [
      picture(() => 0),
      picture(() => 1),
      picture((x, y) => (x + y) & 1),
      picture((x, y) => (x + y + 1) & 1),
      picture((x) => (x >> 3) & 1),
      picture((_, y) => (y >> 3) & 1),
      picture((x) => (x < 25 ? 0 : 1)),
      picture((x, y) => (x === 0 || y === 0 ? 1 : 0)),
      picture((x, y) => (x === 49 && y === 33 ? 0 : 1)),
    ];
    for (const r of pictures) for (const d of pictures) compare([r, d]);
  });

  it.each(VIF_VECTORS)('has the published figures of the $name vector', ({ pair, scales }) => {
    const { reference: r, distorted: d } = pair();
    const kernel = createWasmVif(module, r.width, r.height, r.bitDepth);
    const result = compareOne(kernel, planeOf(r), planeOf(d));
    expect(
      result.scales.map(({ sums, vif }) => [
        ...[sums.numLog, sums.denLog, sums.numLin, sums.cntLin],
        vif,
      ]),
    ).toEqual(scales);
  });

  it('leaves a skipped scale 0 out of the totals', () => {
    const { reference: r, distorted: d } = vectorPair(0, 8);
    compare([r, d], { gainLimit: 100, skipScale0: true });
  });

  // Four at a time; bands of 32 rows; more than one strip at 1000 columns.
  it.each([
    [45, 37],
    [33, 97],
    [1000, 41],
  ])('compares any number of pictures with one reference at once, %ix%i', (width, height) => {
    const random = randomFrom(6);
    for (const depth of width > 100 ? ([8, 10] as const) : DEPTHS) {
      const kernel = createWasmVif(module, width, height, depth);
      for (const count of [1, 4, 2, 9, 0, 5, 3]) {
        const [r, d] = contentPair('texture', random, width, height, depth);
        const others = Array.from({ length: count }, (_, k) => {
          const name = CONTENT_NAMES[(k + count) % CONTENT_NAMES.length]!;
          return contentPair(name, random, width, height, depth)[1];
        });
        // Some videos have ended.
        const pictures = [undefined, d, ...others.slice(1), undefined].slice(0, count);
        const results = kernel.compareAll(
          planeOf(r),
          pictures.map((picture) => picture && planeOf(picture)),
        );
        const alone = pictures.map((picture) => picture && reference([r, picture]));
        expect(results.map((result) => result && figures(result))).toEqual(alone);
      }
    }
  });

  it('reads planes with a stride, and 8-bit samples in 16-bit words', () => {
    const { reference: r, distorted: d } = vectorPair(0, 8);
    const wide = new Uint16Array(64 * 100).fill(255);
    for (let y = 0; y < 64; y++) wide.set(r.data.subarray(y * 96, (y + 1) * 96), y * 100);
    const strided = { ...planeOf(r), data: wide, stride: 100 };
    const kernel = createWasmVif(module, 96, 64, 8);
    expect(figures(compareOne(kernel, strided, planeOf(d)))).toEqual(reference([r, d]));
  });

  it('refuses sizes its filters do not fit, and planes of another size', () => {
    expect(() => createWasmVif(module, 15, 64, 8)).toThrow(
      'The picture is 15x64; VIF needs both sides >= 16.',
    );
    const { reference: r } = vectorPair(0, 8);
    const message = 'The plane is 96x64; this kernel was made for 64x64.';
    const kernel = createWasmVif(module, 64, 64, 8);
    const fitting = { ...planeOf(r), width: 64 };
    expect(() => compareOne(kernel, planeOf(r), fitting)).toThrow(message);
    expect(() => compareOne(kernel, fitting, planeOf(r))).toThrow(message);
  });

  it('has the same defaults', () => {
    const { reference: r, distorted: d } = vectorPair(1, 8);
    expect(wasm([r, d])).toEqual(wasm([r, d], VIF_DEFAULTS));
  });
});

// The kernel has the logarithm as the first bits of a binary64 and a step of one byte.
describe('the table of logarithms', () => {
  it('is leading bits and a small step, for every argument', () => {
    for (let i = 0; i < 32768; i++) {
      const step = (LOG_TABLE[i + 1] ?? 0) - 2048 * 15 - (i >> 4);
      expect(step >= 0 && step <= 177, `step ${step} of ${i}`).toBe(true);
    }
  });
});

// So that the comparisons above cannot pass on pictures that reach nothing.
describe('the pictures', () => {
  it('reach logarithms, flat places and gains beyond the limit', () => {
    const random = randomFrom(3);
    const all = CONTENT_NAMES.map((name) => wasm(contentPair(name, random, 96, 64, 8)));
    for (const index of [0, 1, 2, 3]) {
      expect(all.some((list) => (list[index] ?? 0) > 0)).toBe(true);
    }
    const pair = contentPair('enhanced', random, 96, 64, 8);
    expect(wasm(pair, { gainLimit: 1, skipScale0: false })).not.toEqual(wasm(pair));
  });
});
