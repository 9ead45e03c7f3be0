/** A frame source over luma planes that a function makes: no file, no chroma. */
import type { VideoFormat } from '@tinyvmaf/core';
import type { Frame, FrameSource } from '@tinyvmaf/yuv-io';

/** A generated video. */
export interface MemoryVideo {
  readonly name: string;
  /** Width and height in samples. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Luma of frame `t`, 8 bit, row after row. */
  readonly luma: (t: number) => Uint8Array;
}

/** A {@link MemoryVideo} as the extractor takes it. */
export const memorySource = (video: MemoryVideo): FrameSource => {
  const format: VideoFormat = {
    width: video.width,
    height: video.height,
    bitDepth: 8,
    chroma: '400',
  };
  return {
    format,
    info: { name: video.name, container: 'generated', decoder: 'none' },
    frameCount: video.frames,
    frames: (signal) => frames(video, signal),
    warnings: () => [],
    close: () => Promise.resolve(),
  };
};

// eslint-disable-next-line @typescript-eslint/require-await -- the stream contract is asynchronous; nothing here waits
async function* frames(
  { width, height, frames: count, luma }: MemoryVideo,
  signal: AbortSignal | undefined,
): AsyncGenerator<Frame> {
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    yield { index, luma: { data: luma(index), width, height, stride: width }, chroma: [] };
  }
}
