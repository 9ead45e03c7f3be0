/**
 * The border rule that VIF and motion share: pictures continue as in a mirror
 * that stands on the edge sample, which is not repeated. (ADM's wavelet has a
 * rule of its own.) Source: spec/vif.md section 3, spec/motion.md section 1.
 */

/** Where position `i` of a line of `n` samples is read: `-1 -> 1`, `n -> n - 2`. */
export const mirror = (i: number, n: number): number => {
  if (i < 0) return -i;
  if (i >= n) return 2 * n - 2 - i;
  return i;
};

/** A rule that maps positions outside a line of `n` samples into it. */
export type BorderRule = (i: number, n: number) => number;

/**
 * Continues a line beyond both ends so that a filter can run over it without
 * asking where it is.
 * @param line holds `radius` free places, `length` samples, `radius` free places.
 * @param rule default {@link mirror}.
 */
export const padLine = (
  line: Float64Array,
  length: number,
  radius: number,
  rule: BorderRule = mirror,
): void => {
  for (let j = 1; j <= radius; j++) {
    line[radius - j] = line[radius + rule(-j, length)] as number;
    line[radius + length - 1 + j] = line[radius + rule(length - 1 + j, length)] as number;
  }
};

/**
 * Offsets of the rows that a vertical filter centred on row `y` reads, into
 * `offsets`, whose length is the filter's.
 */
export const rowOffsets = (
  offsets: Int32Array,
  y: number,
  width: number,
  height: number,
  rule: BorderRule = mirror,
): void => {
  const radius = (offsets.length - 1) / 2;
  for (let k = 0; k < offsets.length; k++) {
    offsets[k] = rule(y - radius + k, height) * width;
  }
};
