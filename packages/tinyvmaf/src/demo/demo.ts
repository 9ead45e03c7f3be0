/** The embedded pair as frame sources, for `tinyvmaf demo` and `npm start`. */
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { memorySource } from '../memory/memory-source.js';
import { quantisePlane } from './codec.js';
import { DEMO, demoReference } from './pattern.js';

const QUANTISER_STEP = 9;

/** Reference and distorted video of the demo, {@link DEMO} frames each, luma only. */
export const demoPair = (): {
  readonly reference: FrameSource;
  readonly distorted: FrameSource;
} => ({
  reference: memorySource({ ...DEMO, name: 'demo reference', luma: demoReference }),
  distorted: memorySource({ ...DEMO, name: 'demo distorted', luma: demoDistorted }),
});

/** Luma of frame `t` as a coarse codec would leave it. */
export const demoDistorted = (t: number): Uint8Array =>
  quantisePlane(demoReference(t), DEMO.width, DEMO.height, QUANTISER_STEP);
