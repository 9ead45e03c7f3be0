// ADM and motion joined to 256 bits against the reference kernels: integer sums,
// compared as bits. (Their builds are those of `wasm`, which test/wasm covers.)
import { textureLuma } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { ADM_DEFAULTS } from '../../src/adm/options.js';
import { REFERENCE } from '../../src/backends/reference.js';
import { compareOne } from '../support/compare-one.js';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { planeOf } from '../support/vectors.js';
import { ENGINES, JOINS } from './engines.js';

const DEPTHS = [8, 10, 12, 16] as const;

describe.skipIf(!JOINS)('joined kernels', () => {
  const kernels = ENGINES.at(-1)?.[1] ?? REFERENCE;

  it('are other ones than the reference', () => {
    expect(kernels.name).toBe('wasm-paired');
  });

  it.each(CONTENT_NAMES)('equal the reference for ADM on %s', (content) => {
    const random = randomFrom(11);
    for (const depth of DEPTHS) {
      for (const gainLimit of [100, 1.2, 1]) {
        const [width, height] = [random.int(17, 150), random.int(17, 80)];
        const [r, d] = contentPair(content, random, width, height, depth).map(planeOf);
        const options = { ...ADM_DEFAULTS, gainLimit };
        const [found, expected] = [kernels, REFERENCE].map((each) =>
          compareOne(each.adm(width, height, depth, options), r!, d!),
        );
        expect(found, `${width}x${height}, ${depth} bits`).toEqual(expected);
      }
    }
  });

  it.each(CONTENT_NAMES)('equal the reference for motion on %s', (content) => {
    const random = randomFrom(12);
    for (const depth of DEPTHS) {
      for (const compat of ['libvmaf-3.2', 'libvmaf-3.1'] as const) {
        const [width, height] = [random.int(3, 150), random.int(3, 60)];
        const [a, b] = contentPair(content, random, width, height, depth).map(planeOf);
        const [found, expected] = [kernels, REFERENCE].map((each) =>
          each.motion(width, height, depth, compat).compute(a!, b!),
        );
        expect(found, `${width}x${height}, ${depth} bits`).toBe(expected);
      }
    }
  });

  it('equal the reference at 1920x1080', () => {
    const [r, d] = [1, 24].map((q) => planeOf(textureLuma(1920, 1080, 0, 8, q)));
    const [found, expected] = [kernels, REFERENCE].map((each) => [
      compareOne(each.adm(1920, 1080, 8, ADM_DEFAULTS), r!, d!),
      each.motion(1920, 1080, 8, 'libvmaf-3.2').compute(r!, d!),
    ]);
    expect(found).toEqual(expected);
  }, 60_000);
});
