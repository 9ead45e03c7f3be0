import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import type { Label } from '../../src/corpus/label.js';
import { corpusStats } from '../../src/inspect/stats.js';
import { corpusTree } from '../../src/inspect/tree.js';

const format = { width: 16, height: 16, bitDepth: 8, chroma: '420' } as const;
const frameRate = { numerator: 25, denominator: 1 };
const scale = { min: 1, max: 5, direction: 'higher-is-better' } as const;
const label: Label = { name: 'mos', dataset: 'lab', value: 4.25, scale };

const corpus: Corpus = {
  root: '/data',
  layouts: ['netflix'],
  sources: [
    {
      id: 'A',
      group: 'A',
      reference: { path: 'ref/A.yuv', bytes: 19200, format, frameRate, frames: 50 },
      rungs: [
        {
          clip: 'dis/A_1.yuv',
          file: { path: 'dis/A_1.yuv', bytes: 19200, format, frameRate, frames: 50 },
          metadata: { quality: 1, kbps: 300 },
          labels: [label],
        },
        { clip: 'enc', file: { path: 'dis/A\u202e.mp4', bytes: 7 }, metadata: {}, labels: [] },
      ],
      metadata: {},
      labels: [],
    },
    {
      id: 'B_8s',
      group: 'B',
      rungs: [],
      metadata: {},
      labels: [{ ...label, restriction: 'evaluation-only' }],
    },
  ],
  findings: [
    { code: 'no-reference', severity: 'error', path: 'x', problem: 'p', remedy: '' },
    { code: 'duplicate', severity: 'warning', path: 'y', problem: 'p', remedy: '' },
    { code: 'geometry-assumed', severity: 'note', path: 'z', problem: 'p', remedy: '' },
  ],
};

describe('statistics', () => {
  it('add up', () => {
    expect(corpusStats(corpus)).toEqual({
      root: '/data',
      layouts: ['netflix'],
      sources: 2,
      groups: 2,
      sourcesWithoutReference: 1,
      sourcesWithoutRungs: 1,
      rungs: 2,
      labelledRungs: 1,
      references: {
        files: 1,
        bytes: 19200,
        frames: 50,
        framesUnknown: 0,
        seconds: 2,
        secondsUnknown: 0,
      },
      distorted: {
        files: 2,
        bytes: 19207,
        frames: 50,
        framesUnknown: 1,
        seconds: 2,
        secondsUnknown: 1,
      },
      labels: [{ dataset: 'lab', name: 'mos', count: 2, scale, restricted: 1 }],
      findings: { error: 1, warning: 1, note: 1 },
      troubles: { missing: 1, duplicated: 1, odd: 1 },
      codes: { duplicate: 1, 'geometry-assumed': 1, 'no-reference': 1 },
    });
  });
});

describe('the tree', () => {
  it('shows sources and rungs, and nothing that moves a cursor', () => {
    expect(corpusTree(corpus)).toEqual([
      '/data  netflix',
      '├─ A  2 rungs  16x16 8-bit 4:2:0, 25 fps, 50 frames',
      '│  ├─ ref/A.yuv  reference',
      '│  ├─ dis/A_1.yuv  quality 1, kbps 300  mos 4.25 of 1..5 (lab)',
      '│  └─ enc = dis/A\\u{202e}.mp4',
      '└─ B_8s  0 rungs  group B',
      '   └─ (no reference)  mos 4.25 of 1..5 (lab)',
    ]);
  });

  it('counts what it leaves out', () => {
    expect(corpusTree(corpus, { rungs: 1 })[4]).toBe('│  └─ (1 more)');
  });
});
