// `features` needs no model: libvmaf's values of the spec's synthetic pair.
import { rawFile, vectorPair, y4mFile } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { KNOWN_FEATURES } from '../../src/doctor/known-pair.js';
import { tinyvmaf } from '../support/command.js';
import { scratch, write } from '../support/files.js';

const SIX = [
  'integer_adm2',
  'integer_vif_scale0',
  'integer_vif_scale1',
  'integer_vif_scale2',
  'integer_vif_scale3',
  'integer_motion2',
];

describe('features', () => {
  const { path } = scratch();
  const frames = [0, 1, 2].map((i) => vectorPair(i, 8));
  const r = write(path('r.y4m'), y4mFile(frames.map(({ reference }) => reference)));
  const d = write(path('d.y4m'), y4mFile(frames.map(({ distorted }) => distorted)));

  it('prints the six as CSV', async () => {
    const { status, stdout } = await tinyvmaf('features', r, d);
    const [header, first] = stdout.split('\n');
    expect(status).toBe(0);
    expect(header).toBe(`Frame,${SIX.join(',')},`);
    expect(first).toBe('0,0.938241,0.515895,0.842225,0.899405,0.938340,0.000000,');
    expect(stdout.split('\n')).toHaveLength(5);
  });

  it('gives back every bit at 17 digits', async () => {
    const { stdout } = await tinyvmaf('features', r, d, '--csv', '--precision', '17');
    const rows = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(1, 7).map(Number));
    SIX.forEach((key, column) => {
      KNOWN_FEATURES[key]?.forEach((value, frame) => {
        if (value !== undefined) expect(rows[frame]?.[column]).toBe(value);
      });
    });
  });

  it("gives libvmaf's whole set on request", async () => {
    const { stdout } = await tinyvmaf('features', r, d, '--all-features');
    expect(stdout.split('\n')[0]).toContain('integer_aim,integer_adm3,integer_adm_scale0');
    expect(stdout.split('\n')[0]).toContain('integer_motion3');
  });

  it('runs other extractors and options instead', async () => {
    const { stdout } = await tinyvmaf(
      ...['features', r, d, '--feature', 'vif=vif_enhn_gain_limit=1', '--feature', 'motion'],
    );
    expect(stdout.split('\n')[1]?.split(',').slice(1, 5)).toEqual([
      '0.515895',
      '0.841964',
      '0.899003',
      '0.936884',
    ]);
    expect(stdout.split('\n')[0]).toContain('integer_vif_scale0_egl_1');
  });

  it('streams one object a line', async () => {
    const { stdout } = await tinyvmaf('features', r, d, '--ndjson');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ type }) => type)).toEqual(['start', 'frame', 'frame', 'frame', 'end']);
    expect(lines[0]).toMatchObject({ schema: 1, keys: SIX, format: { width: 96, height: 64 } });
    expect(lines[1]).toMatchObject({ frame: 0, metrics: { integer_adm2: 0.93824063242421318 } });
    expect(lines[4]).toMatchObject({ frames: 3, warnings: [] });
    expect(Object.keys(lines[4]?.['pooled'] as object)).toEqual(SIX);
  });

  it('takes dashes for underscores and 4:0:0', async () => {
    const gray = (side: 'reference' | 'distorted', name: string): string =>
      write(
        path(name),
        rawFile(
          frames.map((frame) => frame[side]),
          '400',
        ),
      );
    const words = [gray('reference', 'r.yuv'), gray('distorted', 'd.yuv'), '--frame-cnt', '1'];
    const { stdout } = await tinyvmaf(
      ...['features', ...words, '-w96', '-h', '64', '--pixel-format=400', '--bitdepth', '8'],
    );
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stdout).toContain('0,0.938241,');
  });
});
