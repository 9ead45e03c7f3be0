/** One plane to another size, by the fastest scaler that runs here. */
import type { BitDepth } from '@tinyvmaf/core';
import type { ScaleMethod } from './method.js';
import { createPortableScaler } from './portable.js';
import { filterPair, type PlaneScaler, type Size } from './scaler.js';
import { createWasmScaler } from './wasm.js';

/**
 * Makes a scaler from one size to another. Sides are whole numbers from 1 to
 * 16384; the caller has checked them. Results do not depend on which scaler it is.
 */
export const createPlaneScaler = (
  from: Size,
  to: Size,
  method: ScaleMethod,
  bitDepth: BitDepth,
): PlaneScaler => {
  const filters = filterPair(from, to, method);
  return createWasmScaler(filters, from, bitDepth) ?? createPortableScaler(filters, bitDepth);
};
