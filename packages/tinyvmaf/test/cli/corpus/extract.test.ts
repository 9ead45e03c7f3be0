// `corpus extract` as a person uses it: one command, again and again.
import { existsSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES } from '@tinyvmaf/core';
import { openStore } from '@tinyvmaf/corpus-loader';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tinyvmaf, tinyvmafIn, type Outcome } from '../../support/command.js';
import { distorted, frames, GEOMETRY, ladder } from '../../support/corpus.js';
import { scratch, write } from '../../support/files.js';

/** Without a teacher, whatever this machine has. */
const extract = (root: string, ...words: readonly string[]): Promise<Outcome> =>
  tinyvmaf('corpus', 'extract', '--data-root', root, ...GEOMETRY, '-n', ...words);

const events = ({ stdout }: Outcome): readonly Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('corpus extract', () => {
  const { path } = scratch();
  const corpus = (name: string): string => {
    mkdirSync(path(name));
    return path(name);
  };

  it('gives what `features` gives pair by pair, as bits', async () => {
    const root = corpus('bits');
    ladder(root, 'Fox_2', 35, [8, 32]);
    const outcome = await extract(root);
    expect([outcome.status, outcome.stderr]).toEqual([0, '']);
    expect(outcome.stdout).toContain('2 clips computed (70 frames)\nstore: ');
    const store = await openStore(join(root, '.tinyvmaf'), { readOnly: true });
    expect(store.clips()).toMatchObject([
      { corpus: 'bits', source: 'Fox_2', frames: 35 },
      { corpus: 'bits', source: 'Fox_2', frames: 35 },
    ]);
    for (const { clip, features } of store.clips()) {
      const read = await store.readFeatures(features)();
      const kept = read._tag === 'Right' ? read.right : undefined;
      const { stdout } = await tinyvmaf(
        ...['features', join(root, 'ref/Fox_2_25fps.yuv'), join(root, clip), ...GEOMETRY],
        ...['--csv', '--precision', '17'],
      );
      const rows = stdout.trim().split('\n').slice(1);
      expect(rows).toHaveLength(35);
      FEATURES.forEach((name, column) => {
        expect([...(kept?.columns[name] ?? [])]).toEqual(
          rows.map((row) => Number(row.split(',')[column + 1])),
        );
      });
    }
  });

  it('says what it would do, and does nothing', async () => {
    const root = corpus('dry');
    ladder(root, 'a', 3, [8, 32]);
    ladder(root, 'b', 4, [16]);
    const { status, stdout } = await extract(root, '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'source  clips  frames  to read  there',
        'a           2       6    83 KB',
        'b           1       4    74 KB',
        'to compute: 3 clips, 10 frames, 157 KB to read',
        'in the store: 0 clips\n',
      ].join('\n'),
    );
    expect(existsSync(join(root, '.tinyvmaf'))).toBe(false);
    const plan = JSON.parse((await extract(root, '--dry-run', '--json')).stdout) as object;
    expect(plan).toMatchObject({ format: 'tinyvmaf-extraction-plan/1', clips: 3, frames: 10 });
    await extract(root);
    expect((await extract(root, '--dry-run')).stdout).toBe(
      'to compute: 0 clips, 0 frames, 0 bytes to read\nin the store: 3 clips\n',
    );
  });

  it('tells everything as NDJSON', async () => {
    const root = corpus('events');
    ladder(root, 'a', 33, [8]);
    const first = events(await extract(root, '--ndjson'));
    expect(first.map(({ type }) => type)).toEqual([
      ...['start', 'job', 'clip', 'job-end', 'summary'],
    ]);
    expect(first[0]).toMatchObject({
      schema: 'tinyvmaf-extraction-events/1',
      clips: 1,
      frames: 33,
    });
    const again = events(await extract(root, '--ndjson'));
    expect(again.map(({ type }) => type)).toEqual(['start', 'clip', 'summary']);
    expect(again[1]).toMatchObject({ origin: 'cached', computed: 0, clip: distorted('a', 8) });
  });

  it('reports bad clips, completes the rest, and says so in its status', async () => {
    const root = corpus('mixed');
    ladder(root, 'a', 3, [8, 16, 24, 32]);
    ladder(root, 'b', 3, [8], 40);
    truncateSync(join(root, distorted('a', 16)), 12_000);
    // Of the right size, and yet no raw video.
    const y4m = Buffer.from(frames(3, 24));
    y4m.write('YUV4MPEG2 W96 H64 F25:1\n');
    write(join(root, distorted('a', 24)), y4m);
    const outcome = await extract(root, '--json');
    expect(outcome.status).toBe(8);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      computed: 3,
      failures: [{ clip: distorted('a', 24), code: 'ERR_UNSUPPORTED_FORMAT' }],
    });
    expect(outcome.stderr).toContain('1 of 4 clips failed, 1 file was left out of the corpus');
    expect(outcome.stderr).toMatch(/error: dis\/a_16_64_1600.yuv: .*12000/);
    expect(outcome.stderr).toMatch(/failed: dis\/a_24_64_2400.yuv: .*Y4M/);
    const strict = await extract(root, '--strict');
    expect([strict.status, strict.stdout]).toEqual([3, '']);
    expect(strict.stderr).toContain('a_16');
    ladder(root, 'a', 3, [16]);
    const later = await extract(root, '--strict');
    expect([later.status, later.stdout]).toEqual([3, '']);
    expect(later.stderr).toContain('a_24');
  });

  it('shows a line a minute where nobody watches, a moving one where somebody does', async () => {
    const root = corpus('slow');
    ladder(root, 'a', 7, [8, 16]);
    let seconds = 0;
    const words = ['corpus', 'extract', '--data-root', root, ...GEOMETRY, '-n'];
    const now = (): number => (seconds += 10);
    const { stderr } = await tinyvmafIn({ now }, ...words);
    expect(stderr).toMatch(/^\d\/2 clips, \d+\/14 frames, 0\.\d\d FPS, \d+:\d\d left\n/);
    expect(stderr.trim().split('\n').length).toBeLessThan(7);
    ladder(root, 'b', 3, [8], 50);
    const watched = await tinyvmafIn({ now, interactive: true }, ...words);
    // It draws over itself, and is gone in the end.
    expect(watched.stderr.startsWith('\r\u001b[K')).toBe(true);
    expect(watched.stderr).toContain('frames');
    expect(watched.stderr.endsWith('\r\u001b[K')).toBe(true);
    ladder(root, 'c', 3, [8], 90);
    expect((await tinyvmafIn({ now, interactive: true }, ...words, '-q')).stderr).toBe('');
  });

  it('takes root and store from the environment', async () => {
    const root = corpus('environment');
    ladder(root, 'a', 3, [8]);
    const env = { VMAF_DATA_ROOT: root, VMAF_STORE: path('elsewhere') };
    const { status } = await tinyvmafIn({ env }, 'corpus', 'extract', ...GEOMETRY, '-n');
    expect(status).toBe(0);
    expect([existsSync(join(root, '.tinyvmaf')), existsSync(env.VMAF_STORE)]).toEqual([
      false,
      true,
    ]);
  });

  it.skipIf(!has('shared'))('scores with a teacher, and adds one later', async () => {
    const root = corpus('teachers');
    ladder(root, 'a', 3, [8, 32]);
    const words = ['corpus', 'extract', '--data-root', root, ...GEOMETRY, '--teacher', TEACHER];
    const first = await tinyvmaf(...words);
    expect(first.stdout).toContain('2 clips computed (6 frames), 2 scores added');
    const second = await tinyvmaf(...words, '-m', 'vmaf_v0.6.1', '-m', 'vmaf_4k_v0.6.1');
    expect(second.stdout).toContain('0 clips computed (0 frames), 2 in the store, 2 scores added');
    expect((await tinyvmaf(...words)).stdout).not.toContain('added');
    const store = await openStore(join(root, '.tinyvmaf'), { readOnly: true });
    const [clip] = store.clips();
    const models = new Map(store.models().map(({ modelName, model }) => [modelName, model]));
    expect([...models.keys()]).toEqual(['vmaf_4k_v0.6.1', 'vmaf_v0.6.1']);
    const address = { features: clip?.features ?? '', model: models.get('vmaf_v0.6.1') ?? '' };
    const read = await store.readScores(address)();
    const { stdout } = await tinyvmaf(
      ...['score', join(root, 'ref/a_25fps.yuv'), join(root, clip?.clip ?? ''), ...GEOMETRY],
      ...['--teacher', TEACHER, '--json', '--precision', '17'],
    );
    const log = JSON.parse(stdout) as { frames: { metrics: { vmaf: number } }[] };
    const expected = log.frames.map(({ metrics }) => metrics.vmaf);
    expect(read._tag === 'Right' ? [...(read.right?.scores ?? [])] : []).toEqual(expected);
  });

  it('goes on without a teacher, and says how to get one', async () => {
    const root = corpus('teacherless');
    ladder(root, 'a', 3, [8]);
    vi.stubEnv('TINYVMAF_DATA_DIR', path('no-models'));
    vi.stubEnv('VMAF_MODEL_PATH', '');
    const words = ['corpus', 'extract', '--data-root', root, ...GEOMETRY];
    const { status, stderr } = await tinyvmaf(...words, '-m', 'vmaf_4k_v0.6.1');
    expect(stderr).toMatch(/vmaf_4k_v0\.6\.1.*tinyvmaf teacher install/);
    expect(status).toBe(0);
    const wrong = await tinyvmaf(...words, '-m', 'vmaf_v0.6.2');
    expect([wrong.status, wrong.stdout]).toEqual([5, '']);
    expect(wrong.stderr).toMatch(/vmaf_v0\.6\.2.*vmaf_v0\.6\.1neg/);
  });

  it('says how to place the store elsewhere where it cannot be made', async () => {
    const root = corpus('blocked');
    ladder(root, 'a', 3, [8]);
    write(path('blocked-by-a-file'), 'x');
    const { status, stderr } = await extract(root, '--store', path('blocked-by-a-file/store'));
    expect(status).toBe(7);
    expect(stderr).toMatch(/blocked-by-a-file.*--store or VMAF_STORE/);
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('wrong words', () => {
  const { path, folder } = scratch();
  mkdirSync(path('empty'));
  const some = path('some');
  mkdirSync(some);
  ladder(some, 'a', 3, [8]);

  it.each([
    [['corpus'], /Usage: tinyvmaf corpus/],
    [['corpus', 'extrakt'], /Did you mean extract/],
    [['corpus', 'extract'], /--data-root.*VMAF_DATA_ROOT/],
    [['corpus', 'extract', '--data-rot', 'x'], /Did you mean --data-root/],
    [['corpus', 'extract', '--data-root', some, '-w', '96'], /--height --pixel_format/],
    [
      ['corpus', 'extract', '--data-root', some, '--layout', 'x'],
      /must be one of manifest, netflix/,
    ],
    [['corpus', 'extract', '--data-root', some, '--scale', 'x'], /bicubic, lanczos, bilinear/],
    [['corpus', 'extract', '--data-root', some, '--json', '--ndjson'], /--ndjson.*--json/],
    [['corpus', 'extract', '--data-root', some, '-m', 'a:b'], /--model|model/],
    [
      ['corpus', 'extract', '--data-root', some, '-m', 'vmaf_v0.6.1:name=x:disable_clip'],
      /without options/,
    ],
    [['corpus', 'ls', '-h'], /-h is the height/],
  ])('%j ends with status 1 and says why', async (words, text) => {
    const { status, stdout, stderr } = await tinyvmafIn({ env: {} }, ...words);
    expect(stderr).toMatch(text);
    expect([status, stdout]).toEqual([1, '']);
  });

  it('an empty folder holds no corpus', async () => {
    const { status, stderr } = await tinyvmaf('corpus', 'extract', '--data-root', path('empty'));
    expect(stderr).toMatch(/no pair of a reference and a distorted clip.*corpus ls/s);
    expect(status).toBe(3);
  });

  it('a folder that is not there', async () => {
    const { status, stderr } = await tinyvmaf(
      'corpus',
      'ls',
      '--data-root',
      join(folder, 'nowhere'),
    );
    expect(stderr).toContain('nowhere');
    expect(status).toBe(7);
  });
});
