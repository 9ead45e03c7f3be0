// What is there, whether it is right: `corpus ls`, `stats`, `verify`.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tinyvmaf, tinyvmafIn } from '../../support/command.js';
import { distorted, frames, GEOMETRY, ladder } from '../../support/corpus.js';
import { scratch, write } from '../../support/files.js';

const { path } = scratch();
const corpus = (name: string): string => {
  mkdirSync(path(name));
  return path(name);
};

describe('corpus ls', () => {
  const root = corpus('ls');
  ladder(root, 'Old_Town', 3, [8, 16, 32]);

  it('draws a tree', async () => {
    const { status, stdout, stderr } = await tinyvmaf(
      'corpus',
      'ls',
      '--data-root',
      root,
      ...GEOMETRY,
    );
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toContain('netflix');
    expect(lines[1]).toMatch(/Old_Town.*3 rungs.*96x64 8-bit 4:2:0.*3 frames/);
    expect(stdout).toContain(distorted('Old_Town', 16));
    const few = await tinyvmaf('corpus', 'ls', '--data-root', root, ...GEOMETRY, '--rungs', '1');
    expect(few.stdout).toContain('(2 more)');
  });

  it('gives everything as JSON', async () => {
    const { stdout } = await tinyvmafIn(
      { env: { VMAF_DATA_ROOT: root } },
      ...['corpus', 'ls', ...GEOMETRY, '--json'],
    );
    const found = JSON.parse(stdout) as { sources: { id: string; rungs: unknown[] }[] };
    expect(found.sources).toMatchObject([{ id: 'Old_Town', reference: { frames: 3 } }]);
    expect(found.sources[0]?.rungs).toHaveLength(3);
  });

  it('tells what is wrong beside it', async () => {
    const odd = corpus('odd');
    ladder(odd, 'a', 3, [8]);
    write(join(odd, 'notes.mp4'), 'x');
    const { status, stdout, stderr } = await tinyvmaf(
      'corpus',
      'ls',
      '--data-root',
      odd,
      ...GEOMETRY,
    );
    expect(status).toBe(0);
    expect(stdout).not.toContain('notes');
    expect(stderr).toMatch(/^warning: notes\.mp4: .*\[\S+\]\n/);
  });

  it('shows what there is, and says in its status that something is left out', async () => {
    const bad = corpus('bad-ls');
    ladder(bad, 'a', 3, [8, 16]);
    truncateSync(join(bad, distorted('a', 8)), 0);
    const { status, stdout, stderr } = await tinyvmaf(
      ...['corpus', 'ls', '--data-root', bad, ...GEOMETRY],
    );
    expect(status).toBe(8);
    expect(stdout).toContain(distorted('a', 16));
    expect(stderr).toContain('corpus ls: 1 error in 1 finding. Each says how to mend it.');
  });
});

describe('corpus stats', () => {
  const root = corpus('stats');
  ladder(root, 'a', 3, [8, 16]);
  ladder(root, 'b', 50, [8], 50);

  it('adds up', async () => {
    const { status, stdout } = await tinyvmaf('corpus', 'stats', '--data-root', root, ...GEOMETRY);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^sources +2$/m);
    expect(stdout).toMatch(/^rungs +3$/m);
    expect(stdout).toMatch(/^references +2 +488 KB +53 +0\.00$/m);
    const json = await tinyvmaf('corpus', 'stats', '--data-root', root, ...GEOMETRY, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      sources: 2,
      rungs: 3,
      distorted: { frames: 56 },
    });
  });

  it('says so in its status where something is wrong', async () => {
    const bad = corpus('bad-stats');
    ladder(bad, 'a', 3, [8, 16]);
    truncateSync(join(bad, distorted('a', 8)), 12_000);
    const { status, stdout, stderr } = await tinyvmaf(
      'corpus',
      'stats',
      '--data-root',
      bad,
      ...GEOMETRY,
    );
    expect(status).toBe(8);
    expect(stdout).toMatch(/^findings +1 error, 0 warnings, \d notes?$/m);
    expect(stderr).toMatch(/1 error in \d findings?\. Each says how to mend it/);
  });
});

describe('corpus verify', () => {
  it('finds nothing wrong with what is right', async () => {
    const root = corpus('right');
    ladder(root, 'a', 3, [8, 16]);
    const { status, stdout } = await tinyvmaf('corpus', 'verify', '--data-root', root, ...GEOMETRY);
    expect([status, stdout]).toEqual([0, '1 source, 2 rungs: 0 findings\n']);
  });

  it('names the file, both numbers and the way to mend it', async () => {
    const root = corpus('wrong');
    ladder(root, 'a', 3, [8, 16]);
    truncateSync(join(root, distorted('a', 8)), 12_000);
    const words = ['corpus', 'verify', '--data-root', root, ...GEOMETRY];
    const { status, stdout } = await tinyvmaf(...words);
    expect(status).toBe(8);
    expect(stdout).toMatch(/^error: dis\/a_8_64_800\.yuv: .*12000.*\. .*\[\S+\]\n/);
    const json = await tinyvmaf(...words, '--json');
    expect(json.status).toBe(8);
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ severity: 'error' }] });
  });

  it('compares hashes on request', async () => {
    const root = corpus('hashes');
    ladder(root, 'a', 3, [8]);
    const sha256 = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex');
    const clip = distorted('a', 8);
    const manifest = {
      format: 'tiny-ladder/1',
      label_order: 'best-low',
      sources: [
        {
          ...{ source: 'a', ref: 'ref/a_25fps.yuv', width: 96, height: 64, fps: '25/1', frames: 3 },
          ...{ pix_fmt: 'yuv420p', sha256: sha256('ref/a_25fps.yuv') },
          clips: [
            {
              dis: clip,
              rung: 'x',
              codec: 'x264',
              crf: 1,
              encode_width: 96,
              encode_height: 64,
              kbps: 800,
              psnr_y: 40,
              label: 5,
              sha256: sha256(clip),
            },
          ],
        },
      ],
    };
    write(join(root, 'manifest.json'), JSON.stringify(manifest));
    const words = ['corpus', 'verify', '--data-root', root, '--hashes'];
    expect((await tinyvmaf(...words)).status).toBe(0);
    write(join(root, clip), frames(3, 12));
    const { status, stdout } = await tinyvmaf(...words);
    expect(status).toBe(8);
    expect(stdout).toContain(sha256(clip));
  });
});
