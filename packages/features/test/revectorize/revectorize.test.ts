// Who asks for 256 bits, where they are given, and what a run says of it.
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { lumaSource, textureLuma, type LumaSource } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { createExtractor, type NodeExtractorConfig } from '../../src/node/index.js';
import { decide, type Revectorize } from '../../src/node/revectorize/revectorize.js';
import { TRIED_V8, whyNot } from '../../src/node/revectorize/tried.js';
import { JOINS } from './engines.js';

const [v8 = ''] = TRIED_V8;
const TRIED = { v8, arch: 'x64' };
const NEWER = { v8: '99.0.0.0', arch: 'x64' };

describe('a decision', () => {
  it.each<[Revectorize, string, string, readonly string[]]>([
    ['off', v8, 'wasm', []],
    ['auto', v8, 'wasm-paired', []],
    ['on', v8, 'wasm-paired', []],
    ['off', NEWER.v8, 'wasm', []],
    ['auto', NEWER.v8, 'wasm', []],
    ['on', NEWER.v8, 'wasm', ['revectorize-unavailable']],
  ])('for %s on V8 %s is %s, warnings %j', (choice, version, backend, codes) => {
    const decided = decide(choice, 'wasm', true, { v8: version, arch: 'x64' });
    expect(decided.backend()).toBe(backend);
    expect(decided.used()).toBe(backend === 'wasm-paired');
    expect(decided.warnings().map(({ code }) => code)).toEqual(codes);
  });

  it('needs the backend wasm, VIF, and a processor of the kind', () => {
    expect(decide('on', 'reference', true, TRIED).backend()).toBe('reference');
    expect(decide('on', 'wasm', false, TRIED).backend()).toBe('wasm');
    expect(decide('on', 'wasm', false, TRIED).warnings()[0]?.message).toContain('only VIF');
    expect(whyNot({ ...TRIED, arch: 'arm64' })).toContain('arm64');
    expect(whyNot(NEWER)).toBe('V8 99.0.0.0 is not among those that were tried');
    expect(whyNot(TRIED)).toBeUndefined();
  });

  it('is taken back, and said so, where the kernel was wrong', () => {
    const decided = decide('auto', 'wasm', true, TRIED);
    decided.reject();
    expect(decided.used()).toBe(false);
    expect(decided.backend()).toBe('wasm');
    expect(decided.warnings().map(({ code }) => code)).toEqual(['revectorize-rejected']);
  });
});

const WIDTH = 64;
const HEIGHT = 48;
const CONFIG = {
  format: { width: WIDTH, height: HEIGHT, bitDepth: 8, chroma: '420' },
  extractors: [{ name: 'adm' }, { name: 'motion' }, { name: 'vif' }],
} as const satisfies NodeExtractorConfig;

const clip = (name: string, quantiser: number): LumaSource =>
  lumaSource(
    name,
    Array.from({ length: 7 }, (_, t) => textureLuma(WIDTH, HEIGHT, t, 8, quantiser)),
    { counted: false },
  );

const run = async (config: Partial<NodeExtractorConfig>) => {
  const extractor = unwrap(createExtractor({ ...CONFIG, ...config }));
  const values: number[] = [];
  for await (const frames of extractor.run(clip('r', 1), [clip('a', 32), clip('b', 8)])) {
    for (const frame of frames) values.push(frame.frame, ...frame.values.values());
  }
  return { values, backend: extractor.backend, codes: extractor.warnings.map(({ code }) => code) };
};

describe('an extractor', () => {
  it.each([0, 2])('gives the same bits with 256-bit kernels, %i workers', async (threads) => {
    const plain = await run({ threads });
    expect(plain.backend).toBe('wasm');
    for (const revectorize of ['auto', 'on', 'off'] as const) {
      const other = await run({ threads, revectorize });
      expect(other.values).toEqual(plain.values);
      expect(other.backend).toBe(JOINS && revectorize !== 'off' ? 'wasm-paired' : 'wasm');
      const unavailable = revectorize === 'on' && !JOINS;
      expect(other.codes.includes('revectorize-unavailable')).toBe(unavailable);
      expect(other.codes).not.toContain('revectorize-rejected');
    }
  });

  it('refuses another word', () => {
    const made = createExtractor({ ...CONFIG, revectorize: 'maybe' as Revectorize });
    expect(E.isLeft(made) && errorMessage(made.left)).toContain('must be one of auto, on, off');
  });
});
