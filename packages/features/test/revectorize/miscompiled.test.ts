// The paired kernel as V8 13.6 gets it wrong: its scratch memory at a constant
// address. The build refuses that; here it is built all the same, on purpose,
// and the check of the first frames has to find it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { textureLuma } from '@tinyvmaf/testkit';
import asc from 'assemblyscript/asc';
import { afterAll, describe, expect, it } from 'vitest';
import { WASM } from '../../src/backends/wasm.js';
import { checkedKernels } from '../../src/node/revectorize/checked.js';
import { compileJoined } from '../../src/node/revectorize/compile.js';
import { VIF_DEFAULTS } from '../../src/vif/vif.js';
import { createWasmVif } from '../../src/wasm/vif.js';
import { compareOne } from '../support/compare-one.js';
import { planeOf } from '../support/vectors.js';
import { JOINS } from './engines.js';

const ASSEMBLY = path.join(import.meta.dirname, '../../assembly');
const folder = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const build = async (): Promise<Uint8Array<ArrayBuffer>> => {
  cpSync(ASSEMBLY, folder, { recursive: true });
  const layout = path.join(folder, 'vif/layout.ts');
  const text = readFileSync(layout, 'utf8');
  writeFileSync(layout, text.replace('return load<usize>(PLACE);', 'return SCRATCH;'));
  const { error } = await asc.main([
    'vif-paired/index.ts',
    ...['--baseDir', folder, '--config', 'asconfig.json', '--outFile', 'wrong.wasm'],
  ]);
  expect(error).toBeNull();
  return Uint8Array.from(readFileSync(path.join(folder, 'wrong.wasm')));
};

describe.skipIf(!JOINS || !process.versions.v8.startsWith('13.6.'))('a miscompiled kernel', () => {
  it('is found in the first frame', async () => {
    const module = compileJoined(await build());
    const size = [160, 96, 8, VIF_DEFAULTS] as const;
    let rejections = 0;
    const kernel = checkedKernels({
      fast: { ...WASM, vif: (...sizes) => createWasmVif(module, ...sizes) },
      sure: WASM,
      onRejected: () => void rejections++,
    }).vif(...size);
    const [reference, distorted] = [1, 24].map((q) => planeOf(textureLuma(160, 96, 0, 8, q)));
    if (reference === undefined || distorted === undefined) throw new Error('no pictures');
    const expected = compareOne(WASM.vif(...size), reference, distorted);
    expect(compareOne(kernel, reference, distorted)).toEqual(expected);
    expect(rejections).toBe(1);
  }, 60_000);
});
