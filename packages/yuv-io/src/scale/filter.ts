/**
 * A filter for each wanted row or column: which samples it takes and with what
 * whole-number weights. Positions, the trimming of small outer weights and the
 * rounding follow the conventions of ffmpeg's swscale, so that pictures agree
 * with those that ffmpeg scales (docs/scaling.md has the rules in words).
 */
import { FINEST_ONE, SCALE_KERNELS } from './kernel.js';
import type { ScaleMethod } from './method.js';

/** Filters for one direction. */
export interface ScaleFilter {
  /** Wanted samples. */
  readonly length: number;
  /** Weights of each filter. */
  readonly taps: number;
  /** First sample that filter `i` takes; never descends; `first[i] + taps` is within the picture. */
  readonly first: Int32Array;
  /** Weights of filter `i` from `i * taps` on; each filter's sum is `2^bits`. */
  readonly weights: Int16Array;
}

/** What {@link scaleFilter} is to make. */
export interface FilterRequest {
  /** Samples there are. */
  readonly from: number;
  /** Samples that are wanted. */
  readonly to: number;
  readonly method: ScaleMethod;
  /** Weights are in steps of 2^-bits. */
  readonly bits: number;
  /** Number of taps is rounded up to a multiple of this, a power of two. */
  readonly align: number;
}

/** Steps of positions in a sample. */
const STEP_BITS = 16;

/** Weights at either end that together are at most this share of the kernel's unit are left out. */
const NEGLIGIBLE = 0.002;

/** One filter while it is made: weights relative to each other. */
interface Draft {
  first: number;
  readonly weights: bigint[];
}

/** Makes the filters. Whole-number arithmetic throughout; the same on every engine. */
export const scaleFilter = (request: FilterRequest): ScaleFilter => {
  const { from, to, bits, align } = request;
  if (from === to) return identity(to, bits);
  // Wider filters have more weights to add up: coarser ones, by the whole ratio's bits.
  const one = FINEST_ONE >> BigInt(Math.min(31 - Math.clz32(Math.floor(from / to) | 1), 8));
  const drafts = draft(request, one);
  const needed = trim(drafts, BigInt(Math.floor(NEGLIGIBLE * Number(one))));
  const aligned = (needed + align - 1) & -align;
  return pack(
    drafts.map((filter) => {
      const { first, weights } = fold(filter, aligned, from);
      return { first, weights: normalise(weights, 1n << BigInt(bits)) };
    }),
    from,
  );
};

const identity = (length: number, bits: number): ScaleFilter => ({
  length,
  taps: 1,
  first: Int32Array.from({ length }, (_, i) => i),
  weights: new Int16Array(length).fill(2 ** bits),
});

/** All weights inside the kernel's span, widened where the picture shrinks. */
const draft = ({ from, to, method }: FilterRequest, one: bigint): Draft[] => {
  const kernel = SCALE_KERNELS[method];
  const shrinks = from > to;
  const count = 1 + (shrinks ? Math.ceil((kernel.span * from) / to) : kernel.span);
  // Size of a wanted sample, rounded to 2^-16. At most 2^30: from and to are below 2^15.
  const step = Math.floor((from * 2 ** STEP_BITS + Math.floor(to / 2)) / to);
  const half = 2 ** STEP_BITS;
  return Array.from({ length: to }, (_, i) => {
    // Centre of wanted sample i, (i + 1/2) step - 1/2, in steps of 2^-17.
    const centre = (2 * i + 1) * step - half;
    // Towards zero: left of the picture one tap less is taken.
    const first = Math.trunc((centre - (count - 2) * half) / (2 * half));
    const weights = Array.from({ length: count }, (_weight, j) => {
      const distance = BigInt(Math.abs((first + j) * 2 * half - centre)) << 13n;
      return kernel.weight(shrinks ? (distance * BigInt(to)) / BigInt(from) : distance, one);
    });
    return { first, weights };
  });
};

/**
 * Moves each filter right past negligible weights at its left end, as long as
 * filters stay in order.
 * @returns weights that the widest filter needs, negligible ones at its right end not counted.
 */
const trim = (drafts: readonly Draft[], negligible: bigint): number => {
  let needed = 0;
  let next = Infinity;
  for (let i = drafts.length - 1; i >= 0; i--) {
    const filter = drafts[i];
    if (filter === undefined) continue;
    const { weights } = filter;
    const count = weights.length;
    for (let left = 0n, moved = 0; moved < count && filter.first < next; moved++) {
      left += magnitude(weights[0] ?? 0n);
      if (left > negligible) break;
      weights.shift();
      weights.push(0n);
      filter.first++;
    }
    let used = count;
    for (let right = 0n; used > 1; used--) {
      right += magnitude(weights[used - 1] ?? 0n);
      if (right > negligible) break;
    }
    needed = Math.max(needed, used);
    next = filter.first;
  }
  return needed;
};

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

/** Weights outside the picture go to the sample at its edge: edges are repeated. */
const fold = (filter: Draft, count: number, from: number): Draft => {
  const first = Math.max(filter.first, 0);
  const weights: bigint[] = [];
  for (let j = 0; j < Math.min(count, filter.weights.length); j++) {
    const at = Math.min(Math.max(filter.first + j, 0), from - 1) - first;
    while (weights.length <= at) weights.push(0n);
    weights[at] = (weights[at] ?? 0n) + (filter.weights[j] ?? 0n);
  }
  return { first, weights };
};

/** Weights with the sum `one`; what rounding leaves over is carried to the next weight. */
const normalise = (weights: readonly bigint[], one: bigint): readonly number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const unit = (total + one / 2n) / one;
  let carried = 0n;
  return weights.map((weight) => {
    const exact = weight + carried;
    const rounded = roundedRatio(exact, unit);
    carried = exact - rounded * unit;
    return Number(rounded);
  });
};

/** a / b to the nearest whole number, halves away from zero; `b > 0`. */
const roundedRatio = (a: bigint, b: bigint): bigint => (a >= 0n ? a + b / 2n : a - b / 2n) / b;

/** Filters of finished weights, as short as the longest without the zeros at its end. */
const pack = (
  filters: readonly { readonly first: number; readonly weights: readonly number[] }[],
  from: number,
): ScaleFilter => {
  const used = ({ weights }: { readonly weights: readonly number[] }): number =>
    weights.findLastIndex((weight) => weight !== 0) + 1;
  const taps = filters.reduce((most, filter) => Math.max(most, used(filter)), 1);
  const first = new Int32Array(filters.length);
  const weights = new Int16Array(filters.length * taps);
  filters.forEach((filter, i) => {
    first[i] = Math.min(filter.first, from - taps);
    const shift = filter.first - (first[i] ?? 0);
    weights.set(filter.weights.slice(0, used(filter)), i * taps + shift);
  });
  return { length: filters.length, taps, first, weights };
};
