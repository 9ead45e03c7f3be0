/** The features of one pair while they are being computed: columns that grow. */
import { FEATURES, type FeatureName, type FeatureVector } from '@tinyvmaf/core';
import type { FeatureRows } from '../store/contracts.js';

const FIRST_CAPACITY = 64;

/** Rows in the order of frames, from 0. */
export class Rows {
  #capacity = FIRST_CAPACITY;
  #frames = 0;
  #columns = FEATURES.map(() => new Float64Array(FIRST_CAPACITY));

  /** Rows so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Adds the next frame, in the order of `FEATURES`. */
  push(values: FeatureVector): void {
    if (this.#frames === this.#capacity) this.#grow(2 * this.#capacity);
    this.#columns.forEach((column, i) => {
      column[this.#frames] = values[i] ?? NaN;
    });
    this.#frames += 1;
  }

  /** Adds rows that were computed earlier. */
  append(rows: FeatureRows): void {
    const needed = this.#frames + rows.frames;
    if (needed > this.#capacity) this.#grow(Math.max(needed, 2 * this.#capacity));
    FEATURES.forEach((name, i) => {
      this.#columns[i]?.set(rows.columns[name].subarray(0, rows.frames), this.#frames);
    });
    this.#frames = needed;
  }

  /** A copy of the rows from `first` to before `end`. */
  slice(first = 0, end = this.#frames): FeatureRows {
    const column = (name: FeatureName): Float64Array =>
      this.#columns[FEATURES.indexOf(name)]?.slice(first, end) ?? new Float64Array(0);
    return {
      frames: end - first,
      columns: {
        adm2: column('adm2'),
        vif_scale0: column('vif_scale0'),
        vif_scale1: column('vif_scale1'),
        vif_scale2: column('vif_scale2'),
        vif_scale3: column('vif_scale3'),
        motion2: column('motion2'),
      },
    };
  }

  #grow(capacity: number): void {
    this.#capacity = capacity;
    this.#columns = this.#columns.map((column) => {
      const larger = new Float64Array(capacity);
      larger.set(column);
      return larger;
    });
  }
}
