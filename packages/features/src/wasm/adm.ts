/**
 * ADM on WebAssembly: the sums of `adm/adm.ts`, the same integers, and the
 * values made from them by the same code. Each picture is copied into the
 * kernel's memory once.
 */
import { TinyVmafException, unwrap } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { ADM_MIN_SIZE, type AdmResult } from '../adm/adm.js';
import type { PerBand } from '../adm/bands.js';
import type { PerScale } from '../adm/combine.js';
import { csfScales, type CsfScales } from '../adm/csf.js';
import type { AdmOptions } from '../adm/options.js';
import type { PairKernel } from '../backends/kernels.js';
import { requireSize } from '../plane/samples.js';
import {
  admLayout,
  STRIP,
  TOTALS,
  type AdmLayout,
  type PictureRing,
  type ScaleLayout,
} from './adm-layout.js';
import {
  denominatorOf,
  NOTHING,
  numeratorOf,
  resultOf,
  SKIPPED_DENOMINATOR,
  type Pooled,
} from './adm-values.js';
import { growTo } from './module.js';
import { requirePlane } from './rows.js';

/** What assembly/adm/index.ts exports; its docblocks say what each does. */
interface AdmExports {
  readonly memory: WebAssembly.Memory;
  base(): number;
  reference(scale: number, from: number, to: number): void;
  distorted(scale: number, from: number, to: number, gain: number, aim: boolean): void;
}

/**
 * Largest factors of scale 0 for which the kernel's 16-bit steps are proven;
 * those of the closest viewing distance, which all others stay below.
 */
const LARGEST_FACTORS: PerBand<number> = [36453, 36453, 49417];

/** Largest factor above: with it weighing makes no magnitude larger. */
const LARGEST_UPPER_FACTOR = 2 ** 28;

/**
 * Makes an ADM kernel.
 * @param module the compiled assembly/adm.
 * @throws BadGeometry (as an exception) below {@link ADM_MIN_SIZE}, and what
 * `checkAdmOptions` finds; RangeError where the engine has not enough memory.
 */
export const createWasmAdm = (
  module: WebAssembly.Module,
  width: number,
  height: number,
  bitDepth: number,
  options: AdmOptions,
): PairKernel<AdmResult> => {
  requireSize('ADM', ADM_MIN_SIZE, width, height);
  const csf = unwrap(csfScales(options));
  requireFactors(csf);
  // The compiler's own declaration of what the module exports is this interface.
  const kernel = new WebAssembly.Instance(module).exports as unknown as AdmExports;
  const layout = admLayout(kernel.base(), width, height, bitDepth, csf, options);
  growTo(kernel.memory, layout.bytes);
  const { buffer } = kernel.memory;
  describe(layout, buffer);
  const totals = mapScales((s) => new BigUint64Array(buffer, layout.scales[s].totals, TOTALS));
  const skipped = (s: number): boolean => s === 0 && options.skipScale0;
  const sumsFrom = (s: 0 | 1 | 2 | 3, first: number): PerBand<bigint> => {
    const at = (band: number): bigint => totals[s][first + band] as bigint;
    return [at(0), at(1), at(2)];
  };
  const copyRows = rowCopier(layout.picture, buffer, bitDepth);
  /** One scale after the other; of the picture no more than a strip is in memory. */
  const transform = (
    plane: Plane,
    rows: (scale: number, from: number, to: number) => void,
  ): void => {
    requirePlane(plane, width, height);
    const [{ description, height: bandHeight }, ...upper] = layout.scales;
    for (let from = 0, copied = 0; from < bandHeight; from += STRIP) {
      const to = Math.min(from + STRIP, bandHeight);
      const end = Math.min(2 * to + 1, height);
      copyRows(plane, copied, end);
      copied = end;
      rows(description, from, to);
    }
    for (const scale of upper) rows(scale.description, 0, scale.height);
  };

  const denominators = (reference: Plane): PerScale<Pooled> => {
    transform(reference, (scale, from, to) => {
      kernel.reference(scale, from, to);
    });
    return mapScales((s) =>
      skipped(s)
        ? SKIPPED_DENOMINATOR
        : denominatorOf(s, layout.scales[s], csf[s], sumsFrom(s, 0), options),
    );
  };

  const compare = (den: PerScale<Pooled>, distorted: Plane): AdmResult => {
    transform(distorted, (scale, from, to) => {
      kernel.distorted(scale, from, to, options.gainLimit, !options.skipAim);
    });
    const num = mapScales((s) =>
      skipped(s) ? NOTHING : numeratorOf(s, layout.scales[s], sumsFrom(s, 3), options.noiseWeight),
    );
    const aim = mapScales((s) =>
      skipped(s) || options.skipAim ? NOTHING : numeratorOf(s, layout.scales[s], sumsFrom(s, 6), 0),
    );
    return resultOf(width * height, den, num, aim, options);
  };

  return {
    compareAll(reference, distorted) {
      const den = denominators(reference);
      return distorted.map((plane) => (plane === undefined ? undefined : compare(den, plane)));
    },
  };
};

const mapScales = <A>(of: (scale: 0 | 1 | 2 | 3) => A): PerScale<A> => [of(0), of(1), of(2), of(3)];

const requireFactors = ([{ factor }, ...upper]: CsfScales): void => {
  const fits =
    factor.every((f, band) => f >= 0 && f <= (LARGEST_FACTORS[band] as number)) &&
    upper.every((scale) => scale.factor.every((f) => f >= 0 && f <= LARGEST_UPPER_FACTOR));
  if (fits) return;
  throw new TinyVmafException({
    _tag: 'Internal',
    problem: `contrast sensitivity factors are ${factor.join(', ')} at scale 0 and up to ${Math.max(...upper.flatMap((scale) => scale.factor))} above; the WebAssembly kernel is proven up to ${LARGEST_FACTORS.join(', ')} and ${LARGEST_UPPER_FACTOR}`,
  });
};

/** Writes what the kernel has to know about each scale. */
const describe = (layout: AdmLayout, buffer: ArrayBuffer): void => {
  for (const scale of layout.scales) {
    new Int32Array(buffer, scale.description, scale.words.length).set(scale.words);
    writeMask(scale, buffer);
  }
};

const writeMask = ({ mask, sampleBytes, region }: ScaleLayout, buffer: ArrayBuffer): void => {
  const { left, right } = region;
  new Uint8Array(buffer, mask + left * sampleBytes, (right - left) * sampleBytes).fill(255);
};

/** Copies rows `from` to `to` of a plane to their places in the ring. */
const rowCopier = (
  { at, rows, stride }: PictureRing,
  buffer: ArrayBuffer,
  bitDepth: number,
): ((plane: Plane, from: number, to: number) => void) => {
  const ring =
    bitDepth === 8
      ? new Uint8Array(buffer, at, rows * stride)
      : new Uint16Array(buffer, at, rows * stride);
  return ({ data, width, stride: step }, from, to) => {
    // Where rows are as far apart, all up to the ring's end at once.
    const most = step === stride ? rows : 1;
    for (let y = from; y < to;) {
      const place = y % rows;
      const count = Math.min(to - y, most, rows - place);
      ring.set(data.subarray(y * step, (y + count - 1) * step + width), place * stride);
      y += count;
    }
  };
};
