import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  countsOf,
  drawPoints,
  HIGHEST,
  LOWEST,
  SAMPLER_NAMES,
  type SamplerName,
} from '../../src/index.js';
import { stand } from '../teacher.js';

const draw = (name: SamplerName, count = 4000, seed = 1): Float64Array =>
  drawPoints({ [name]: 1 }, count, seed, stand.anchors);

const column = (rows: Float64Array, j: number): number[] =>
  Array.from({ length: rows.length / 6 }, (_, i) => rows[6 * i + j]!);

const share = (values: readonly number[], test: (value: number) => boolean): number =>
  values.filter(test).length / values.length;

/** Of the numbers in little-endian order, whatever the machine's. */
const digest = (rows: Float64Array): string => {
  const view = new DataView(new ArrayBuffer(8 * rows.length));
  rows.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return createHash('sha256').update(new Uint8Array(view.buffer)).digest('hex').slice(0, 16);
};

describe('every sampler', () => {
  it('gives the same bits everywhere', () => {
    expect(Object.fromEntries(SAMPLER_NAMES.map((name) => [name, digest(draw(name, 1000, 11))])))
      .toMatchInlineSnapshot(`
        {
          "box": "2ce242be72a5540c",
          "chain": "f3e245a19c03d6ed",
          "corner": "467b50aded06652c",
          "cut": "a878d5ddeaa7ff85",
          "far": "2f1996a9a360d9c1",
          "identity": "2f1edd661c3df460",
          "mix": "5a3d59685a7a0c38",
        }
      `);
  });

  it.each(SAMPLER_NAMES)('%s depends on the seed', (name) => {
    expect(draw(name, 50, 1)).toEqual(draw(name, 50, 1));
    expect(draw(name, 50, 1)).not.toEqual(draw(name, 50, 2));
  });

  it.each(SAMPLER_NAMES.filter((name) => name !== 'far' && name !== 'cut'))(
    '%s keeps to the domain',
    (name) => {
      const rows = draw(name);
      for (let j = 0; j < 6; j++) {
        const values = column(rows, j);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(LOWEST[j]!);
        expect(Math.max(...values)).toBeLessThanOrEqual(HIGHEST[j]!);
      }
    },
  );
});

describe('what samplers are for', () => {
  it('chain: VIF rises with scale, ADM follows, an eighth stands still', () => {
    const rows = draw('chain');
    const rising = Array.from({ length: 4000 }, (_, i) => rows[6 * i + 4]! - rows[6 * i + 1]!);
    expect(share(rising, (rise) => rise > -0.05)).toBeGreaterThan(0.97);
    expect(share(column(rows, 5), (motion) => motion === 0)).toBeCloseTo(0.12, 1);
    const low = share(column(rows, 1), (vif) => vif < 0.5);
    expect(low).toBeGreaterThan(0.5);
  });

  it('mix: half of the points lie at an anchor but for noise', () => {
    const rows = draw('mix', 500);
    const nearest = Array.from({ length: 500 }, (_, i) => {
      let best = Infinity;
      for (let a = 0; a < stand.anchors.rows.length; a += 6) {
        let sum = 0;
        for (let j = 0; j < 6; j++) {
          sum +=
            Math.abs(rows[6 * i + j]! - stand.anchors.rows[a + j]!) / stand.anchors.deviation[j]!;
        }
        best = Math.min(best, sum);
      }
      return best;
    });
    expect(share(nearest, (distance) => distance < 1)).toBeGreaterThan(0.4);
  });

  it('corner: hardly any information', () => {
    const rows = draw('corner');
    expect(Math.max(...column(rows, 0))).toBeLessThanOrEqual(0.7);
    expect(Math.max(...column(rows, 4))).toBeLessThanOrEqual(0.6);
    for (let i = 0; i < 4000; i++) {
      expect(rows[6 * i + 1]).toBeLessThanOrEqual(rows[6 * i + 4]!);
    }
  });

  it('identity: scores near the top', () => {
    const scores = stand.label(draw('identity', 1000));
    expect(share([...scores], (score) => score > 90)).toBeGreaterThan(0.8);
  });

  it('cut: encodes with motion beyond the domain', () => {
    const rows = draw('cut');
    const motion = column(rows, 5);
    expect(Math.min(...motion)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...motion)).toBeLessThanOrEqual(100);
    expect(share(motion, (value) => value < 47.5)).toBeCloseTo(0.5, 1);
    for (let j = 0; j < 5; j++) {
      expect(Math.max(...column(rows, j))).toBeLessThanOrEqual(HIGHEST[j]!);
    }
  });

  it('box and far: wide', () => {
    expect(share(column(draw('box'), 0), (adm) => adm < 0.5)).toBeGreaterThan(0.2);
    expect(share(column(draw('far'), 5), (motion) => motion > 50)).toBeCloseTo(0.5, 1);
    expect(Math.max(...column(draw('far'), 1))).toBeGreaterThan(1.6);
  });
});

describe('mixtures', () => {
  it('add up to the count', () => {
    const counts = countsOf({ chain: 1, mix: 1, box: 1 }, 100);
    expect([...counts]).toEqual([
      ['chain', 33],
      ['mix', 34],
      ['box', 33],
    ]);
    expect([...countsOf({ far: 0.01, chain: 0.99 }, 1000).values()]).toEqual([990, 10]);
    expect([...countsOf({}, 10)]).toEqual([]);
  });

  it('leave the points of one sampler alone when another gets more', () => {
    const few = drawPoints({ chain: 0.5, box: 0.5 }, 100, 9, stand.anchors);
    const more = drawPoints({ chain: 0.25, box: 0.75 }, 200, 9, stand.anchors);
    expect(more.subarray(0, 300)).toEqual(few.subarray(0, 300));
    expect(more.subarray(300, 600)).toEqual(few.subarray(300));
  });
});
