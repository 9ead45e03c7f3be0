// A share of each property on every run; property.long.test.ts has the rest.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import * as raw from './raw.js';
import * as y4m from './y4m.js';

const SEED = Number(process.env['TINYVMAF_SEED'] ?? 20251);
const RUNS = 400;

console.log(`properties: seed ${SEED}, ${RUNS} cases each`);

const check = async <A>(property: fc.IRawProperty<A>): Promise<void> => {
  await fc.assert(property, { seed: SEED, numRuns: RUNS });
};

describe('properties', { timeout: 900_000 }, () => {
  it('raw: any split gives the same frames', () => check(raw.chunking));
  it('raw: any size is whole frames or a truncation', () => check(raw.anySize));
  it('raw: any geometry is a value or an error', () => check(raw.anyGeometry));
  it('raw: suggested geometries fit', () => check(raw.suggestions));
  it('Y4M: writer and reader agree in any pieces', () => check(y4m.roundTrip));
  it('Y4M: any bytes are frames or an error', () => check(y4m.anyBytes));
  it('Y4M: damage is frames or an error', () => check(y4m.damaged));
});
