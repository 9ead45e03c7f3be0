import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleCommand, notices, NOTICES, packageOf } from '../src/bundle.mjs';
import { packagesIn, unlicensed } from '../src/checks/notices.mjs';
import { folderWith, ROOT } from './helpers.js';

const built = existsSync(path.join(ROOT, 'packages/tinyvmaf/dist/bin.js'));

describe('the bundle of the command', () => {
  it.skipIf(!built)('replaces what was there, and names whose code is in it', async () => {
    const folder = folderWith({ 'old.js': '' });
    expect(await bundleCommand(folder)).toMatchObject([{ status: 'passed' }]);
    const files = readdirSync(folder);
    expect(files).toEqual(expect.arrayContaining(['tinyvmaf.js', 'worker.js', NOTICES]));
    expect(files).not.toContain('old.js');
    const code = files
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
    expect([...packagesIn(code.join('\n'))].sort()).toEqual([
      ...['commander', 'csv-parse', 'fp-ts', 'hyparquet', 'hyparquet-writer', 'io-ts'],
    ]);
    expect(code.join('')).not.toMatch(/^import [^;]*"(@napi-rs|mediabunny|undici)/m);
    const text = readFileSync(path.join(folder, NOTICES), 'utf8');
    expect(text).toContain('Copyright (c) 2011 TJ Holowaychuk');
    expect(text.match(/^## /gm)).toHaveLength(6);
  });
});

describe('licences', () => {
  it('are asked of the package that a module is from', () => {
    expect(packageOf('/a/node_modules/fp-ts/es6/Either.js')).toBe('fp-ts');
    expect(packageOf('node_modules/x/node_modules/@a/b/c.js')).toBe('@a/b');
    expect(packageOf('packages/core/dist/index.js')).toBeUndefined();
  });

  it('that ask for more than their text are refused', () => {
    expect(notices(['fp-ts']).complaints).toEqual([]);
    expect(notices(['mediabunny']).complaints).toEqual([expect.stringContaining('MPL-2.0')]);
  });

  it('are missed where the notices lack a name or a word', () => {
    const text = 'Copyright A\n';
    const missing = (file: string): readonly string[] => unlicensed(['a'], file, () => text);
    expect(missing('## a 1.0.0 (MIT)\n\nCopyright A\n')).toEqual([]);
    expect(missing('## a 1.0.0 (MIT)\n\nCopyright B\n')).toHaveLength(1);
    expect(missing('Copyright A\n')).toHaveLength(1);
    expect(unlicensed(['a'], text, () => undefined)).toHaveLength(1);
  });
});
