import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { modelBytes } from '@tinyvmaf/models';
import { has, SHARED } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import {
  agreement,
  agreementBy,
  compare,
  drawPoints,
  evaluate,
  evaluateTE,
  parseRows,
  readRows,
  type EvaluationRows,
} from '../../src/index.js';
import { folder } from '../folder.js';
import { real, stand, tiny } from '../teacher.js';

const HEAD = 'source,adm2,vif_scale0,vif_scale1,vif_scale2,vif_scale3,motion2,codec';

describe('agreement', () => {
  it('has the figures of a case by hand', () => {
    const { rows, rmse, max } = agreement([1, 2, 3, 4], [1, 2, 3, 6]);
    expect({ rows, rmse, max }).toEqual({ rows: 4, rmse: 1, max: 2 });
  });

  it('ranks rounded scores: last-bit noise makes no ranks', () => {
    const truth = [100, 100, 100, 100, 50, 20];
    const noisy = [100 - 1e-5, 100 - 3e-5, 100, 100 - 2e-5, 50, 20];
    expect(agreement(noisy, truth).srocc).toBe(1);
    expect(agreement([1, 1], [1, 1]).plcc).toBe(undefined);
  });

  it('does not overlook a score that is no number', () => {
    expect(agreement([NaN, 1], [1, 1]).max).toBeNaN();
  });

  it('groups in order of the names', () => {
    const groups = agreementBy(['b', 'a', 'b'], [1, 2, 4], [1, 2, 3]);
    expect(groups.map(({ name, rows, max }) => [name, rows, max])).toEqual([
      ['a', 1, 0],
      ['b', 2, 1],
    ]);
  });
});

describe('rows', () => {
  it('are found by the names of columns', () => {
    const text = `${HEAD}\r\n"A, b",0.9,0.4,0.7,0.8,0.9,5,x264\r\n`;
    const rows = unwrap(parseRows(text, 't.csv'));
    expect(rows.sources).toEqual(['A, b']);
    expect(rows.codecs).toEqual(['x264']);
    expect([...rows.features]).toEqual([0.9, 0.4, 0.7, 0.8, 0.9, 5]);
  });

  it.each([
    ['adm2\n1\n', 'line 1: has no column vif_scale0'],
    [`${HEAD}\n`, 'there are no rows'],
    [`${HEAD}\na,1,2,3\n`, 'line 2: has 4 cells, the first line has 8'],
    [`${HEAD}\na,nan,2,3,4,5,6,c\n`, 'line 2, column adm2: must be a number'],
    [`${HEAD}\na,1,,3,4,5,6,c\n`, 'line 2, column vif_scale0'],
    [`${HEAD}\na,0x1,2,3,4,5,6,c\n`, 'column adm2'],
    [`${HEAD}\na,1,2,3,4,5,1e999,c\n`, 'column motion2'],
    [`${HEAD}\n"a,1,2,3,4,5,6,c\n`, 'no readable cells'],
  ])('are refused with line and column: %#', (text, words) => {
    const result = parseRows(text, 't.csv');
    expect(E.isLeft(result) ? errorMessage(result.left) : 'no error').toContain(words);
  });
});

describe('an evaluation', () => {
  const features = drawPoints(tiny.data.mixture, 600, 5, stand.anchors);
  const rows: EvaluationRows = {
    features,
    sources: Array.from({ length: 600 }, (_, i) => (i < 500 ? 'one' : 'two')),
    codecs: Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 'x264' : 'av1')),
  };

  it('of the teacher itself finds the rounding of binary32 and no more', async () => {
    const { rmse, max, plcc, worst, codecs } = await evaluate({
      student: unwrap(modelBytes('a5')),
      rows,
      teacher: stand,
    });
    expect(rmse).toBeLessThan(4e-6);
    expect(max).toBeLessThan(8e-6);
    expect(plcc).toBeGreaterThan(0.9999999);
    expect(['one', 'two']).toContain(worst.name);
    expect(codecs?.map(({ name }) => name)).toEqual(['av1', 'x264']);
  });

  it('finds the worst source', async () => {
    const { worst } = await evaluate({
      student: (given) => stand.label(given).map((score, i) => (i >= 500 ? score + 3 : score)),
      rows,
      teacher: { ...stand, clip: { min: -1e9, max: 1e9 } },
    });
    expect(worst.name).toBe('two');
    expect(worst.rmse).toBeCloseTo(3, 9);
  });

  it('refuses bytes that are no student, and too few scores', async () => {
    const none = await evaluateTE({ student: new Uint8Array(8), rows, teacher: stand })();
    expect(E.isLeft(none) && none.left._tag).toBe('ModelFormat');
    const short = await evaluateTE({ student: () => [1], rows, teacher: stand })();
    expect(E.isLeft(short) && short.left._tag).toBe('BadArgument');
    const missing = await evaluateTE({
      student: unwrap(modelBytes('a5')),
      rows: 'nowhere.csv',
      teacher: stand,
    })();
    expect(E.isLeft(missing) && missing.left._tag).toBe('Io');
  });

  it('reads rows from a file', async () => {
    const path = join(folder(), 'rows.csv');
    writeFileSync(path, `${HEAD}\na,0.9,0.4,0.7,0.8,0.9,5,x264\n`);
    expect((await readRows(path)).sources).toEqual(['a']);
    const { rows: count } = await evaluate({
      student: unwrap(modelBytes('a5-nano')),
      rows: path,
      teacher: stand,
    });
    expect(count).toBe(1);
  });
});

describe.skipIf(!has('shared'))('the shipped students', () => {
  it.each([
    ['a5', 'vmaf_v0.6.1', 2e-5, 5e-4, 0.15],
    ['a5-nano', 'vmaf_v0.6.1', 1e-3, 2e-2, 0.15],
    ['a5-4k', 'vmaf_4k_v0.6.1', 2e-5, 5e-4, 0.15],
  ])('%s follows %s', async (id, name, rmse, max, far) => {
    const teacher = await real(name);
    const student = unwrap(modelBytes(id));
    const on = async (mixture: typeof tiny.data.mixture, seed: number) => {
      const features = drawPoints(mixture, 5000, seed, teacher.anchors);
      const sources = new Array<string>(5000).fill('all');
      return evaluate({ student, rows: { features, sources }, teacher });
    };
    const inside = await on(tiny.data.mixture, 4242);
    expect(inside.rmse).toBeLessThan(rmse);
    expect(inside.max).toBeLessThan(max);
    expect((await on({ far: 1 }, 4243)).max).toBeLessThan(far);
  });

  it('are far ahead of the best published ones', async () => {
    const teacher = await real();
    const features = drawPoints({ chain: 1 }, 1000, 31, teacher.anchors);
    const rows = { features, sources: new Array<string>(1000).fill('chain') };
    const files = ['vmaf_tiny_v2', 'vmaf_tiny_v3', 'vmaf_tiny_v4'].map((name) => {
      const student = readFileSync(resolve(SHARED, `peers/lusoris/${name}.onnx`));
      return [name, { student, bytes: student.length }] as const;
    });
    const own = unwrap(modelBytes('a5-nano'));
    const table = await compare(
      new Map([...files, ['a5-nano', { student: own, bytes: own.length }] as const]),
      rows,
      teacher,
    );
    expect(table[0]?.name).toBe('a5-nano');
    expect(table[1]!.evaluation.rmse).toBeGreaterThan(100 * table[0]!.evaluation.rmse);
  });
});
