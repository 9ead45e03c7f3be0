// A generated package, tried with the workspace's own tools in a copy that
// holds nothing else.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import newPackage from '../package/generator.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const COPIED = [
  'package.json',
  'nx.json',
  'tsconfig.base.json',
  'eslint.config.js',
  '.prettierrc.json',
  '.gitignore',
  'vitest.shared.ts',
  'vitest.config.ts',
  'LICENSE',
  'tools/config/tsconfig.json',
  'tools/layers.json',
  'tools/budgets.json',
  'tools/scripts/package.json',
  'tools/scripts/src',
  'tools/testkit/package.json',
  'tools/testkit/src/needs.ts',
  'tools/testkit/tsconfig.json',
  'tools/testkit/tsconfig.lib.json',
];

// Nx exports no way to work on a folder; this is the class its own command uses.
const { FsTree, flushChanges } = createRequire(import.meta.url)('nx/src/generators/tree') as {
  FsTree: new (root: string, verbose: boolean) => Parameters<typeof newPackage>[0];
  flushChanges: (root: string, changes: unknown) => void;
};

describe('a generated package', () => {
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-generated-'));
    for (const name of COPIED)
      cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ files: [], references: [{ path: './tools/config' }] }),
    );
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    const tree = new FsTree(folder, false);
    await newPackage(tree, {
      name: 'fresh',
      description: "What's new.",
      layer: 1,
      imports: 'core',
    });
    flushChanges(folder, tree.listChanges());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  /** Output of a Node program in the copy; fails with it. */
  const program = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: folder, NO_COLOR: '1' },
    });
    expect(status, stdout + stderr).toBe(0);
    return stdout;
  };

  it('has its layer, budget and reference', () => {
    expect(read('tools/layers.json')).toMatchObject({
      packages: { fresh: { layer: 1, browser: true, mayImport: ['core'] } },
    });
    expect(read('tools/budgets.json')).toMatchObject({ packed: { '@tinyvmaf/fresh': 50_000 } });
    expect(read('tsconfig.json')).toMatchObject({
      references: [{ path: './tools/config' }, { path: './packages/fresh' }],
    });
    expect(read('packages/fresh/package.json')).toMatchObject({ nx: { tags: ['layer:1'] } });
  });

  it('builds', () => {
    program('node_modules/typescript/bin/tsc', '-b', 'packages/fresh/tsconfig.lib.json');
    expect(readFileSync(path.join(folder, 'packages/fresh/dist/name.d.ts'), 'utf8')).toContain(
      'npm name of this package',
    );
  });

  it('is formatted', () => {
    program('node_modules/prettier/bin/prettier.cjs', '--check', 'packages', 'docs');
  });

  it('passes lint', () => {
    expect(program('tools/scripts/src/lint.mjs', 'packages/fresh')).toContain('1 passed, 0 failed');
  });

  it('passes its test', () => {
    const output = program('node_modules/vitest/vitest.mjs', 'run', '--project', '@tinyvmaf/fresh');
    expect(output).toMatch(/1 passed/);
  });
});
