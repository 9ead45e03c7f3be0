import { createRandom } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { createKernel, type Kernel, type KernelFunctions } from '../../src/gradient/kernel.js';
import { plainKernel } from './plain.js';

/** Places of 4096 numbers each in a memory of 64 of them. */
const PLACE = 4 * 4096;
const place = (n: number): number => PLACE * (n + 1);
const [A, B, C, D, E, F] = [0, 1, 2, 3, 4, 5].map(place) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

const filled = (kernel: Kernel, seed: number): Kernel => {
  kernel.reserve(place(8));
  const memory = new Float32Array(kernel.memory.buffer);
  const random = createRandom(seed);
  // Zeros, equal numbers and both signs among them.
  for (let i = 0; i < place(7) / 4; i++) {
    const value = 4 * random.float() - 2;
    memory[i] = random.below(8) === 0 ? 0 : value;
  }
  return kernel;
};

/** Runs a call on both kernels from the same numbers, and compares all memory. */
const same = (call: (kernel: Kernel) => unknown, seed = 1): void => {
  const [one, two] = [filled(createKernel(), seed), filled(plainKernel(), seed)];
  expect(call(one)).toEqual(call(two));
  const words = (kernel: Kernel): Uint32Array =>
    new Uint32Array(kernel.memory.buffer, 0, place(7) / 4);
  const [a, b] = [words(one), words(two)];
  let first = -1;
  for (let i = 0; i < a.length && first < 0; i++) if (a[i] !== b[i]) first = i;
  expect(first, `word ${first % 4096} of place ${Math.floor(first / 4096) - 1}`).toBe(-1);
};

/** Every function of the kernel with calls for it; a new function without one fails to compile. */
const CALLS: Record<keyof KernelFunctions, readonly ((kernel: Kernel) => unknown)[]> = {
  gemm: [
    // Sizes on and off the tiles of 4 x 8, more steps than a block, all flags.
    ...[
      [8, 16, 12],
      [5, 8, 6],
      [7, 13, 9],
      [1, 64, 60],
      [60, 1, 64],
      [3, 8, 300],
      [4, 11, 129],
      [12, 3, 1],
    ].flatMap(([m, n, k]) =>
      [0, 1, 2, 3].flatMap((flags) => [
        (x: Kernel) => x.gemm(A, k!, 1, B, C, D, m!, n!, k!, flags),
        (x: Kernel) => x.gemm(A, 1, m!, B, 0, D, m!, n!, k!, flags),
      ]),
    ),
  ],
  maskPositive: [(x) => x.maskPositive(A, B, 64)],
  columnSums: [0, 1].flatMap((add) => [
    (x: Kernel) => x.columnSums(A, B, 20, 21, add),
    (x: Kernel) => x.columnSums(A, B, 7, 16, add),
    (x: Kernel) => x.columnSums(A, B, 50, 1, add),
  ]),
  transpose: [0, 1].map((add) => (x: Kernel) => x.transpose(A, B, 5, 7, add)),
  binary: [0, 1, 2].flatMap((op) => [
    (x: Kernel) => x.binary(op, A, B, C, 5, 7, 7, 1),
    (x: Kernel) => x.binary(op, A, B, C, 5, 7, 0, 1),
    (x: Kernel) => x.binary(op, A, B, C, 5, 7, 1, 0),
  ]),
  binaryBack: [0, 1, 2].flatMap((op) => [
    (x: Kernel) => x.binaryBack(op, A, B, C, D, E, 5, 7, 7, 1),
    (x: Kernel) => x.binaryBack(op, A, B, C, 0, E, 5, 7, 0, 1),
    (x: Kernel) => x.binaryBack(op, A, B, C, D, 0, 5, 7, 1, 0),
    (x: Kernel) => x.binaryBack(op, A, B, C, D, E, 5, 7, 0, 0),
  ]),
  scale: [(x) => x.scale(A, B, 33, 0.1)],
  scaleBack: [(x) => x.scaleBack(A, B, 33, 0.1)],
  clamp: [(x) => x.clamp(A, B, 33, -0.5, 0.7), (x) => x.clamp(A, B, 33, 0, Infinity)],
  clampBack: [
    (x) => x.clampBack(A, B, C, 33, -0.5, 0.7),
    (x) => x.clampBack(A, B, C, 33, 0, Infinity),
  ],
  exponential: [
    (x) => x.exponential(A, B, 4096),
    (x) => (x.scale(A, C, 4096, 60), x.exponential(C, B, 4096)),
  ],
  exponentialBack: [(x) => x.exponentialBack(A, B, C, 33)],
  rowSums: [(x) => x.rowSums(A, B, 9, 11)],
  rowSumsBack: [(x) => x.rowSumsBack(A, B, 9, 11)],
  distances: [(x) => x.distances(A, B, C, 9, 5, 6)],
  distancesBack: [
    (x) => x.distancesBack(A, B, C, D, E, 9, 5, 6),
    (x) => x.distancesBack(A, B, C, 0, E, 9, 5, 6),
    (x) => x.distancesBack(A, B, C, D, 0, 9, 5, 6),
  ],
  softmax: [(x) => x.softmax(A, 0, B, 9, 11), (x) => x.softmax(A, C, B, 9, 11)],
  softmaxBack: [(x) => x.softmaxBack(A, B, C, 9, 11)],
  gather: [
    (x) => {
      new Uint32Array(x.memory.buffer, F, 5).set([3, 0, 3, 600, 1]);
      x.gather(A, F, B, 5, 6);
    },
  ],
  squaredError: [(x) => x.squaredError(A, B, C, D, 37, 0.003)],
  adam: [
    (x) => {
      // Second moments are never negative.
      x.maskPositive(C, C, 4096);
      x.adam(A, B, C, D, 64, 0.01, 0.9, 0.999, 10, 1000, 1e-8);
      x.scale(D, D, 64, 1e-30);
      for (let i = 0; i < 900; i++) x.adam(A, B, C, D, 64, 0.01, 0.9, 0.999, 1, 1, 1e-8);
    },
  ],
  quantise: [
    (x) => x.quantise(A, B, 32, 24),
    (x) => x.quantise(A, B, 1, 5),
    (x) => (x.scale(A, A, 24, 0), x.quantise(A, B, 4, 6)),
  ],
};

describe('the kernel', () => {
  it.each(Object.entries(CALLS))('%s gives the bits of a plain loop', (_, calls) => {
    for (const call of calls) for (const seed of [1, 2]) same(call, seed);
  });

  it('has an exponential close to the engine’s', () => {
    const kernel = createKernel();
    kernel.reserve(place(8));
    const memory = new Float32Array(kernel.memory.buffer);
    for (let i = 0; i < 4096; i++) memory[A / 4 + i] = (i - 2048) / 24;
    kernel.exponential(A, B, 4096);
    for (let i = 0; i < 4096; i++) {
      const wanted = Math.fround(Math.exp(memory[A / 4 + i]!));
      const got = memory[B / 4 + i]!;
      expect(Math.abs(got - wanted)).toBeLessThanOrEqual(wanted * 2 ** -23 + 2 ** -149);
    }
  });
});
