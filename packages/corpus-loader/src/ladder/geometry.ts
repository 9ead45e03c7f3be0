/**
 * Sizes of references and encodes. Chroma of 4:2:0 wants even sides; all
 * rounding is done on exact fractions.
 */
import { below, rational, rounded, times, type Rational } from './rational.js';

/** Width and height in luma samples. */
export interface Size {
  /** Samples in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** The even number at or below, at least 2. */
export const even = (samples: number): number => Math.max(2, Math.floor(samples / 2) * 2);

const evenNear = (a: Rational): number => even(rounded(a));

/**
 * Size of a reference: the target, or, where the source is smaller in a side
 * and is not to be enlarged, the largest frame of the target's shape inside it.
 */
export const referenceSize = (source: Size, target: Size, upscale: boolean): Size => {
  if (upscale || (source.width >= target.width && source.height >= target.height)) return target;
  const across = rational(source.width, target.width);
  const down = rational(source.height, target.height);
  const factor = below(across, down) ? across : down;
  return {
    width: evenNear(times(rational(target.width), factor)),
    height: evenNear(times(rational(target.height), factor)),
  };
};

/** Height of a rung: a number of samples, or a fraction of the reference's height. */
export type RungHeight = number | `${number}/${number}`;

/** Size in which a rung is encoded; undefined where the height lies above the reference's. */
export const encodeSize = (reference: Size, height: RungHeight): Size | undefined => {
  const rows =
    typeof height === 'number'
      ? even(height)
      : evenNear(times(rational(reference.height), fractionOf(height)));
  if (rows > reference.height) return undefined;
  return {
    width: evenNear(rational(rows * reference.width, reference.height)),
    height: rows,
  };
};

const fractionOf = (text: string): Rational => {
  const [top = '1', bottom = '1'] = text.split('/');
  return rational(BigInt(top), BigInt(bottom));
};
