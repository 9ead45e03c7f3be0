// The kernel's decoupling row by row against the plain functions, over chosen
// coefficients: rounding ties and angles of just one degree are too rare in
// pictures, and what they change is lost in the sums. The row functions are no
// exports of the shipped module, so they are compiled here.
import asc from 'assemblyscript/asc';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { restoredPart, sameDirection } from '../../src/adm/decouple.js';
import { multiplyShift } from '../../src/adm/int64.js';
import { compileJoined } from '../../src/node/revectorize/compile.js';
import { JOINS } from '../revectorize/engines.js';
import { randomFrom, type Random } from '../support/contents.js';

const ASSEMBLY = path.join(import.meta.dirname, '../../assembly');
const ENTRY = ['angles', 'decouple-first', 'decouple-upper']
  .map((name) => `export * from './adm/${name}';`)
  .join('\n');

type RowFunction = (...addresses: readonly number[]) => void;
interface Rows {
  readonly memory: WebAssembly.Memory;
  readonly anglesFirst: RowFunction;
  readonly anglesUpper: RowFunction;
  readonly decoupleFirst: RowFunction;
  readonly decoupleFirstFraction: RowFunction;
  readonly decoupleUpper: RowFunction;
  readonly decoupleUpperFraction: RowFunction;
  readonly weighUpper: RowFunction;
}

