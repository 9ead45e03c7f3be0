// Who asks for 256 bits, where they are given, and what a run says of it.
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { lumaSource, textureLuma, type LumaSource } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import type { RunningBackend } from '../../src/backends/choose.js';
import { localEngine } from '../../src/extractor/engine.js';
import { makeExtractor, type Extractor } from '../../src/extractor/extractor.js';
import { ADM_WASM } from '../../src/generated/adm-wasm.js';
import { MOTION_WASM } from '../../src/generated/motion-wasm.js';
import { VIF_PAIRED_WASM } from '../../src/generated/vif-paired-wasm.js';
import { createExtractor, type NodeExtractorConfig } from '../../src/node/index.js';
import { poolEngine } from '../../src/node/pool/pool.js';
import { bytesOf, type JoinedModules } from '../../src/node/revectorize/compile.js';
import { pairedKernels } from '../../src/node/revectorize/kernels.js';
import { decide, type Revectorize } from '../../src/node/revectorize/revectorize.js';
import { TRIED_V8, whyNot } from '../../src/node/revectorize/tried.js';
import { JOINS } from './engines.js';

const [v8 = ''] = TRIED_V8;
const TRIED = { v8, arch: 'x64', pays: () => true };
const NEWER = { ...TRIED, v8: '99.0.0.0' };

describe('a decision', () => {
  it.each<[Revectorize, string, string, readonly string[]]>([
    ['off', v8, 'wasm', []],
    ['auto', v8, 'wasm-paired', []],
    ['on', v8, 'wasm-paired', []],
    ['off', NEWER.v8, 'wasm', []],
    ['auto', NEWER.v8, 'wasm', []],
    ['on', NEWER.v8, 'wasm', ['revectorize-unavailable']],
  ])('for %s on V8 %s is %s, warnings %j', (choice, version, backend, codes) => {
    const decided = decide(choice, 'wasm', { ...TRIED, v8: version });
    expect(decided.backend()).toBe(backend);
    expect(decided.used()).toBe(backend === 'wasm-paired');
    expect(decided.warnings().map(({ code }) => code)).toEqual(codes);
  });

  it('needs the backend wasm, and a processor of the kind', () => {
    expect(decide('on', 'reference', TRIED).backend()).toBe('reference');
    const slow = decide('on', 'wasm', { ...TRIED, pays: () => false });
    expect(slow.backend()).toBe('wasm');
    expect(slow.warnings()[0]?.message).toContain('not faster with 256-bit vectors');
    expect(whyNot({ ...TRIED, arch: 'arm64' })).toContain('arm64');
    expect(whyNot(NEWER)).toBe('V8 99.0.0.0 is not among those that were tried');
    expect(whyNot(TRIED)).toBeUndefined();
  });

  it('is taken back, and said so, where the kernel was wrong', () => {
    const decided = decide('auto', 'wasm', TRIED);
    decided.begin(0);
    decided.reject();
    expect(decided.used()).toBe(false);
    expect(decided.backend()).toBe('wasm');
    expect(decided.warnings().map(({ code }) => code)).toEqual(['revectorize-rejected']);
    expect(decided.warnings()[0]?.message).toContain('computed this');
  });

  it('still names the joined kernels where some threads use them', () => {
    const decided = decide('auto', 'wasm', TRIED);
    decided.begin(3);
    decided.reject();
    expect(decided.backend()).toBe('wasm-paired');
    expect(decided.used()).toBe(false);
    expect(decided.warnings()[0]?.message).toContain('of 1 of 3 threads');
    decided.reject();
    decided.reject();
    expect(decided.backend()).toBe('wasm');
    expect(decided.warnings()[0]?.message).toContain('of 3 of 3 threads');
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

interface Outcome {
  readonly values: readonly number[];
  readonly backend: RunningBackend;
  readonly codes: readonly string[];
}

const outcome = async (extractor: Extractor): Promise<Outcome> => {
  const values: number[] = [];
  for await (const frames of extractor.run(clip('r', 1), [clip('a', 32), clip('b', 8)])) {
    for (const frame of frames) values.push(frame.frame, ...frame.values.values());
  }
  return { values, backend: extractor.backend, codes: extractor.warnings.map(({ code }) => code) };
};

const run = (config: Partial<NodeExtractorConfig>): Promise<Outcome> =>
  outcome(unwrap(createExtractor({ ...CONFIG, ...config })));

/** A VIF kernel with twice the noise, which it adds by taking 2^52 - 131072 from 2^52 and more. */
const wrongModules = (): JoinedModules => {
  const bytes = Buffer.from(VIF_PAIRED_WASM, 'base64');
  const real = (value: number): Buffer => Buffer.from(Float64Array.of(value).buffer);
  const at = bytes.indexOf(real(2 ** 52 - 131072));
  expect(at).toBeGreaterThan(0);
  bytes.set(real(2 ** 52 - 262144), at);
  const module = (base64: string) => new WebAssembly.Module(bytesOf(base64));
  return {
    vif: new WebAssembly.Module(bytes),
    adm: module(ADM_WASM),
    motion: module(MOTION_WASM),
  };
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

  it.each([0, 2])(
    'leaves a wrong kernel and computes with the plain one, %i workers',
    async (threads) => {
      let rejections = 0;
      const onRejected = () => void rejections++;
      const paired = wrongModules();
      const made = makeExtractor(CONFIG, (_kernels, backend) =>
        threads === 0
          ? localEngine(pairedKernels(paired, onRejected))
          : poolEngine({ threads, backend, paired, onRejected }),
      );
      expect((await outcome(unwrap(made))).values).toEqual((await run({ threads })).values);
      // Once for each thread that had a frame.
      expect(rejections).toBe(Math.max(1, threads));
    },
  );

  it('refuses another word', () => {
    const made = createExtractor({ ...CONFIG, revectorize: 'maybe' as Revectorize });
    expect(E.isLeft(made) && errorMessage(made.left)).toContain('must be one of auto, on, off');
  });
});
