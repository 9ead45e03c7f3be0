// One hostile tree: read, judged, removed.
import { unwrap } from '@tinyvmaf/core';
import { expect } from 'vitest';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { nodeDisk, type Disk } from '../../src/tree/disk.js';
import { openTreeTE } from '../../src/tree/tree.js';
import { GEOMETRY } from '../layouts/names.js';
import { expectSound } from '../layouts/properties.js';
import { build, type Hostile } from './hostile.js';

/** Builds the tree and asserts that nothing outside was looked at and every pair is right. */
export const expectSafe = async (hostile: Hostile): Promise<void> => {
  const { root, files, codes, remove } = build(hostile);
  try {
    const looked: string[] = [];
    const disk: Disk = {
      ...nodeDisk,
      entries: (folder, most) => (looked.push(folder), nodeDisk.entries(folder, most)),
      look: (path) => (looked.push(path), nodeDisk.look(path)),
    };
    const { tree, findings } = unwrap(await openTreeTE(root, { disk })());
    const corpus = unwrap(
      await discoverTreeTE(tree, { options: { geometry: GEOMETRY } }, findings)(),
    );
    for (const path of looked) expect(path === root || path.startsWith(`${root}/`)).toBe(true);
    const told = new Set(corpus.findings.map(({ code }) => code));
    for (const code of codes) expect(told.has(code)).toBe(true);
    expectSound(corpus, files);
  } finally {
    remove();
  }
};
