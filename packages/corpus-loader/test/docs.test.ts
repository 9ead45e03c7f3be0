import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unwrap } from '@tinyvmaf/core';
import { WORKSPACE } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../src/corpus/corpus.js';
import { discoverTreeTE } from '../src/corpus/discover.js';
import { memoryTree } from './layouts/tree.js';

const page = readFileSync(resolve(WORKSPACE, 'docs/corpora.md'), 'utf8');

/** The only block of the page in a language. */
const block = (language: string): string => {
  const blocks = [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1] ?? '';
};

const FRAME = 3_110_400;

const read = async (name: string, text: string): Promise<Corpus> =>
  unwrap(
    await discoverTreeTE(
      memoryTree({
        'originals/rooftops.yuv': 240 * FRAME,
        'encodes/rooftops-low.mp4': 1000,
        'encodes/rooftops-high.yuv': 240 * FRAME,
        [name]: text,
      }),
    )(),
  );

describe('the page about corpora', () => {
  it.each(['manifest.json', 'manifest.csv'])(
    'shows a %s that is read without findings',
    async (name) => {
      const corpus = await read(name, block(name === 'manifest.json' ? 'json' : 'csv'));
      expect(corpus.findings).toEqual([]);
      const [source] = corpus.sources;
      expect(source?.id).toBe('Rooftops');
      expect(source?.reference?.frames).toBe(240);
      expect(source?.rungs.map(({ labels }) => labels[0]?.value)).toEqual([2.4, undefined]);
    },
  );

  it('names every code that there is', () => {
    for (const code of codes()) expect(page).toContain(`\`${code}\``);
  });
});

/** Codes of findings in the sources of discovery, labels and inspection. */
const codes = (): readonly string[] => {
  const found = new Set<string>();
  for (const file of SOURCES) {
    const text = readFileSync(resolve(import.meta.dirname, '../src', file), 'utf8');
    for (const [, code = ''] of text.matchAll(/\bcode(?::| =) '([a-z-]+)'/g)) found.add(code);
    for (const [, code = ''] of text.matchAll(/\berror\('([a-z-]+)'/g)) found.add(code);
    for (const [, code = ''] of text.matchAll(/tell\('\w+', '([a-z0-9-]+)'/g)) found.add(code);
  }
  expect(found.size).toBeGreaterThan(30);
  return [...found];
};

const SOURCES = [
  'corpus/merge.ts',
  'corpus/discover.ts',
  'tree/walk.ts',
  ...['assemble', 'stated', 'manifest', 'netflix', 'bvi-dvc', 'lsvq', 'folder'].map(
    (name) => `layouts/${name}.ts`,
  ),
  ...['assume', 'libsvm', 'join'].map((name) => `labels/${name}.ts`),
  ...['files', 'verify'].map((name) => `inspect/${name}.ts`),
];
