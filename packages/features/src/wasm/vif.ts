/**
 * VIF on WebAssembly: the integers and values of `vif/vif.ts`. This side lays
 * out the pictures and their smaller scales in the kernel's memory, copies
 * samples in and combines the sums; the filters and the statistic are in
 * assembly/vif.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import type { PairKernel } from '../backends/kernels.js';
import { requireSize } from '../plane/samples.js';
import { combine } from '../vif/accumulate.js';
import { radiusOf, TAPS, type Scale } from '../vif/filters.js';
import { LOG_FIRST, LOG_TABLE } from '../vif/log-table.js';
import { scaleSize } from '../vif/pyramid.js';
import {
  VIF_DEFAULTS,
  VIF_MINIMUM,
  type VifOptions,
  type VifResult,
  type VifScale,
} from '../vif/vif.js';
import { growTo } from './module.js';
import { copyRows, requirePlane } from './rows.js';

/** What assembly/vif/index.ts exports; its docblocks say what each does. */
interface VifExports {
  readonly memory: WebAssembly.Memory;
  free(): number;
  logSteps(): number;
  sums(): number;
  unpack8(
    packed: number,
    plane: number,
    pitch: number,
    width: number,
    height: number,
    radius: number,
  ): void;
  unpack16(
    packed: number,
    plane: number,
    pitch: number,
    width: number,
    height: number,
    radius: number,
    shift: number,
  ): void;
  extend(plane: number, pitch: number, width: number, height: number, radius: number): void;
  shrink8: Shrink;
  shrink16: Shrink;
  compare8: Compare;
  compare16: Compare;
}

type Shrink = (
  scale: number,
  source: number,
  pitch: number,
  width: number,
  height: number,
  line: number,
  target: number,
  targetPitch: number,
) => void;

type Compare = (
  scale: number,
  reference: number,
  distorted: number,
  pitch: number,
  width: number,
  height: number,
  gainLimit: number,
) => void;

/** Samples in front of a row: the widest filter's radius. */
const LEFT = 8;

/** Samples behind a row: that radius, and what vectors read or write beyond it. */
const RIGHT = 40;

/** A plane of one scale in the kernel's memory. */
interface Layout {
  readonly width: number;
  readonly height: number;
  /** Bytes per sample. */
  readonly bytes: 1 | 2;
  /** Bytes from row to row. */
  readonly pitch: number;
  /** Bytes from the start of the picture's memory to the first sample. */
  readonly first: number;
  /** Bytes from the start of the picture's memory to the plane's end. */
  readonly end: number;
}

/** Scales 0..3 of one picture, one behind the other. */
const layOut = (width: number, height: number, bitDepth: BitDepth): readonly Layout[] => {
  const planes: Layout[] = [];
  let start = 0;
  for (const scale of [0, 1, 2, 3]) {
    const size = scaleSize(width, height, scale);
    const bytes = scale === 0 && bitDepth === 8 ? 1 : 2;
    const pitch = roundUp((LEFT + size.width + RIGHT) * bytes);
    const end = roundUp(start + size.height * pitch + 64);
    planes.push({ ...size, bytes, pitch, first: start + LEFT * bytes, end });
    start = end;
  }
  return planes;
};

/** To whole vectors. */
const roundUp = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/**
 * What a logarithm of the table `vif/log-table.ts` has on top of the leading
 * 11 bits of its argument, by the leading 15 bits: 0..177 in units of 1/2048.
 */
const logSteps = (): Uint8Array =>
  Uint8Array.from(
    { length: 32768 },
    (_, i) => (LOG_TABLE[32768 + i - LOG_FIRST] as number) - 2048 * 15 - (i >> 4),
  );

const SKIPPED: VifScale = {
  vif: 0,
  num: 0,
  den: -1,
  sums: { numLog: 0, denLog: 0, numLin: 0, cntLin: 0 },
};

