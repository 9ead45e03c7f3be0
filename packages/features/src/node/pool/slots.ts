/**
 * Shared memory for pictures on their way to the workers: a slot is handed out
 * for a plane, counted, and used again when nobody needs it any more.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { packInto } from '../../plane/pack.js';
import type { SharedPlane } from './messages.js';

/** A plane in shared memory with a count of its users. */
export interface Slot {
  readonly memory: SharedPlane;
  /** One user more. */
  retain(): void;
  /** One user less; at none the memory serves the next plane. */
  release(): void;
}

/** Slots for planes of one format. */
export interface Slots {
  /** A copy of the plane, with one user. */
  copy(plane: Plane): Slot;
}

const wordBytes = (format: VideoFormat): 1 | 2 => (format.bitDepth === 8 ? 1 : 2);

/** Slots that grow in number as needed and never shrink. */
export const createSlots = (format: VideoFormat): Slots => {
  const { width, height } = format;
  const free: SharedArrayBuffer[] = [];
  return {
    copy(plane) {
      const memory = free.pop() ?? new SharedArrayBuffer(width * height * wordBytes(format));
      packInto(planeOf(memory, format).data, plane);
      let users = 1;
      return {
        memory,
        retain: () => {
          users += 1;
        },
        release: () => {
          users -= 1;
          if (users === 0) free.push(memory);
        },
      };
    },
  };
};

/** Shared memory seen as a plane. */
export const planeOf = (memory: SharedPlane, format: VideoFormat): Plane => {
  const { width, height } = format;
  const data = wordBytes(format) === 1 ? new Uint8Array(memory) : new Uint16Array(memory);
  return { data, width, height, stride: width };
};
