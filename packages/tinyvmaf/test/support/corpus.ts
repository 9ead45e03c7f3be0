// A small corpus as files: ladders in the layout of the public data set.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { rawFile, textureLuma } from '@tinyvmaf/testkit';
import { write } from './files.js';

/** Geometry of {@link ladder}'s files. */
export const GEOMETRY = ['-w', '96', '-h', '64', '-p', '420', '-b', '8'] as const;

/** Frames of a source, coarser with a larger `q`. */
export const frames = (count: number, q: number, from = 0): Uint8Array =>
  rawFile(Array.from({ length: count }, (_, t) => textureLuma(96, 64, from + t, 8, q)));

/** `ref/<id>_25fps.yuv` and `dis/<id>_<q>_64_<100 q>.yuv`. */
export const ladder = (
  root: string,
  id: string,
  count: number,
  quantisers: readonly number[],
  from = 0,
): void => {
  for (const name of ['ref', 'dis']) mkdirSync(join(root, name), { recursive: true });
  write(join(root, 'ref', `${id}_25fps.yuv`), frames(count, 1, from));
  for (const q of quantisers) write(join(root, distorted(id, q)), frames(count, q, from));
};

/** Path of a distorted clip in its corpus. */
export const distorted = (id: string, q: number): string => `dis/${id}_${q}_64_${100 * q}.yuv`;
