import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bannedWords, copiesOf } from '../src/checks/words.mjs';
import { folderWith } from './helpers.js';

describe('words', () => {
  it.each([
    ['docs/a.md', `See /${'work'}/shared.`, 'a path of one machine'],
    ['src/a.ts', `const path = '/${'tmp'}/x';`, 'a path of one machine'],
    ['package-lock.json', '"resolved": "https://example.org/a.tgz"', 'a registry host'],
    ['src/a.ts', '// eslint-disable-next-line no-var', 'without a reason'],
    ['src/a.ts', '// @ts-ignore', 'the compiler'],
    ['src/a.ts', '// TODO later', 'unfinished'],
    ['test/a.test.ts', "it.only('x', () => {});", 'keeps others from running'],
  ])('%s may not say %s', (file, text, why) => {
    expect(bannedWords(file, `fine\n${text}\n`).join()).toContain(`${file}:2: `);
    expect(bannedWords(file, text).join()).toContain(why);
  });

  it.each([
    ['docs/a.md', `put it in the work/ folder, or https://example.org/${'work'}/a`],
    ['src/a.ts', '// eslint-disable-next-line no-var -- the parser needs it'],
    ['docs/a.md', 'A list of TODO items'],
    ['package-lock.json', '"resolved": "packages/core"'],
  ])('%s may say %s', (file, text) => {
    expect(bannedWords(file, text)).toEqual([]);
  });
});

describe('copies', () => {
  it('are found by their bytes, whatever their names', () => {
    const text = 'x'.repeat(300);
    const ours = folderWith({ 'a.txt': text, 'b.txt': 'y'.repeat(300), 'short.txt': 'z' });
    const theirs = folderWith({ 'deep/other.bin': text, 'short.txt': 'z' });
    const files = ['a.txt', 'b.txt', 'short.txt'].map((name) => path.join(ours, name));
    const found = copiesOf(files, theirs);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('a.txt is a copy of');
  });
});
