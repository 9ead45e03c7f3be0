/**
 * VIF on WebAssembly: the integers and values of `vif/vif.ts`. This side lays
 * out the pictures and their smaller scales in the kernel's memory, feeds all
 * of them in bands of rows and combines the sums; the filters and the statistic
 * are in assembly/vif. Of a picture no more than a few bands are in memory.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { overPresent, type PairKernel } from '../backends/kernels.js';
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

/** What assembly/vif exports; its docblocks say what each does. Addresses of scales are those of descriptions. */
interface VifExports {
  readonly memory: WebAssembly.Memory;
  free(): number;
  logSteps(): number;
  stripColumns(): number;
  ringBytes(): number;
  take8(scale: number, picture: number, from: number, to: number, packed: number): void;
  take16(
    scale: number,
    picture: number,
    from: number,
    to: number,
    packed: number,
    shift: number,
  ): void;
  shrink8: Shrink;
  shrink16: Shrink;
  compare8: Compare;
  compare16: Compare;
}

type Shrink = (
  scale: number,
  next: number,
  picture: number,
  from: number,
  to: number,
  line: number,
) => void;

type Compare = (scale: number, count: number, from: number, to: number) => void;

/** Samples in front of a row: the widest filter's radius. */
const LEFT = 8;

/** Samples behind a row: that radius, and what vectors read or write beyond it. */
const RIGHT = 40;

/** Rows of a picture that come into the kernel's memory at a time. */
const BAND = 32;

/** Rows of each scale that stay there, a power of two: a band, and what the filters still need of earlier ones. */
const ROWS = 64;

/** Distorted pictures that are compared at a time; their prepared rows have to fit a second-level cache. */
const MOST = 4;

/** Bytes of the description of a scale. */
const DESCRIPTION = 48;

/** Sums of a scale and picture, 64 bits each. */
const SUMS = 4;

/** One scale in the kernel's memory. */
interface Layout {
  readonly scale: Scale;
  readonly width: number;
  readonly height: number;
  /** Bytes per sample. */
  readonly bytes: 1 | 2;
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

/** Scales 0..3 of one picture, one behind the other. */
const layOut = (
  width: number,
  height: number,
  bitDepth: BitDepth,
  stripColumns: number,
  ringBytes: number,
): readonly Layout[] => {
  const planes: Layout[] = [];
  let start = 0;
  for (const scale of [0, 1, 2, 3] as const) {
    const size = scaleSize(width, height, scale);
    const bytes = scale === 0 && bitDepth === 8 ? 1 : 2;
    const pitch = roundUp((LEFT + size.width + RIGHT) * bytes, 16);
    // Strips of about one width.
    const columns = roundUp(size.width / Math.ceil(size.width / stripColumns), 64);
    const rings = start + ROWS * pitch + 64;
    const end = rings + Math.ceil(size.width / columns) * ringBytes;
    planes.push({ scale, ...size, bytes, pitch, columns, plane: start + LEFT * bytes, rings, end });
    start = end;
  }
  return planes;
};

/** To whole units. */
const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

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
  const scales = layOut(width, height, bitDepth, kernel.stripColumns(), kernel.ringBytes());
  const scaleOf = (scale: Scale): Layout => scales[scale] as Layout;
  const descriptions = roundUp(kernel.free(), 16);
  const sumsAt = descriptions + 4 * DESCRIPTION;
  const line = sumsAt + 4 * MOST * SUMS * 8;
  const packed = line + roundUp(2 * (width + 128), 16);
  const pictures = packed + roundUp(BAND * width * scaleOf(0).bytes + 16, 16);
  const apart = scaleOf(3).end;
  const memory = pictureMemory(kernel.memory, pictures, apart, packed, BAND * width, bitDepth);
  memory.hold(2);
  new Uint8Array(kernel.memory.buffer).set(logSteps(), kernel.logSteps());
  for (const { scale, ...at } of scales) {
    const start = descriptions + scale * DESCRIPTION;
    new Int32Array(kernel.memory.buffer, start, 10).set([
      ...[scale, at.width, at.height, ROWS - 1],
      ...[at.pitch, pictures + at.plane, pictures + at.rings, apart, at.columns],
      sumsAt + scale * MOST * SUMS * 8,
    ]);
    new Float64Array(kernel.memory.buffer, start + 40, 1)[0] = options.gainLimit;
  }

  /** Rows of each scale that are there, and of those that are compared. */
  const there = [0, 0, 0, 0];
  const compared = [0, 0, 0, 0];

