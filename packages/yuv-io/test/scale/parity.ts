// The WebAssembly scaler against the portable one on generated pictures.
import { BIT_DEPTHS } from '@tinyvmaf/core';
import { SCALE_METHODS } from '../../src/scale/method.js';
import { createPortableScaler } from '../../src/scale/portable.js';
import { filterPair } from '../../src/scale/scaler.js';
import { createWasmScaler } from '../../src/scale/wasm.js';

/** Pictures by the branch that they are there to reach. */
const CONTENTS = {
  noise: (random: number, top: number) => random % (top + 1),
  ends: (random: number, top: number) => (random & 1) * top,
  stripes: (_random: number, top: number, x: number) => ((x >> 1) & 1) * top,
  flat: (_random: number, top: number) => top,
} as const;

const NAMES = Object.keys(CONTENTS) as (keyof typeof CONTENTS)[];

/** Compares `count` cases. @returns those that differ, in words. */
export const parityFailures = (count: number, seed: number, longest: number): readonly string[] => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
  const side = (): number => 1 + Math.floor((next() / 2 ** 24) ** 2 * longest);
  const failures: string[] = [];
  for (let n = 0; n < count; n++) {
    const [from, to] = [
      { width: side(), height: side() },
      { width: side(), height: side() },
    ];
    const depth = BIT_DEPTHS[n % 4]!;
    const method = SCALE_METHODS[Math.floor(n / 4) % 3]!;
    const content = NAMES[Math.floor(n / 12) % NAMES.length]!;
    const Samples = depth === 8 ? Uint8Array : Uint16Array;
    const stride = from.width + (n % 5);
    const top = 2 ** depth - 1;
    const data = new Samples(stride * from.height);
    data.forEach((_, i) => {
      data[i] = CONTENTS[content](next(), top, i % stride);
    });
    const plane = { data, ...from, stride };
    const filters = filterPair(from, to, method);
    const [portable, fast] = [new Samples(to.width * to.height), new Samples(to.width * to.height)];
    createPortableScaler(filters, depth).scale(plane, portable);
    const wasm = createWasmScaler(filters, from, depth);
    wasm?.scale(plane, fast);
    if (wasm === undefined || portable.some((sample, i) => sample !== fast[i])) {
      failures.push(
        `${from.width}x${from.height} to ${to.width}x${to.height}, ${depth} bits, ${method}, ${content}`,
      );
    }
  }
  return failures;
};
