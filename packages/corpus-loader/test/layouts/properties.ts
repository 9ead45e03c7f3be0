// What must hold of every corpus that was read from a Netflix-style tree.
import { expect } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { FRAME, ladderOf, nameOfSource } from './names.js';

/** Every clip that should be paired, by brute force over all pairs of files. */
const rightPairs = (files: Readonly<Record<string, number>>): Map<string, string> => {
  const right = new Map<string, string>();
  const names = Object.keys(files).map((path) => ({ path, name: nameOfSource(path) }));
  for (const { path, name } of names) {
    if (name === undefined || name.reference) continue;
    const references = names.filter(
      (other) =>
        other.name?.reference === true &&
        other.name.source === name.source &&
        ladderOf(other.path) === ladderOf(path),
    );
    const [reference] = references;
    const bytes = files[path] ?? 0;
    if (references.length !== 1 || reference === undefined) continue;
    if (bytes > 0 && bytes % FRAME === 0 && files[reference.path] === bytes) {
      right.set(path, reference.path);
    }
  }
  return right;
};

/** Pairs are exactly the right ones; every file is either used or told; names are unique. */
export const expectSound = (corpus: Corpus, files: Readonly<Record<string, number>>): void => {
  const found = new Map<string, string>();
  for (const source of corpus.sources) {
    for (const { file } of source.rungs) {
      expect(found.has(file.path)).toBe(false);
      found.set(file.path, source.reference?.path ?? '');
    }
  }
  expect([...found].sort()).toEqual([...rightPairs(files)].sort());
  const told = new Set(corpus.findings.map(({ path }) => path));
  const used = new Set([
    ...found.keys(),
    ...corpus.sources.flatMap(({ reference }) => (reference === undefined ? [] : [reference.path])),
  ]);
  for (const path of Object.keys(files)) expect(used.has(path) || told.has(path)).toBe(true);
  const ids = corpus.sources.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { problem } of corpus.findings) expect(problem).not.toBe('');
};
