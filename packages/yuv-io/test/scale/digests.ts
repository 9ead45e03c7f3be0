// Digests of scaled pictures, for comparing engines: 32-bit FNV-1a over all
// samples, of both scalers. Runs in Node and in a page.
import { SCALE_METHODS } from '../../src/scale/method.js';
import { createPortableScaler } from '../../src/scale/portable.js';
import { filterPair } from '../../src/scale/scaler.js';
import { createWasmScaler } from '../../src/scale/wasm.js';

/** A name, the portable scaler's digest, and the WebAssembly one's where it runs. */
export type ScaleDigest = readonly [name: string, portable: number, wasm: number | undefined];

const SIZES = [
  [213, 119, 640, 360],
  [320, 180, 640, 360],
  [427, 241, 640, 361],
  [640, 360, 320, 200],
] as const;

/** Digests of every method, depth and size. */
export const scaleDigests = (): readonly ScaleDigest[] =>
  SCALE_METHODS.flatMap((method) =>
    ([8, 10, 12, 16] as const).flatMap((depth) =>
      SIZES.map(([width, height, w, h]): ScaleDigest => {
        const Samples = depth === 8 ? Uint8Array : Uint16Array;
        const from = { width, height };
        const filters = filterPair(from, { width: w, height: h }, method);
        let state = width + height;
        const data = new Samples(width * height).map(() => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return (state >>> 8) & (2 ** depth - 1);
        });
        const out = new Samples(w * h);
        const digest = (): number => {
          let hash = -2128831035;
          for (const sample of out) hash = Math.imul(hash ^ sample, 16777619);
          return hash >>> 0;
        };
        const plane = { data, ...from, stride: width };
        createPortableScaler(filters, depth).scale(plane, out);
        const portable = digest();
        const wasm = createWasmScaler(filters, from, depth);
        wasm?.scale(plane, out.fill(0));
        return [`${method} ${depth} ${w}`, portable, wasm === undefined ? undefined : digest()];
      }),
    ),
  );
