/**
 * Where the ADM kernel keeps what it needs: the memory map of one picture size
 * and the words that describe each scale to the kernel (the fields of `Scale`
 * in assembly/adm/scale.ts, in the same order).
 */
import type { PerScale } from '../adm/combine.js';
import type { CsfScale } from '../adm/csf.js';
import type { AdmOptions } from '../adm/options.js';
import { ceilLog2 } from '../adm/powers.js';
import { cropRegion, type CropRegion } from '../adm/regions.js';

const FIELDS = [
  ...['index', 'bitDepth'],
  ...['input', 'inputStride', 'inputRing', 'inputPart', 'inputWidth', 'inputHeight'],
  ...['width', 'height', 'fromRow', 'toRow', 'fromColumn', 'toColumn'],
  ...['left', 'top', 'right', 'bottom'],
  ...['output', 'outputStride', 'outputPart', 'reference', 'bandBytes'],
  ...['lowLine', 'highLine', 'linePart'],
  ...['distorted', 'flags', 'restored', 'additive', 'sums', 'sumBytes', 'threshold', 'mask'],
  ...['factorHv', 'factorD'],
  ...['shiftHv', 'shiftD', 'shiftRow', 'shiftDen', 'shiftDenRow', 'totals'],
] as const;

/** 64-bit totals of a scale: three bands of denominator, numerator, AIM. */
export const TOTALS = 9;

/** One scale as the host sees it. */
export interface ScaleLayout {
  /** Address of the kernel's description of the scale. */
  readonly description: number;
  /** Words of the description. */
  readonly words: Int32Array;
  /** Address of the {@link TOTALS} totals. */
  readonly totals: number;
  /** Address of the mask: 0 outside the crop columns, all bits set inside. */
  readonly mask: number;
  /** Bytes of one position of the mask and of a band. */
  readonly sampleBytes: 2 | 4;
  /** Rows of a band. */
  readonly height: number;
  readonly region: CropRegion;
  /** Binary exponents of the sums' units. */
  readonly shifts: ScaleShifts;
}

/** How far the sums of one scale are shifted. */
export interface ScaleShifts {
  readonly hv: number;
  readonly d: number;
  readonly row: number;
  readonly den: number;
  readonly denRow: number;
}

/** Memory of a kernel. */
export interface AdmLayout {
  /** Bytes needed, from address 0. */
  readonly bytes: number;
  /** Where rows of the picture go: a ring, for they are read soon after. */
  readonly picture: PictureRing;
  readonly scales: PerScale<ScaleLayout>;
}

/** Room for some rows of a picture: row `y` lies in place `y % rows`. */
export interface PictureRing {
  readonly at: number;
  /** A power of two. */
  readonly rows: number;
  /** Samples from one row to the next. */
  readonly stride: number;
}

/**
 * Rows of the ring, and band rows that are transformed at a time: these read
 * three rows more than twice their number. What has been copied is still in
 * the cache when it is read.
 */
const RING = 64;
export const STRIP = 30;

const up = (n: number, unit: number): number => Math.ceil(n / unit) * unit;

/** Addresses from `base` on, in multiples of 64, with room around each for what vectors overrun. */
const bump = (base: number): { take(bytes: number): number; readonly end: number } => {
  let end = up(base, 64);
  return {
    take(bytes) {
      const at = end + 64;
      end = up(at + bytes + 64, 64);
      return at;
    },
    get end() {
      return end;
    },
  };
};

type Bump = ReturnType<typeof bump>;

/** A plane of the kernel's: an input or output of a scale. */
interface Samples {
  readonly at: number;
  readonly stride: number;
  readonly part: number;
  /** Row `y` lies in place `y & ring`. */
  readonly ring: number;
  readonly width: number;
  readonly height: number;
}

/** Lays out memory from `base` on for pictures of `width` x `height`. */
export const admLayout = (
  base: number,
  width: number,
  height: number,
  bitDepth: number,
  csf: PerScale<CsfScale>,
  options: AdmOptions,
): AdmLayout => {
  const memory = bump(base);
  const stride = up(width, 16);
  const bytes = bitDepth === 8 ? 1 : 2;
  const picture: Samples = {
    at: memory.take(stride * RING * bytes),
    stride: stride * bytes,
    part: 0,
    ring: RING - 1,
    width,
    height,
  };
  const shared = scratchOf(memory, width);
  const scale = (index: 0 | 1 | 2 | 3, input: Samples): [ScaleLayout, Samples] => {
    const output = outputOf(memory, index, input);
    const skipped = index === 0 && options.skipScale0;
    const layout = scaleLayout(
      memory,
      shared,
      { index, bitDepth, skipped },
      input,
      output,
      csf[index],
    );
    return [layout, output];
  };
  const [scale0, a0] = scale(0, picture);
  const [scale1, a1] = scale(1, a0);
  const [scale2, a2] = scale(2, a1);
  const [scale3] = scale(3, a2);
  return {
    bytes: memory.end,
    picture: { at: picture.at, rows: RING, stride },
    scales: [scale0, scale1, scale2, scale3],
  };
};

