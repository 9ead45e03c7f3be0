// Motion on WebAssembly against the reference kernel, as whole numbers.
import { describe, expect, it } from 'vitest';
import type { Luma } from '@tinyvmaf/testkit';
import { flatLuma, lumaOf } from '@tinyvmaf/testkit';
import { MOTION_WASM } from '../../src/generated/motion-wasm.js';
import { createMotion, type Compat } from '../../src/motion/sad.js';
import { moduleOf } from '../../src/wasm/module.js';
import { createWasmMotion } from '../../src/wasm/motion.js';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { planeOf } from '../support/vectors.js';

const COMPATS: readonly Compat[] = ['libvmaf-3.2', 'libvmaf-3.1'];
const DEPTHS = [8, 10, 12, 16] as const;
type Depth = (typeof DEPTHS)[number];

const module = moduleOf(MOTION_WASM);

const both = (width: number, height: number, depth: Depth, compat: Compat) => ({
  reference: createMotion(width, height, depth, compat),
  wasm: createWasmMotion(module, width, height, depth, compat),
});

const compare = (a: Luma, b: Luma, compat: Compat): void => {
  const { reference, wasm } = both(a.width, a.height, a.bitDepth, compat);
  const [p, c] = [planeOf(a), planeOf(b)];
  expect(wasm.compute(p, c)).toBe(reference.compute(p, c));
  expect(wasm.compute(c, p)).toBe(reference.compute(c, p));
};

describe.each(COMPATS)('motion on WebAssembly, %s', (compat) => {
  it.each(DEPTHS)('equals the reference at all small sizes and %i bits', (depth) => {
    const random = randomFrom(depth);
    for (let height = 3; height <= 12; height++) {
      for (let width = 3; width <= 35; width++) {
        const [a, b] = contentPair('noise', random, width, height, depth);
        compare(a, b, compat);
      }
    }
  });

  it.each(CONTENT_NAMES)('equals the reference on %s', (name) => {
    const random = randomFrom(7);
    for (const depth of DEPTHS) {
      for (const [width, height] of [
        [64, 48],
        [77, 39],
        [130, 21],
      ] as const) {
        const [a, b] = contentPair(name, random, width, height, depth);
        compare(a, b, compat);
      }
    }
  });

  it.each(DEPTHS)('equals the reference where several strips are needed, at %i bits', (depth) => {
    const random = randomFrom(depth + 1);
    const [a, b] = contentPair('twoLevels', random, 1283, 131, depth);
    compare(a, b, compat);
  });

  it.each(DEPTHS)('takes the largest change there is at %i bits', (depth) => {
    const peak = 2 ** depth - 1;
    const [black, white] = [flatLuma(40, 9, depth, 0), flatLuma(40, 9, depth, peak)];
    compare(black, white, compat);
    const alternating = lumaOf(40, 9, depth, (x, y) => ((x + y) & 1) * peak);
    compare(alternating, flatLuma(40, 9, depth, 0), compat);
  });

  it('reads planes with a stride', () => {
    const random = randomFrom(3);
    const { reference, wasm } = both(33, 17, 8, compat);
    const [wide] = contentPair('noise', random, 50, 17, 8);
    const [other] = contentPair('noise', random, 33, 17, 8);
    const part = { data: wide.data, width: 33, height: 17, stride: 50 };
    expect(wasm.compute(part, planeOf(other))).toBe(reference.compute(part, planeOf(other)));
  });
});

describe('motion on WebAssembly', () => {
  // Rows of large change, whose results need 17 bits, between rows of none:
  // both forms of a row and the way back from one to the other.
  it('changes form between rows', () => {
    const rows = (t: number) =>
      lumaOf(67, 90, 8, (x, y) =>
        y % 40 < 6 ? 255 * ((x + t) & 1) * (y & 1 ? t : 1) : (x * y) & 31,
      );
    const jump = lumaOf(67, 90, 8, (x, y) => (y % 40 < 6 ? 255 - rows(0).data[y * 67 + x]! : 7));
    compare(rows(0), rows(1), 'libvmaf-3.2');
    compare(rows(0), jump, 'libvmaf-3.2');
  });

  // 32 grey levels in a column are 8192 after the vertical pass; 16004 times
  // that is half of what the horizontal pass shifts out, and a bit more or less
  // is rounded otherwise.
  it('rounds halves up, on either side of 0', () => {
    const grey = flatLuma(24, 5, 8, 100);
    for (let at = 0; at < 24; at++) {
      compare(
        grey,
        lumaOf(24, 5, 8, (x) => (x === at ? 132 : 100)),
        'libvmaf-3.2',
      );
    }
  });

  it('is ready for the next pair, whatever the last one was', () => {
    const { reference, wasm } = both(60, 30, 8, 'libvmaf-3.2');
    const random = randomFrom(11);
    const names = ['opposite', 'flat', 'noise', 'same', 'stripes', 'texture'];
    for (const name of names) {
      const [a, b] = contentPair(name, random, 60, 30, 8).map(planeOf);
      expect(wasm.compute(a!, b!)).toBe(reference.compute(a!, b!));
    }
  });

  it('is 0 for a repeated frame', () => {
    const [a] = contentPair('noise', randomFrom(5), 40, 40, 10).map(planeOf);
    expect(createWasmMotion(module, 40, 40, 10).compute(a!, a!)).toBe(0);
  });

  it('refuses sizes the blur does not fit, and planes of another size', () => {
    expect(() => createWasmMotion(module, 2, 9, 8)).toThrow(
      'The picture is 2x9; motion needs both sides >= 3.',
    );
    const [a] = contentPair('noise', randomFrom(5), 40, 40, 8).map(planeOf);
    expect(() => createWasmMotion(module, 40, 41, 8).compute(a!, a!)).toThrow(
      'The plane is 40x40; this kernel was made for 40x41.',
    );
  });
});
