// A share of the parity cases on every run; parity.long.test.ts has the rest.
import { BIT_DEPTHS } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { filterPair } from '../../src/scale/scaler.js';
import { createWasmScaler } from '../../src/scale/wasm.js';
import { parityFailures } from './parity.js';

describe('the WebAssembly scaler', () => {
  it('gives the bits of the portable one', () => {
    expect(parityFailures(300, 20251, 120)).toEqual([]);
  });

  it('leaves pictures beyond its memory to the portable one', () => {
    const small = { width: 32, height: 32 };
    const filters = filterPair(small, { width: 64, height: 64 }, 'bicubic');
    expect(createWasmScaler(filters, small, 16)).toBeDefined();
    const huge = { width: 16384, height: 16384 };
    const flat = filterPair(huge, huge, 'bicubic');
    for (const depth of BIT_DEPTHS) expect(createWasmScaler(flat, huge, depth)).toBeUndefined();
  });
});