/** Rows that all scales use in turn, made for scale 0: its bands have twice the columns of the next. */
interface Scratch {
  readonly lowLine: number;
  readonly highLine: number;
  readonly linePart: number;
  readonly distorted: number;
  readonly flags: number;
  readonly restored: number;
  readonly additive: number;
  readonly sums: number;
  readonly sumBytes: number;
  readonly threshold: number;
}

const scratchOf = (memory: Bump, width: number): Scratch => {
  // Lines hold 16-bit words, in two parts above scale 0, where they are half as long.
  const linePart = up(2 * width, 64) + 64;
  // A band's row has 16-bit samples at scale 0 and half as many of 32 bits above; parts
  // have 32 bits everywhere.
  const row = up(4 * up(Math.ceil(width / 2), 8), 64) + 64;
  const sumBytes = up(4 * Math.ceil(width / 2), 64) + 128;
  return {
    lowLine: memory.take(2 * linePart),
    highLine: memory.take(2 * linePart),
    linePart,
    distorted: memory.take(3 * row),
    flags: memory.take(row),
    restored: memory.take(6 * row),
    additive: memory.take(6 * row),
    sums: memory.take(12 * sumBytes),
    sumBytes,
    threshold: memory.take(sumBytes),
  };
};

const outputOf = (memory: Bump, index: number, input: Samples): Samples => {
  const width = Math.ceil(input.width / 2);
  const height = Math.ceil(input.height / 2);
  const part = up(2 * width, 16);
  // Above scale 0 each row has its lower words behind its upper ones.
  const stride = index === 0 ? part : 2 * part;
  return { at: memory.take(stride * height), stride, part, ring: -1, width, height };
};

const scaleLayout = (
  memory: Bump,
  scratch: Scratch,
  { index, bitDepth, skipped }: { index: number; bitDepth: number; skipped: boolean },
  input: Samples,
  output: Samples,
  { factor }: CsfScale,
): ScaleLayout => {
  const { width, height } = output;
  const region = cropRegion(width, height);
  const { left, top, right, bottom } = region;
  const sampleBytes = index === 0 ? 2 : 4;
  const bandBytes = up(width, 8) * sampleBytes;
  const fromRow = skipped ? height : Math.max(0, top - 1);
  const toRow = skipped ? height : Math.min(height, bottom + 1);
  const shifts = shiftsOf(index, width, height, region);
  const mask = memory.take(bandBytes);
  const totals = memory.take(8 * TOTALS);
  const first = index === 0;
  const fields: Readonly<Record<(typeof FIELDS)[number], number>> = {
    ...scratch,
    ...{ index, bitDepth, width, height, fromRow, toRow, top, left, right },
    input: input.at,
    inputStride: input.stride,
    inputRing: input.ring,
    inputPart: input.part,
    inputWidth: input.width,
    inputHeight: input.height,
    fromColumn: Math.max(0, left - 1) & ~7,
    toColumn: up(Math.min(width, right + 1), 8),
    // A skipped scale has no row that counts.
    bottom: skipped ? 0 : bottom,
    output: output.at,
    outputStride: output.stride,
    outputPart: output.part,
    reference: memory.take(3 * bandBytes * (toRow - fromRow)),
    bandBytes,
    mask,
    factorHv: first ? halves(factor[0]) : factor[0],
    factorD: first ? halves(factor[2]) : factor[2],
    shiftHv: shifts.hv,
    shiftD: shifts.d,
    shiftRow: shifts.row,
    shiftDen: shifts.den,
    shiftDenRow: shifts.denRow,
    totals,
  };
  const words = Int32Array.from(FIELDS, (field) => fields[field]);
  const description = memory.take(4 * FIELDS.length);
  return { description, words, totals, mask, sampleBytes, height, region, shifts };
};

/** A number of up to 16 bits as two signed words, side by side, that add up to it. */
const halves = (factor: number): number => (factor >> 1) | ((factor - (factor >> 1)) << 16);

/** Sections 8 and 9.3 of spec/adm.md: crop size for the denominator, band size for the numerator. */
const shiftsOf = (
  index: number,
  width: number,
  height: number,
  { left, top, right, bottom, area }: CropRegion,
): ScaleShifts => {
  const columns = ceilLog2(width);
  const row = ceilLog2(height);
  if (index > 0) {
    return {
      ...{ hv: columns, d: columns, row },
      den: ceilLog2(right - left),
      denRow: ceilLog2(bottom - top),
    };
  }
  const denRow = Math.max(0, ceilLog2(area) - 20);
  return { hv: columns - 4, d: columns - 3, row, den: 0, denRow };
};
