// Which backend runs: probed, forced, refused.
import { errorMessage } from '@tinyvmaf/core';
import type { BackendChoice } from '@tinyvmaf/features';
import { either as E } from 'fp-ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseBackend } from '../../src/backends/choose.js';
import { ALL, runClips } from '../support/run.js';
import { clip } from '../support/sources.js';

const CONFIG = {
  format: { width: 48, height: 40, bitDepth: 8, chroma: '420' },
  extractors: ALL,
} as const;

/** The package as an engine sees it whose `WebAssembly` is another. */
const inEngine = async (
  webAssembly: Partial<typeof WebAssembly> | undefined,
): Promise<typeof import('../../src/extractor/extractor.js')> => {
  vi.resetModules();
  vi.stubGlobal('WebAssembly', webAssembly);
  return import('../../src/extractor/extractor.js');
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('a backend', () => {
  it.each<[BackendChoice, boolean, string, readonly string[]]>([
    ['auto', true, 'wasm', []],
    ['auto', false, 'reference', ['no-simd']],
    ['wasm', true, 'wasm', []],
    ['reference', true, 'reference', []],
    ['reference', false, 'reference', []],
  ])('for %s with SIMD %s is %s, warnings %j', (choice, simd, name, codes) => {
    const chosen = chooseBackend(choice, simd);
    if (E.isLeft(chosen)) throw new Error(errorMessage(chosen.left));
    expect(chosen.right.name).toBe(name);
    expect(chosen.right.kernels.name).toBe(name);
    expect(chosen.right.warnings.map(({ code }) => code)).toEqual(codes);
  });

  it('that is forced and cannot run is refused', () => {
    const chosen = chooseBackend('wasm', false);
    expect(E.isLeft(chosen) && errorMessage(chosen.left)).toBe(
      'wasm cannot run: this engine has no WebAssembly with SIMD, or a content security policy forbids it. Choose the backend reference, or auto.',
    );
  });

  it('that does not exist is refused with those that do', () => {
    const chosen = chooseBackend('gpu', true);
    expect(E.isLeft(chosen) && errorMessage(chosen.left)).toBe(
      'gpu is not a backend. There are auto, wasm, reference.',
    );
  });
});

describe('an extractor', () => {
  it('takes wasm where nothing is said', async () => {
    const { createExtractor } = await inEngine(WebAssembly);
    const made = createExtractor(CONFIG);
    expect(E.isRight(made) && [made.right.backend, made.right.warnings]).toEqual(['wasm', []]);
  });

  const compileError = class {
    constructor() {
      throw new WebAssembly.CompileError('forbidden by policy');
    }
  } as unknown as typeof WebAssembly.Module;

  it.each([
    ['no WebAssembly', undefined],
    ['WebAssembly without SIMD', { validate: (): boolean => false }],
    ['a policy against WebAssembly', { validate: (): boolean => true, Module: compileError }],
  ])('falls back and says so with %s', async (_name, webAssembly) => {
    const { createExtractor } = await inEngine(webAssembly);
    const made = createExtractor(CONFIG);
    if (E.isLeft(made)) throw new Error(errorMessage(made.left));
    expect(made.right.backend).toBe('reference');
    expect(made.right.warnings.map(({ code }) => code)).toEqual(['no-simd']);
    expect(E.isLeft(createExtractor({ ...CONFIG, backend: 'wasm' }))).toBe(true);
  });

  it('runs side by side with others: every run has memory of its own', async () => {
    const [reference, a, b] = [clip(3, 0), clip(3, 5), clip(3, 9)];
    const alone = [await runClips(reference, [a]), await runClips(reference, [b])];
    const together = await Promise.all([runClips(reference, [a]), runClips(reference, [b])]);
    expect(together).toEqual(alone);
  });
});
