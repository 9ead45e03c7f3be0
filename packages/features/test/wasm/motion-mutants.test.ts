// Do the motion tests notice a mistake in the kernel's source? Each mutant has
// one; compiled, it must differ from the reference on pictures of few sizes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { flatLuma, lumaOf, WORKSPACE } from '@tinyvmaf/testkit';
import type { Plane } from '@tinyvmaf/yuv-io';
import asc from 'assemblyscript/asc';
import { describe, expect, it } from 'vitest';
import { createMotion, type Compat } from '../../src/motion/sad.js';
import { createWasmMotion } from '../../src/wasm/motion.js';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { planeOf } from '../support/vectors.js';

const ASSEMBLY = path.join(WORKSPACE, 'packages/features/assembly');

const sources = (): Map<string, string> =>
  new Map(
    ['motion', 'common'].flatMap((folder) =>
      readdirSync(path.join(ASSEMBLY, folder)).map((name) => [
        `${folder}/${name}`,
        readFileSync(path.join(ASSEMBLY, folder, name), 'utf8'),
      ]),
    ),
  );

/** The module of the sources with one of them changed. */
const compiled = async (file: string, from: string, to: string): Promise<WebAssembly.Module> => {
  const files = sources();
  const text = files.get(`motion/${file}`) ?? '';
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  files.set(`motion/${file}`, text.replace(from, to));
  files.set('asconfig.json', readFileSync(path.join(ASSEMBLY, 'asconfig.json'), 'utf8'));
  let bytes = new Uint8Array();
  const { error } = await asc.main(
    ['motion/index.ts', '--config', 'asconfig.json', '--outFile', 'motion.wasm'],
    {
      readFile: (name) => files.get(name) ?? null,
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') bytes = Uint8Array.from(contents);
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw error;
  return new WebAssembly.Module(bytes);
};

/** A bright column on grey: 8192 after the vertical pass, beside which the horizontal one meets a half. */
const column = (at: number): Plane => planeOf(lumaOf(24, 5, 8, (x) => (x === at ? 132 : 100)));

/** Whether a module gives another sum than the reference in any of some cases. */
const differs = (module: WebAssembly.Module): boolean => {
  const [grey, ideal, narrow] = [
    planeOf(flatLuma(24, 5, 8, 100)),
    createMotion(24, 5, 8),
    createWasmMotion(module, 24, 5, 8),
  ];
  for (let x = 0; x < 24; x++) {
    if (ideal.compute(grey, column(x)) !== narrow.compute(grey, column(x))) return true;
  }
  const random = randomFrom(1);
  for (const compat of ['libvmaf-3.2', 'libvmaf-3.1'] satisfies Compat[]) {
    for (const depth of [8, 10, 16] as const) {
      for (const [width, height] of [
        [61, 19],
        [16, 5],
      ] as const) {
        const reference = createMotion(width, height, depth, compat);
        const wasm = createWasmMotion(module, width, height, depth, compat);
        for (const name of CONTENT_NAMES) {
          const [a, b] = contentPair(name, random, width, height, depth).map(planeOf);
          if (reference.compute(a!, b!) !== wasm.compute(a!, b!)) return true;
        }
      }
    }
  }
  return false;
};

const MUTANTS: readonly (readonly [file: string, from: string, to: string])[] = [
  // A tap, a pair of taps in the wrong order, a rounding constant.
  ['taps.ts', '3571, 16004, 26386', '3572, 16004, 26386'],
  ['taps.ts', '16004, 26386, 16004', '16004, 16004, 26386'],
  ['taps.ts', '[32768]', '[32767]'],
  ['taps.ts', '[128]', '[127]'],
  ['index.ts', '1 << (bits - 1)', '1 << (bits - 2)'],
  ['index.ts', 'bits === 16 ? 128', 'bits === 16 ? 0'],
  // Border rules, above, below, left, right.
  ['index.ts', 'y = -y;', 'y = -y - 1;'],
  ['index.ts', '2 * height - 2', '2 * height - 1'],
  ['index.ts', 'load<i16>(at + 4)', 'load<i16>(at + 2)'],
  ['index.ts', 'far - 6 + repeat', 'far - 4 + repeat'],
  ['index.ts', 'blurFirst ? 2 : 0', '0'],
  // The wide form never taken, the last samples of a row left out, rows mixed up.
  ['vertical.ts', '? WIDE : NARROW', '? NARROW : NARROW'],
  ['index.ts', 'x = whole << 3; x < width', 'x = (whole << 3) + 1; x < width'],
  ['horizontal.ts', '(blocks & 1) !== 0', 'false'],
  ['index.ts', 'const SLOTS: i32 = 8', 'const SLOTS: i32 = 4'],
  // A borrow forgotten, a shift that rounds towards zero.
  ['difference.ts', 'i16x8.add(h, i16x8.shr_s(l, 8))', 'h'],
  ['horizontal.ts', 'i32x4.shr_s(low, 8)', 'i32x4.shr_s(low, 9)'],
];

describe('a mistake in the motion kernel is noticed', () => {
  it('and without one there is no difference', async () => {
    expect(differs(await compiled('taps.ts', '3571', '3571'))).toBe(false);
  });

  it.each(MUTANTS)('%s: %s -> %s', async (file, from, to) => {
    expect(differs(await compiled(file, from, to))).toBe(true);
  });
});
