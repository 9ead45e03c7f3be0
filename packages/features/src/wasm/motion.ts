/**
 * Motion on WebAssembly: the sums of `motion/sad.ts`, the same integers. Both
 * pictures go through the kernel's memory in strips of rows that fit a cache.
 */
import type { BitDepth } from '@tinyvmaf/core';
import { MOTION_MINIMUM, type Compat, type MotionKernel } from '../motion/sad.js';
import { requireSize } from '../plane/samples.js';
import { growTo } from './module.js';
import { copyRows, requirePlane } from './rows.js';

/** What assembly/motion/index.ts exports; its docblocks say what each does. */
interface MotionExports {
  readonly memory: WebAssembly.Memory;
  layout(width: number, height: number, bitDepth: number, form: number, rows: number): number;
  previousStrip(): number;
  currentStrip(): number;
  begin(): void;
  feed(rows: number): void;
  finish(): number;
}

/** Bytes of one picture's strip, where a row is shorter: with the other and the ring it fits a cache of 256 kB. */
const STRIP = 65536;

/**
 * Makes a motion kernel.
 * @param module the compiled assembly/motion.
 * @throws BadGeometry (as an exception) below 3 samples; RangeError where the
 * engine has not enough memory.
 */
export const createWasmMotion = (
  module: WebAssembly.Module,
  width: number,
  height: number,
  bitDepth: BitDepth,
  compat: Compat = 'libvmaf-3.2',
): MotionKernel => {
  requireSize('motion', MOTION_MINIMUM, width, height);
  // The compiler's own declaration of what the module exports is this interface.
  const kernel = new WebAssembly.Instance(module).exports as unknown as MotionExports;
  const step = bitDepth === 8 ? width : 2 * width;
  const rows = Math.max(1, Math.min(height, Math.floor(STRIP / step)));
  growTo(
    kernel.memory,
    kernel.layout(width, height, bitDepth, compat === 'libvmaf-3.2' ? 0 : 1, rows),
  );
  const strip = (at: number): Uint8Array | Uint16Array =>
    bitDepth === 8
      ? new Uint8Array(kernel.memory.buffer, at, rows * width)
      : new Uint16Array(kernel.memory.buffer, at, rows * width);
  const [before, after] = [strip(kernel.previousStrip()), strip(kernel.currentStrip())];

  return {
    compute(previous, current) {
      requirePlane(previous, width, height);
      requirePlane(current, width, height);
      kernel.begin();
      for (let y = 0; y < height; y += rows) {
        const count = Math.min(rows, height - y);
        copyRows(previous, y, count, before);
        copyRows(current, y, count, after);
        kernel.feed(count);
      }
      return kernel.finish();
    },
  };
};
