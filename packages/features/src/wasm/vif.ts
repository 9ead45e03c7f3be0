/**
 * VIF on WebAssembly: the integers and values of `vif/vif.ts`. This side lays
 * out the kernel's memory, feeds the reference and several distorted pictures
 * in bands of rows, has each scale go on as far as its rows allow and combines
 * the sums; the filters and the statistic are in assembly/vif.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { overPresent, type PairKernel } from '../backends/kernels.js';
import { requireSize } from '../plane/samples.js';
import { combine } from '../vif/accumulate.js';
import { radiusOf, TAPS, type Scale } from '../vif/filters.js';
import { LOG_FIRST, LOG_TABLE } from '../vif/log-table.js';
import {
  VIF_DEFAULTS,
  VIF_MINIMUM,
  type VifOptions,
  type VifResult,
  type VifScale,
} from '../vif/vif.js';
import { growTo } from './module.js';
import { copyRows, requirePlane } from './rows.js';
import { BAND, bytesFor, describe, MOST, SUMS, vifLayout, type VifGeometry } from './vif-layout.js';

/** What assembly/vif exports; its docblocks say what each does. Addresses of scales are those of descriptions. */
interface VifExports extends VifGeometry {
  readonly memory: WebAssembly.Memory;
  logSteps(): number;
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
  const layout = vifLayout(kernel, width, height, bitDepth);
  growTo(kernel.memory, bytesFor(layout, 1));
  new Uint8Array(kernel.memory.buffer).set(logSteps(), kernel.logSteps());
  describe(layout, kernel.memory.buffer, options.gainLimit);

  /** Rows of each scale that are there, and of those that are compared. */
  const there = [0, 0, 0, 0];
  const compared = [0, 0, 0, 0];

  /** Goes on with a scale as far as its first `rows` rows allow. */
  const advance = (scale: Scale, rows: number, count: number): void => {
    const { description: at, bytes, height: all } = layout.scales[scale];
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
    const { description, height: half } = layout.scales[next];
    const to = rows === all ? half : Math.max(from, (rows - radiusOf(TAPS[next]) + 1) >> 1);
    const shrink = bytes === 1 ? kernel.shrink8 : kernel.shrink16;
    for (let picture = 0; picture <= count; picture++) {
      shrink(at, description, picture, from, to, layout.line);
    }
    advance(next, to, count);
  };

  const take = (picture: number, from: number, to: number): void => {
    const [{ description }] = layout.scales;
    if (bitDepth === 8) kernel.take8(description, picture, from, to, layout.packed);
    else kernel.take16(description, picture, from, to, layout.packed, 16 - bitDepth);
  };

  const compareSome = (reference: Plane, distorted: readonly Plane[]): readonly VifResult[] => {
    growTo(kernel.memory, bytesFor(layout, distorted.length));
    const { buffer } = kernel.memory;
    const sums = new BigInt64Array(buffer, layout.sums, 4 * MOST * SUMS).fill(0n);
    const view = bitDepth === 8 ? Uint8Array : Uint16Array;
    const packed = new view(buffer, layout.packed, BAND * width);
    there.fill(0);
    compared.fill(0);
    for (let from = 0; from < height; from += BAND) {
      const to = Math.min(from + BAND, height);
      for (const [picture, plane] of [reference, ...distorted].entries()) {
        copyRows(plane, from, to - from, packed);
        take(picture, from, to);
      }
      advance(0, to, distorted.length);
    }
    return distorted.map((_, k) => {
      const sumsOf = (scale: Scale): BigInt64Array => {
        const first = (scale * MOST + k) * SUMS;
        return sums.subarray(first, first + SUMS);
      };
      return resultOf(sumsOf, options);
    });
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
