/**
 * Sets of points drawn from several samplers in given shares. A set depends on
 * seed, count and shares alone, to the last bit, on every engine.
 */
import { createRandom } from '@tinyvmaf/core';
import { SAMPLER_NAMES, SAMPLERS, type Anchors, type SamplerName } from './samplers.js';

/** Share of each sampler; they need not add up to 1. */
export type Mixture = Readonly<Partial<Record<SamplerName, number>>>;

/** How many points each sampler gives: shares rounded so that they add up to `count`. */
export const countsOf = (mixture: Mixture, count: number): ReadonlyMap<SamplerName, number> => {
  let whole = 0;
  for (const name of SAMPLER_NAMES) whole += mixture[name] ?? 0;
  const counts = new Map<SamplerName, number>();
  let share = 0;
  let given = 0;
  for (const name of SAMPLER_NAMES) {
    share += mixture[name] ?? 0;
    const upTo = whole > 0 ? Math.round((count * share) / whole) : 0;
    if (upTo > given) counts.set(name, upTo - given);
    given = upTo;
  }
  return counts;
};

/** Distance of the seeds of two samplers. */
const SEED_STEP = 0x10001;

/**
 * Draws points.
 * @param seed an unsigned 32-bit integer.
 * @returns `[count, 6]` raw features in canonical order, sampler after sampler.
 */
export const drawPoints = (
  mixture: Mixture,
  count: number,
  seed: number,
  anchors: Anchors,
): Float64Array => {
  const out = new Float64Array(6 * count);
  let at = 0;
  for (const [name, points] of countsOf(mixture, count)) {
    // One stream a sampler: another share of one leaves the others' points alone.
    const random = createRandom(seed + SEED_STEP * SAMPLER_NAMES.indexOf(name));
    for (let i = 0; i < points; i++, at += 6) SAMPLERS[name](random, anchors, out, at);
  }
  return out;
};
