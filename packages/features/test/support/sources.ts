// Videos in memory. Like a real source they lend one buffer that the next
// frame overwrites, so a kernel that keeps a frame without copying it fails.
import type { Chroma, VideoFormat } from '@tinyvmaf/core';
import { lumaOf, type Luma } from '@tinyvmaf/testkit';
import type { Frame, FrameSource } from '@tinyvmaf/yuv-io';

export interface MemorySource extends FrameSource {
  /** Frames handed out so far. */
  delivered(): number;
  /** The stream was ended or closed. */
  released(): boolean;
}

export interface MemoryOptions {
  readonly name?: string;
  readonly chroma?: Chroma;
  /** Say how many frames there are; default: no. */
  readonly counted?: boolean;
  /** Thrown instead of frame `at`. */
  readonly failure?: { readonly at: number; readonly error: Error };
  /** Format, for a video without frames. */
  readonly format?: VideoFormat;
}

export const memorySource = (
  frames: readonly Luma[],
  { name = 'memory', chroma = '420', counted = false, failure, format }: MemoryOptions = {},
): MemorySource => {
  const first = frames[0] ?? { width: 64, height: 48, bitDepth: 8 as const };
  const { width, height, bitDepth } = first;
  let delivered = 0;
  let released = false;

  async function* stream(): AsyncGenerator<Frame, void, void> {
    const data = bitDepth === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);
    try {
      for (const [index, luma] of frames.entries()) {
        if (failure?.at === index) throw failure.error;
        await Promise.resolve();
        data.set(luma.data);
        delivered += 1;
        const plane = { data, width: luma.width, height: luma.height, stride: luma.width };
        yield { index, luma: plane, chroma: [] };
      }
    } finally {
      data.fill(0);
      released = true;
    }
  }

  return {
    format: format ?? { width, height, bitDepth, chroma },
    info: { name, container: 'raw', decoder: 'raw' },
    ...(counted ? { frameCount: frames.length } : {}),
    frames: stream,
    warnings: () => [],
    close: () => Promise.resolve(),
    delivered: () => delivered,
    released: () => released,
  };
};

/** A small textured clip that moves; `damage` 0 is the reference. */
export const clip = (
  length: number,
  damage: number,
  { width = 48, height = 40, bitDepth = 8 }: Partial<Omit<Luma, 'data'>> = {},
): readonly Luma[] =>
  Array.from({ length }, (_, t) =>
    lumaOf(width, height, bitDepth, (x, y) => {
      const level = 2 ** (bitDepth - 8);
      const texture = 40 + ((5 * (x + t * t) + 3 * (y + t)) % 97) + 20 * ((x >> 2) & 1);
      return level * (damage === 0 ? texture : texture - (texture % (damage + 1)));
    }),
  );
