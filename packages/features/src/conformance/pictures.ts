/**
 * Pictures that drive the kernels into their corners: every branch of the
 * statistics, wrapped and extreme coefficients, odd sizes, all bit depths.
 * Integer formulas only, the same on every machine.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';

/** Two reference pictures and a distorted one, of one size and depth. */
export interface PictureCase {
  /** Names the case in reports and digests. */
  readonly name: string;
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Bits per sample. */
  readonly bitDepth: BitDepth;
  /** Reference of the frame before. */
  readonly previous: Plane;
  /** Reference of the frame. */
  readonly reference: Plane;
  /** Distorted picture of the frame. */
  readonly distorted: Plane;
}

/** Code value at a position. */
type Sample = (x: number, y: number) => number;

/** Uniform 0 .. 2^16 - 1 from a position and a seed (constants of Murmur3's finaliser). */
const noise = (x: number, y: number, seed: number): number => {
  let h = Math.imul(x + 1, 0x27d4eb2f) ^ Math.imul(y + 1, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) & 0xffff;
};

/** A waving texture with edges, 8-bit values 20..235, that moves with `t`. */
const texture =
  (t: number): Sample =>
  (x, y) => {
    const across = x + 2 * t;
    const down = y + t;
    return (
      30 +
      ((5 * across + 3 * down) % 97) +
      50 * (((across >> 3) ^ (down >> 2)) & 1) +
      (noise(x, y, t) & 7)
    );
  };

interface Recipe {
  readonly name: string;
  readonly size: readonly [width: number, height: number];
  readonly bitDepth: BitDepth;
  readonly previous: Sample;
  readonly reference: Sample;
  readonly distorted: Sample;
}

const quantised =
  (sample: Sample, step: number): Sample =>
  (x, y) => {
    const value = sample(x, y);
    return value - (value % step) + (step >> 1);
  };

const scaled =
  (sample: Sample, factor: number, extra: Sample = () => 0): Sample =>
  (x, y) =>
    sample(x, y) * factor + extra(x, y);

const twoLevel =
  (seed: number, top: number): Sample =>
  (x, y) =>
    (noise(x, y, seed) & 1) * top;

const lowBits: Sample = (x, y) => (x + y) & 3;

const RECIPES: readonly Recipe[] = [
  {
    name: 'texture',
    size: [176, 144],
    bitDepth: 8,
    previous: texture(0),
    reference: texture(1),
    distorted: quantised(texture(1), 24),
  },
  {
    name: 'texture-odd',
    size: [97, 63],
    bitDepth: 10,
    previous: scaled(texture(0), 4, lowBits),
    reference: scaled(texture(1), 4, lowBits),
    distorted: scaled(quantised(texture(1), 24), 4, lowBits),
  },
  {
    // Coefficients that wrap in 16 bits.
    name: 'two-level-noise',
    size: [65, 66],
    bitDepth: 8,
    previous: twoLevel(1, 255),
    reference: twoLevel(2, 255),
    distorted: twoLevel(3, 255),
  },
  {
    name: 'uniform-noise',
    size: [83, 50],
    bitDepth: 12,
    previous: (x, y) => noise(x, y, 4) >> 4,
    reference: (x, y) => noise(x, y, 5) >> 4,
    distorted: (x, y) => noise(x, y, 6) >> 4,
  },
  {
    name: 'extreme-stripes',
    size: [64, 64],
    bitDepth: 16,
    previous: (x) => (x & 1) * 65535,
    reference: (x, y) => ((x ^ y) & 1) * 65535,
    distorted: (x, y) => ((x >> 1) & 1) * 65535 - (y & 0),
  },
  {
    // Variances around the threshold between VIF's two branches.
    name: 'near-flat',
    size: [161, 91],
    bitDepth: 8,
    previous: () => 120,
    reference: (x, y) => 118 + (noise(x, y, 7) % 5),
    distorted: (x, y) => 118 + (noise(x >> 1, y, 8) % 6),
  },
  {
    // More contrast than the reference has: what a gain limit holds back.
    name: 'enhanced',
    size: [100, 75],
    bitDepth: 8,
    previous: texture(3),
    reference: (x, y) => 100 + (texture(4)(x, y) >> 2),
    distorted: (x, y) => 60 + (texture(4)(x, y) >> 1),
  },
];

const planeOf = (
  [width, height]: readonly [number, number],
  bitDepth: BitDepth,
  sample: Sample,
): Plane => {
  const data = bitDepth === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = sample(x, y);
  }
  return { data, width, height, stride: width };
};

/** The pictures, made when asked for. */
export const conformancePictures = (): readonly PictureCase[] =>
  RECIPES.map(({ name, size, bitDepth, ...samples }) => ({
    name: `${name} ${size[0]}x${size[1]} ${bitDepth}-bit`,
    width: size[0],
    height: size[1],
    bitDepth,
    previous: planeOf(size, bitDepth, samples.previous),
    reference: planeOf(size, bitDepth, samples.reference),
    distorted: planeOf(size, bitDepth, samples.distorted),
  }));