  /** Goes on with a scale as far as its first `rows` rows allow. */
  const advance = (scale: Scale, rows: number, count: number): void => {
    const { bytes, height: all } = scaleOf(scale);
    const at = descriptions + scale * DESCRIPTION;
    const done = compared[scale] as number;
    there[scale] = rows;
    // Two rows at a time, for which those within the filter's radius are needed.
    const radius = radiusOf(TAPS[scale]);
    const ready = rows === all ? all : Math.max(done, (rows - radius) & ~1);
    compared[scale] = ready;
    if (ready > done && !(scale === 0 && options.skipScale0)) {
      (bytes === 1 ? kernel.compare8 : kernel.compare16)(at, count, done, ready);
    }
    if (scale === 3) return;
    const next = (scale + 1) as Scale;
    const from = there[next] as number;
    const { height: half } = scaleOf(next);
    const to = rows === all ? half : Math.max(from, (rows - radiusOf(TAPS[next]) + 1) >> 1);
    const shrink = bytes === 1 ? kernel.shrink8 : kernel.shrink16;
    for (let picture = 0; picture <= count; picture++) {
      shrink(at, at + DESCRIPTION, picture, from, to, line);
    }
    advance(next, to, count);
  };

  const compareSome = (reference: Plane, distorted: readonly Plane[]): readonly VifResult[] => {
    memory.hold(1 + distorted.length);
    const sums = new BigInt64Array(kernel.memory.buffer, sumsAt, 4 * MOST * SUMS).fill(0n);
    there.fill(0);
    compared.fill(0);
    for (let from = 0; from < height; from += BAND) {
      const to = Math.min(from + BAND, height);
      for (const [picture, plane] of [reference, ...distorted].entries()) {
        copyRows(plane, from, to - from, memory.packed());
        if (bitDepth === 8) kernel.take8(descriptions, picture, from, to, packed);
        else kernel.take16(descriptions, picture, from, to, packed, 16 - bitDepth);
      }
      advance(0, to, distorted.length);
    }
    return distorted.map((_, k) =>
      resultOf(
        (scale) => sums.subarray((scale * MOST + k) * SUMS, (scale * MOST + k + 1) * SUMS),
        options,
      ),
    );
  };

  return {
    compareAll(reference, distorted) {
      for (const plane of [reference, ...distorted]) {
        if (plane !== undefined) requirePlane(plane, width, height);
      }
      return overPresent(distorted, (present) => {
        const results: VifResult[] = [];
        for (let k = 0; k < present.length; k += MOST) {
          results.push(...compareSome(reference, present.slice(k, k + MOST)));
        }
        return results;
      });
    },
  };
};

/** The kernel's memory, which grows with the number of pictures that it has to hold. */
const pictureMemory = (
  memory: WebAssembly.Memory,
  pictures: number,
  apart: number,
  packed: number,
  samples: number,
  bitDepth: BitDepth,
): { hold(count: number): void; packed(): Uint8Array | Uint16Array } => {
  let rows: Uint8Array | Uint16Array = new Uint8Array(0);
  return {
    hold(count) {
      growTo(memory, pictures + count * apart);
      const view = bitDepth === 8 ? Uint8Array : Uint16Array;
      if (rows.buffer !== memory.buffer) rows = new view(memory.buffer, packed, samples);
    },
    packed: () => rows,
  };
};

/** Values from sums. A sum beyond 2^53 is rounded once. */
const resultOf = (sumsOf: (scale: Scale) => BigInt64Array, options: VifOptions): VifResult => {
  const valueOf = (scale: Scale): VifScale => {
    const [numLog = 0, denLog = 0, numLin = 0, cntLin = 0] = Array.from(sumsOf(scale), Number);
    const sums = { numLog, denLog, numLin, cntLin };
    const { num, den } = combine(sums);
    return { vif: Math.fround(num / den), num, den, sums };
  };
  const scales = [
    options.skipScale0 ? SKIPPED : valueOf(0),
    valueOf(1),
    valueOf(2),
    valueOf(3),
  ] as const;
  const counted: readonly VifScale[] = options.skipScale0 ? scales.slice(1) : scales;
  const num = counted.reduce((sum, scale) => sum + scale.num, 0);
  const den = counted.reduce((sum, scale) => sum + scale.den, 0);
  return { scales, num, den, vif: den === 0 ? 1 : num / den };
};
