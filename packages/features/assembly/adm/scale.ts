/**
 * What the host writes down about one scale before the first frame: sizes,
 * places of buffers, constants. The order of the fields is that of `FIELDS`
 * in src/wasm/adm-layout.ts; each is a 32-bit word.
 */
@unmanaged
export class Scale {
  /** 0..3. */
  index: i32;
  /** Bits of a sample; used at scale 0. */
  bitDepth: i32;
  /** The picture at scale 0, band a of the scale before above. */
  input: usize;
  /** Bytes from one row to the next. */
  inputStride: i32;
  /** Row `y` lies in place `y & inputRing`. */
  inputRing: i32;
  /** Bytes from an input's upper words to its lower ones; used at scales 2 and 3. */
  inputPart: i32;
  inputWidth: i32;
  inputHeight: i32;
  /** Size of a band. */
  width: i32;
  height: i32;
  /** Rows that are decoupled, `from <= y < to`: the crop region and one more on each side. */
  fromRow: i32;
  toRow: i32;
  /** Columns that are decoupled, widened to whole vectors. */
  fromColumn: i32;
  toColumn: i32;
  /** The crop region. */
  left: i32;
  top: i32;
  right: i32;
  bottom: i32;
  /** Band a, the next scale's input. */
  output: usize;
  outputStride: i32;
  outputPart: i32;
  /** Detail bands of the reference: for each decoupled row h, v, d, `bandBytes` each. */
  reference: usize;
  /** Bytes of a band's row. */
  bandBytes: i32;
  /** Low and high line, `linePart` from upper to lower words. */
  lowLine: usize;
  highLine: usize;
  linePart: i32;
  /** Scratch: three rows of `bandBytes`, one of 32-bit samples. */
  distorted: usize;
  flags: usize;
  /** Two rows of three bands, for even and odd rows, 32-bit samples. */
  restored: usize;
  additive: usize;
  /** Scratch: rows of `sumBytes`, one spread, three column sums, two centres; then the same for AIM. */
  sums: usize;
  sumBytes: i32;
  threshold: usize;
  /** Ones inside the crop columns, as wide as a band's samples. */
  mask: usize;
  /** Factors F: of h and v, of d. Scale 0: as two words that add up to it. */
  factorHv: i32;
  factorD: i32;
  /** Shifts of the numerator: of one value of h and v, of d, of a row. */
  shiftHv: i32;
  shiftD: i32;
  shiftRow: i32;
  /** Shifts of the denominator: of one value, of a row. */
  shiftDen: i32;
  shiftDenRow: i32;
  /** Nine 64-bit totals: h, v, d of denominator, numerator, AIM. */
  totals: usize;
}