const compile = async (
  make: (bytes: Uint8Array<ArrayBuffer>) => WebAssembly.Module,
): Promise<Rows> => {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error } = await asc.main(
    ['entry.ts', '--baseDir', ASSEMBLY, '--config', 'asconfig.json', '--outFile', 'rows.wasm'],
    {
      readFile: (name, base) => {
        if (name === 'entry.ts') return ENTRY;
        try {
          return readFileSync(path.resolve(base, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') bytes = Uint8Array.from(contents);
      },
      listFiles: () => null,
    },
  );
  if (error !== null || bytes === undefined) throw error ?? new Error('nothing was compiled');
  const rows = new WebAssembly.Instance(make(bytes)).exports as unknown as Rows;
  rows.memory.grow(8);
  return rows;
};

const COUNT = 4096;
/** Address of row `i`, whatever its type. */
const at = (i: number): number => 65536 + 4 * COUNT * i;

/** Magnitudes of all sizes, powers of two and their neighbours among them. */
const coefficient = (random: Random, most: number): number => {
  const kind = random.next();
  const exponent = random.next() * Math.log2(most);
  const magnitude =
    kind < 0.15 ? 2 ** Math.floor(exponent) + random.int(-2, 2) : Math.floor(2 ** exponent);
  const limited = kind < 0.05 ? 0 : Math.min(most, Math.max(0, magnitude));
  return random.next() < 0.5 ? -limited : limited;
};

/** A distorted coefficient: free, near, or such that the ratio is about half way between two steps. */
const twin = (random: Random, o: number, most: number): number => {
  const kind = random.next();
  if (kind < 0.3) return coefficient(random, most);
  const t =
    kind < 0.6
      ? Math.round(o * random.next() * 1.2)
      : kind < 0.8
        ? o + random.int(-2, 2)
        : Math.round((o * (random.int(0, 32767) + 0.5)) / 32768) + random.int(-1, 1);
  return Math.max(-most, Math.min(most, t));
};

const limit = (value: number, most: number): number =>
  Math.max(-most, Math.min(most, Math.round(value)));

const plain = (bytes: Uint8Array<ArrayBuffer>) => new WebAssembly.Module(bytes);

describe.each([
  { name: 'scale 0', most: 22930, bytes: 2, make: plain },
  { name: 'scales 1..3', most: 2103000000, bytes: 4, make: plain },
  ...(JOINS
    ? [
        { name: 'scale 0, 256 bits', most: 22930, bytes: 2, make: compileJoined },
        { name: 'scales 1..3, 256 bits', most: 2103000000, bytes: 4, make: compileJoined },
      ]
    : []),
])('rows of $name', ({ most, bytes, make }) => {
  let rows: Rows;
  beforeAll(async () => {
    rows = await compile(make);
  });
  const first = bytes === 2;
  /** Bands have 16-bit samples at scale 0. */
  const band = (i: number): Int16Array | Int32Array =>
    first ? new Int16Array(rows.memory.buffer, at(i), COUNT) : part(i);
  const part = (i: number): Int32Array => new Int32Array(rows.memory.buffer, at(i), COUNT);

  it('decide angles of about one degree as the reference', () => {
    const random = randomFrom(most);
    const [oh, ov, th, tv] = [0, 1, 2, 3].map(band) as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    const flags = part(4);
    const angles = first ? rows.anglesFirst : rows.anglesUpper;
    let aligned = 0;
    for (let round = 0; round < 60; round++) {
      for (let i = 0; i < COUNT; i++) {
        const [h, v] = [coefficient(random, most), coefficient(random, most)];
        const degrees = random.next() < 0.7 ? 1 + (random.next() - 0.5) * 1e-4 : random.next() * 2;
        const angle = (random.pick([1, -1]) * degrees * Math.PI) / 180;
        const gain = random.next() * 1.5;
        const free = random.next() < 0.2;
        [oh[i], ov[i]] = [h, v];
        th[i] = free
          ? twin(random, h, most)
          : limit(gain * (h * Math.cos(angle) - v * Math.sin(angle)), most);
        tv[i] = free
          ? twin(random, v, most)
          : limit(gain * (h * Math.sin(angle) + v * Math.cos(angle)), most);
      }
      angles(at(0), at(1), at(2), at(3), at(4), COUNT * bytes);
      const expected = flags.map((_, i) =>
        sameDirection(oh[i]!, ov[i]!, th[i]!, tv[i]!) ? -1 : 0,
      );
      expect(flags).toEqual(expected);
      aligned += expected.reduce((sum, flag) => sum - flag, 0);
    }
    // Both answers are frequent.
    expect(Math.abs(aligned / (60 * COUNT) - 0.5)).toBeLessThan(0.2);
  });

  it.each([1, 2, 50, 100, 1.2, 3.7, 1.0000001, 99.9])('split with a gain limit of %d', (gain) => {
    const random = randomFrom(Math.round(gain * 1000));
    const [o, t] = [0, 1].map(band) as [Int32Array, Int32Array];
    const [flags, r, a] = [2, 3, 4].map(part) as [Int32Array, Int32Array, Int32Array];
    const whole = Number.isInteger(gain);
    const split = first
      ? whole
        ? rows.decoupleFirst
        : rows.decoupleFirstFraction
      : whole
        ? rows.decoupleUpper
        : rows.decoupleUpperFraction;
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < COUNT; i++) {
        // Now and then a ratio that may be exactly half way between two steps.
        const tie = random.next() < 0.1;
        o[i] = tie ? random.pick([1, -1]) * random.int(16385, most) : coefficient(random, most);
        t[i] = tie
          ? limit(Math.sign(o[i]!) * 16384 * 2 ** random.int(0, first ? 0 : 16), most)
          : twin(random, o[i]!, most);
        flags[i] = -random.int(0, 1);
      }
      split(at(0), at(1), at(2), at(3), at(4), COUNT * bytes, gain);
      const expected = flags.map((flag, i) => restoredPart(o[i]!, t[i]!, flag !== 0, gain));
      expect(r).toEqual(expected);
      expect(a).toEqual(expected.map((value, i) => t[i]! - value));
    }
  });

  if (first) return;

  it('weigh as the reference', () => {
    const random = randomFrom(28);
    const row = part(0);
    // Of eight results the middle four change places in pairs.
    const place = (i: number): number => i + ([0, 0, 2, 2, -2, -2, 0, 0][i & 7] ?? 0);
    for (const factor of [137373792, 61414028, 186284160, 196165808, 2 ** 28, 1, 0]) {
      for (let i = 0; i < COUNT; i++) {
        // About half way between two results, where the sign decides.
        const half = factor > 0 ? ((random.int(0, 1e6) + 0.5) * 2 ** 28) / factor : 0;
        row[i] = random.pick([coefficient(random, most), limit(random.pick([1, -1]) * half, most)]);
      }
      const expected = row.map((x) => Math.abs(multiplyShift(factor, x, 2 ** 27, 28)));
      rows.weighUpper(at(0), COUNT * 4, factor);
      expect(row.map((_, i) => row[place(i)]!)).toEqual(expected);
    }
  });
});
