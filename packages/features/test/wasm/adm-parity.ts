// ADM on WebAssembly and the plain kernel side by side, as whole results: the
// integer sums of every scale and band, and all values.
import type { Luma } from '@tinyvmaf/testkit';
import { expect } from 'vitest';
import { createAdm } from '../../src/adm/adm.js';
import { ADM_DEFAULTS, type AdmOptions } from '../../src/adm/options.js';
import { ADM_WASM } from '../../src/generated/adm-wasm.js';
import { createWasmAdm } from '../../src/wasm/adm.js';
import { moduleOf } from '../../src/wasm/module.js';
import { compareOne } from '../support/compare-one.js';
import type { Random } from '../support/contents.js';
import { planeOf } from '../support/vectors.js';

export const DEPTHS = [8, 10, 12, 16] as const;
export type Depth = (typeof DEPTHS)[number];

export const wasmAdm = (
  width: number,
  height: number,
  depth: Depth,
  options: Partial<AdmOptions> = {},
) => createWasmAdm(moduleOf(ADM_WASM), width, height, depth, { ...ADM_DEFAULTS, ...options });

export const plainAdm = (
  width: number,
  height: number,
  depth: Depth,
  options: Partial<AdmOptions> = {},
) => createAdm(width, height, depth, { ...ADM_DEFAULTS, ...options });

/** Both kernels on one pair; `label` is shown where they differ. */
export const expectEqual = (
  reference: Luma,
  distorted: Luma,
  options: Partial<AdmOptions> = {},
  label = '',
): void => {
  const { width, height, bitDepth } = reference;
  const [r, d] = [planeOf(reference), planeOf(distorted)];
  const name = `${width}x${height}, ${bitDepth} bits, ${JSON.stringify(options)} ${label}`;
  const plain = plainAdm(width, height, bitDepth, options).compute(r, d);
  expect(compareOne(wasmAdm(width, height, bitDepth, options), r, d), name).toEqual(plain);
};

/** Options at random: gains whole and not, other viewing conditions, parts left out. */
export const randomOptions = (random: Random): Partial<AdmOptions> => ({
  gainLimit: random.pick([1, 1, 1.2, 2, 3.7, 100, 100, 99.5]),
  noiseWeight: random.pick([0.03125, 0.03125, 0, 0.02, 1500]),
  skipAim: random.next() < 0.25,
  skipScale0: random.next() < 0.1,
  ...random.pick([
    {},
    {},
    {},
    { normViewDist: 4.25 },
    { normViewDist: 24 },
    { normViewDist: 1.5, refDisplayHeight: 2160 },
    { csfMode: 2 },
    { csfMode: 2, normViewDist: 5, refDisplayHeight: 2160 },
  ]),
});
