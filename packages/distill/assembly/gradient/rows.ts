/** The two ends of a step: rows of a batch from the pool, and the loss. */

/** `to[i] = from[index[i]]`, rows of `columns` numbers; indices are unsigned 32-bit. */
export function gather(from: usize, index: usize, to: usize, rows: u32, columns: u32): void {
  const line = (<usize>columns) << 2;
  for (let i: u32 = 0; i < rows; i++) {
    let at = from + <usize>load<u32>(index + ((<usize>i) << 2)) * line;
    for (const end = at + line; at < end; at += 4) {
      store<f32>(to, load<f32>(at));
      to += 4;
    }
  }
}

/**
 * Weighted squared error and its gradient.
 * @param factor of the gradient: `2 / (rows * unit^2)`, binary32.
 * @returns sum of `weight * (output - label)^2`, in binary64.
 */
export function squaredError(
  output: usize,
  label: usize,
  weight: usize,
  gradient: usize,
  rows: u32,
  factor: f32,
): f64 {
  let sum: f64 = 0;
  for (let at: usize = 0, end = (<usize>rows) << 2; at < end; at += 4) {
    const difference = load<f32>(output + at) - load<f32>(label + at);
    const weighted = difference * load<f32>(weight + at);
    store<f32>(gradient + at, weighted * factor);
    sum += <f64>weighted * <f64>difference;
  }
  return sum;
}
