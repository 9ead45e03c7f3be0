import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { asc, hashOf, kernelsIn } from '../src/asc.mjs';
import { folderWith, ROOT } from './helpers.js';

const ASSEMBLY = path.join(ROOT, 'packages/features/assembly');
const OPTIONS = readFileSync(path.join(ASSEMBLY, 'asconfig.json'), 'utf8');

const addition = (text: string) => `export function add(a: i32, b: i32): i32 { return ${text}; }\n`;

const places = (kernels: Readonly<Record<string, string>>) => {
  const sources = Object.entries(kernels).map(([name, text]) => [`${name}/index.ts`, text]);
  const assembly = folderWith(Object.fromEntries([['asconfig.json', OPTIONS], ...sources]));
  return { assembly, generated: path.join(folderWith({}), 'generated') };
};

const load = (text: string): WebAssembly.Exports => {
  const [, base64 = ''] = /_WASM: string =\s*'([^']*)'/.exec(text) ?? [];
  const module = new WebAssembly.Module(Buffer.from(base64, 'base64'));
  return new WebAssembly.Instance(module, {}).exports;
};

describe('asc', () => {
  it('writes a module, leaves it alone, and writes it anew when a source changes', async () => {
    const here = places({ one: addition('a + b') });
    const file = path.join(here.generated, 'one-wasm.ts');
    const again = async (): Promise<[boolean | undefined, number]> => {
      const [result] = await asc(here);
      expect(result?.status).toBe('passed');
      const { add } = load(readFileSync(file, 'utf8')) as { add: (a: number, b: number) => number };
      return [result?.compiled, add(7, 2)];
    };
    expect(await again()).toEqual([true, 9]);
    expect(await again()).toEqual([false, 9]);
    writeFileSync(path.join(here.assembly, 'one/index.ts'), addition('a - b'));
    expect(await again()).toEqual([true, 5]);
    expect(readdirSync(here.generated)).toEqual(['one-wasm.ts']);
  });

  it('takes the module of a kernel away that does not compile, or is gone', async () => {
    const here = places({ one: addition('a + b'), two: addition('a * b') });
    await asc(here);
    expect(readdirSync(here.generated)).toEqual(['one-wasm.ts', 'two-wasm.ts']);
    writeFileSync(path.join(here.assembly, 'one/index.ts'), addition('a + nothing'));
    const results = await asc(here);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'passed']);
    expect(results[0]?.detail).toContain("Cannot find name 'nothing'");
    rmSync(path.join(here.assembly, 'one'), { recursive: true });
    expect((await asc(here)).map(({ compiled }) => compiled)).toEqual([false]);
    expect(readdirSync(here.generated)).toEqual(['two-wasm.ts']);
  });

  it('refuses a module above the budget', async () => {
    const data = Array.from({ length: 30_000 }, (_, i) => (i % 250) + 1).join(',');
    const here = places({
      large: `const DATA = memory.data<u8>([${data}]);\nexport function at(): usize { return DATA; }\n`,
    });
    const [result] = await asc(here);
    expect(result?.status).toBe('failed');
    expect(result?.detail).toMatch(/has 30\d\d\d bytes; tools\/budgets.json allows \d+/);
  });

  it('hashes what kernels share, and not what another one owns', () => {
    const { assembly } = places({ one: addition('a + b'), two: addition('a * b') });
    const both = () => kernelsIn(assembly).map((kernel) => hashOf(assembly, kernel));
    const before = both();
    writeFileSync(path.join(assembly, 'two/index.ts'), addition('a'));
    const after = both();
    expect(after.map((hash, i) => hash === before[i])).toEqual([true, false]);
    writeFileSync(path.join(assembly, 'shared.ts'), 'export const K: i32 = 1;\n');
    expect(both().map((hash, i) => hash === after[i])).toEqual([false, false]);
  });
});
