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
  const { located } = source;
  return {
    format: source.format,
    info: source.info,
    ...(source.frameCount === undefined ? {} : { frameCount: source.frameCount }),
    ...(located === undefined
      ? {}
      : {
          located: {
            location: located.location,
            passed: (index, evidence) => {
              delivered = index + 1;
              located.passed(index, evidence);
            },
          },
        }),
    warnings: () => source.warnings(),
    close: () => source.close(),
    delivered: () => delivered,
    frames: async function* (signal, planes) {
      delivered = 0;
      for await (const frame of source.frames(signal, planes)) {
        delivered++;
        yield frame;
      }
    },
  };
};
