// Many generated cases, and real picture sizes.
import { expect, it } from 'vitest';
import { parityFailures } from './parity.js';

const SEED = Number(process.env['TINYVMAF_SEED'] ?? 4711);

it(
  `the WebAssembly scaler gives the bits of the portable one, seed ${SEED}`,
  { timeout: 900_000 },
  () => {
    expect(parityFailures(10_000, SEED, 160)).toEqual([]);
    expect(parityFailures(60, SEED, 2200)).toEqual([]);
  },
);
