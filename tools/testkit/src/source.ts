// Luma planes as a frame source of @tinyvmaf/yuv-io, by shape: the test kit
// stands below all packages and imports none.
import type { FileChroma, Luma } from './pictures.js';

/** What a frame source of luma planes looks like. */
export interface LumaSource {
  readonly format: {
    readonly width: number;
    readonly height: number;
    readonly bitDepth: Luma['bitDepth'];
    readonly chroma: FileChroma;
  };
  readonly info: { readonly name: string; readonly container: string; readonly decoder: string };
  readonly frameCount?: number;
  frames(signal?: AbortSignal): AsyncIterable<{
    readonly index: number;
    readonly luma: {
      readonly data: Luma['data'];
      readonly width: number;
      readonly height: number;
      readonly stride: number;
    };
    readonly chroma: readonly never[];
  }>;
  warnings(): readonly never[];
  close(): Promise<void>;
}

/**
 * A source that delivers these planes.
 * @param options.counted whether `frameCount` is known beforehand. Default true.
 */
export const lumaSource = (
  name: string,
  frames: readonly Luma[],
  options: { readonly chroma?: FileChroma; readonly counted?: boolean } = {},
): LumaSource => {
  const first = frames[0];
  if (first === undefined) throw new Error('a luma source needs a first frame');
  const { width, height, bitDepth } = first;
  return {
    format: { width, height, bitDepth, chroma: options.chroma ?? '420' },
    info: { name, container: 'memory', decoder: 'none' },
    ...(options.counted === false ? {} : { frameCount: frames.length }),
    frames: async function* (signal) {
      for (const [index, frame] of frames.entries()) {
        signal?.throwIfAborted();
        await Promise.resolve();
        yield { index, luma: { data: frame.data, width, height, stride: width }, chroma: [] };
      }
    },
    warnings: () => [],
    close: () => Promise.resolve(),
  };
};
