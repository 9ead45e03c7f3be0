/**
 * A little film of our own making: a textured ground that pans, a disc that
 * crosses it and fine grain. Integer arithmetic only, so it is the same on
 * every machine.
 */

/** Size and length of the film. */
export const DEMO = { width: 256, height: 144, frames: 6 } as const;

/** 32-bit hash of a lattice point (constants of Murmur3's finaliser). */
const hash = (x: number, y: number, layer: number): number => {
  let h = Math.imul(x, 0x27d4eb2f) ^ Math.imul(y, 0x165667b1) ^ Math.imul(layer, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Value noise 0..255: random values on a lattice, bilinear in between. */
const noise = (x: number, y: number, cell: number): number => {
  const column = Math.floor(x / cell);
  const row = Math.floor(y / cell);
  const fx = x - column * cell;
  const fy = y - row * cell;
  const at = (i: number, j: number): number => hash(column + i, row + j, cell) & 255;
  const top = at(0, 0) * (cell - fx) + at(1, 0) * fx;
  const bottom = at(0, 1) * (cell - fx) + at(1, 1) * fx;
  return Math.floor((top * (cell - fy) + bottom * fy) / (cell * cell));
};

const DISC_RADIUS = 30;

/** Luma of frame `t`, 8 bit, {@link DEMO} size, row after row. */
export const demoReference = (t: number): Uint8Array => {
  const { width, height } = DEMO;
  const luma = new Uint8Array(width * height);
  const centreX = 60 + 9 * t;
  const centreY = 70 - 2 * t;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const groundX = x + 3 * t;
      const groundY = y + t;
      const ground =
        40 +
        (noise(groundX, groundY, 32) >> 1) +
        (noise(groundX, groundY, 8) >> 2) +
        (noise(groundX, groundY, 2) >> 4);
      const distance = (x - centreX) ** 2 + (y - centreY) ** 2;
      const inDisc = distance < DISC_RADIUS * DISC_RADIUS;
      const stripes = 150 + (((x - centreX + 2 * (y - centreY)) >> 3) & 1) * 45;
      const grain = hash(x, y, 1000 + t) & 3;
      luma[y * width + x] = (inDisc ? stripes : ground) + grain;
    }
  }
  return luma;
};
