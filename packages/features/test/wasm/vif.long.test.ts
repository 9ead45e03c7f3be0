// VIF on WebAssembly against the reference kernel on thousands of random
// cases. TINYVMAF_SEED=<number> repeats a run; the seed is in every message.
import { expect, it } from 'vitest';
import { VIF_WASM } from '../../src/generated/vif-wasm.js';
import { createVif, type VifResult } from '../../src/vif/vif.js';
import { moduleOf } from '../../src/wasm/module.js';
import { createWasmVif } from '../../src/wasm/vif.js';
import { compareOne } from '../support/compare-one.js';
import { CONTENT_NAMES, contentPair, randomFrom } from '../support/contents.js';
import { planeOf } from '../support/vectors.js';

const seed = Number(process.env['TINYVMAF_SEED'] ?? 20240601);
const module = moduleOf(VIF_WASM);

const figures = ({ scales, num, den, vif }: VifResult): readonly number[] => [
  ...scales.flatMap((scale) => [
    ...[scale.sums.numLog, scale.sums.denLog, scale.sums.numLin, scale.sums.cntLin],
    ...[scale.num, scale.den, scale.vif],
  ]),
  ...[num, den, vif],
];

type Size = readonly [least: number, most: number];

const runCases = (count: number, from: number, widths: Size, heights: Size): void => {
  const random = randomFrom(from);
  for (let i = 0; i < count; i++) {
    const [width, height] = [random.int(...widths), random.int(...heights)];
    const depth = random.pick([8, 8, 10, 12, 16] as const);
    const name = random.pick(CONTENT_NAMES);
    const gainLimit = random.pick([100, 1, 1.1, 1 + 99 * random.next()]);
    const options = { gainLimit, skipScale0: random.next() < 0.05 };
    const [r, d] = contentPair(name, random, width, height, depth).map(planeOf);
    if (r === undefined || d === undefined) throw new Error('a pair has two pictures');
    // Several at once now and then, some of which have ended.
    const pictures = [
      d,
      ...Array.from({ length: random.pick([0, 0, 1, 2, 4]) }, () => {
        const other = planeOf(
          contentPair(random.pick(CONTENT_NAMES), random, width, height, depth)[1],
        );
        return random.next() < 0.2 ? undefined : other;
      }),
    ];
    const plain = createVif(width, height, depth, options);
    expect(
      createWasmVif(module, width, height, depth, options)
        .compareAll(r, pictures)
        .map((result) => result && figures(result)),
      `seed ${from}, case ${i}: ${name}, ${width}x${height}, ${depth} bits, ${JSON.stringify(options)}`,
    ).toEqual(pictures.map((picture) => picture && figures(plain.compute(r, picture))));
  }
};

it(`equals the reference in 3000 small cases, seed ${seed}`, () => {
  runCases(3000, seed, [16, 80], [16, 60]);
});

it(`equals the reference in 200 wide cases, seed ${seed + 1}`, () => {
  runCases(200, seed + 1, [200, 2100], [16, 40]);
});

it(`equals the reference in 40 tall cases, seed ${seed + 2}`, () => {
  runCases(40, seed + 2, [16, 60], [200, 1100]);
});

it.each([8, 10, 12, 16] as const)('equals the reference at 1920x1080 and %i bits', (depth) => {
  const random = randomFrom(seed + depth);
  const [a, b] = contentPair('texture', random, 1920, 1080, depth);
  const [r, d] = [planeOf(a), planeOf(b)];
  expect(figures(compareOne(createWasmVif(module, 1920, 1080, depth), r, d))).toEqual(
    figures(createVif(1920, 1080, depth).compute(r, d)),
  );
});
