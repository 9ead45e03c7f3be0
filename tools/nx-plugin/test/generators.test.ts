import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import adr from '../adr/generator.js';
import changelog from '../changelog/generator.js';
import digest from '../digest/generator.js';
import newPackage from '../package/generator.js';
import { addRow, nextNumber, slugOf } from '../lib/records.js';

const TABLE = '# Decisions\n\n| number | decision | status |\n| --- | --- | --- |\n';

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
});

describe('records', () => {
  it('get the number after the highest one', () => {
    expect(nextNumber(tree, 'adr')).toBe('0001');
    tree.write('adr/0002-b.md', '');
    tree.write('adr/0011-c.md', '');
    tree.write('adr/README.md', '');
    expect(nextNumber(tree, 'adr')).toBe('0012');
  });

  it('get file names from their titles', () => {
    expect(slugOf('  Why `fp-ts`, and where? ')).toBe('why-fp-ts-and-where');
    expect(slugOf('Überfluß 2.0')).toBe('u-berflu-2-0');
    expect(() => slugOf('?!')).toThrow('has no letter');
  });

  it('get a row in the README where there is a table', () => {
    tree.write('README.md', `${TABLE}| a | b | c |\n\nMore.\n`);
    addRow(tree, 'README.md', ['d', 'e', 'f']);
    expect(tree.read('README.md', 'utf8')).toContain('| a | b | c |\n| d | e | f |\n\nMore.');
  });
});

describe('adr', () => {
  it('writes a numbered file with its sections, and lists it', async () => {
    tree.write('adr/0004-old.md', '');
    tree.write('adr/README.md', TABLE);
    await adr(tree, { title: 'Use bits' });
    const text = tree.read('adr/0005-use-bits.md', 'utf8')!;
    expect(text).toMatch(/^# 0005: Use bits\n\nStatus: proposed, \d{4}-\d\d-\d\d\n/);
    expect(text.match(/^## .*/gm)).toEqual([
      '## Context',
      '## Decision',
      '## Alternatives',
      '## Consequences',
    ]);
    expect(tree.read('adr/README.md', 'utf8')).toContain('[0005](0005-use-bits.md)');
  });
});

describe('digest', () => {
  it('writes a numbered file', async () => {
    await digest(tree, { title: 'What is known' });
    expect(tree.read('research/0001-what-is-known.md', 'utf8')).toMatch(/^# 0001: What is known\n/);
  });
});

describe('changelog', () => {
  beforeEach(() => {
    tree.write('packages/core/package.json', JSON.stringify({ name: '@tinyvmaf/core' }));
    tree.write(
      'package.json',
      JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
    );
  });

  it('writes a fragment that names packages and bump', async () => {
    await changelog(tree, { message: 'Reads 10-bit planes.', packages: '@tinyvmaf/core' });
    expect(tree.read('CHANGELOG.d/reads-10-bit-planes.md', 'utf8')).toBe(
      "---\n'@tinyvmaf/core': minor\n---\n\nReads 10-bit planes.\n",
    );
  });

  it('refuses a package that is not there, and a topic that is', async () => {
    await expect(changelog(tree, { message: 'M.', packages: 'other' })).rejects.toThrow(
      'other is none of @tinyvmaf/core',
    );
    const options = { message: 'M.', packages: '@tinyvmaf/core', topic: 'same' };
    await changelog(tree, options);
    await expect(changelog(tree, options)).rejects.toThrow('same.md exists');
  });
});

describe('package', () => {
  beforeEach(() => {
    const core = { layer: 0, browser: true, mayImport: [] };
    tree.write('tools/layers.json', JSON.stringify({ packages: { core } }));
    tree.write('tools/budgets.json', JSON.stringify({ packed: {} }));
    tree.write('tsconfig.json', JSON.stringify({ references: [] }));
  });

  it('refuses layers that do not fit', async () => {
    const options = { name: 'new', description: 'New.' };
    await expect(newPackage(tree, options)).rejects.toThrow('give --layer');
    await expect(newPackage(tree, { ...options, layer: 0, imports: 'core' })).rejects.toThrow(
      'core is in layer 0, not below 0',
    );
    await expect(newPackage(tree, { ...options, layer: 1, imports: 'nope' })).rejects.toThrow(
      'does not know nope',
    );
  });

  it('refuses to overwrite one', async () => {
    tree.write('packages/core/package.json', '{}');
    await expect(newPackage(tree, { name: 'core', description: 'C.' })).rejects.toThrow('exists');
  });
});
