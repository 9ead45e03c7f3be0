/**
 * From per-frame values to one number, as libvmaf pools
 * (spec/pooling-and-io.md section 1), plus percentiles. Sums run in frame
 * order in binary64, so pooled values are equal to libvmaf's as bits.
 */

/** libvmaf's four pooling methods, in the order of its logs. */
export const LIBVMAF_POOLS = ['min', 'max', 'mean', 'harmonic_mean'] as const;

/** Every pooling method. */
export const POOL_METHODS = [...LIBVMAF_POOLS, 'p1', 'p5', 'p10', 'p50'] as const;

/** Name of a pooling method. */
export type PoolMethod = (typeof POOL_METHODS)[number];

/** All pooled values of one series. */
export type Pooled = Readonly<Record<PoolMethod, number>>;

/** Whether a text names a pooling method. */
export const isPoolMethod = (text: string): text is PoolMethod =>
  (POOL_METHODS as readonly string[]).includes(text);

/** Arithmetic mean. `NaN` for an empty series. */
export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? NaN;
  return sum / values.length;
};

/**
 * Harmonic mean shifted by one, `n / sum(1 / (s + 1)) - 1`, so that a score of
 * 0 does not make the whole clip 0. `NaN` for an empty series.
 */
export const harmonicMean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 1 / ((values[i] ?? NaN) + 1);
  return values.length / sum - 1;
};

/** Smallest value; `NaN` for an empty series. */
export const minimum = (values: ArrayLike<number>): number =>
  extreme(values, (value, best) => value < best);

/** Largest value; `NaN` for an empty series. */
export const maximum = (values: ArrayLike<number>): number =>
  extreme(values, (value, best) => value > best);

const extreme = (
  values: ArrayLike<number>,
  better: (value: number, best: number) => boolean,
): number => {
  let best = values[0] ?? NaN;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (better(value, best)) best = value;
  }
  return best;
};

/**
 * Percentile with linear interpolation between the two nearest ranks:
 * position `q/100 * (n - 1)` in the ascending order, as numpy's default and as
 * libvmaf's bootstrap interval (spec/model-svm.md section 7).
 * @param q 0..100; 0 is the minimum, 50 the median, 100 the maximum.
 * @returns `NaN` for an empty series.
 */
export const percentile = (values: ArrayLike<number>, q: number): number =>
  percentileOfSorted(Float64Array.from(values).sort(), q);

const percentileOfSorted = (sorted: Float64Array, q: number): number => {
  if (sorted.length === 0) return NaN;
  const position = (q * (sorted.length - 1)) / 100;
  const left = Math.floor(position);
  const right = Math.ceil(position);
  const low = sorted[left] ?? NaN;
  if (left === right) return low;
  return low * (right - position) + (sorted[right] ?? NaN) * (position - left);
};

/** Every pooled value of a series of one value per emitted frame. */
export const pool = (values: ArrayLike<number>): Pooled => {
  const sorted = Float64Array.from(values).sort();
  return {
    min: minimum(values),
    max: maximum(values),
    mean: mean(values),
    harmonic_mean: harmonicMean(values),
    p1: percentileOfSorted(sorted, 1),
    p5: percentileOfSorted(sorted, 5),
    p10: percentileOfSorted(sorted, 10),
    p50: percentileOfSorted(sorted, 50),
  };
};
