// ADM on WebAssembly against the plain kernel on some thousands of random
// cases. The seed is printed; TINYVMAF_SEED repeats a run.
import { describe, expect, it } from 'vitest';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { extremeLuma, type Band } from './adm-extremes.js';
import { DEPTHS, expectEqual, randomOptions } from './adm-parity.js';

const seed = Number(process.env['TINYVMAF_SEED'] ?? Date.now() % 2 ** 32);
console.log(`ADM on WebAssembly: seed ${seed}`);

describe('ADM on WebAssembly equals the reference', () => {
  it('at every size from 17 to 40', () => {
    const random = randomFrom(seed);
    for (let width = 17; width <= 40; width++) {
      for (let height = 17; height <= 40; height++) {
        const name = random.pick(CONTENT_NAMES);
        const [a, b] = contentPair(name, random, width, height, random.pick(DEPTHS));
        expectEqual(a, b, randomOptions(random), `${name}, seed ${seed}`);
      }
    }
  });

  it('on random contents, sizes, depths and options', () => {
    const random = randomFrom(seed + 1);
    for (let i = 0; i < 3000; i++) {
      const name = random.pick(CONTENT_NAMES);
      const most = random.pick([40, 80, 160, 300]);
      const [width, height] = [random.int(17, most), random.int(17, most)];
      const [a, b] = contentPair(name, random, width, height, random.pick(DEPTHS));
      const swapped = random.next() < 0.3;
      const options = randomOptions(random);
      expectEqual(swapped ? b : a, swapped ? a : b, options, `${name}, seed ${seed}, case ${i}`);
    }
  });

  it('with coefficients at their limits', () => {
    const random = randomFrom(seed + 2);
    const bands: readonly Band[] = ['a', 'h', 'v', 'd'];
    for (let i = 0; i < 600; i++) {
      const [width, height, depth] = [
        random.int(64, 160),
        random.int(64, 160),
        random.pick(DEPTHS),
      ];
      const make = () =>
        extremeLuma(width, height, depth, {
          scale: random.pick([0, 1, 2, 3] as const),
          band: random.pick(bands),
          sign: random.pick([1, -1]),
          tiled: random.next() < 0.5,
        });
      expectEqual(make(), make(), randomOptions(random), `seed ${seed}, case ${i}`);
    }
  });

  it.each([
    [3840, 2160, 8],
    [4097, 2161, 10],
    [1921, 1083, 16],
  ] as const)('at %ix%i and %i bits', (width, height, depth) => {
    const random = randomFrom(seed + 3);
    for (const name of ['texture', 'noise']) {
      const [a, b] = contentPair(name, random, width, height, depth);
      expectEqual(a, b, {}, `${name}, seed ${seed}`);
    }
    expect.hasAssertions();
  });
});
