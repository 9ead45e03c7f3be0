// Pictures that drive one wavelet coefficient as far as it goes: every sample
// is 0 or the peak, by the sign of its weight in that coefficient.
import { lumaOf, type Luma } from '@tinyvmaf/testkit';
import { HIGH_PASS, LOW_PASS } from '../../src/adm/filters.js';

export type Band = 'a' | 'h' | 'v' | 'd';

/** Weights of the input positions in output `index` of `scale`, borders left aside. */
const weightsOf = (scale: number, high: boolean, index: number): ReadonlyMap<number, number> => {
  let weights = new Map([[index, 1]]);
  for (let s = scale; s >= 0; s--) {
    const taps = s === scale && high ? HIGH_PASS : LOW_PASS;
    const next = new Map<number, number>();
    for (const [i, weight] of weights) {
      taps.forEach((tap, k) => {
        const position = 2 * i - 1 + k;
        next.set(position, (next.get(position) ?? 0) + weight * tap);
      });
    }
    weights = next;
  }
  return weights;
};

export interface Extreme {
  readonly scale: 0 | 1 | 2 | 3;
  readonly band: Band;
  /** 1 or -1. */
  readonly sign: number;
  /** Repeated over the whole picture, or around one coefficient in the middle only. */
  readonly tiled: boolean;
}

/** The picture for an {@link Extreme}; mid-grey where the coefficient does not reach. */
export const extremeLuma = (
  width: number,
  height: number,
  bitDepth: Luma['bitDepth'],
  { scale, band, sign, tiled }: Extreme,
): Luma => {
  const peak = 2 ** bitDepth - 1;
  const step = 2 ** (scale + 1);
  const signs = (size: number, high: boolean): ((position: number) => number) => {
    const middle = Math.floor(size / step / 2);
    const weights = weightsOf(scale, high, middle);
    const first = Math.min(...weights.keys());
    return (position) => {
      // The weights of a coefficient reach over about three steps.
      const period = 4 * step;
      const at = tiled ? first + ((((position - first) % period) + period) % period) : position;
      return Math.sign(weights.get(at) ?? 0);
    };
  };
  const column = signs(width, band === 'v' || band === 'd');
  const row = signs(height, band === 'h' || band === 'd');
  return lumaOf(width, height, bitDepth, (x, y) => {
    const side = sign * column(x) * row(y);
    if (side === 0) return 2 ** (bitDepth - 1);
    return side > 0 ? peak : 0;
  });
};
