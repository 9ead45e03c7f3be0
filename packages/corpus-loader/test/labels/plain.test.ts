import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImportedTable } from '../../src/labels/imported.js';
import { load } from './file.js';

const labels = (table: ImportedTable | string): unknown =>
  typeof table === 'string' ? table : table.clips.map(({ clip, label }) => [clip, label?.value]);

describe('label tables', () => {
  it.each([
    ['commas', 'clip,mos\nA,4.5\nB,1\n'],
    ['semicolons and CRLF', 'clip;mos\r\nA;4.5\r\nB;1\r\n'],
    ['tabs', 'clip\tmos\nA\t4.5\nB\t1'],
    [
      'byte order mark, comments, empty lines',
      '\uFEFF# of today\n\nclip,mos\n# first\nA,4.5\n\nB,1\n',
    ],
    ['quotes', '"clip","mos"\n"A","4.5"\n"B",1\n'],
    ['capitals and blanks', 'Clip, MOS\nA, 4.5\nB, 1\n'],
    ['old Mac lines', 'clip,mos\rA,4.5\rB,1\r'],
  ])('reads %s', async (_name, text) => {
    expect(labels(await load('t.csv', text))).toEqual([
      ['A', 4.5],
      ['B', 1],
    ]);
  });

  it('reads gzip, and names with separators, quotes and line breaks', async () => {
    const text = 'clip,mos\n"a,b ""c""",2\n"d\ne",3\n';
    expect(labels(await load('t.csv.gz', gzipSync(text)))).toEqual([
      ['a,b "c"', 2],
      ['d\ne', 3],
    ]);
  });

  it.each([
    [
      'decimal comma',
      'clip;mos\nClip_05;98,5\nClip_10;nan\n',
      /line 2, column mos: "98,5" has a dec/,
    ],
    ['nan', 'clip;mos\nClip_05;98.5\nClip_10;nan\n', /line 3, column mos: "nan" is not a finite/],
    [
      'comma in a comma table',
      'clip,mos\nClip_05,98,5\n',
      /line 2: has 3 cells where the header has 2 \(a decimal comma\?/,
    ],
    ['short row', 'clip,mos,ci\nA,5\n', /line 2: has 2 cells where the header has 3/],
    ['thousands', 'clip;mos\nA;1.234,5\n', /is not a number/],
    ['text', 'clip,mos\nA,good\n', /column mos: "good" is not a number/],
    ['twice', 'clip,mos\nA,5\nA,4\n', /line 3, column clip: A is on line 2 already/],
    ['no name', 'clip,mos\n,5\n', /line 2, column clip: is empty/],
    ['columns twice', 'clip,mos,mos\nA,5,5\n', /two columns are called mos/],
    ['no column', 'clip,score\nA,5\n', /has no column mos; it has clip, score/],
    ['empty', '', /there is no header line/],
    ['open quote', 'clip,mos\n"A,5\n', /t\.csv, line \d: /],
    [
      'off the assumed scale',
      'clip,mos\nA,500\n',
      /line 2, column mos: 500 is outside the scale 0\.\.100, which is assumed/,
    ],
    ['votes', 'clip,mos,votes\nA,5,"4 nan 5"\n', /line 2, column votes: "nan"/],
    ['some features', 'clip,mos,adm2\nA,5,1\n', /has no column vif_scale0/],
    ['frames', 'clip,frame,mos\nA,0,5\n', /table of frames/],
  ])('refuses %s', async (_name, text, message) => {
    expect(await load('t.csv', text)).toMatch(message);
  });

  it('refuses what is not UTF-8, and damaged gzip', async () => {
    expect(await load('t.csv', Buffer.from('clip,mos\n\xe4,5\n', 'latin1'))).toMatch(/not UTF-8/);
    const cut = gzipSync('clip,mos\nA,5\n').subarray(0, 20);
    expect(await load('t.csv.gz', cut)).toMatch(/compressed data: is damaged or cut short/);
  });

  it('keeps interval, votes, scale and direction', async () => {
    const table = (await load(
      'lab.csv',
      'clip,dmos,ci,votes,scale_min,scale_max,direction,room\nA,12.5,0.5,"1 2;3",0,100,lower-is-better,7\nB,,,,0,100,lower-is-better,007\n',
    )) as ImportedTable;
    expect(table.clips).toEqual([
      {
        clip: 'A',
        names: ['A'],
        label: {
          name: 'dmos',
          dataset: 'lab',
          value: 12.5,
          scale: { min: 0, max: 100, direction: 'lower-is-better' },
          ci: 0.5,
          votes: [1, 2, 3],
        },
        metadata: { room: 7 },
      },
      { clip: 'B', names: ['B'], metadata: { room: '007' } },
    ]);
    expect(table.findings).toEqual([]);
  });

  it('takes options: scale, data set, column', async () => {
    const scale = { min: 0, max: 10, direction: 'lower-is-better' } as const;
    const options = { scale, dataset: 'mine', column: 'score' };
    const table = (await load('t.csv', 'clip,score\nA,7\n', options)) as ImportedTable;
    expect(table.clips[0]?.label).toEqual({ name: 'mos', dataset: 'mine', value: 7, scale });
    expect(await load('t.csv', 'clip,score\nA,11\n', options)).toMatch(
      /11 is outside the scale 0\.\.10/,
    );
  });

  it('guesses a scale only aloud', async () => {
    const five = (await load('t.csv', 'clip,mos\nA,5\n')) as ImportedTable;
    const hundred = (await load('t.csv', 'clip,mos\nA,5\nB,6\n')) as ImportedTable;
    expect(five.clips[0]?.label?.scale.max).toBe(5);
    expect(hundred.clips[0]?.label?.scale.max).toBe(100);
    expect(five.findings).toMatchObject([{ code: 'scale-assumed', severity: 'warning' }]);
  });

  it('reads rows of features in any order of columns', async () => {
    const table = (await load(
      'f.csv',
      'motion2,adm2,vif_scale3,vif_scale2,vif_scale1,vif_scale0,clip\n6,1,5,4,3,2,A\n',
    )) as ImportedTable;
    expect(table.kind).toBe('features');
    expect([...(table.clips[0]?.features ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(table.featureOrder?.[0]).toBe('motion2');
  });
});
