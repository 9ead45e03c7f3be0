// Whether joining pays is tried, with a processor that has 256-bit vectors and with
// one that is told to have none.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { WORKSPACE } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { joiningGain, joiningPays, LEAST_GAIN } from '../../src/node/revectorize/probe.js';
import { HERE, TRIED_V8, whyNot } from '../../src/node/revectorize/tried.js';

const TRIED = { ...HERE, pays: () => true };
const PROBE = path.join(WORKSPACE, 'packages/features/dist/node/revectorize/probe.js');

describe.skipIf(whyNot(TRIED) !== undefined)('the probe on a V8 that was tried', () => {
  const gainWith = (...flags: readonly string[]): number => {
    const script = `const { joiningGain } = await import(${JSON.stringify(PROBE)}); console.log(joiningGain());`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...flags, '--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    return Number(stdout);
  };

  it('finds no gain without AVX2', () => {
    const gain = gainWith('--no-enable-avx2');
    expect(gain).toBeGreaterThan(0.8);
    expect(gain).toBeLessThan(LEAST_GAIN);
  });

  it('answers the same in this process as in another', () => {
    expect(joiningGain() >= LEAST_GAIN).toBe(joiningPays());
    expect(gainWith() >= LEAST_GAIN).toBe(joiningPays());
  });
});

describe('a processor', () => {
  it('that gains nothing is a reason', () => {
    const engine = { v8: TRIED_V8[0] ?? '', arch: 'x64', pays: () => false };
    expect(whyNot(engine)).toContain('not faster with 256-bit vectors');
  });

  it('is not tried where the engine was not', () => {
    const pays = (): never => {
      throw new Error('was tried');
    };
    expect(whyNot({ v8: '99.0', arch: 'x64', pays })).toContain('not among those');
    expect(whyNot({ v8: TRIED_V8[0] ?? '', arch: 'arm64', pays })).toContain('arm64');
  });
});
