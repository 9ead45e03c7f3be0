// The stages of a row in vectors of 128 bits, as `strips.ts` calls them.
import { covariances, means } from './horizontal';
import { distorted16, distorted8, reference16, reference8 } from './fill';
import {
  MEAN1,
  MEAN2,
  MEANS,
  MOMENT1,
  MOMENT12,
  MOMENT2,
  OF_PRODUCTS,
  OF_SQUARES,
  PRODUCTS,
  ROW,
  SAMPLES,
  scratch,
  SQUARES,
  TO_SECOND,
} from './layout';
import { gains, place, signals } from './statistic';
import { means16, means8, moments16, moments8 } from './vertical';

/** Nothing but names: there is no object. */
@unmanaged
export class Stages {
  /**
   * Prepares two rows of the reference.
   * @param slot of its rings
   */
  fillReference<T>(slot: usize, upper: usize, under: usize, columns: i32): void {
    const blocks = (columns + 7) >> 3;
    if (sizeof<T>() == 1) reference8(slot, upper, under, blocks);
    else reference16(slot, upper, under, blocks);
  }

  /**
   * Prepares two rows of a distorted picture, which lie `apart` behind the reference's.
   * @param reference the reference's slot, `slot` its own
   */
  fillDistorted<T>(
    reference: usize,
    slot: usize,
    upper: usize,
    under: usize,
    apart: usize,
    columns: i32,
  ): void {
    const blocks = (columns + 7) >> 3;
    if (sizeof<T>() == 1) distorted8(reference, slot, upper + apart, under + apart, blocks);
    else distorted16(slot, upper, under, apart, blocks);
  }

  /** Both rows of outputs of a picture, vertically: means and second moments. */
  filter<T>(rings: usize, first: usize, last: usize, columns: i32): void {
    const lines = scratch();
    const blocks = (columns + 15) >> 4;
    if (sizeof<T>() == 1) {
      means8(rings + SAMPLES, first, last, lines + MEANS, blocks);
      moments8(rings + SQUARES, first, last, lines + OF_SQUARES, blocks);
    } else {
      means16(rings + SAMPLES, first, last, lines + MEANS, blocks);
      moments16(rings + SQUARES, first, last, lines + OF_SQUARES, 2 * blocks);
    }
  }

  /** The second moments of a distorted picture with the reference. */
  filterProducts<T>(rings: usize, first: usize, last: usize, columns: i32): void {
    const lines = scratch() + OF_PRODUCTS;
    const blocks = (columns + 15) >> 4;
    if (sizeof<T>() == 1) moments8(rings + PRODUCTS, first, last, lines, blocks);
    else moments16(rings + PRODUCTS, first, last, lines, 2 * blocks);
  }

  /** One row of the reference, horizontally: means and variances. */
  endReference(row: i32, first: usize, last: usize, step: usize, columns: i32): void {
    const lines = scratch() + (row as usize) * ROW;
    const out = scratch() + (row as usize) * TO_SECOND;
    means(lines + MEANS, out + MEAN1, first, last, step, (columns + 31) >> 5);
    const blocks = (columns + 15) >> 4;
    const mean = out + MEAN1;
    covariances(lines + OF_SQUARES, mean, mean, out + MOMENT1, first, last, step, blocks);
    clear(out + MOMENT1, columns);
  }

  /** One row of a distorted picture, horizontally and to the end. */
  endDistorted(
    row: i32,
    first: usize,
    last: usize,
    step: usize,
    columns: i32,
    gainLimit: f64,
    sums: usize,
  ): void {
    const lines = scratch() + (row as usize) * ROW;
    const out = scratch();
    const blocks = (columns + 15) >> 4;
    const mean = out + MEAN2;
    const reference = out + (row as usize) * TO_SECOND;
    means(lines + MEANS, mean, first, last, step, (columns + 31) >> 5);
    covariances(lines + OF_SQUARES, mean, mean, out + MOMENT2, first, last, step, blocks);
    covariances(
      lines + OF_PRODUCTS,
      reference + MEAN1,
      mean,
      out + MOMENT12,
      first,
      last,
      step,
      blocks,
    );
    clear(out + MOMENT2, columns);
    clear(out + MOMENT12, columns);
    signals(gains(reference + MOMENT1, columns, sums), gainLimit, sums);
  }
}

/** Columns beyond `columns` count as flat. */
function clear(row: usize, columns: i32): void {
  for (let j = columns; j < ((columns + 7) & ~7); j++) store<i32>(row + place(j), 0);
}
