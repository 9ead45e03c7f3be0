import { describe, expect, it } from 'vitest';
import type { ImportedTable } from '../../src/labels/imported.js';
import { load } from './file.js';

const A = '# clips of today\n\n98.5 qid:1 1:0.95 2:0.40 3:0.70 4:0.80 5:0.90 6:5.0 # clip A\n';

/** Label and features of each row. */
const rows = (table: ImportedTable | string): unknown =>
  typeof table === 'string'
    ? table
    : table.clips.map(({ label, features }) => [label?.value, ...(features ?? [])]);

// The files of a published list of cases: sparse rows, decimal commas, nan.
describe('libsvm rows', () => {
  it.each([
    ['LF', A],
    ['CRLF and trailing blanks', A.replaceAll('\n', '  \r\n')],
  ])('a, b: label, features in the stated order, qid, comments: %s', async (_name, text) => {
    const table = (await load('a.libsvm', text)) as ImportedTable;
    expect(rows(table)).toEqual([[98.5, 0.95, 0.4, 0.7, 0.8, 0.9, 5]]);
    expect(table.featureOrder).toEqual([
      'adm2',
      'vif_scale0',
      'vif_scale1',
      'vif_scale2',
      'vif_scale3',
      'motion2',
    ]);
    expect(table.clips[0]).toMatchObject({
      clip: 'row 3',
      names: ['row 3', 'clip A'],
      metadata: { qid: 1, comment: 'clip A' },
    });
    expect(table.findings.map(({ code }) => code)).toEqual(['scale-assumed']);
  });

  it('c: an absent index is 0', async () => {
    expect(rows(await load('c.libsvm', '50 1:0.9 2:0.3 4:0.7 6:6'))).toEqual([
      [50, 0.9, 0.3, 0, 0.7, 0, 6],
    ]);
  });

  it.each([
    ['d', '1 1:1\n30 6:7 1:0.85', /line 2, 1:0\.85: indices must ascend: 1 follows 6/],
    ['twice', '30 1:7 1:0.85', /indices must ascend: 1 follows 1/],
    ['e', '12 0:0.8 1:0.1 2:0.4', /line 1, 0:0\.8: index 0 is not allowed/],
    ['f', '50 1:0,9 2:0,3', /line 1, 1:0,9: "0,9" has a decimal comma/],
    ['f, label', '50,5 1:0.9', /line 1, label: "50,5" has a decimal comma/],
    ['h', '1e3 1:0.9 7:1', /line 1, 7:1: index 7 is beyond the 6 features/],
    ['label off its scale', '1e3 1:0.9', /line 1, label: 1000 is outside the scale 0\.\.100/],
    ['value nan', '1 1:nan', /line 1, 1:nan: "nan" is not a finite number/],
    ['value inf', '1 1:inf', /not a finite number/],
    ['label inf', '-inf 1:1', /line 1, label: "-inf" is not a finite number/],
    ['no colon', '1 0.5', /line 1, 0\.5: is not index:value/],
    ['hexadecimal', '1 0x1:3', /is not index:value/],
    ['negative', '1 -1:3', /is not index:value/],
    ['hexadecimal value', '1 1:0x10', /is not a number/],
    ['qid', '1 qid:a 1:1', /qid must be a whole number/],
    ['late qid', '1 1:1 qid:2', /qid:2: is not index:value/],
    ['empty', '# nothing\n', /there is no row/],
  ])('%s: refused with line and token', async (_name, text, message) => {
    expect(await load('x.libsvm', text)).toMatch(message);
  });

  it('g: a row with the label nan counts as unlabelled', async () => {
    const table = (await load('g.svm', 'nan 1:0.9 2:0.3\n5 1:1')) as ImportedTable;
    expect(rows(table)).toEqual([
      [undefined, 0.9, 0.3, 0, 0, 0, 0],
      [5, 1, 0, 0, 0, 0, 0],
    ]);
    expect(table.findings[0]).toMatchObject({
      code: 'unlabelled',
      problem: expect.stringContaining(
        '1 of 2 rows have the label nan, the first on line 1',
      ) as string,
    });
  });

  it('maps another order by name, and takes a scale', async () => {
    const featureOrder = [
      'adm2',
      'motion2',
      'vif_scale0',
      'vif_scale1',
      'vif_scale2',
      'vif_scale3',
    ] as const;
    const scale = { min: 0, max: 9, direction: 'lower-is-better' } as const;
    const table = (await load('o.libsvm', '5 1:1 2:2 3:3', {
      featureOrder,
      scale,
    })) as ImportedTable;
    expect(rows(table)).toEqual([[5, 1, 3, 0, 0, 0, 2]]);
    expect(table.clips[0]?.label?.scale).toEqual(scale);
    expect(table.findings).toEqual([]);
    expect(await load('o.libsvm', '5 1:1', { featureOrder: ['adm2'] })).toMatch(
      /must name each of/,
    );
  });
});
