/** A source that knows how many frames it has delivered. */
import type { FrameSource } from '@tinyvmaf/yuv-io';

/** A {@link FrameSource} with a counter. */
export interface CountingSource extends FrameSource {
  /** Frames delivered so far. */
  delivered(): number;
}

/** The same source, counting. Closing stays with whoever owns the original. */
export const counting = (source: FrameSource): CountingSource => {
  let delivered = 0;
  return {
    format: source.format,
    info: source.info,
    ...(source.frameCount === undefined ? {} : { frameCount: source.frameCount }),
    warnings: () => source.warnings(),
    close: () => source.close(),
    delivered: () => delivered,
    frames: async function* (signal) {
      for await (const frame of source.frames(signal)) {
        delivered++;
        yield frame;
      }
    },
  };
};
