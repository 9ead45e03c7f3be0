import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_IN } from '@tinyvmaf/models';
import { resolveArchitecture, resolveArchitectureTE } from '@tinyvmaf/models/node';
import { either as E } from 'fp-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tinyvmaf-arch-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A plugin that needs no package: its codec is an object that decodes. */
const source = (id: string, changes = ''): string => `
const options = { decode: (value) => ({ _tag: 'Right', right: value }) };
const architecture = {
  apiVersion: 1, id: '${id}', title: 'Test', version: 1, input: 'frame', options,
  build: () => ({ kind: 'frame', nodes: [], output: 0 }), ${changes}
};
`;

const esm = (id: string, changes?: string): string =>
  `${source(id, changes)}export default architecture;`;

const install = (name: string, manifest: object, file: string, text: string): void => {
  const target = join(folder, 'node_modules', name);
  mkdirSync(join(target, 'lib'), { recursive: true });
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', ...manifest }),
  );
  writeFileSync(join(target, file), text);
};

const find = async (name: string, from = folder): Promise<unknown> => {
  const result = await resolveArchitectureTE(name, { from })();
  return E.isLeft(result) ? result.left : result.right.id;
};

describe('resolveArchitecture', () => {
  it('knows what is built in', async () => {
    for (const id of BUILT_IN.keys()) expect(await find(id)).toBe(id);
  });

  it('finds packages from the caller’s folder', async () => {
    install('tinyvmaf-arch-foo', { type: 'module', exports: './lib/a.js' }, 'lib/a.js', esm('foo'));
    install('full-name', { main: 'lib/a.mjs' }, 'lib/a.mjs', esm('full'));
    install(
      '@acme/arch',
      { type: 'module', exports: { '.': { import: './lib/a.js' } } },
      'lib/a.js',
      esm('acme/arch'),
    );
    install(
      'tinyvmaf-arch-old',
      {},
      'index.js',
      `${source('old')}Object.defineProperty(exports, '__esModule', { value: true }); exports.default = architecture;`,
    );
    expect(await find('foo')).toBe('foo');
    expect(await find('full-name')).toBe('full');
    expect(await find('@acme/arch')).toBe('acme/arch');
    expect(await find('old')).toBe('old');
    mkdirSync(join(folder, 'below'));
    expect(await find('foo', join(folder, 'below'))).toBe('foo');
    expect(await find('foo', tmpdir())).toMatchObject({ _tag: 'ArchitectureNotFound' });
  });

  it('prefers the package with the prefix', async () => {
    install('twice', { main: 'a.mjs' }, 'a.mjs', esm('plain'));
    install('tinyvmaf-arch-twice', { main: 'a.mjs' }, 'a.mjs', esm('prefixed'));
    expect(await find('twice')).toBe('prefixed');
  });

  it('finds files', async () => {
    writeFileSync(join(folder, 'mine.mjs'), esm('mine'));
    expect(await find('./mine.mjs')).toBe('mine');
    expect(await find(join(folder, 'mine.mjs'), tmpdir())).toBe('mine');
  });

  it('says what was tried', async () => {
    expect(await find('nothing')).toEqual({
      _tag: 'ArchitectureNotFound',
      name: 'nothing',
      tried: [
        'the built-in a1 a2 a3 a4 a5',
        'the package tinyvmaf-arch-nothing',
        'the package nothing',
        `the file ${join(folder, 'nothing')}`,
      ],
    });
    // Node's own modules are no architectures.
    expect(await find('fs')).toMatchObject({ _tag: 'ArchitectureNotFound' });
    await expect(resolveArchitecture('nothing', { from: folder })).rejects.toMatchObject({
      code: 'ERR_ARCHITECTURE_NOT_FOUND',
    });
  });

  it.each([
    ['export default 7;', 'its default export must be an architecture, is number'],
    [esm('x', 'apiVersion: 2'), 'apiVersion must be 1, is 2'],
    [esm('x', 'apiVersion: undefined'), 'apiVersion must be 1, is absent'],
    [esm('Not An Id'), 'id: expected an id such as a1 or acme/my-arch, got "Not An Id"'],
    [esm('x', 'version: 0'), 'version: expected an integer >= 1, got 0'],
    [esm('x', 'build: 1'), 'build: expected'],
    [esm('x', 'options: {}'), 'options: expected an io-ts codec'],
    ['throw new Error("broken");', 'cannot be imported: broken'],
    ['export default {', 'cannot be imported'],
  ])('refuses %#', async (text, problem) => {
    const name = `./bad${Math.abs(text.length * 31 + problem.length)}.mjs`;
    writeFileSync(join(folder, name), text);
    expect(await find(name)).toMatchObject({
      _tag: 'ArchitectureApi',
      architecture: name,
      problem: expect.stringContaining(problem),
    });
  });
});
