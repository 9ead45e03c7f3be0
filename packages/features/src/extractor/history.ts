/** The last pictures of the reference, for motion to look back to. */
import type { Plane } from '@tinyvmaf/yuv-io';
import { packInto } from '../plane/pack.js';

/** Copies of the last few planes. */
export interface History {
  /** The plane `distance` frames before the next one; `undefined` before the clip's start. */
  back(distance: number): Plane | undefined;
  /** Keeps a copy of the next plane. */
  push(plane: Plane): void;
}

/** Keeps the last `depth` planes in as many buffers. */
export const createHistory = (depth: number): History => {
  const kept: Plane[] = [];
  let count = 0;
  return {
    back: (distance) => (distance > count ? undefined : kept[(count - distance) % depth]),
    push(plane) {
      if (depth > 0) kept[count % depth] = copyInto(kept[count % depth], plane);
      count += 1;
    },
  };
};

/** A tightly packed copy of a plane, in the memory of an earlier copy where there is one. */
const copyInto = (earlier: Plane | undefined, plane: Plane): Plane => {
  const { width, height } = plane;
  const Words = plane.data instanceof Uint8Array ? Uint8Array : Uint16Array;
  const data = earlier?.data ?? new Words(width * height);
  packInto(data, plane);
  return { data, width, height, stride: width };
};
