// What `score` prints and writes beyond the logs, with Netflix's model.
import { readFileSync } from 'node:fs';
import {
  goldenCase,
  goldenJson,
  goldenPath,
  has,
  TEACHER,
  vectorPair,
  y4mFile,
} from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { KNOWN_SCORES } from '../../src/doctor/known-pair.js';
import { logOf, scoresOf, tinyvmaf, type Log } from '../support/command.js';
import { scratch, write } from '../support/files.js';

interface ExtendedLog extends Log {
  readonly tinyvmaf: {
    readonly frameCount: number;
    readonly warnings: readonly { readonly code: string }[];
    readonly percentiles: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

describe.skipIf(!has('shared'))('score', () => {
  const { path } = scratch();
  const frames = [0, 1, 2].map((i) => vectorPair(i, 8));
  const r = write(path('r.y4m'), y4mFile(frames.map(({ reference }) => reference)));
  const d = write(path('d.y4m'), y4mFile(frames.map(({ distorted }) => distorted)));
  const score = (...words: readonly string[]) =>
    tinyvmaf('score', '--teacher', TEACHER, r, d, ...words);

  it('prints one line', async () => {
    const { stdout, stderr } = await score();
    expect([stdout, stderr]).toEqual(['vmaf_v0.6.1: 87.173465\n', '']);
  });

  it('prints the pools asked for, at the precision asked for', async () => {
    const { stdout } = await score('--pool', 'min,harmonic_mean', '--precision', '17');
    expect(stdout).toBe(
      'vmaf_v0.6.1 min: 75.281805897880886\nvmaf_v0.6.1 harmonic_mean: 86.313478992425004\n',
    );
  });

  it("prints libvmaf's line for a bootstrap collection", async () => {
    const { stdout } = await score('-m', 'version=vmaf_b_v0.6.3');
    expect(stdout).toMatch(
      /^vmaf_b_v0\.6\.3: [\d.]+, ci\.p95: \[[\d.]+, [\d.]+\], stddev: [\d.]+\n$/,
    );
  });

  it('gives every bit in a JSON log at 17 digits', async () => {
    expect(scoresOf(logOf(await score('--json', '--precision', '17')))).toEqual(KNOWN_SCORES);
  });

  it('adds one object to the JSON log on request', async () => {
    const plain = logOf(await score('--json'));
    const extended = logOf(await score('--json', '--extended')) as ExtendedLog;
    expect(Object.keys(extended)).toEqual([...Object.keys(plain), 'tinyvmaf']);
    expect(extended.tinyvmaf.frameCount).toBe(3);
    expect(extended.tinyvmaf.percentiles['vmaf']?.['p50']).toBe(92.986444);
  });

  it('takes the last of several formats, as vmaf does', async () => {
    expect((await score('--json', '--csv')).stdout).toMatch(/^Frame,/);
    expect((await score('--csv', '--json')).stdout).toMatch(/^\{/);
  });

  it('writes XML where no format is named, and remarks on a name that says otherwise', async () => {
    const target = path('log.json');
    const { stderr } = await score('-o', target);
    expect(readFileSync(target, 'utf8')).toMatch(/^<VMAF version="3\.2\.0">/);
    expect(stderr).toMatch(/--json/);
    expect((await score('-o', target, '--quiet')).stderr).toBe('');
  });

  it('computes features alone', async () => {
    const { stdout } = await score('-n', '--feature', 'motion');
    expect(stdout).toContain('integer_motion2: 12.236249\n');
    expect(stdout).not.toContain('vmaf');
  });

  it('accepts what has no effect', async () => {
    const { stdout } = await score('--threads', '8', '--cpumask', '0xffffffff', '--gpumask', '1');
    expect(stdout).toBe('vmaf_v0.6.1: 87.173465\n');
  });

  it('counts frames that subsampling leaves out', async () => {
    const outcome = await score('--json', '--extended', '--subsample', '2');
    const log = logOf(outcome) as ExtendedLog;
    expect(log.frames.map(({ frameNum }) => frameNum)).toEqual([0, 2]);
    expect(log.tinyvmaf.frameCount).toBe(3);
    expect(log.tinyvmaf.warnings.map(({ code }) => code)).toContain('even-subsampling');
  });

  it('names the better model for the height', async () => {
    const { stderr } = await score('-m', 'version=vmaf_4k_v0.6.1');
    expect(stderr).toMatch(/vmaf_v0\.6\.1 is/);
  });

  it('computes the numbers of libvmaf 3.1 on request', async () => {
    const old = goldenJson('compat-3.1.json') as {
      cases: Record<string, { vmaf: { frames: number[] } }>;
    };
    const clip = 'src01_576x324_8b';
    const { ref, dis } = goldenCase(clip);
    const outcome = await tinyvmaf(
      ...['score', '--teacher', TEACHER, '--json', '--precision', '17', '--compat', 'libvmaf-3.1'],
      ...[goldenPath(ref.file ?? ''), goldenPath(dis.file ?? '')],
      ...['-w', '576', '-h', '324', '-p', '420', '-b', '8'],
    );
    expect(scoresOf(logOf(outcome))).toEqual(old.cases[clip]?.vmaf.frames);
    expect(outcome.stdout).toContain('"version": "3.1.0"');
    expect(outcome.stdout).not.toContain('motion3');
  });
});
