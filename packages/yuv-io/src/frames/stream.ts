/**
 * The one loop that turns reads into a stream of frames: two buffers, one with
 * the consumer and one being filled, so that reading and work overlap and
 * memory does not depend on the length of the video.
 */
import { cancelled, TinyVmafException } from '@tinyvmaf/core';
import type { Frame } from '../frame.js';
import type { FrameBuffer } from './buffer.js';

/** What differs between formats. */
export interface FrameReading {
  /** For messages. */
  readonly name: string;
  /** New memory for a frame; called at most twice. */
  buffer(): FrameBuffer;
  /** Reads frame `index` into `buffer`; false at the end. Throws `TinyVmafException`. */
  fill(buffer: FrameBuffer, index: number): Promise<boolean>;
  /** Called with each frame just before the consumer gets it. */
  look?(frame: Frame): void;
  /** Called once however the stream ends, also when the consumer leaves early. */
  release(): Promise<void>;
}

/** Frames in order; reads one frame ahead. Throws `TinyVmafException`. */
export async function* streamFrames(
  reading: FrameReading,
  signal?: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  const buffers: [FrameBuffer?, FrameBuffer?] = [];
  const start = (index: number): Promise<FrameBuffer | undefined> => {
    const filling = fillSlot(reading, buffers, index);
    // Its failure is reported when the consumer asks for that frame.
    filling.catch(() => undefined);
    return filling;
  };
  try {
    let filling = start(0);
    for (let index = 0; ; index++) {
      const filled = await filling;
      if (signal?.aborted === true) {
        throw new TinyVmafException(cancelled('read', reading.name, signal.reason));
      }
      if (filled === undefined) return;
      const frame = filled.frame(index);
      reading.look?.(frame);
      filling = start(index + 1);
      yield frame;
    }
  } finally {
    await reading.release();
  }
}

const fillSlot = async (
  reading: FrameReading,
  buffers: [FrameBuffer?, FrameBuffer?],
  index: number,
): Promise<FrameBuffer | undefined> => {
  const slot = index % 2 === 0 ? 0 : 1;
  const buffer = (buffers[slot] ??= reading.buffer());
  if (!(await reading.fill(buffer, index))) return undefined;
  buffer.settle();
  return buffer;
};
