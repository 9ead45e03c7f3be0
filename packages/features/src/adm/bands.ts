/**
 * The coefficient planes that the stages of ADM hand to each other. All are
 * `Int32Array`s without padding: at scale 0 every coefficient fits 16 bits, at
 * scales 1..3 it needs 32 (spec/adm.md sections 3.3, 3.4 and 6).
 */

/** The three detail bands of one scale, each `width * height`, row after row. */
export interface DetailBands {
  readonly width: number;
  readonly height: number;
  /** High vertical, low horizontal. */
  readonly h: Int32Array;
  /** Low vertical, high horizontal. */
  readonly v: Int32Array;
  /** High in both directions. */
  readonly d: Int32Array;
}

/** The four bands of one scale; `a`, low in both directions, is the next scale's input. */
export interface WaveletBands extends DetailBands {
  readonly a: Int32Array;
}

/** Zeroed detail bands. */
export const createDetailBands = (width: number, height: number): DetailBands => {
  const samples = width * height;
  return {
    width,
    height,
    h: new Int32Array(samples),
    v: new Int32Array(samples),
    d: new Int32Array(samples),
  };
};

/** Zeroed wavelet bands. */
export const createWaveletBands = (width: number, height: number): WaveletBands => ({
  ...createDetailBands(width, height),
  a: new Int32Array(width * height),
});

/** One value for each detail band, in the order `h`, `v`, `d`. */
export type PerBand<A> = readonly [h: A, v: A, d: A];
