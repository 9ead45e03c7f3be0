/**
 * Fixed-point base-2 logarithm with 11 fraction bits, from a table of the
 * upper half of the 16-bit numbers. Source: spec/vif.md section 6.
 */

/** First argument that the table holds; it is there for the checks and never read. */
export const LOG_FIRST = 32767;

/**
 * Entry `i - LOG_FIRST` is `round(log2(i) * 2048)`, `i` up to 65535. The
 * logarithm is rounded to binary32 before the multiplication, which decides 38
 * entries; 80 entries are exact ties and go up.
 */
export const LOG_TABLE: Uint16Array = Uint16Array.from({ length: 65536 - LOG_FIRST }, (_, i) =>
  Math.round(Math.fround(Math.log2(i + LOG_FIRST)) * 2048),
);

/**
 * `log2(x)` in units of 1/2048. The top 16 bits of `x` are looked up, the rest
 * is cut off.
 * @param x integer, `2^16 <= x < 2^48` (VIF stays below 2^44).
 */
export const fixedLog2 = (x: number): number => {
  // Beyond 32 bits, 16 of the bits that are cut off anyway go first.
  if (x >= 2 ** 32) return fixedLog2(Math.floor(x * 2 ** -16)) + 2048 * 16;
  const dropped = 16 - Math.clz32(x);
  return (LOG_TABLE[(x >>> dropped) - LOG_FIRST] as number) + 2048 * dropped;
};
