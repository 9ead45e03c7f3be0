// teacher, models, doctor and demo.
import { cpSync, mkdirSync } from 'node:fs';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tinyvmaf, tinyvmafIn } from '../support/command.js';
import { scratch, write, y4mClip } from '../support/files.js';

const { path } = scratch();

beforeEach(() => {
  vi.stubEnv('TINYVMAF_DATA_DIR', path('data'));
  vi.stubEnv('VMAF_MODEL_PATH', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('without a model', () => {
  it('doctor checks the features and says what is absent', async () => {
    const { status, stdout } = await tinyvmaf('doctor');
    expect(status).toBe(0);
    expect(stdout).toMatch(/kernels wasm +ok +21 digests/);
    // Right where V8's joining was tried, else the reason.
    expect(stdout).toMatch(
      /kernels wasm-paired +(ok +21 digests|absent +(V8|only x64|this processor) )/,
    );
    expect(stdout).toMatch(/features +ok +21 values/);
    expect(stdout).toMatch(/score +absent +.*teacher install/);
    expect(stdout).toMatch(/student a5 +ok +its probe scores [\d.]+ as bits/);
    expect(stdout).toMatch(/webcodecs/);
    const { checks } = JSON.parse((await tinyvmaf('doctor', '--json')).stdout) as {
      checks: { name: string }[];
    };
    expect(checks.map(({ name }) => name)).toEqual([
      ...['tinyvmaf', 'kernels wasm', 'kernels wasm-paired', 'kernels reference'],
      ...['features', 'score', 'student a5'],
      ...['webcodecs', 'ffmpeg', 'ffprobe', 'encoders'],
    ]);
  });

  it.skipIf(!has('ffmpeg'))('doctor says what corpora need', async () => {
    const env = { VMAF_DATA_ROOT: path('') };
    const { stdout } = await tinyvmafIn({ env }, 'doctor');
    expect(stdout).toMatch(/^encoders +ok +x264,.* for corpus ladder/m);
    expect(stdout).toMatch(/^data root +ok +\S+, by VMAF_DATA_ROOT$/m);
    const lost = await tinyvmafIn({ env: { VMAF_DATA_ROOT: path('lost') } }, 'doctor');
    expect([lost.status, lost.stdout]).toMatchObject([
      0,
      expect.stringMatching(/^data root +absent +VMAF_DATA_ROOT: .*lost/m),
    ]);
  });

  it('demo scores with the student and says so', async () => {
    const { status, stdout } = await tinyvmaf('demo');
    expect(status).toBe(0);
    expect(stdout).toMatch(/frame +adm2 +vif_scale0 .* a5\n/);
    expect(stdout).toMatch(/mean .* 97\.5296\d\d\n/);
    expect(stdout).toMatch(/a5 scored, .*teacher install/);
  });

  it('score says in a sentence what to do for a model that was named', async () => {
    const clip = write(path('a.y4m'), y4mClip({ q: 1 }));
    const { status, stderr } = await tinyvmaf('score', clip, clip, '--model', 'vmaf_v0.6.1');
    expect(status).toBe(5);
    expect(stderr).toMatch(/vmaf_v0\.6\.1/);
    expect(stderr).toMatch(/tinyvmaf teacher install/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('models lists what is known', async () => {
    const { stdout } = await tinyvmaf('models');
    expect((await tinyvmaf('models', 'ls')).stdout).toBe(stdout);
    expect(stdout).toMatch(/a5 +1080p +ours, \d{4} bytes +.* at most \S+ points off/);
    expect(stdout).toMatch(/vmaf_v0\.6\.1 +1080p +not installed/);
    expect(stdout).toMatch(/vmaf_v1\.0\.16_3d0h +1080p +not supported yet/);
  });

  it('teacher path prints the folder, teacher verify fails', async () => {
    expect((await tinyvmaf('teacher', 'path')).stdout).toBe(`${path('data')}/models\n`);
    expect((await tinyvmaf('teacher', 'verify')).status).toBe(5);
  });

  it('teacher install refuses files that are not the published ones', async () => {
    mkdirSync(path('fake'), { recursive: true });
    write(path('fake/vmaf_v0.6.1.json'), '{}');
    const { status, stderr } = await tinyvmaf('teacher', 'install', '--from', path('fake'));
    expect(status).toBe(5);
    expect(stderr).toMatch(/5950d61fa1f861bd/);
  });
});

describe.skipIf(!has('shared'))('with the model files', () => {
  it('installs them from a folder, verifies, lists and uses them', async () => {
    mkdirSync(path('from'), { recursive: true });
    cpSync(TEACHER, path('from'), { recursive: true });
    const install = await tinyvmaf('teacher', 'install', '--from', path('from'));
    expect(install.stderr).toMatch(/vmaf_v0\.6\.1: installed/);
    expect([install.status, install.stdout]).toEqual([0, `${path('data')}/models\n`]);
    expect((await tinyvmaf('teacher', 'install', '--from', path('from'))).stderr).toMatch(
      /vmaf_v0\.6\.1: already there/,
    );
    expect((await tinyvmaf('teacher', 'verify')).status).toBe(0);
    const { models } = JSON.parse((await tinyvmaf('models', '--json')).stdout) as {
      models: { supported: boolean; state: string }[];
    };
    expect(models.filter(({ state }) => state === 'ok')).toHaveLength(9);
    expect((await tinyvmaf('doctor')).stdout).toMatch(/score +ok +3 values/);
    expect((await tinyvmaf('demo')).stdout).toMatch(/mean .* 97\.529668/);
  });

  it('says which file differs', async () => {
    write(path('data/models/vmaf_v0.6.1.json'), '{}');
    const { status, stdout } = await tinyvmaf('teacher', 'verify');
    expect(status).toBe(5);
    expect(stdout).toMatch(/vmaf_v0\.6\.1: DIFFERS/);
  });

  it('doctor does not take a damaged model for a fault of its own', async () => {
    write(path('data/models/vmaf_v0.6.1.json'), '{}');
    const { status, stdout, stderr } = await tinyvmaf('doctor');
    expect(status).toBe(5);
    expect(stdout).toMatch(/score +FAIL/);
    expect(stderr).toMatch(/Install it again: tinyvmaf teacher install/);
    expect(stderr).not.toMatch(/report it/);
  });
});
