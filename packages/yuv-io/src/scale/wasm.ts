/**
 * The scaler on WebAssembly SIMD: the same integers as the portable one. Filters are laid into its memory once; a plane is copied in,
 * the result out.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '../frame.js';
import { SCALE_WASM } from '../generated/scale-wasm.js';
import type { ScaleFilter } from './filter.js';
import type { FilterPair, PlaneScaler, Size } from './scaler.js';

/** What assembly/scale/index.ts exports; its docblocks say what each does. */
interface ScaleExports {
  readonly memory: WebAssembly.Memory;
  layout(
    fromWidth: number,
    fromHeight: number,
    width: number,
    height: number,
    bits: number,
    across: number,
    down: number,
    rows: number,
  ): number;
  firstAcross(): number;
  weightsAcross(): number;
  firstDown(): number;
  weightsDown(): number;
  source(): number;
  target(): number;
  scale(): void;
}

/** Bytes of one page of WebAssembly memory. */
const PAGE = 65536;

/** Memory that the kernel may take, in bytes; larger pictures are scaled without it. */
const MOST = 2 ** 28;

let compiled: WebAssembly.Module | null | undefined;

/** The module; `null` where the engine has no WebAssembly SIMD, or may not compile. */
const moduleOrNull = (): WebAssembly.Module | null => {
  if (compiled !== undefined) return compiled;
  try {
    const bytes = Uint8Array.from(atob(SCALE_WASM), (character) => character.charCodeAt(0));
    compiled = new WebAssembly.Module(bytes);
  } catch {
    compiled = null;
  }
  return compiled;
};

/**
 * Makes a scaler of these filters.
 * @returns undefined where there is no WebAssembly SIMD or not enough memory.
 */
export const createWasmScaler = (
  { across, down }: FilterPair,
  from: Size,
  bitDepth: BitDepth,
): PlaneScaler | undefined => {
  const module = moduleOrNull();
  if (module === null) return undefined;
  const to: Size = { width: across.length, height: down.length };
  // The compiler's own declaration of what the module exports is this interface.
  const kernel = new WebAssembly.Instance(module).exports as unknown as ScaleExports;
  const acrossTaps = across.taps <= 4 ? 4 : Math.ceil(across.taps / 8) * 8;
  const downTaps = Math.ceil(down.taps / 2) * 2;
  // Ahead of the layout, whose 32-bit sums must not wrap.
  const ringRows = bitDepth === 16 ? 2 * downTaps : downTaps;
  const about =
    2 * (from.width * from.height + (to.width + 8) * (to.height + ringRows + 2 * acrossTaps + 4));
  if (about + 2 * to.height * (downTaps + 2) > MOST) return undefined;
  const bytes = kernel.layout(
    ...([from.width, from.height, to.width, to.height] as const),
    ...([bitDepth, acrossTaps, downTaps, down.taps] as const),
  );
  try {
    const missing = bytes - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
  } catch {
    return undefined;
  }
  const { buffer } = kernel.memory;
  const sampleBytes = bitDepth === 8 ? 1 : 2;
  const firstAcross = new Int32Array(buffer, kernel.firstAcross(), to.width);
  firstAcross.set(across.first.map((sample) => sample * sampleBytes));
  copyWeights(across, new Int16Array(buffer, kernel.weightsAcross()), acrossTaps);
  new Int32Array(buffer, kernel.firstDown()).set(down.first);
  copyWeights(down, new Int16Array(buffer, kernel.weightsDown()), downTaps);

  const pitch = (to.width + 7) & -8;
  const SampleArray = bitDepth === 8 ? Uint8Array : Uint16Array;
  const source = new SampleArray(buffer, kernel.source(), from.width * from.height);
  const target = new SampleArray(buffer, kernel.target(), pitch * to.height);
  return {
    scale: (plane, out) => {
      copyIn(plane, source);
      kernel.scale();
      if (pitch === to.width) {
        out.set(target);
        return;
      }
      for (let y = 0; y < to.height; y++) {
        out.set(target.subarray(y * pitch, y * pitch + to.width), y * to.width);
      }
    },
  };
};

/** Weights with zeros behind each filter's, up to `taps`. */
const copyWeights = (filter: ScaleFilter, out: Int16Array, taps: number): void => {
  for (let i = 0; i < filter.length; i++) {
    out.set(filter.weights.subarray(i * filter.taps, (i + 1) * filter.taps), i * taps);
  }
};

const copyIn = ({ data, width, height, stride }: Plane, out: Uint8Array | Uint16Array): void => {
  if (stride === width) {
    out.set(data.length === out.length ? data : data.subarray(0, out.length));
    return;
  }
  for (let y = 0; y < height; y++) {
    out.set(data.subarray(y * stride, y * stride + width), y * width);
  }
};
