/** The small pair on which the packed command and the documentation's examples are tried. */

/** Size and length of the clip. */
export const WIDTH = 64;
export const HEIGHT = 48;
export const FRAMES = 3;

/**
 * A textured, moving 4:2:0 clip; `damage` adds blocks to it.
 * @param {number} damage amplitude in code values
 * @returns {Uint8Array}
 */
export const clip = (damage) => {
  const frame = (WIDTH * HEIGHT * 3) / 2;
  const bytes = new Uint8Array(frame * FRAMES).fill(128);
  for (let t = 0; t < FRAMES; t++) {
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const texture = 40 * Math.sin((x + 2 * t) / 3) * Math.cos(y / 4) + ((7 * x * y) % 23);
        const block = ((x >> 3) + (y >> 3)) % 2 === 0 ? damage : -damage;
        bytes[t * frame + y * WIDTH + x] = Math.round(110 + texture + block);
      }
    }
  }
  return bytes;
};
