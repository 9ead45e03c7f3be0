/**
 * Where things lie in the memory of the VIF kernel. Of each scale of a picture
 * there are some rows and, for each strip of columns, the rings of rows that are
 * prepared for filtering; the next picture has the same, further on.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Scale } from '../vif/filters.js';
import { scaleSize } from '../vif/pyramid.js';

/** Rows of a picture that come into the kernel's memory at a time. */
export const BAND = 32;

/**
 * Distorted pictures that are compared at a time. The prepared rows of a strip
 * of four and their reference, 0.5 MB at 8 bits and 1 MB above, fit many a
 * second-level cache.
 */
export const MOST = 4;

/** Sums of a scale and picture, 64 bits each: numLog, denLog, numLin, cntLin. */
export const SUMS = 4;

/** Rows of each scale that stay, a power of two: a band, and what filters need of earlier ones, at most 20. */
const ROWS = 64;

/** Samples in front of a row: the widest filter's radius. */
const LEFT = 8;

/** Samples behind a row: that radius, and what vectors read or write beyond it. */
const RIGHT = 40;

/** Bytes of the description of a scale; assembly/vif/scale.ts has its fields. */
const DESCRIPTION = 48;

/** Bytes from its start to the gain limit, which is a binary64. */
const GAIN_LIMIT = 40;

/** One scale. */
export interface VifScaleLayout {
  readonly width: number;
  readonly height: number;
  /** Bytes per sample. */
  readonly bytes: 1 | 2;
  /** Address of its description. */
  readonly description: number;
  /** Bytes from row to row. */
  readonly pitch: number;
  /** Output columns of a strip. */
  readonly columns: number;
  /** Bytes from the start of a picture's memory to the first sample. */
  readonly plane: number;
  /** Bytes from there to the rings of prepared rows. */
  readonly rings: number;
  /** Bytes from there to the end of the scale. */
  readonly end: number;
}

/** All of it; addresses in bytes. */
export interface VifLayout {
  readonly scales: readonly [VifScaleLayout, VifScaleLayout, VifScaleLayout, VifScaleLayout];
  /** {@link SUMS} of scale 0 and the first distorted picture, then of {@link MOST} pictures and 4 scales. */
  readonly sums: number;
  /** A line for the making of smaller scales. */
  readonly line: number;
  /** {@link BAND} packed rows, and 16 bytes. */
  readonly packed: number;
  /** The reference's memory. */
  readonly pictures: number;
  /** Bytes from picture to picture. */
  readonly apart: number;
}

/** What the kernel says about itself. */
export interface VifGeometry {
  /** First free address. */
  free(): number;
  /** Output columns of a strip at most. */
  stripColumns(): number;
  /** Bytes of the rings of one picture in one strip. */
  ringBytes(): number;
}

/** To whole units. */
const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/** Lays out the memory for pictures of a size. */
export const vifLayout = (
  kernel: VifGeometry,
  width: number,
  height: number,
  bitDepth: BitDepth,
): VifLayout => {
  const descriptions = roundUp(kernel.free(), 64);
  const layOut = (scale: Scale, start: number): VifScaleLayout => {
    const size = scaleSize(width, height, scale);
    const bytes = scale === 0 && bitDepth === 8 ? 1 : 2;
    const pitch = roundUp((LEFT + size.width + RIGHT) * bytes, 16);
    // Strips of about one width.
    const strips = Math.ceil(size.width / kernel.stripColumns());
    const columns = roundUp(size.width / strips, 64);
    const rings = start + ROWS * pitch + 64;
    const end = rings + strips * kernel.ringBytes();
    const description = descriptions + scale * DESCRIPTION;
    const plane = start + LEFT * bytes;
    return { ...size, bytes, description, pitch, columns, plane, rings, end };
  };
  const first = layOut(0, 0);
  const second = layOut(1, first.end);
  const third = layOut(2, second.end);
  const last = layOut(3, third.end);
  const sums = descriptions + 4 * DESCRIPTION;
  const line = sums + 4 * MOST * SUMS * 8;
  const packed = roundUp(line + 2 * (width + 128), 16);
  const pictures = roundUp(packed + BAND * width * first.bytes + 16, 64);
  return { scales: [first, second, third, last], sums, line, packed, pictures, apart: last.end };
};

/** Bytes of memory for a reference and `distorted` pictures. */
export const bytesFor = ({ pictures, apart }: VifLayout, distorted: number): number =>
  pictures + (1 + distorted) * apart;

/** Writes what the kernel has to know about each scale. */
export const describe = (layout: VifLayout, buffer: ArrayBuffer, gainLimit: number): void => {
  for (const scale of [0, 1, 2, 3] as const) {
    const { description, width, height, pitch, plane, rings, columns } = layout.scales[scale];
    const { pictures, apart, sums } = layout;
    new Int32Array(buffer, description, GAIN_LIMIT / 4).set([
      ...[scale, width, height, ROWS - 1, pitch],
      ...[pictures + plane, pictures + rings, apart, columns],
      sums + scale * MOST * SUMS * 8,
    ]);
    new Float64Array(buffer, description + GAIN_LIMIT, 1)[0] = gainLimit;
  }
};
