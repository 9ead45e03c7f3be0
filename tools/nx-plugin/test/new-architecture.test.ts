// A generated plugin, tried as its author would: its own tests, with nothing
// changed, and by its path.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import architecture from '../architecture/generator.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

// Nx exports no way to work on a folder; this is the class its own command uses.
const { FsTree, flushChanges } = createRequire(import.meta.url)('nx/src/generators/tree') as {
  FsTree: new (root: string, verbose: boolean) => Parameters<typeof architecture>[0];
  flushChanges: (root: string, changes: unknown) => void;
};

let folder = '';

/** Output of a Node program; fails with it. */
const program = (cwd: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    // Vitest's own settings would have the inner tests report to it.
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });
  expect(status, stdout + stderr).toBe(0);
  return stdout;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-plugin-'));
  // Plugins import built packages.
  program(ROOT, 'node_modules/typescript/bin/tsc', '-b', 'packages/models/tsconfig.lib.json');
  mkdirSync(path.join(folder, 'packages/models'), { recursive: true });
  for (const name of ['package.json', '.prettierrc.json', 'packages/models/package.json']) {
    writeFileSync(path.join(folder, name), readFileSync(path.join(ROOT, name)));
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const tree = new FsTree(folder, false);
  await architecture(tree, { name: 'my-arch' });
  await architecture(tree, { name: 'my-clip', directory: 'elsewhere', input: 'clip' });
  flushChanges(folder, tree.listChanges());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['my-arch', 'architectures/my-arch'],
  ['my-clip', 'elsewhere'],
])('the generated architecture %s', (name, directory) => {
  it('passes the conformance suite', () => {
    const output = program(path.join(folder, directory), '--test');
    expect(output).toMatch(/# pass [1-9]/);
    expect(output).toContain('keeps the contract');
    expect(output).toMatch(/# fail 0/);
  });

  it('is found by its path', () => {
    const script = `import { resolveArchitecture } from '@tinyvmaf/models/node';
      console.log((await resolveArchitecture(${JSON.stringify(`./${directory}`)})).id);`;
    expect(program(folder, '--input-type=module', '-e', script)).toBe(`${name}\n`);
  });

  it('is formatted', () => {
    program(folder, 'node_modules/prettier/bin/prettier.cjs', '--check', directory);
  });
});

describe('the generator', () => {
  it('refuses names that are none, and folders that are taken', async () => {
    const tree = new FsTree(folder, false);
    await expect(architecture(tree, { name: 'My Arch' })).rejects.toThrow('must be lower-case');
    await expect(architecture(tree, { name: 'my-arch' })).rejects.toThrow('exists');
  });
});