/**
 * Makes a VIF kernel for pictures of `width` by `height` samples.
 * @param module the compiled assembly/vif.
 * @throws BadGeometry (as an exception) below 16 samples; RangeError where the
 * engine has not enough memory.
 */
export const createWasmVif = (
  module: WebAssembly.Module,
  width: number,
  height: number,
  bitDepth: BitDepth,
  options: VifOptions = VIF_DEFAULTS,
): PairKernel<VifResult> => {
  requireSize('VIF', VIF_MINIMUM, width, height);
  // The compiler's own declaration of what the module exports is this interface.
  const kernel = new WebAssembly.Instance(module).exports as unknown as VifExports;
  const planes = layOut(width, height, bitDepth);
  const plane = (scale: Scale): Layout => planes[scale] as Layout;
  const picture = plane(3).end;
  const ofReference = roundUp(kernel.free());
  const ofDistorted = ofReference + picture;
  const line = ofDistorted + picture;
  growTo(kernel.memory, line + 2 * (width + 128));
  const { buffer } = kernel.memory;
  new Uint8Array(buffer).set(logSteps(), kernel.logSteps());
  const results = new Float64Array(buffer, kernel.sums(), 4);

  /** Samples of scale 0 with their margins, and the smaller scales. */
  const fill = (start: number, source: Plane): void => {
    const { bytes, pitch, first } = plane(0);
    const at = start + first;
    // Packed at the plane's end, from where the kernel moves them to their places.
    const packed = at + height * (pitch - width * bytes);
    const view = bytes === 1 ? Uint8Array : Uint16Array;
    copyRows(source, 0, height, new view(buffer, packed, width * height));
    if (bytes === 1) kernel.unpack8(packed, at, pitch, width, height, LEFT);
    else kernel.unpack16(packed, at, pitch, width, height, LEFT, 16 - bitDepth);
    for (const scale of [1, 2, 3] as const) {
      shrink(start, (scale - 1) as 0 | 1 | 2);
      const next = plane(scale);
      const radius = radiusOf(TAPS[scale]);
      kernel.extend(start + next.first, next.pitch, next.width, next.height, radius);
    }
  };

  const shrink = (start: number, scale: 0 | 1 | 2): void => {
    const { bytes, pitch, first, ...size } = plane(scale);
    const next = plane((scale + 1) as Scale);
    const run = bytes === 1 ? kernel.shrink8 : kernel.shrink16;
    const target = start + next.first;
    run(scale + 1, start + first, pitch, size.width, size.height, line, target, next.pitch);
  };

  const compareScale = (scale: Scale): VifScale => {
    const { bytes, pitch, first, ...size } = plane(scale);
    const run = bytes === 1 ? kernel.compare8 : kernel.compare16;
    const [reference, distorted] = [ofReference + first, ofDistorted + first];
    run(scale, reference, distorted, pitch, size.width, size.height, options.gainLimit);
    const [numLog, denLog, numLin, cntLin] = results as unknown as [number, number, number, number];
    const sums = { numLog, denLog, numLin, cntLin };
    const { num, den } = combine(sums);
    return { vif: Math.fround(num / den), num, den, sums };
  };

  const compare = (distorted: Plane): VifResult => {
    requirePlane(distorted, width, height);
    fill(ofDistorted, distorted);
    const scales = [
      options.skipScale0 ? SKIPPED : compareScale(0),
      compareScale(1),
      compareScale(2),
      compareScale(3),
    ] as const;
    const counted: readonly VifScale[] = options.skipScale0 ? scales.slice(1) : scales;
    const num = counted.reduce((sum, scale) => sum + scale.num, 0);
    const den = counted.reduce((sum, scale) => sum + scale.den, 0);
    return { scales, num, den, vif: den === 0 ? 1 : num / den };
  };

  return {
    prepare(reference) {
      requirePlane(reference, width, height);
      fill(ofReference, reference);
      return compare;
    },
  };
};
