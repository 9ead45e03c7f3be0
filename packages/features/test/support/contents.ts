// Pictures shaped to reach the branches of the kernels, from a seed. Uniform
// noise alone misses most of them.
import { lumaOf, type Luma } from '@tinyvmaf/testkit';

/** A repeatable source of numbers: mulberry32. */
export interface Random {
  /** 0 <= x < 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  pick<A>(from: readonly A[]): A;
}

/** @param seed 32 bits; the same one gives the same numbers. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number): number =>
    least + Math.floor(next() * (most - least + 1));
  return { next, int, pick: (from) => from[int(0, from.length - 1)]! };
};

type Depth = Luma['bitDepth'];
type Maker = (random: Random, width: number, height: number, depth: Depth) => readonly [Luma, Luma];

/** A picture and its distorted twin, from two functions of place. */
const pair =
  (
    make: (
      random: Random,
      peak: number,
      depth: Depth,
    ) => readonly [(x: number, y: number) => number, (x: number, y: number, r: number) => number],
  ): Maker =>
  (random, width, height, depth) => {
    const peak = 2 ** depth - 1;
    const [reference, distorted] = make(random, peak, depth);
    const clip = (value: number): number => Math.max(0, Math.min(peak, Math.round(value)));
    const r = lumaOf(width, height, depth, (x, y) => clip(reference(x, y)));
    const d = lumaOf(width, height, depth, (x, y) => clip(distorted(x, y, r.data[y * width + x]!)));
    return [r, d];
  };

/** A moving texture, the common case. */
const texture = (random: Random, peak: number): ((x: number, y: number) => number) => {
  const [a, b, c] = [random.int(1, 30), random.int(1, 30), random.int(0, 90)];
  return (x, y) => (peak / 255) * (60 + ((a * x + b * y + c) % 97) + 20 * ((x >> 2) & 1));
};

/** Contents by name; the comment says what each is there for. */
export const CONTENTS: Readonly<Record<string, Maker>> = {
  // The logarithm branch of VIF, all angles of ADM.
  texture: pair((random, peak) => {
    const sample = texture(random, peak);
    const damage = random.int(2, 40) * (peak / 255);
    return [sample, (_x, _y, r) => r - (r % damage)];
  }),
  // Every branch by chance; the largest differences between neighbours.
  noise: pair((random, peak) => [
    () => random.next() * (peak + 1) - 0.5,
    (_x, _y, r) => (random.next() < 0.5 ? r : random.next() * peak),
  ]),
  // Variance 0: VIF's linear branch, ADM's zero bands.
  flat: pair((random, peak) => {
    const level = random.int(0, peak);
    return [() => level, () => level];
  }),
  // Variances around VIF's threshold of 2, where a rounding decides the branch.
  nearThreshold: pair((random, peak, depth) => {
    const level = random.int(8, peak - 8);
    const step = 2 ** (depth - 8);
    const spread = random.int(1, 3) * step;
    return [() => level + random.int(-spread, spread), (_x, _y, r) => r + random.int(-step, step)];
  }),
  // The extremes of every accumulator: full-scale stripes, in and out of phase.
  stripes: pair((random, peak) => {
    const period = random.pick([1, 2, 3, 8]);
    const across = random.next() < 0.5;
    const shift = random.int(0, 1);
    const stripe = (x: number, y: number): number =>
      Math.floor((across ? x : y) / period) % 2 === 0 ? 0 : peak;
    return [stripe, (x, y) => stripe(x + shift, y + shift)];
  }),
  // Black against white: saturation, the 17th bit of motion.
  opposite: pair((random, peak) => {
    const dark = random.next() < 0.5;
    return [() => (dark ? 0 : peak), () => (dark ? peak : 0)];
  }),
  // More contrast than the reference: gains above 1, where the NEG limits act.
  enhanced: pair((random, peak) => {
    const sample = texture(random, peak / 2);
    const gain = 1 + random.next() * 2;
    return [sample, (_x, _y, r) => (r - peak / 4) * gain + peak / 4];
  }),
  // Less contrast, much: gains near 0.
  faded: pair((random, peak) => [
    texture(random, peak),
    (_x, _y, r) => peak / 2 + (r - peak / 2) / random.int(20, 60),
  ]),
  // One bright sample: the reach of each filter, border rules.
  impulse: pair((random, peak) => {
    const [px, py] = [random.int(0, 20), random.int(0, 20)];
    const at = (x: number, y: number): number => (x === px && y === py ? peak : 0);
    return [at, (x, y) => at(x, y) / 2];
  }),
  // Two levels at random: large and small differences side by side.
  twoLevels: pair((random, peak) => [
    () => (random.next() < 0.5 ? peak * 0.25 : peak * 0.75),
    (_x, _y, r) => (random.next() < 0.9 ? r : peak - r),
  ]),
  // A single edge: flat beside steep.
  edge: pair((random, peak) => {
    const at = random.int(1, 30);
    const blur = random.int(1, 4);
    return [
      (x) => (x < at ? peak * 0.1 : peak * 0.9),
      (x) => peak * Math.max(0.1, Math.min(0.9, 0.5 + (x - at) / blur)),
    ];
  }),
  // An equal twin: all scores 1.
  same: pair((random, peak) => [texture(random, peak), (_x, _y, r) => r]),
};

/** Names of {@link CONTENTS}. */
export const CONTENT_NAMES: readonly string[] = Object.keys(CONTENTS);

/** The pair of a content's name. */
export const contentPair = (
  name: string,
  random: Random,
  width: number,
  height: number,
  depth: Depth,
): readonly [Luma, Luma] => CONTENTS[name]!(random, width, height, depth);
