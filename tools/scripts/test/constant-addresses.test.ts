// The shape of code that V8 joins wrongly is found, however the address comes
// to be constant, and kernels for joining are refused with it.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { asc } from '../src/asc.mjs';
import { constantAddresses } from '../src/lib/constant-addresses.mjs';
import { folderWith, ROOT } from './helpers.js';

const ASSEMBLY = path.join(ROOT, 'packages/features/assembly');

/** What is found in a function with this body; `$p` is a parameter, `$q` a local. */
const found = (body: string): readonly string[] => {
  const module = binaryen.parseText(
    `(module (memory 1) (func $f (param $p i32) (local $q i32) ${body}))`,
  );
  module.setFeatures(binaryen.Features.All);
  const bytes = module.emitBinary();
  module.dispose();
  return constantAddresses(bytes);
};

const load = (address: string): string => `(drop (v128.load offset=16 ${address}))`;

describe('vectors at constant addresses', () => {
  it.each([
    ['a load', load('(i32.const 64)')],
    ['a store', '(v128.store (i32.const 64) (v128.const i64x2 1 2))'],
    ['a load into all lanes', '(drop (v128.load32_splat (i32.const 64)))'],
    ['a sum of constants', load('(i32.add (i32.const 64) (i32.const 4))')],
    ['a local that is constant', `(local.set $q (i32.const 64)) ${load('(local.get $q)')}`],
    ['a parameter that is set', `(local.set $p (i32.const 64)) ${load('(local.get $p)')}`],
    ['one of two addresses', load('(select (local.get $p) (i32.const 64) (local.get $p))')],
    [
      'a pointer that starts at one and moves',
      `(local.set $q (i32.const 64))
       (loop ${load('(local.get $q)')} (local.set $q (i32.add (local.get $q) (local.get $p))) (br_if 0 (local.get $p)))`,
    ],
    [
      'a sum with an index that starts at one',
      `(loop ${load('(i32.add (i32.const 64) (local.get $q))')}
         (local.set $q (i32.add (local.get $q) (i32.const 16)))
         (br_if 0 (local.tee $q (i32.const 0))))`,
    ],
    ['a local set on the way', load('(local.tee $q (i32.const 64))')],
    [
      'code in a loop and a condition',
      `(loop (if (local.get $p) (then ${load('(i32.const 0)')})))`,
    ],
  ])('are found: %s', (_name, body) => {
    expect(found(body)).toHaveLength(1);
    expect(found(body)[0]).toMatch(/^function \S+: a vector (load|store) at a constant address/);
  });

  it.each([
    ['a parameter', load('(local.get $p)')],
    ['an address from memory', load('(i32.load (i32.const 8))')],
    [
      'an index that starts at one',
      `(loop ${load('(i32.add (local.get $p) (local.get $q))')}
         (local.set $q (i32.add (local.get $q) (i32.const 16))) (br_if 0 (local.get $p)))`,
    ],
    [
      'a local that held one before',
      `(local.set $q (i32.const 64)) (local.set $q (local.get $p)) ${load('(local.get $q)')}`,
    ],
    ['a scalar', '(drop (i64.load (i32.const 64)))'],
  ])('are not seen in: %s', (_name, body) => {
    expect(found(body)).toEqual([]);
  });

  it('are found in the paired VIF kernel if its scratch memory is at one', async () => {
    const assembly = folderWith({});
    for (const name of ['asconfig.json', 'vif', 'vif-paired']) {
      cpSync(path.join(ASSEMBLY, name), path.join(assembly, name), { recursive: true });
    }
    const layout = path.join(assembly, 'vif/layout.ts');
    const text = readFileSync(layout, 'utf8');
    const changed = text.replace('return load<usize>(PLACE);', 'return SCRATCH;');
    expect(changed).not.toBe(text);
    writeFileSync(layout, changed);
    const results = await asc({ assembly, generated: path.join(folderWith({}), 'generated') });
    expect(results.map(({ status }) => status)).toEqual(['passed', 'failed']);
    expect(results[1]?.detail).toContain('a vector store at a constant address');
  }, 60_000);

  it.each([
    [
      'stores to constants',
      `v128.store(TO, i32x4.add(v128.load(FROM, 16), v128.load(FROM, 32)), 16);
       v128.store(TO, i32x4.add(v128.load(FROM), v128.load(FROM, 16)));`,
    ],
    [
      'pointers that start at constants',
      `let to: usize = TO;
       let from: usize = FROM;
       for (let i = 0; i < n; i++) {
         v128.store(to, i32x4.add(v128.load(from, 16), v128.load(from, 32)), 16);
         v128.store(to, i32x4.add(v128.load(from), v128.load(from, 16)));
         to += 32;
         from += 32;
       }`,
    ],
  ])('make a kernel that is joined fail, and no other: %s', async (_name, body) => {
    const source = `
      const FROM = memory.data(6400, 16);
      const TO = memory.data(6400, 16);
      export function add(n: i32): void { ${body} }`;
    const assembly = folderWith({
      'asconfig.json': readFileSync(path.join(ASSEMBLY, 'asconfig.json'), 'utf8'),
      'one/index.ts': source,
      'one-paired/index.ts': source,
      'two/index.ts': source,
    });
    const generated = path.join(folderWith({}), 'generated');
    const results = await asc({ assembly, generated });
    expect(results.map(({ status }) => status)).toEqual(['passed', 'failed', 'failed']);
    for (const failed of results.slice(1)) {
      expect(failed.detail).toContain('at a constant address');
    }
  });
});
