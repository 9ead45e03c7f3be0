import { unwrap } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { memoryTree } from './tree.js';

const read = async (entries: Parameters<typeof memoryTree>[0]): Promise<Corpus> =>
  unwrap(await discoverTreeTE(memoryTree(entries))());

const HEADER = 'name,height,width,mos_p1,mos,frame_number,is_test\n';

describe('LSVQ', () => {
  it('takes each video with its score, its split and the scale of its table', async () => {
    const corpus = await read({
      'LSVQ/labels_train_test.csv': `${HEADER}ia-batch1/one,540,960,50.0,72.25,240,False\nyfcc-batch1/one,540,960,50.0,31,240,True\nyfcc-batch1/gone,1,1,1,31,240,True\n`,
      'LSVQ/ia-batch1/one.mp4': 10,
      'LSVQ/yfcc-batch1/one.mp4': 11,
      'LSVQ/extra.mp4': 12,
    });
    expect(corpus.sources.map(({ id, labels, metadata }) => [id, labels[0], metadata])).toEqual([
      [
        'ia-batch1/one',
        {
          name: 'mos',
          dataset: 'lsvq',
          value: 72.25,
          scale: { min: 0, max: 100, direction: 'higher-is-better' },
        },
        { split: 'train' },
      ],
      ['yfcc-batch1/one', expect.objectContaining({ value: 31 }), { split: 'test' }],
    ]);
    expect(corpus.findings.map(({ code, problem }) => [code, problem])).toEqual([
      ['label-without-clip', '1 of 3 rows name videos that are not there'],
      [
        'scale-assumed',
        'does not say the scale of its mos; values from 31 to 72.25 are taken for 0..100',
      ],
      ['unexplained', expect.stringContaining('looks like video')],
    ]);
  });

  it('takes 1..5 where all values allow it, and keeps rows without a score', async () => {
    const corpus = await read({
      'LSVQ_whole_test_1080p.csv': 'name,mos\na,4.5\nb,nan\n',
      'videos/a.mp4': 1,
      'videos/b.mp4': 1,
    });
    expect(corpus.sources.map(({ labels, metadata }) => [labels[0]?.scale.max, metadata])).toEqual([
      [5, { split: 'test-1080p' }],
      [undefined, { split: 'test-1080p' }],
    ]);
    expect(corpus.findings.map(({ code }) => code)).toEqual(['unlabelled', 'scale-assumed']);
    expect(corpus.findings[1]).toMatchObject({
      severity: 'note',
      path: 'LSVQ_whole_test_1080p.csv',
      problem: 'does not say the scale of its mos; values from 4.5 to 4.5 are taken for 1..5',
    });
  });

  it('refuses tables that lack columns or hold no numbers, and names that mean two files', async () => {
    const files = { 'x/a.mp4': 1, 'y/a.mp4': 1 };
    const wrong = await read({ ...files, 'LSVQ_whole_train.csv': 'name,score\na,1\n' });
    expect(wrong.findings[0]?.problem).toMatch(/no column mos; it has name, score/);
    const comma = await read({ ...files, 'LSVQ_whole_train.csv': 'name;mos\na;4,5\n' });
    expect(comma.findings[0]?.problem).toMatch(/line 2, column mos: "4,5" has a decimal comma/);
    const range = await read({ ...files, 'LSVQ_whole_train.csv': 'name,mos\na,400\n' });
    expect(range.findings[0]?.problem).toMatch(/neither 1\.\.5 nor 0\.\.100/);
    const two = await read({ ...files, 'LSVQ_whole_train.csv': 'name,mos\na,4\n' });
    expect(two.findings[0]).toMatchObject({ code: 'ambiguous-name' });
    const near = await read({ ...files, 'x/LSVQ_whole_train.csv': 'name,mos\na,4\n' });
    expect(near.sources.map(({ reference }) => reference?.path)).toEqual(['x/a.mp4']);
  });
});
