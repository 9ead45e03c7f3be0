// Walks rows of a scale in strips of columns, two rows of outputs at a time, so
// that the prepared rows of a strip stay in the caches. What is the reference's
// alone is done once, then each distorted picture is taken through the same two
// rows. Each stage is a small function of its own: engines do not replace the
// code of a running function by better code, so the hot loops are called, once
// per row. Both builds walk like this; `S` has their stages (see `stages.ts`).
import { mirror } from './border';
import { RINGS, SLOT } from './layout';
import { rowOf, Scale, SUMS } from './scale';
import { coefficients, entries, ENTRY, radius, stride } from './taps';

/** One strip: `columns` outputs from byte offset `x` of a row on. */
function strip<T, S>(
  stages: S,
  at: Scale,
  count: i32,
  rings: usize,
  x: usize,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const n = entries(at.index);
  const r = radius(at.index);
  const s = stride(at.index);
  const step = (s as usize) * 2;
  const advance = s == 1 ? 2 : 1;
  const wide = columns + 2 * r;
  const plane = at.plane + x - (r as usize) * sizeof<T>();
  const taps = coefficients(at.index, 0);
  const end = taps + (n as usize) * ENTRY;
  for (let y = from; y < to; y += 2) {
    const oldest = (y >> 1) * advance;
    const head = coefficients(at.index, oldest % n);
    const last = head + (n as usize) * ENTRY;
    const newest = oldest + n;
    const missing = y == 0 ? 0 : newest - advance;
    for (let q = missing; q < newest; q++) {
      stages.fillReference<T>(
        rings + ((q % n) as usize) * SLOT,
        rowOf(at, plane, mirror(q * s - r, at.height)),
        rowOf(at, plane, mirror(q * s - r + 1, at.height)),
        wide,
      );
    }
    stages.filter<T>(rings, head, last, wide);
    const both = y + 1 < at.height;
    stages.endReference(0, taps, end, step, columns);
    if (both) stages.endReference(1, taps, end, step, columns);

    let apart: usize = 0;
    let sums = at.sums;
    for (let k = 0; k < count; k++) {
      apart += at.apart;
      for (let q = missing; q < newest; q++) {
        const slot = rings + ((q % n) as usize) * SLOT;
        const upper = rowOf(at, plane, mirror(q * s - r, at.height));
        const under = rowOf(at, plane, mirror(q * s - r + 1, at.height));
        stages.fillDistorted<T>(slot, slot + apart, upper, under, apart, wide);
      }
      stages.filter<T>(rings + apart, head, last, wide);
      stages.filterProducts<T>(rings + apart, head, last, wide);
      stages.endDistorted(0, taps, end, step, columns, at.gainLimit, sums);
      if (both) stages.endDistorted(1, taps, end, step, columns, at.gainLimit, sums);
      sums += SUMS;
    }
  }
}

/**
 * Compares rows of `count` distorted pictures with the reference's, and adds to
 * their sums. Rows are compared in order, and of the planes those are present
 * that rows `from` to `to` need, and some earlier ones.
 * @param from even
 */
export function compareRows<T, S>(stages: S, at: Scale, count: i32, from: i32, to: i32): void {
  let rings = at.rings;
  for (let x = 0; x < at.width; x += at.columns) {
    const columns = min(at.columns, at.width - x);
    const offset = (x as usize) * sizeof<T>();
    strip<T, S>(stages, at, count, rings, offset, columns, from, to);
    rings += RINGS;
  }
}
