import { unwrap } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import type { ImportedTable } from '../../src/labels/imported.js';
import { joinLabels } from '../../src/labels/join.js';
import { memoryTree } from '../layouts/tree.js';
import { load } from './file.js';

const GEOMETRY = { width: 16, height: 16, bitDepth: 8, chroma: '420' } as const;

describe('joining labels', () => {
  it('goes by exact names, and counts the rest', async () => {
    const files = ['ref/A_25fps.yuv', 'dis/A_1_1_1.yuv', 'dis/A_2_1_1.yuv', 'dis/A_3_1_1.yuv'];
    const other = ['two/ref/A_25fps.yuv', 'two/dis/A_3_1_1.yuv'];
    const tree = memoryTree(Object.fromEntries([...files, ...other].map((name) => [name, 384])));
    const corpus = unwrap(await discoverTreeTE(tree, { options: { geometry: GEOMETRY } })());
    const table = (await load(
      't.csv',
      'clip,mos\nA_1_1_1.yuv,1\nA_2_1_1,2\nA_3_1_1.yuv,3\nA_1_1,4\na_1_1_1.yuv,5\nref/A_25fps.yuv,5\n',
    )) as ImportedTable;
    const joined = joinLabels(corpus, table);
    expect(joined.matched).toBe(3);
    expect(joined.unmatched).toEqual(['A_3_1_1.yuv', 'A_1_1', 'a_1_1_1.yuv']);
    const labels = joined.corpus.sources.flatMap(({ rungs }) =>
      rungs.map((rung) => [rung.clip, rung.labels.map(({ value }) => value)]),
    );
    expect(labels).toEqual([
      ['dis/A_1_1_1.yuv', [1]],
      ['dis/A_2_1_1.yuv', [2]],
      ['dis/A_3_1_1.yuv', []],
      ['two/dis/A_3_1_1.yuv', []],
    ]);
    expect(joined.corpus.sources[0]?.labels.map(({ value }) => value)).toEqual([5]);
    expect(joined.corpus.findings.map(({ code, problem }) => [code, problem])).toEqual([
      ['ambiguous-label', expect.stringContaining('could belong to 2 files')],
      ['labels-matched', '3 of 6 labels of t have found their clip'],
      ['label-without-clip', '3 of 6 labels of t fit no clip of the corpus'],
    ]);
  });
});
