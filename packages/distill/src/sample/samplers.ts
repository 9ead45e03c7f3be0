/**
 * Where training points come from when there is no video: seven small samplers
 * of feature vectors, each for a part of the space that real frames reach.
 * Their constants were read off summary figures of real encodes; the rows
 * themselves are nobody's video.
 */
import type { Random } from '@tinyvmaf/core';
import { normal, sixteenths } from '../arithmetic/power.js';

/** What samplers may know of the teacher. */
export interface Anchors {
  /** `[count, 6]` raw features in canonical order, row by row. */
  readonly rows: Float64Array;
  /** `[6]`: deviation of each feature over the rows. */
  readonly deviation: Float64Array;
}

/** Writes one row of six features, canonical order, at `out[at]`. */
export type Sampler = (random: Random, anchors: Anchors, out: Float64Array, at: number) => void;

/** Smallest value of each feature that the samplers give, `far` and `cut` excepted. */
export const LOWEST: readonly number[] = [0.05, 0, 0, 0, 0, 0];

/** Largest value of each feature that the samplers give, `far` and `cut` excepted. */
export const HIGHEST: readonly number[] = [1.2, 1.3, 1.12, 1.12, 1.12, 35];

/** The power 1.6875 of a uniform number: many small ones. */
const small = (random: Random): number => sixteenths(random.float(), 27);

const between = (random: Random, low: number, high: number): number =>
  low + (high - low) * random.float();

const write = (out: Float64Array, at: number, row: readonly number[]): void => {
  for (let j = 0; j < 6; j++) {
    out[at + j] = Math.min(HIGHEST[j] ?? NaN, Math.max(LOWEST[j] ?? NaN, row[j] ?? NaN));
  }
};

const ascending = (values: number[]): number[] => values.sort((a, b) => a - b);

/** How far towards 1.02 each scale of VIF may lie from the one before. */
const CHAIN_REACH: readonly number[] = [1, 0.7, 0.55];

/** Scales of VIF in a chain, ADM along the last, motion by itself: like encodes. */
const chain: Sampler = (random, _, out, at) => {
  let vif = 1.05 * small(random);
  const vifs = [vif];
  for (const reach of CHAIN_REACH) {
    vif += (1.02 - vif) * between(random, -0.02, reach);
    vifs.push(vif);
  }
  let adm = 0.27 + 0.7 * vif + 0.1 * normal(random);
  const motion = random.float() < 0.12 ? 0 : 30 * small(random);
  // Sharpened and contrast-raised pictures.
  if (random.float() < 0.06) {
    const gain = between(random, 1, 1.12);
    for (let s = 0; s < 4; s++) vifs[s] = (vifs[s] ?? NaN) * gain;
    adm += between(random, 0, 0.1);
  }
  write(out, at, [adm, ...vifs, motion]);
};

/** On, between and a little beyond pairs of the teacher's support vectors, with noise. */
const mix: Sampler = (random, { rows, deviation }, out, at) => {
  const count = rows.length / 6;
  const i = random.below(count);
  const j = random.below(count);
  const share = random.float() < 0.5 ? between(random, -0.2, 1.2) : 0;
  const noise = 0.3 * sixteenths(random.float(), 24);
  const row: number[] = [];
  for (let f = 0; f < 6; f++) {
    const from = rows[6 * i + f] ?? NaN;
    const to = rows[6 * j + f] ?? NaN;
    row.push(from + share * (to - from) + noise * (deviation[f] ?? NaN) * normal(random));
  }
  write(out, at, row);
};

/** All over the box of possible features, VIF ascending with scale. */
const box: Sampler = (random, _, out, at) => {
  const u = random.float();
  const adm = 1.12 - 1.05 * u * u;
  const motion = 32 * sixteenths(random.float(), 24);
  let vif0 = 1.05 * sixteenths(random.float(), 24);
  const others = ascending([0, 0, 0].map(() => between(random, 0.8 * vif0, 1.1)));
  if (random.float() < 0.1) vif0 *= 1.25;
  write(out, at, [adm, vif0, ...others, motion]);
};

/** Ruined pictures: hardly any information left. */
const corner: Sampler = (random, _, out, at) => {
  const adm = between(random, 0.05, 0.7);
  const top = 0.6 * sixteenths(random.float(), 24);
  const vifs = ascending([0, 0, 0, 0].map(() => top * random.float()));
  const motion = random.float() < 0.1 ? 0 : between(random, 0, 25);
  write(out, at, [adm, ...vifs, motion]);
};

/** Pictures that are nearly the reference. */
const identity: Sampler = (random, _, out, at) => {
  const u = random.float();
  const e = 0.1 * u * u;
  const vif0 = 1 - 2.5 * e * random.float();
  const others = ascending([0, 0, 0].map(() => between(random, vif0, 1)));
  const adm = 1 - e * random.float();
  const motion = random.float() < 0.1 ? 0 : 32 * small(random);
  write(out, at, [adm, vif0, ...others, motion]);
};

/** Far outside anything an encoder does, so that students stay tame there. */
const far: Sampler = (random, _, out, at) => {
  out[at] = between(random, 0, 1.4);
  for (let s = 1; s < 5; s++) out[at + s] = between(random, 0, 1.7);
  out[at + 5] = between(random, 0, 100);
};

/** Scene cuts: like encodes, with motion that only a change of the whole picture gives. */
const cut: Sampler = (random, anchors, out, at) => {
  chain(random, anchors, out, at);
  const u = random.float();
  out[at + 5] = 30 + 70 * u * u;
};

/** The samplers by name. */
export const SAMPLERS = { chain, mix, box, corner, identity, far, cut } as const satisfies Readonly<
  Record<string, Sampler>
>;

/** Name of a sampler. */
export type SamplerName = keyof typeof SAMPLERS;

/** The names, in the order in which points are drawn. */
export const SAMPLER_NAMES: readonly SamplerName[] = [
  'chain',
  'mix',
  'box',
  'corner',
  'identity',
  'far',
  'cut',
];
