/**
 * Per-frame results as columns: one growing `Float64Array` per key, so that a
 * long clip costs eight bytes a value.
 */
import { pool, type Pooled } from '@tinyvmaf/core';

/** Finished per-frame results in the order in which libvmaf's logs list them. */
export interface Series {
  /** Names of the columns: features first, then model scores. */
  readonly keys: readonly string[];
  /** Frame numbers of the rows, ascending; not contiguous with subsampling. */
  readonly frames: readonly number[];
  /** Values of one key, one per row. Empty for an unknown key. */
  column(key: string): Float64Array;
  /** Pooled values of one key over the rows; all `NaN` where there are none. */
  pooled(key: string): Pooled;
}

/** The same rows with some of the columns, in the order given; unknown keys are left out. */
export const selectKeys = (series: Series, keys: readonly string[]): Series => ({
  keys: keys.filter((key) => series.keys.includes(key)),
  frames: series.frames,
  column: (key) => series.column(key),
  pooled: (key) => series.pooled(key),
});

/** Collects rows and becomes a {@link Series}. */
export class SeriesBuilder implements Series {
  readonly keys: readonly string[];
  readonly #frames: number[] = [];
  readonly #columns: Map<string, Float64Array>;
  readonly #pooled = new Map<string, Pooled>();
  #capacity = 256;

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.#columns = new Map(keys.map((key) => [key, new Float64Array(this.#capacity)]));
  }

  get frames(): readonly number[] {
    return this.#frames;
  }

  /** Appends one row; keys that the row lacks become `NaN`. */
  append(frame: number, values: ReadonlyMap<string, number>): void {
    const row = this.#frames.push(frame) - 1;
    if (row >= this.#capacity) this.#grow();
    for (const [key, column] of this.#columns) column[row] = values.get(key) ?? NaN;
    this.#pooled.clear();
  }

  column(key: string): Float64Array {
    return this.#columns.get(key)?.subarray(0, this.#frames.length) ?? new Float64Array(0);
  }

  pooled(key: string): Pooled {
    const known = this.#pooled.get(key);
    if (known !== undefined) return known;
    const pooled = pool(this.column(key));
    this.#pooled.set(key, pooled);
    return pooled;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const [key, column] of this.#columns) {
      const larger = new Float64Array(this.#capacity);
      larger.set(column);
      this.#columns.set(key, larger);
    }
  }
}
