// The paired VIF kernel against the reference kernel: integer sums and values,
// compared as bits; where the engine joins its vectors, joined as well.
import { lumaOf, type Luma } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { checkKernels } from '../../src/conformance/digests.js';
import { createVif, VIF_DEFAULTS, type VifOptions } from '../../src/vif/vif.js';
import { compareOne } from '../support/compare-one.js';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { planeOf, VIF_VECTORS } from '../support/vectors.js';
import { ENGINES } from './engines.js';

const DEPTHS = [8, 10, 12, 16] as const;
type Pair = readonly [Luma, Luma];

describe.each(ENGINES)('VIF in pairs of vectors, %s', (_name, kernels) => {
  const compare = ([r, d]: Pair, options: VifOptions = VIF_DEFAULTS): void => {
    const { width, height, bitDepth } = r;
    const kernel = kernels.vif(width, height, bitDepth, options);
    const plain = createVif(width, height, bitDepth, options);
    const { scales, num, den, vif } = plain.compute(planeOf(r), planeOf(d));
    const name = `${width}x${height}, ${bitDepth} bits`;
    expect(compareOne(kernel, planeOf(r), planeOf(d)), name).toEqual({ scales, num, den, vif });
  };

  it('equals the reference at every width from 16 to 50', () => {
    const random = randomFrom(1);
    for (let width = 16; width <= 50; width++) {
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

  it.each(CONTENT_NAMES)('equals the reference on %s', (content) => {
    const random = randomFrom(3);
    for (const depth of DEPTHS) {
      for (const gainLimit of [100, 1.2, 1]) {
        const pair = contentPair(content, random, random.int(60, 100), random.int(60, 100), depth);
        compare(pair, { ...VIF_DEFAULTS, gainLimit });
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

  it.each(DEPTHS)('compares several pictures with one reference at once, %i bits', (depth) => {
    const random = randomFrom(depth);
    const kernel = kernels.vif(99, 97, depth, VIF_DEFAULTS);
    const plain = createVif(99, 97, depth);
    for (const count of [5, 1, 2, 3]) {
      const pairs = Array.from({ length: count }, (_, k) =>
        contentPair(CONTENT_NAMES[k + count]!, random, 99, 97, depth),
      );
      const [r, ...pictures] = pairs.flatMap(([a, b], k) => [a, k === 2 ? undefined : b]);
      const reference = planeOf(r!);
      const planes = pictures.map((picture) => picture && planeOf(picture));
      const { length } = planes.filter((plane) => plane !== undefined);
      const results = kernel.compareAll(reference, planes);
      expect(results.filter((result) => result !== undefined)).toHaveLength(length);
      for (const [k, plane] of planes.entries()) {
        if (plane === undefined) expect(results[k]).toBeUndefined();
        else expect(results[k]).toMatchObject(plain.compute(reference, plane));
      }
    }
  });

  it.each(VIF_VECTORS)('has the published figures of the $name vector', ({ pair, scales }) => {
    const { reference: r, distorted: d } = pair();
    const kernel = kernels.vif(r.width, r.height, r.bitDepth, VIF_DEFAULTS);
    expect(
      compareOne(kernel, planeOf(r), planeOf(d)).scales.map(({ sums, vif }) => [
        ...[sums.numLog, sums.denLog, sums.numLin, sums.cntLin],
        vif,
      ]),
    ).toEqual(scales);
  });

  it('passes the digests of the conformance suite', async () => {
    const checks = await checkKernels(kernels);
    expect(checks.length).toBeGreaterThan(0);
    for (const { digest, expected } of checks) expect(digest).toBe(expected);
  });
});
