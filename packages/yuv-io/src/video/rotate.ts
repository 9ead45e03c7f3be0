/**
 * Display orientation: the eight ways a picture can be turned and mirrored
 * without touching a sample. Phones store the sensor's picture and a flag;
 * tinyvmaf compares what a viewer sees, so the flag is applied here, the same
 * for every decoder.
 */
import type { Chroma } from '@tinyvmaf/core';
import type { Plane } from '../frame.js';

/** Turn clockwise by `rotation` degrees, then mirror left to right where `mirrored`. */
export interface Orientation {
  readonly rotation: 0 | 90 | 180 | 270;
  readonly mirrored: boolean;
}

/** As stored. */
export const UPRIGHT: Orientation = { rotation: 0, mirrored: false };

/** Whether anything has to move. */
export const isUpright = (o: Orientation): boolean => o.rotation === 0 && !o.mirrored;

/** Whether width and height change places. */
export const swapsSides = (o: Orientation): boolean => o.rotation === 90 || o.rotation === 270;

/**
 * Chroma layout after turning. 4:2:2 turned by a quarter would be 4:4:0, which
 * no format here names: chroma is left out and the picture is 4:0:0. Luma, the
 * only plane the models read, is whole in every case.
 */
export const orientedChroma = (chroma: Chroma, o: Orientation): Chroma =>
  chroma === '422' && swapsSides(o) ? '400' : chroma;

/**
 * A turned copy of a plane, tightly packed.
 * @param out array of at least `width * height` samples of the plane's type; owned by the caller.
 */
export const orientPlane = (plane: Plane, o: Orientation, out: Plane['data']): Plane => {
  const { data, width, height, stride } = plane;
  const turned = swapsSides(o);
  const outWidth = turned ? height : width;
  const outHeight = turned ? width : height;
  // Source index of output (x, y) is start + x * stepX + y * stepY.
  let start = 0;
  let stepX = 1;
  let stepY = stride;
  switch (o.rotation) {
    case 0:
      break;
    case 90:
      start = (height - 1) * stride;
      stepX = -stride;
      stepY = 1;
      break;
    case 180:
      start = (height - 1) * stride + width - 1;
      stepX = -1;
      stepY = -stride;
      break;
    case 270:
      start = width - 1;
      stepX = stride;
      stepY = -1;
      break;
  }
  if (o.mirrored) {
    start += (outWidth - 1) * stepX;
    stepX = -stepX;
  }
  let to = 0;
  for (let y = 0; y < outHeight; y++) {
    let from = start + y * stepY;
    for (let x = 0; x < outWidth; x++) {
      out[to++] = data[from] ?? 0;
      from += stepX;
    }
  }
  return { data: out, width: outWidth, height: outHeight, stride: outWidth };
};

/**
 * Orientation that a display matrix (ISO 14496-12 `tkhd`, row-major
 * `a b u / c d v / x y w`, any scale) asks for.
 * @returns undefined for a matrix that is no multiple of a quarter turn.
 */
export const orientationOfMatrix = (
  a: number,
  b: number,
  c: number,
  d: number,
): Orientation | undefined => {
  if (b === 0 && c === 0 && a !== 0 && d !== 0) {
    if (a > 0) return d > 0 ? UPRIGHT : { rotation: 180, mirrored: true };
    return d > 0 ? { rotation: 0, mirrored: true } : { rotation: 180, mirrored: false };
  }
  if (a === 0 && d === 0 && b !== 0 && c !== 0) {
    if (b > 0) return { rotation: 90, mirrored: c > 0 };
    return { rotation: 270, mirrored: c < 0 };
  }
  return undefined;
};
